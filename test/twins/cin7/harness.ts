/** A twin in process for the tests: recorded calls, a clock moved by hand, and short words for the usual documents. */
import { Hono } from "hono";
import { createClock, handTimer } from "../clock.ts";
import { recorded, recordedCalls, type TwinEnv } from "../exchange.ts";
import { createFaults } from "../faults.ts";
import { createRandom } from "../random.ts";
import { createTrace } from "../trace.ts";
import type { Switches } from "../world.ts";
import { ZERO_GUID } from "./fields.ts";
import { createCin7, HARBOUR } from "./index.ts";
import type { Json } from "./types.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
export type Loose = any;
export type Answer = { status: number; body: Loose; headers: Headers };

export function start(switches: Switches = {}, scenario: "empty" | "demo" = "demo") {
  const timer = handTimer();
  let skew = 0;
  const clock = createClock(() => Date.UTC(2026, 6, 2, 3) + skew, timer.setTimer);
  const trace = createTrace();
  const faults = createFaults();
  const hooks: { headers: Headers; url: string; body: Loose }[] = [];
  const reply = { status: 200 };
  const toApp = recordedCalls({ clock, trace, faults }, async (request) => {
    hooks.push({ headers: request.headers, url: request.url, body: await request.json() });
    return new Response(null, { status: reply.status });
  });
  const world = { clock, trace, faults, random: createRandom(7), toApp };
  const cin7 = createCin7(world, { switches: { throttleOn: false, ...switches } });
  cin7.reset(scenario);
  const app = new Hono<TwinEnv>().use("*", recorded(world, "cin7")).route("/", cin7.app);
  const keys: Record<string, string> = { "api-auth-accountid": HARBOUR.accountId, "api-auth-applicationkey": HARBOUR.applicationKey };

  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = keys): Promise<Answer> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const json = body === undefined ? {} : { body: text, headers: { ...headers, "content-type": "application/json" } };
    const answer = await app.fetch(new Request(`http://127.0.0.1/cin7/ExternalApi/v2${path}`, { method, headers, ...json }));
    const raw = await answer.text();
    const isJson = (answer.headers.get("content-type") ?? "").includes("json");
    return { status: answer.status, body: isJson ? JSON.parse(raw) : raw, headers: answer.headers };
  }
  /** Answers the body of a call that must succeed. */
  async function ok(method: string, path: string, body?: unknown): Promise<Loose> {
    const answer = await send(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
  /** Answers the Exception of a call that must be refused. */
  async function refused(method: string, path: string, body?: unknown): Promise<string> {
    const answer = await send(method, path, body);
    if (answer.status < 400) throw new Error(`${method} ${path} was accepted`);
    return Array.isArray(answer.body) ? answer.body[0].Exception : answer.body.Exception;
  }
  async function control(verb: string, body: unknown = {}): Promise<Loose> {
    const answer = await cin7.control.fetch(
      new Request(`http://x/${HARBOUR.accountId}${verb}`, { method: "POST", body: JSON.stringify(body) }),
    );
    return answer.json();
  }
  const advance = async (ms: number) => {
    skew += ms;
    await timer.advance(ms);
  };
  return { world, cin7, send, ok, refused, control, advance, hooks, reply, keys, trace, state: () => cin7.state() as Loose };
}
export type Shop = ReturnType<typeof start>;

export const CUSTOMER = { Customer: "Web customer", Location: "Main Warehouse", SkipQuote: true, SaleType: "Simple", CurrencyRate: 1 };
const RULE = "GST on Income";

export const line = (SKU: string, Quantity: number, Price: number, Tax: number, Total: number, more: Json = {}): Json => ({
  SKU,
  Name: SKU,
  Quantity,
  Price,
  Discount: 0,
  Tax,
  Total,
  TaxRule: RULE,
  ...more,
});
export const charge = (Description: string, Price: number, Tax: number, more: Json = {}): Json => ({
  Description,
  Quantity: 1,
  Price,
  Discount: 0,
  Tax,
  Total: Price,
  TaxRule: RULE,
  ...more,
});

/** The charge products that the app's Setup makes. */
export async function chargeProducts(shop: Shop): Promise<void> {
  for (const [Name, RevenueAccount] of [
    ["Shipping", "260"],
    ["Coupon", "205"],
    ["Rounding", "860"],
    ["Refund adjustment", "205"],
  ] as const) {
    await shop.ok("POST", "/product", {
      SKU: Name.toUpperCase().replace(" ", "-"),
      Name,
      Category: "Services",
      Type: "Service",
      CostingMethod: "FIFO",
      UOM: "Item",
      Status: "Active",
      PriceTier1: 0,
      RevenueAccount,
    });
  }
}

export async function sale(shop: Shop, more: Json = {}): Promise<Loose> {
  return shop.ok("POST", "/sale", { ...CUSTOMER, SaleOrderDate: "2026-07-02T00:00:00", ...more });
}

export type Goods = { Lines?: Json[]; AdditionalCharges?: Json[] };
export const order = (shop: Shop, SaleID: string, goods: Goods, more: Json = {}): Promise<Loose> =>
  shop.ok("POST", "/sale/order", { SaleID, Memo: "", Status: "AUTHORISED", Lines: [], AdditionalCharges: [], ...goods, ...more });

export const invoiceBody = (SaleID: string, goods: Goods, more: Json = {}): Json => ({
  SaleID,
  TaskID: ZERO_GUID,
  CombineAdditionalCharges: false,
  Memo: "",
  Status: "AUTHORISED",
  InvoiceDate: "2026-07-02T00:00:00",
  InvoiceDueDate: "2026-07-02T00:00:00",
  CurrencyConversionRate: 1,
  Lines: [],
  AdditionalCharges: [],
  ...goods,
  ...more,
});
export const invoice = async (shop: Shop, SaleID: string, goods: Goods, more: Json = {}): Promise<Loose> =>
  (await shop.ok("POST", "/sale/invoice", invoiceBody(SaleID, goods, more))).Invoices.at(-1);

export const paymentBody = (TaskID: string, Amount: number, more: Json = {}): Json => ({
  TaskID,
  Type: "PAYMENT",
  Reference: "ch_3Pq91",
  Amount,
  DatePaid: "2026-07-02T00:00:00",
  Account: "713",
  CurrencyRate: 1,
  ...more,
});
export const pay = (shop: Shop, TaskID: string, Amount: number, more: Json = {}): Promise<Loose> =>
  shop.ok("POST", "/sale/payment", paymentBody(TaskID, Amount, more));

export const creditNoteBody = (
  SaleID: string,
  CreditNoteInvoiceNumber: string,
  goods: Goods & { Restock?: Json[] },
  more: Json = {},
): Json => ({
  SaleID,
  TaskID: ZERO_GUID,
  CombineAdditionalCharges: false,
  CreditNoteInvoiceNumber,
  Memo: "Refund 991",
  Status: "AUTHORISED",
  CreditNoteDate: "2026-07-09T00:00:00",
  CreditNoteConversionRate: 1,
  Lines: [],
  AdditionalCharges: [],
  Restock: [],
  ...goods,
  ...more,
});

/** Journals of one cause as they are written: "Dr 610 37.40  Cr 200 25.00". */
export function journal(shop: Shop, kind: string): string[] {
  const account = shop.state().accounts[HARBOUR.accountId];
  const money = (value: number) => value.toFixed(2);
  return account.journals
    .filter((each: Loose) => each.kind === kind)
    .map((each: Loose) =>
      each.lines
        .map((row: Loose) => (row.debit ? `Dr ${row.account} ${money(row.debit)}` : `Cr ${row.account} ${money(row.credit)}`))
        .join("  "),
    );
}
