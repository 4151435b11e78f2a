/**
 * Who writes a table of D1. Several files are one owner where each writes a part that no other does. Two rooms go
 * over the rows of all: whoever leaves takes everything along (docs/decisions/0009), and a new key seals everything anew.
 */
export const touchesAll = (file: string): boolean => /^worker\/(disconnect|sealing)\//.test(file);

export const OWNERS: Readonly<Record<string, readonly string[]>> = {
  accountKeys: ["worker/accounts/key-store.ts"],
  accounts: ["worker/accounts/store.ts", "worker/accounts/facts-store.ts", "worker/accounts/key-store.ts"],
  activity: ["worker/activity/store.ts"],
  alertAddresses: ["worker/alerts/store.ts", "worker/alerts/confirm-store.ts"],
  alertsSent: ["worker/alerts/store.ts"],
  askedMails: ["worker/alerts/confirm-store.ts"],
  audit: ["worker/lib/db/audit.ts"],
  daySales: ["worker/daily-sales/rules/store.ts", "worker/daily-sales/rules/members-store.ts"],
  decisions: ["worker/orders/decisions-store.ts"],
  disconnects: [],
  documents: ["worker/sales/documents-store.ts"],
  firstRuns: ["worker/first-run/store.ts"],
  healthEvents: ["worker/reconcile/health-store.ts"],
  keptLinks: [],
  keptLists: ["worker/setup/kept-lists-store.ts"],
  linkTries: ["worker/connect/stores/store.ts"],
  oneTimeCodes: ["worker/lib/db/codes.ts"],
  orderPayments: ["worker/orders/payments-store.ts"],
  // What it says and where it stands; what of it is in Cin7, in one statement with its documents; the row of a daily sale.
  orders: [
    "worker/orders/store.ts",
    "worker/orders/told-store.ts",
    "worker/sales/documents-store.ts",
    "worker/sales/generations-store.ts",
    "worker/daily-sales/rules/store.ts",
    "worker/daily-sales/rules/members-store.ts",
  ],
  problemOrders: ["worker/problems/store.ts"],
  problems: ["worker/problems/store.ts"],
  productSweeps: ["worker/catalogue/store.ts"],
  products: ["worker/catalogue/store.ts"],
  saleLines: ["worker/sales/lines-store.ts"],
  salesSweeps: ["worker/reconcile/sales-store.ts"],
  settingsVersions: ["worker/settings/store.ts"],
  // The claim of any, and by what a shopper's are known.
  sharedThings: ["worker/accounts/shared-store.ts", "worker/accounts/shopper-store.ts"],
  storeCredentials: ["worker/connect/store.ts"],
  stores: [
    "worker/connect/store.ts",
    "worker/connect/stores/store.ts",
    "worker/accounts/store-row-store.ts",
    "worker/orders/sending/brake-store.ts",
  ],
  sweeps: ["worker/reconcile/store.ts"],
  usedTokens: ["worker/sessions/store.ts"],
  userAnswers: ["worker/people/store.ts"],
  users: ["worker/connect/store.ts", "worker/people/store.ts"],
};

/** Who writes past the owner. This list only shrinks. */
export const ALSO_WRITE: Readonly<Record<string, readonly string[]>> = {
  audit: ["worker/accounts/key-store.ts"],
  linkTries: ["worker/sessions/store.ts"],
  orders: ["worker/retention/store.ts"],
  usedTokens: ["worker/connect/store.ts"],
};

/** Who reads a table past its owner's room. This list only shrinks. */
export const READ_PAST_OWNER: Readonly<Record<string, readonly string[]>> = {
  "worker/accounts/key-store.ts": ["audit"],
  "worker/alerts/store.ts": ["problemOrders", "problems"],
  "worker/app/clients-store.ts": ["accountKeys", "accounts", "orders", "settingsVersions", "storeCredentials", "stores"],
  "worker/app/cron-store.ts": ["accounts", "productSweeps", "salesSweeps", "stores"],
  "worker/catalogue/store.ts": ["stores"],
  "worker/connect/store.ts": ["usedTokens"],
  "worker/connect/stores/store.ts": ["accounts", "orders", "problems", "settingsVersions"],
  "worker/daily-sales/list-store.ts": ["daySales", "orders", "problemOrders", "problems", "settingsVersions"],
  "worker/home/store.ts": [
    "accounts",
    "alertAddresses",
    "firstRuns",
    "orders",
    "problemOrders",
    "problems",
    "settingsVersions",
    "userAnswers",
    "users",
  ],
  "worker/operator/store.ts": ["disconnects", "problems", "salesSweeps", "stores"],
  "worker/orders/decisions-store.ts": ["problemOrders"],
  "worker/orders/pages/list-store.ts": ["documents", "orderPayments", "orders", "problemOrders", "problems", "saleLines"],
  "worker/reconcile/sales-store.ts": ["daySales", "orderPayments", "orders", "problems", "saleLines", "settingsVersions", "stores"],
  "worker/reconcile/store.ts": ["orderPayments", "orders", "problemOrders", "problems"],
  "worker/retention/store.ts": ["accounts", "decisions", "orders", "problemOrders"],
  "worker/sales/documents-store.ts": ["daySales", "stores"],
  "worker/sessions/store.ts": ["accounts", "linkTries", "stores", "users"],
  "worker/settings/auto-ship-store.ts": ["orders"],
  "worker/settings/current-store.ts": ["accounts"],
  "worker/settings/store.ts": ["orders"],
  "worker/setup/waiting-store.ts": ["decisions", "orders"],
  "worker/stocktake/lift-store.ts": ["orders", "problemOrders"],
};

/** Written for a store whatever its connection: people come and go, and wrong codes are counted, also while it is disconnected. */
export const BEYOND_EPOCH: readonly string[] = [
  "worker/connect/store.ts demoteOthers",
  "worker/connect/store.ts removeUser",
  "worker/connect/store.ts seeUser",
  "worker/connect/stores/store.ts countTry",
  "worker/connect/stores/store.ts uncountTry",
];
