import type * as z from "zod";
import type * as schemas from "../../bigcommerce/schemas.ts";
import type { Coupon, Order, OrderAddress, OrderLine, TaxRow } from "../../bigcommerce/schemas.ts";
import type { ChargeKey, FulfilMode, InvoiceDate, InvoiceWhen, LockedBooks, SaleStatus, Settings } from "../../contract/index.ts";
import type { MetBy } from "../verdict.ts";

/** Everything BigCommerce says about one order, read as it is now (design 8.4). */
export type Snapshot = {
  order: Order;
  lines: OrderLine[];
  shipping: z.output<typeof schemas.shippingConsignment>[];
  pickups: z.output<typeof schemas.pickupConsignment>[];
  fees: z.output<typeof schemas.fee>[];
  taxes: TaxRow[];
  coupons: Coupon[];
  /** Who bought, where a setting asks for it (M5, F30): read only then. Null: a guest, or no longer in BigCommerce. */
  customer?: { groupId: number; taxExempt: boolean } | null;
  /** Tax class of catalogue products, read only for priced lines without a tax row. */
  classOfProduct: Record<number, number>;
};

/** A Cin7 product as the mirror knows it. */
export type KnownProduct = {
  productId: string;
  sku: string;
  name: string;
  type: string;
  revenueAccount: string | null;
  /** A kit or bill of materials: its line alone carries the stock of a bundle (M26). */
  bom?: boolean;
};

/** What the mapping needs besides the order; everything passed in, so that the same input always gives the same bytes. */
export type MappingInput = {
  snapshot: Snapshot;
  settings: Settings;
  settingsVersion: number;
  store: { hash: string; timeZone: string; currency: string };
  account: { currency: string };
  /** By exact SKU. */
  products: ReadonlyMap<string, KnownProduct>;
  /** Names of tax classes as last loaded, for words. */
  generation: number;
  /** The day on which the capture rule was met, as an instant (M12). */
  metAt: string;
  /** What tells that day; `change`: nothing does, and the order's page says so. Absent: the day of what was sent before. */
  metBy?: MetBy;
  /** Found at set-up or from a refusal: the account takes no negative charges, discounts lower line prices (M2, decision 1.13). */
  negativeChargesRefused?: boolean;
  /** Found from a refusal: price 0 is refused even with discount 100; free lines then show price 1 less 100 % (M18). */
  zeroPriceRefused?: boolean;
  /** The remedy *Send as one sale* was pressed (M24). */
  asOneSale?: boolean;
};

/**
 * Where an amount of the sale comes from, by what refunds, returns and shipments name in BigCommerce (facts/bigcommerce.md 5.4):
 * frozen with its row, because the sale in Cin7 does not tell any more.
 */
export type Origin = {
  /** The order, where the row is of a daily sale. */
  order?: number;
  /** Order product ID. */
  line?: number;
  /** Order address ID. */
  address?: number;
  /** Fee ID. */
  fee?: number;
  /** The charge item it goes on; absent: goods on their own product. */
  charge?: ChargeKey;
  /** What of the row is this one's, where there are several; together they are the row. */
  share?: { quantity?: string; total: string; tax: string };
};

/**
 * A line of the order as BigCommerce had it when it was mapped, also one without a row of its own (part of an assembled bundle).
 * `total`: on the side of the sale's prices, before order discounts.
 */
export type SoldLine = { line: number; sku: string; quantity: number; total: string };

/** An address that goods of the order are shipped to. */
export type ShippedTo = { id: number } & Omit<OrderAddress, "email" | "form_fields">;

/** A line or charge of the sale. Amounts are decimal text in the sale's currency; `price`, `tax`, `total` as Cin7 takes them. */
export type DraftLine = {
  productId: string;
  sku: string;
  name: string;
  quantity: string;
  /** Net in an exclusive sale, gross in an inclusive one (cin7-core.md 2.5). */
  price: string;
  /** Percent with 2 decimals: "0", or "100" for a free line where price 0 is refused (M18). */
  discount: string;
  tax: string;
  taxRule: string;
  /** Percent, where BigCommerce tells it. */
  taxRate?: string | undefined;
  /** quantity × price × (1 − discount/100), before adding tax. */
  total: string;
  account: string | null;
  comment: string;
  why: string;
  /** Absent in drafts of an older release. */
  from?: Origin[];
};

export type DraftCharge = {
  /** Name of the service product; its ID, which a rename leaves, is missing in drafts of an older release. */
  description: string;
  productId?: string;
  sku: string;
  price: string;
  quantity: string;
  discount: string;
  tax: string;
  taxRule: string;
  taxRate?: string | undefined;
  total: string;
  account: string;
  comment: string;
  why: string;
  /** What unit prices left over (M4): counted by month. */
  rounding?: true;
  from?: Origin[];
};

export type DraftAddress = {
  line1: string;
  line2: string;
  city: string;
  state: string;
  postcode: string;
  country: string;
  company: string;
  contact: string;
};

/** Who buys: the default customer, or one known by stored ID, matched by e-mail and currency, made when missing (M27, F17, F79). */
export type DraftParty =
  | { is: "default"; id: string; name: string; why: string }
  | {
      is: "shopper";
      /** BigCommerce's own customer; absent: a guest, or kept by a release before. */
      registered?: number | undefined;
      email: string;
      name: string;
      nameIfTaken: string;
      phone: string;
      billing: DraftAddress | null;
      shipping: DraftAddress | null;
      why: string;
    };

/** The whole sale, ready to be frozen (design 3.4): every later re-run sends exactly this. */
export type SaleDraft = {
  /** ExternalID `ls:{storeHash}:{orderId}:g{n}`. */
  mark: string;
  orderId: number;
  /** The order number, after the prefix of Setup, in Cin7's *Reference* (M44). */
  reference: string;
  currency: string;
  /** Base units per one unit of the sale's currency, up to 5 decimals; "1" in the base currency. */
  rate: string;
  taxInclusive: boolean;
  /** Tax rule of the header: the one of the first taxed line. */
  taxRule: string | null;
  orderDate: string;
  location: string;
  /** Cin7's carrier: *Pickup* for orders that the shopper fetches (M25). */
  carrier?: string | undefined;
  representative?: string | undefined;
  /** Additional attributes 1 to 10 of the sale (M44). */
  attributes?: Record<string, string> | undefined;
  /** Certificates only: a Service sale, which has no order and nothing to pick; its invoice holds the lines (M7). */
  service?: boolean | undefined;
  /** How the order is written (M11), and how far Cin7 goes by itself then (F21). Absent: authorised, no further. */
  order?: { status: SaleStatus; fulfil: FulfilMode } | undefined;
  party: DraftParty;
  contact: string;
  phone: string;
  email: string;
  billing: DraftAddress | null;
  shipping: DraftAddress | null;
  note: string;
  shippingNotes: string;
  lines: DraftLine[];
  charges: DraftCharge[];
  /** What later changes of the order are compared with; absent in drafts of an older release, and of a daily sale. */
  sold?: SoldLine[];
  totals: { exTax: string; tax: string; incTax: string };
  /** `date`: the day that Setup asks for, in the store's zone; `shipped` and locked books move it when it is written (M12, M13). */
  invoice: {
    status: "none" | "draft" | "authorised";
    date: string;
    dueDate: string;
    /** Not paid when it was mapped: due by the customer's terms instead (M12). */
    byTerms?: true;
    when?: InvoiceWhen;
    by?: InvoiceDate;
    lockedBooks?: LockedBooks;
  };
  settingsVersion: number;
  /** What was decided and why, for the order's page. */
  decisions: { label: string; value: string; why: string }[];
  /** What did not fit (N19). */
  losses: string[];
  /** Told, nothing waits: e.g. a service line for an unknown SKU. */
  notices: import("../../problems/define-problem.ts").Problem[];
  /** Units to hold for this order until Cin7 allocates them (F101). */
  reserved: { sku: string; quantity: number }[];
};
