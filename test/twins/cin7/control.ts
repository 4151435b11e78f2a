/** Control verbs: what a warehouse or an accountant does in Cin7 (design 7). Mounted at /control/cin7. */
import { type Context, Hono } from "hono";
import { contextOf, type Twin } from "./api.ts";
import { autoPack, autoPick, autoShip } from "./auto.ts";
import { findLocation, productBySku } from "./books.ts";
import { voidSale } from "./cancel.ts";
import { Refusal, refuse } from "./errors.ts";
import { day, flag, midnight, needNumber, needText, number, object, oneOf, rows, same, text, ZERO_GUID } from "./fields.ts";
import { postInvoiceDocument, putInvoice } from "./invoice.ts";
import { cogsAccount, inventoryAccount, post } from "./ledger.ts";
import { big, round, sub, times } from "./money.ts";
import { pay } from "./payment.ts";
import { answer } from "./sale-header.ts";
import { paidOn } from "./sale-status.ts";
import { addTask, nowIso, numbered, orderAuthorised, saleById, today, touch, writable } from "./sales.ts";
import { rowAt, rowsOf, touched } from "./stock.ts";
import { applySwitches, SWITCH_BOARD } from "./switches.ts";
import type { Charge, Ctx, Json, Line, Location, Product, Sale } from "./types.ts";

const locationOf = (ctx: Ctx, name: string): Location => findLocation(ctx.account, name) ?? refuse(`no location ${name}`, 404);
const productOf = (ctx: Ctx, sku: string): Product => productBySku(ctx.account, sku) ?? refuse(`no product ${sku}`, 404);

/** Sets what is on hand at a location (or in one of its bins), as a stock adjustment would. */
function setStock(ctx: Ctx, product: Product, at: Location, onHand: number, binName: string | undefined): Json {
  const { account } = ctx;
  if (binName !== undefined) {
    const bin = at.bins.find((each) => same(each.Name, binName)) ?? refuse(`no bin ${binName}`, 404);
    rowAt(account, product.ID, { locationId: at.ID, binId: bin.ID, batch: null }).onHand = onHand;
  } else {
    const here = rowsOf(account, product.ID, at.ID);
    const others = here.slice(1).reduce((total, row) => total.plus(row.onHand), big(0));
    const first = here[0] ?? rowAt(account, product.ID, { locationId: at.ID, binId: null, batch: null });
    first.onHand = round(big(onHand).minus(others));
  }
  touched(ctx, product.ID, at.ID);
  return { sku: product.SKU, location: at.Name, onHand };
}

export function adjust(ctx: Ctx): Json {
  const product = productOf(ctx, needText(ctx.body, "sku"));
  const cost = number(ctx.body, "cost");
  if (cost !== undefined) product.AverageCost = round(big(cost));
  return setStock(ctx, product, locationOf(ctx, needText(ctx.body, "location")), needNumber(ctx.body, "onHand"), text(ctx.body, "bin"));
}

/** Picks, packs and ships what is left, as a person at the packing table does; `tracking`, `carrier`, `date` may come along. */
export function shipSale(ctx: Ctx, sale: Sale): Json {
  orderAuthorised(writable(sale));
  const open = sale.fulfilments.find((task) => task.ship.status !== "AUTHORISED" && task.ship.status !== "VOIDED");
  const task = open ?? (sale.fulfilments.length ? refuse("everything is shipped", 400) : addTask(ctx, sale));
  if (task.pick.status !== "AUTHORISED" && !autoPick(ctx, sale, task)) refuse("nothing can be picked: no stock", 400);
  if (task.pack.status !== "AUTHORISED") autoPack(ctx, sale, task);
  const tracking = text(ctx.body, "tracking");
  const carrier = text(ctx.body, "carrier");
  const date = day(ctx.body, "date");
  autoShip(ctx, sale, task, { ...(tracking && { number: tracking }), ...(carrier && { carrier }), ...(date && { date }) });
  touch(ctx, sale);
  return answer(ctx, sale);
}

const asBody = ({ Quantity, Price, Discount, Tax, Total, TaxRule, Comment, Account }: Line | Charge) => ({
  Quantity,
  Price,
  Discount,
  Tax,
  Total,
  TaxRule,
  Comment,
  Account,
});

/** Authorises the draft invoice, or makes one from the order. */
export function invoiceSale(ctx: Ctx, sale: Sale): Json {
  const draft = sale.invoices.find((each) => each.status === "DRAFT");
  const date = day(ctx.body, "date") ?? today(ctx);
  const Status = oneOf(text(ctx.body, "status") || "AUTHORISED", "status", ["DRAFT", "AUTHORISED"]);
  if (draft)
    return putInvoice({
      ...ctx,
      body: { SaleID: sale.id, TaskID: draft.taskId, Status, ...(ctx.body["date"] !== undefined && { InvoiceDate: date }) },
    });
  const Lines = sale.order.lines.map((line) => ({ ProductID: line.ProductID, SKU: line.SKU, Name: line.Name, ...asBody(line) }));
  const AdditionalCharges = sale.order.charges.map((charge) => ({ Description: charge.Description, ...asBody(charge) }));
  const head = { SaleID: sale.id, TaskID: ZERO_GUID, InvoiceDate: date, InvoiceDueDate: date, Status };
  return postInvoiceDocument({ ...ctx, body: { ...head, Lines, AdditionalCharges } });
}

export function paySale(ctx: Ctx, sale: Sale): Json {
  const invoice =
    sale.invoices.find((each) => each.status === "AUTHORISED" && paidOn(sale, each) < each.Total) ?? refuse("no open invoice", 400);
  const body = {
    Amount: number(ctx.body, "amount") ?? round(big(sub(invoice.Total, paidOn(sale, invoice))), 2),
    DatePaid: day(ctx.body, "date") ?? today(ctx),
    Account: text(ctx.body, "account") ?? "713",
    CurrencyRate: invoice.rate,
    Reference: text(ctx.body, "reference") ?? "",
  };
  pay(ctx, { sale, invoice }, body, "Payment", invoice.taskId);
  return answer(ctx, sale);
}

/** `open`: the location is locked. `complete`: counts are taken over and posted, the lock ends. */
function stocktake(ctx: Ctx): Json {
  const at = locationOf(ctx, needText(ctx.body, "location"));
  const complete = flag(ctx.body, "complete") || same(text(ctx.body, "action") ?? "", "complete") || flag(ctx.body, "open") === false;
  const running = ctx.account.stocktakes.find((each) => each.status === "DRAFT" && each.locationId === at.ID);
  if (!complete) {
    if (running) return { ...running };
    ctx.account.counters.stocktake += 1;
    const TaskID = ctx.world.random.guid();
    const fresh = {
      TaskID,
      number: numbered("ST", ctx.account.counters.stocktake),
      status: "DRAFT" as const,
      locationId: at.ID,
      created: nowIso(ctx),
      updated: nowIso(ctx),
    };
    ctx.account.stocktakes.push(fresh);
    return { ...fresh };
  }
  if (!running) return refuse(`no stocktake is open at ${at.Name}`, 404);
  for (const row of rows(ctx.body, "counts") ?? []) count(ctx, running.TaskID, running.number, at, row);
  Object.assign(running, { status: "COMPLETED", updated: nowIso(ctx) });
  return { ...running };
}

function count(ctx: Ctx, taskId: string, reference: string, at: Location, row: Json): void {
  const product = productOf(ctx, needText(row, "sku"));
  const found = number(row, "onHand") ?? needNumber(row, "count");
  const before = rowsOf(ctx.account, product.ID, at.ID).reduce((total, each) => total.plus(each.onHand), big(0));
  setStock(ctx, product, at, found, undefined);
  const worth = times(round(big(found).minus(before)), product.AverageCost);
  const entry = {
    kind: "stocktake" as const,
    source: taskId,
    taskId,
    date: today(ctx),
    reference,
    text: `Stocktake ${reference}`,
    type: "StockTake",
  };
  post(ctx, null, entry, inventoryAccount(ctx.account, product), cogsAccount(ctx.account, product), worth);
}

function lockDate(ctx: Ctx): Json {
  const date = text(ctx.body, "date");
  ctx.account.company.LockDate = date ? midnight(date) : null;
  return { LockDate: ctx.account.company.LockDate };
}

/** `{Name, TaxPercent, Account?}` adds or changes a rule, `{Name, deactivate: true}` ends it. */
function taxRule(ctx: Ctx): Json {
  const Name = text(ctx.body, "Name") ?? needText(ctx.body, "name");
  const found = ctx.account.taxRules.find((each) => same(each.Name, Name));
  if (flag(ctx.body, "deactivate")) {
    if (!found) return refuse(`no tax rule ${Name}`, 404);
    found.IsActive = false;
    return found;
  }
  const TaxPercent = number(ctx.body, "TaxPercent") ?? needNumber(ctx.body, "percent");
  const Account = text(ctx.body, "Account") ?? found?.Account ?? "820";
  if (found) return Object.assign(found, { TaxPercent, Account, IsActive: true });
  const fresh = {
    ID: ctx.world.random.guid(),
    Name,
    Account,
    IsActive: true,
    TaxInclusive: false,
    TaxPercent,
    IsTaxForSale: true,
    IsTaxForPurchase: false,
  };
  ctx.account.taxRules.push(fresh);
  return fresh;
}

function switches(twin: Twin, ctx: Ctx): Json {
  try {
    applySwitches(ctx.account.switches, object(ctx.body, "switches") ?? ctx.body);
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error), 400);
  }
  return { ...twin.switches, ...ctx.account.switches };
}

type Verb = (ctx: Ctx, c: Context) => unknown;

export function createControl(twin: Twin): Hono {
  const app = new Hono();
  const on = (method: "get" | "post", path: string, verb: Verb) =>
    app[method](path, async (c) => {
      try {
        const account = twin.store.accounts[(c.req.param("account") ?? "").toLowerCase()] ?? refuse("no such account", 404);
        const raw = method === "post" ? await c.req.text() : "";
        const body = raw ? (JSON.parse(raw) as Json) : {};
        return c.json(verb(contextOf(twin, account, body), c) as Json);
      } catch (error) {
        if (!(error instanceof Refusal || error instanceof SyntaxError)) throw error;
        return c.json({ error: error.message }, error instanceof Refusal && error.status === 404 ? 404 : 400);
      }
    });
  const sale = (ctx: Ctx, c: Context) => saleById(ctx, c.req.param("id") ?? "");
  const place = (ctx: Ctx, c: Context) => {
    const id = c.req.param("id") ?? "";
    return (
      ctx.account.locations.find((each) => each.ID === id || same(each.Name, decodeURIComponent(id))) ?? refuse(`no location ${id}`, 404)
    );
  };

  app.get("/", (c) => c.json(Object.values(twin.store.accounts).map((each) => ({ accountId: each.id, company: each.company.Company }))));
  on("get", "/:account/credentials", ({ account }) => ({
    accountId: account.id,
    applicationKey: account.applicationKeys[0],
    applicationKeys: account.applicationKeys,
  }));
  /** The API applications of the company, as somebody adds and removes them in Cin7 Core. */
  on("post", "/:account/keys", ({ account, body }) => {
    const { applicationKeys } = body as { applicationKeys?: unknown };
    if (!Array.isArray(applicationKeys)) return refuse("applicationKeys: a list", 400);
    account.applicationKeys = applicationKeys.map(String);
    return { applicationKeys: account.applicationKeys };
  });
  on("get", "/:account/switches", ({ account }) => ({ board: SWITCH_BOARD, now: { ...twin.switches, ...account.switches } }));
  on("post", "/:account/switches", (ctx) => switches(twin, ctx));
  on("post", "/:account/stock", adjust);
  on("post", "/:account/sales/:id/ship", (ctx, c) => shipSale(ctx, sale(ctx, c)));
  on("post", "/:account/sales/:id/void", (ctx, c) => {
    const found = writable(sale(ctx, c));
    voidSale(ctx, found);
    return answer(ctx, found);
  });
  on("post", "/:account/sales/:id/invoice", (ctx, c) => invoiceSale(ctx, writable(sale(ctx, c))));
  on("post", "/:account/sales/:id/pay", (ctx, c) => paySale(ctx, writable(sale(ctx, c))));
  on("post", "/:account/stocktake", stocktake);
  on("post", "/:account/lock-date", lockDate);
  on("post", "/:account/tax-rules", taxRule);
  on("post", "/:account/locations/:id/rename", (ctx, c) => Object.assign(place(ctx, c), { Name: needText(ctx.body, "name", 50) }));
  on("post", "/:account/locations/:id/deprecate", (ctx, c) =>
    Object.assign(place(ctx, c), { IsDeprecated: flag(ctx.body, "deprecated") ?? true }),
  );
  on("post", "/:account/customers/:id/deprecate", (ctx, c) => {
    const found = ctx.account.customers[c.req.param("id") ?? ""] ?? refuse("no such customer", 404);
    return Object.assign(found, { Status: "Deprecated", LastModifiedOn: nowIso(ctx) });
  });
  return app;
}
