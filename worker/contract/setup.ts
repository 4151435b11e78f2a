/** The wire contract of Setup; part of `contract.ts`, which says how its values are written. */

export type CaptureRule = "created" | "authorised" | "paid" | "completed";
export type InvoiceStatus = "draft" | "authorised" | "none";
export type CountsAsPaid = "captured" | "awaiting-fulfillment" | "never";
export type UnknownSku = "service-line" | "hold";
export type Consolidate = "each" | "daily";
export type GuestRule = "per-email" | "default-customer";
/** M11: S1's draft order allocates nothing in Cin7 Core. */
export type SaleStatus = "authorised" | "draft";
/** F21: what Cin7 Core does by itself when our order is authorised. */
export type FulfilMode = "none" | "pick" | "pick-pack" | "pick-pack-ship";
/**
 * F23, F24: what is assembled before an order is authorised: nothing, the ordered quantity whatever is on the shelf, or what is
 * missing there. Cin7's own company setting has the same three values.
 */
export type AssembleMode = "never" | "ordered" | "missing";
export type InvoiceWhen = "with-order" | "when-shipped";
/** M12: the day on which the capture rule was met, the order was placed, or the goods left. */
export type InvoiceDate = "met" | "placed" | "shipped";
/** M13. */
export type LockedBooks = "ask" | "first-open-day";
export type ChargeKey = "shipping" | "handling" | "wrapping" | "fee" | "discount" | "coupon" | "gift-certificate" | "rounding" | "unlisted";

/** What a moment of taking does with a status (M19): without condition, not yet, never, held, or only if this is true of the order. */
export type TakenAt = "yes" | "not-yet" | "never" | "held" | TakenIf;
export type TakenIf = "staff-or-app" | "authorised" | "captured" | "paid" | "all-shipped";

export type Ref = { id: string; name: string };

/** The settings document of a store (design 5): saved whole, numbered. The server validates it with zod and against the live lists. */
export type Settings = {
  orders: {
    on: boolean;
    captureWhen: CaptureRule;
    takeFrom: string | null;
    unknownSku: UnknownSku;
    /** F14, F15: each order as a sale of its own, or all orders of a day as one. */
    consolidate: Consolidate;
    /** F16: when the day ends, HH:MM in the store's zone. */
    consolidateAt: string;
  };
  customers: {
    defaultCustomer: Ref | null;
    guests: GuestRule;
    /** Default customers of other currencies: a sale has its customer's currency (M16). */
    perCurrency: { currency: string; customer: Ref }[];
    /** F40: the company's name begins the address. */
    companyInAddress: boolean;
  };
  location: {
    salesShipFrom: Ref | null;
    /** BigCommerce pickup location → location of the sale (M25); others ship from `salesShipFrom`. */
    pickups: { id: number; name: string; location: Ref }[];
    /** F26, M34: the locations whose stock counts for this store; `all`: every one of Cin7 Core. */
    stock: "all" | Ref[];
  };
  sale: {
    status: SaleStatus;
    fulfil: FulfilMode;
    /** `cin7`: Cin7's own setting for products with auto-assembly, which its API hides (M43); null: not asked yet. Accounts by code. */
    assembly: { mode: AssembleMode; cin7: AssembleMode | null; wipAccount: string | null; account: string | null };
    /** F30: on every sale that none of `representatives` fits. */
    representative: string | null;
    /** F30: by BigCommerce's channel or customer group; the first that fits counts. `name`: of the channel or group, for words. */
    representatives: { by: "channel" | "group"; id: number; name: string; representative: string }[];
    /** M44: this text goes into additional attribute 1 to 10 of the sale; null: nowhere. */
    channel: { attribute: number | null; text: string };
    /** M44: before the order number in the sale's reference, e.g. "WEB-". */
    referencePrefix: string;
  };
  invoice: { status: InvoiceStatus; revenueAccount: string | null; when: InvoiceWhen; date: InvoiceDate; lockedBooks: LockedBooks };
  tax: {
    /** `withTax`: the Cin7 tax rule when tax was charged; `withoutTax`: when none was (M5). */
    classes: { classId: number; className: string; withTax: string | null; withoutTax: string | null }[];
    /**
     * Before the class's own rule, by tax name, country or customer (M5); "" is every name or country, "!AU" every country but
     * AU, `classId` null every class, `exempt` only customers with a tax-exempt category. The first that fits counts.
     */
    special: {
      classId: number | null;
      side: "with" | "without";
      taxName: string;
      country: string;
      customers?: "exempt" | undefined;
      rule: string;
    }[];
    /** Whether the shop's prices were entered with tax when this was saved (F152); null: not known, the first save fills it in. */
    pricesIncludeTax: boolean | null;
  };
  payments: {
    /** F1: off reads no transactions and posts no payment; invoices stay unpaid. */
    on: boolean;
    /** M31: days after the day of the order for which an unpaid one holds its stock; 0: it holds none. */
    unpaidDays: number;
    /** `unpaidDays`: for this method, in place of the above. `currencies`: accounts for orders in other currencies than the books' (M9, M16). */
    methods: {
      key: string;
      name: string;
      account: string | null;
      countsAsPaid: CountsAsPaid;
      unpaidDays?: number | undefined;
      currencies?: { currency: string; account: string }[] | undefined;
    }[];
    /** Receives what is paid by a method that is not listed (F45); null: such a payment is not written, and told. */
    otherAccount: string | null;
  };
  charges: {
    /** `productId`, `name`: the service product ("charge item in Cin7"); `account`: its revenue account on the invoice. */
    items: Partial<Record<ChargeKey, { productId: string; name: string; account: string }>>;
    loadCouponCodes: boolean;
    /** F114: discounts lower the line prices instead of being charges. */
    spreadDiscounts: boolean;
  };
  rounding: { cap: string };
  /** M16: base units for one unit of a currency, where BigCommerce's own rate does not fit. */
  currency: { rates: { currency: string; rate: string }[] };
  /** M45: the sale's number and stage are written to the order in BigCommerce: as a metafield, as a line of its staff notes. */
  seen: { metafield: boolean; staffNote: boolean };
  /** Names, addresses and what was sent and answered go so many days after an order is finished: 7 to 90 (F140). */
  keep: { days: number };
};

/** GET/PUT /api/stores/:hash/settings. PUT sends `basedOn`; 409 `changed-meanwhile` when another version was saved since. */
export type SettingsReply = { version: number; settings: Settings; savedAt: string | null; savedBy: string | null; released?: number };
export type SaveSettings = { basedOn: number; settings: Settings };
/**
 * POST /api/stores/:hash/settings/preview {settings} (configure) -> CapturePreview | null: what saving them does to the orders that are
 * known and not in Cin7 Core (F13), by what is stored; null: they take the same orders. Order numbers, newest first.
 */
export type CapturePreview = { known: number; taken: number[]; notTaken: number[]; unsure: number[] };
/** GET /api/stores/:hash/settings/versions */
export type SettingsVersions = { versions: { version: number; savedAt: string; savedBy: string; changes: string[] }[] };
/** POST /api/stores/:hash/settings/rollback (configure) -> SettingsReply: saves an older version as the newest one (K14). */
export type Rollback = { version: number; basedOn: number };
/** GET /api/stores/:hash/settings/versions/:id: an older version, and what going back to it would change now. */
export type SettingsVersion = { version: number; savedAt: string; savedBy: string; settings: Settings; wouldChange: string[] };

/**
 * GET /api/stores/:hash/settings/mappings.csv?kind=tax|payments -> text/csv · POST {kind, csv, basedOn} (configure) -> SettingsReply
 * Import is all or nothing: 422 has a sentence for each bad row, keyed `rows.{line in the file}` (K25).
 */
export type MappingKind = "tax" | "payments";
export type ImportMappings = { kind: MappingKind; csv: string; basedOn: number };

/** GET /api/stores/:hash/settings/auto-ship?to=on|off: open sales that were sent the other way, newest first, at most 50 of them (F22). */
export type AutoShipAffected = { count: number; orders: { id: number; saleNumber: string | null }[] };

/**
 * GET /api/stores/:hash/settings/daily?customer=ID: what to know before *One sale a day* is saved with that default customer
 * (F18): its terms and credit in Cin7 Core, and how many orders wait now.
 */
export type DailyAdvice = { waiting: number; warnings: string[] };

/** GET /api/stores/:hash/settings/capacity: what an order costs, and whether the busiest hour fits (M48). */
export type Capacity = {
  cin7: { perOrder: number; parts: { what: string; calls: number }[]; newCustomer: number; perMinute: number; ordersPerHour: number };
  bigcommerce: { perOrder: number; withCoupons: number };
  /** Of the last 30 days; null: no orders yet. */
  busiest: { at: string; orders: number } | null;
  fits: boolean;
  /** Minutes until the orders of the busiest hour are in Cin7 Core. */
  minutes: number;
  helps: string[];
};

/**
 * GET /api/stores/:hash/settings/rounding -> Roundings: rounding charges of the last 6 months of the store, newest first (M4, F152).
 * `sum`: decimal text, up to 4 places; `sizes`: how many sales had one of up to as much as the same place of `sizes` above it.
 */
export type RoundingMonth = { month: string; currency: string; sum: string; orders: number; sizes: number[] };
export type Roundings = { sizes: string[]; months: RoundingMonth[] };

/** GET /api/stores/:hash/choices: read live from both sides; a side that fails says so and the rest is still there. */
export type Choices = {
  taxClasses: { id: number; name: string }[];
  taxRules: { name: string; percent: string; active: boolean }[];
  /** `countsAsPaid`: what Setup begins with. */
  paymentMethods: { key: string; name: string; from: "store" | "orders"; countsAsPaid: CountsAsPaid }[];
  paymentAccounts: { code: string; name: string; currency: string | null }[];
  chargeAccounts: { code: string; name: string; class: string }[];
  /** For work in progress and finished goods (F23). */
  stockAccounts: { code: string; name: string }[];
  locations: (Ref & { isDefault: boolean })[];
  /** Names of locations that look as if their goods were not for sale: *all* counts them too (F26). */
  notForSale: string[];
  orderStatuses: { id: number; name: string; customName: string; taken: Record<CaptureRule, TakenAt> }[];
  currencies: { bigcommerce: string; cin7: string };
  /** Other currencies in which shoppers pay, pickup points of the shop, representatives of Cin7 Core; [] where a side does not tell. */
  otherCurrencies: string[];
  pickupLocations: { id: number; name: string }[];
  representatives: string[];
  channels: { id: number; name: string }[];
  customerGroups: { id: number; name: string }[];
  warnings: string[];
};

/** GET /api/stores/:hash/choices/customers?q= */
export type CustomerChoices = { customers: (Ref & { currency: string; email: string | null })[] };

/**
 * POST /api/stores/:hash/charges {create: {key, name, account}[]} (configure): finds each service product by name, creates what is missing (decision 1.13).
 * GET the same path proposes names and accounts without writing.
 */
export type ChargeProposal = { key: ChargeKey; name: string; account: string; productId: string | null; what: string };
export type ChargeProposals = { charges: ChargeProposal[] };

/** Whether the Cin7 Core account takes negative charges and prices of 0; "": nobody knows yet (decision 1.13, M2, M18). */
export type Takes = "" | "accepted" | "refused";
/**
 * GET /api/stores/:hash/takes · POST /takes/trial (configure): one test sale is made and voided at once; 409 while one runs, 422
 * while Setup lacks what it needs (`missing`) · POST /takes/forget {what} (configure): a refusal is forgotten, the next discount tries again.
 */
export type Cin7Takes = {
  negativeCharges: Takes;
  zeroPrice: Takes;
  /** `endedAt` null: it runs. `note`: what it found, for people. */
  trial: { askedAt: string; by: string; endedAt: string | null; note: string } | null;
  /** What Setup must hold before a test sale can be made. */
  missing: string[];
};
export type ForgetRefusal = { what: "negative-charges" | "zero-price" };
