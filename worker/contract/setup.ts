/** The wire contract of Setup; part of `contract.ts`, which says how its values are written. */

import type { Settings } from "../settings/parts/compose.ts";

/** The document that Setup edits, inferred from what the server accepts; choices of it by their names. */
export type { Settings };
export type CaptureRule = Settings["orders"]["captureWhen"];
export type UnknownSku = Settings["orders"]["unknownSku"];
export type Consolidate = Settings["orders"]["consolidate"];
export type GuestRule = Settings["customers"]["guests"];
export type SaleStatus = Settings["sale"]["status"];
export type FulfilMode = Settings["sale"]["fulfil"];
export type AssembleMode = Settings["sale"]["assembly"]["mode"];
export type InvoiceStatus = Settings["invoice"]["status"];
export type InvoiceWhen = Settings["invoice"]["when"];
export type InvoiceDate = Settings["invoice"]["date"];
export type LockedBooks = Settings["invoice"]["lockedBooks"];
export type CountsAsPaid = Settings["payments"]["methods"][number]["countsAsPaid"];
export type ChargeKey = keyof Settings["charges"]["items"];
export type Ref = NonNullable<Settings["location"]["salesShipFrom"]>;

/** What a moment of taking does with a status (M19): without condition, not yet, never, held, or only if this is true of the order. */
export type TakenAt = "yes" | "not-yet" | "never" | "held" | TakenIf;
export type TakenIf = "staff-or-app" | "authorised" | "captured" | "paid" | "all-shipped";

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

/**
 * GET /api/stores/:hash/choices: as both sides had it when they were last asked; `?fresh=1` asks both now, `?fresh=idle` too but
 * takes only calls that no work wants. A side that fails says so and the rest is still there.
 */
export type Choices = {
  /** When the oldest of these lists was read. */
  readAt: string;
  taxClasses: { id: number; name: string }[];
  taxRules: { name: string; percent: string; active: boolean }[];
  /** `countsAsPaid`: what Setup begins with. */
  paymentMethods: { key: string; name: string; from: "store" | "orders"; countsAsPaid: CountsAsPaid }[];
  paymentAccounts: { code: string; name: string; currency: string | null }[];
  chargeAccounts: { code: string; name: string; class: string }[];
  /** Codes of accounts for what is owed: gift certificates and store credit are paid from one of them (M7, M8). */
  liabilities: string[];
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

/**
 * GET /api/stores/:hash/proposal (configure): the settings as they would be, with everything that both sides already tell; what is not
 * sure is empty. Nothing is saved. `customer`: the name of the default customer that would be made, null where one was found or chosen;
 * POST /proposal/customer {taxRule} -> Ref makes it. `email`: the shop's own address, "" where BigCommerce does not tell it.
 */
export type Proposal = { settings: Settings; customer: string | null; email: string };

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
