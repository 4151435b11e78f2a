import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { vi } from "vitest";
import type { ApiEnv, MeterNow, Session, StoreRow, Wait } from "../../worker/api/access.ts";
import { bigCommerce, freshQuota } from "../../worker/bigcommerce/client.ts";
import { cin7, type Permit } from "../../worker/cin7/client.ts";
import type { Attempt, Mode, Role, Settings } from "../../worker/contract/index.ts";
import { type Config, configOf } from "../../worker/env.ts";
import type { InboxStub } from "../../worker/inbox/client.ts";
import type { Work } from "../../worker/inbox/work.ts";
import { open } from "../../worker/lib/db/open.ts";
import { accounts, orders, stores } from "../../worker/lib/db/schema/tables.ts";
import { type AccountId, type Linked, type StoreHash, tenantOf } from "../../worker/lib/ids.ts";
import { defaults } from "../../worker/settings/parts/compose.ts";

/** The routers with a session, D1 and both vendors' answers as a table; what the real mounting adds is tested elsewhere. */
export const db = () => open(env);
export const ACCOUNT = "11111111-2222-4333-8444-555555555555" as AccountId;
export const OTHER_ACCOUNT = "99999999-2222-4333-8444-555555555555" as AccountId;
export const tenant = (hash = "abc123", account: AccountId = ACCOUNT, epoch = 1) => tenantOf(hash as StoreHash, account, epoch) as Linked;
export const NOW = Date.parse("2026-11-21T09:00:00.000Z");
export const iso = (at = NOW) => new Date(at).toISOString();

export async function addStore(hash = "abc123", account: string | null = ACCOUNT): Promise<StoreRow> {
  const row = {
    hash,
    name: "Demo",
    connection: "app" as const,
    state: "active" as const,
    currency: "AUD",
    timeZone: "Australia/Melbourne",
    controlPanelUrl: `https://store-${hash}.mybigcommerce.com`,
    accountId: account,
    lookBefore: iso(),
    connectedAt: iso(),
    updatedAt: iso(),
  };
  await db().insert(stores).values(row).run();
  if (account) {
    await db()
      .insert(accounts)
      .values({
        id: account,
        company: "Harbour Trading Pty Ltd",
        currency: "AUD",
        timeZone: "Melbourne",
        createdAt: iso(),
        updatedAt: iso(),
      })
      .onConflictDoNothing()
      .run();
  }
  const [stored] = await db()
    .select()
    .from(stores)
    .where((await import("drizzle-orm")).eq(stores.hash, hash));
  return stored as StoreRow;
}

export const addOrder = (orderId: number, more: Partial<typeof orders.$inferInsert> = {}) =>
  db()
    .insert(orders)
    .values({ storeHash: "abc123", orderId, accountId: ACCOUNT, placedAt: iso(), statusId: 11, state: "held", updatedAt: iso(), ...more })
    .run();

export type Call = { method: string; path: string; query: URLSearchParams; body: unknown };
/** A vendor's answer by "METHOD /path"; a function sees the call. Anything else is 404. */
export type Answers = Record<string, unknown | ((call: Call) => unknown)>;
export class Status {
  readonly code: number;
  readonly body: unknown;
  constructor(code: number, body: unknown) {
    this.code = code;
    this.body = body;
  }
}

export type Options = {
  role?: Role;
  answers?: Answers;
  permit?: () => Permit;
  linked?: boolean;
  attempts?: Attempt[];
  meter?: MeterNow;
  /** Calls to Cin7 that the orders in the queue will take. */
  calls?: number;
  waits?: Map<number, Wait>;
  name?: string;
  mode?: Mode;
  mail?: Config["mail"];
};

export async function api(routes: Hono<ApiEnv>, store: StoreRow, options: Options = {}) {
  const calls: Call[] = [];
  const put: Work[][] = [];
  const forgotten: number[][] = [];
  const { answers = {}, role = "configure", linked = true } = options;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\/bigcommerce-api\/stores\/[^/]+/, "").replace(/^\/cin7\/ExternalApi\/v2/, "");
    const text = await request.text();
    const call: Call = { method: request.method, path, query: url.searchParams, body: text ? JSON.parse(text) : null };
    calls.push(call);
    const known = answers[`${call.method} ${path}`];
    const found = typeof known === "function" ? await (known as (call: Call) => unknown)(call) : known;
    if (found === undefined) return Response.json([{ ErrorCode: 404, Exception: "not in this test" }], { status: 404 });
    if (found instanceof Error) throw found;
    return found instanceof Status ? Response.json(found.body, { status: found.code }) : Response.json(found);
  });
  const config = { ...configOf(env), mail: options.mail ?? null };
  const inbox: InboxStub = {
    put: async (works) => void put.push(works),
    status: async () => ({ waiting: 0, nextDue: null, demand: {}, calls: options.calls ?? 0, down: [] }),
    attempts: async () => options.attempts ?? [],
    places: async () => [],
    poke: async () => {},
    erase: async () => {},
    reseal: async () => ({ rows: 0, under: 1, upTo: null }),
    forget: async (orderIds) => {
      forgotten.push(orderIds);
      return orderIds.length;
    },
  };
  const account = (store.accountId ?? null) as AccountId | null;
  const app = new Hono<ApiEnv>();
  app.onError((error) => (error instanceof HTTPException ? error.getResponse() : Promise.reject(error)));
  app.use(async (c, next) => {
    c.set("config", config);
    c.set("db", db());
    c.set("now", () => NOW);
    c.set("session", { mode: options.mode ?? "console", role, name: options.name ?? "ann@example.com", user: 1 } as Session);
    c.set("tenant", tenantOf(store.hash as StoreHash, account, store.epoch));
    c.set("store", store);
    c.set("inbox", inbox);
    c.set("meter", async () => options.meter ?? null);
    c.set("waits", async (ids) => new Map([...(options.waits ?? [])].filter(([id]) => ids.includes(id))));
    c.set("clearsAt", async (calls) => (options.meter ? iso(NOW + calls * 1000) : null));
    c.set("clients", async () => ({
      bigcommerce: bigCommerce({
        apiUrl: config.bigcommerce.apiUrl,
        hash: store.hash as StoreHash,
        token: "t",
        timeScale: 1,
        now: () => NOW,
        quota: freshQuota(),
      }),
      cin7:
        linked && account
          ? cin7({
              apiUrl: config.cin7.apiUrl,
              account,
              key: "k",
              timeScale: 1,
              cls: "order",
              ask: async () => options.permit?.() ?? { granted: true },
              throttled: async () => {},
            })
          : null,
    }));
    await next();
  });
  app.route("/", routes);
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await app.request(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }, env);
    return { status: response.status, body: (await response.json()) as Any };
  };
  return {
    calls,
    put,
    forgotten,
    send,
    text: async (path: string) => {
      const response = await app.request(path, {}, env);
      return { status: response.status, headers: response.headers, body: await response.text() };
    },
    get: (path: string) => send("GET", path),
    post: (path: string, body: unknown = {}) => send("POST", path, body),
    save: (body: unknown) => send("PUT", "/settings", body),
  };
}
// biome-ignore lint/suspicious/noExplicitAny: answers of the API are judged by their content
type Any = any;

/** A change of one place of the document, by its path. */
export const set =
  (path: string, value: unknown) =>
  (settings: Settings): void => {
    const keys = path.split(".");
    const last = keys.pop() as string;
    const at = keys.reduce((node, key) => node[key] as Record<string, unknown>, settings as unknown as Record<string, unknown>);
    at[last] = value;
  };

/** A document that is ready for the first order. */
export const ready = (change: (s: Settings) => void = () => {}): Settings => {
  const settings = defaults();
  settings.location.salesShipFrom = { id: "loc-1", name: "Main Warehouse" };
  settings.customers.defaultCustomer = { id: "cus-1", name: "Web customer" };
  settings.tax.classes = [{ classId: 0, className: "Default Tax Class", withTax: "GST on Income", withoutTax: "Tax Exempt" }];
  settings.charges.items = {
    shipping: { productId: "p-1", name: "Shipping", account: "260" },
    discount: { productId: "p-2", name: "Discount", account: "205" },
    rounding: { productId: "p-3", name: "Rounding", account: "860" },
  };
  change(settings);
  return settings;
};

const acc = (Code: string, Name: string, Class: string, more: object = {}) => ({
  Code,
  Name,
  Class,
  Type: Class,
  Status: "ACTIVE",
  ForPayments: false,
  Currency: null,
  ...more,
});
export const CHART = [
  acc("200", "Sales", "REVENUE"),
  acc("205", "Discounts given", "REVENUE"),
  acc("260", "Shipping income", "REVENUE"),
  acc("261", "Other charges", "REVENUE"),
  acc("310", "COGS", "EXPENSE"),
  acc("610", "Accounts receivable", "ASSET"),
  acc("713", "Card clearing", "ASSET", { ForPayments: "true" }),
  acc("715", "Card clearing USD", "ASSET", { ForPayments: true, Currency: "USD" }),
  acc("840", "Gift certificates", "LIABILITY", { ForPayments: true }),
  acc("860", "Rounding", "EXPENSE"),
  acc("999", "Old account", "REVENUE", { Status: "ARCHIVED" }),
];
const product = (ID: string, Name: string) => ({ ID, SKU: Name.toUpperCase(), Name, Type: "Service", Status: "Active" });
const services = [product("p-1", "Shipping"), product("p-2", "Discount"), product("p-3", "Rounding")];

/** Both sides as a small Australian shop has them. */
export const SIDES: Answers = {
  "GET /v2/tax_classes": [
    { id: "0", name: "Default Tax Class" },
    { id: 1, name: "Non-Taxable Products" },
  ],
  "GET /v2/payments/methods": [{ code: "stripe", name: "Stripe", test_mode: false }],
  "GET /v2/orders": [
    { id: 2, payment_method: "Bank Deposit" },
    { id: 1, payment_method: "STRIPE" },
    { id: 3, payment_method: "bank deposit" },
  ],
  "GET /v2/order_statuses": [
    { id: 0, name: "Incomplete", custom_label: "Incomplete" },
    { id: 11, name: "Awaiting Fulfillment", custom_label: "Ready to pack" },
  ],
  "GET /v2/store": { id: "abc123", currency: "AUD" },
  "GET /me": {
    Company: "Harbour Trading Pty Ltd",
    Currency: "AUD",
    TimeZone: "Melbourne",
    TaxCalculationMethod: "Row Total",
    AutomaticallyApplyDiscounts: false,
  },
  "GET /ref/tax": {
    Total: 2,
    TaxRuleList: [
      { Name: "GST on Income", TaxPercent: 10, IsActive: true, IsTaxForSale: true },
      { Name: "Tax Exempt", TaxPercent: 0, IsActive: "true", IsTaxForSale: "true" },
    ],
  },
  "GET /ref/account": { Total: CHART.length, AccountsList: CHART },
  "GET /ref/location": {
    Total: 4,
    LocationList: [
      { ID: "LOC-1", Name: "Main Warehouse", IsDefault: true, IsDeprecated: false, ParentID: null },
      { ID: "loc-2", Name: "Old shed", IsDefault: false, IsDeprecated: true, ParentID: null },
      { ID: "loc-3", Name: "A-01", ParentID: "loc-1" },
      { ID: "loc-4", Name: "Staging", IsStaging: true },
    ],
  },
  "GET /customer": {
    Total: 1,
    CustomerList: [
      { ID: "cus-1", Name: "Web customer", Status: "Active", Currency: "AUD", Contacts: [{ Email: "web@example.com", Default: true }] },
    ],
  },
  "GET /product": ({ query }: Call) => {
    const found = services.filter((p) =>
      query.get("ID") ? p.ID === query.get("ID") : p.Name.toLowerCase().startsWith((query.get("Name") ?? "").toLowerCase()),
    );
    return { Total: found.length, Products: found };
  },
  "GET /ref/category": { Total: 1, CategoryList: [{ ID: "c", Name: "Kitchen" }] },
  "GET /ref/unit": { Total: 0, UnitList: [] },
};
