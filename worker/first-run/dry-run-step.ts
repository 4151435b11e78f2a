import * as z from "zod";
import { accountFacts } from "../accounts/facts-store.ts";
import { knownShopper } from "../accounts/shopper-store.ts";
import type { StoreRow } from "../api/access.ts";
import type { BigCommerce } from "../bigcommerce/client.ts";
import { ordersPage } from "../bigcommerce/order.ts";
import * as bc from "../bigcommerce/schemas.ts";
import { asKnown, productsBySku } from "../catalogue/store.ts";
import type { Cin7 } from "../cin7/client.ts";
import { productBySku } from "../cin7/product.ts";
import type { Settings, Trial, TrialOrder } from "../contract/index.ts";
import type { Config } from "../env.ts";
import type { Db } from "../lib/db/open.ts";
import type { Linked } from "../lib/ids.ts";
import { err, ok, type Result } from "../lib/result.ts";
import { shopperKeys } from "../lib/shopper.ts";
import { accept } from "../orders/capture/accept.ts";
import { isDecided, sendAsOne } from "../orders/decisions-store.ts";
import { toPayments } from "../orders/mapping/amounts/plan-payments.ts";
import type { KnownProduct, MappingInput, SaleDraft } from "../orders/mapping/sale-draft.ts";
import { toSale } from "../orders/mapping/to-sale.ts";
import { dueByTerms } from "../orders/money/payment-terms-step.ts";
import { type ReadFailure, readOrder, readSnapshot, readTransactions } from "../orders/reading/read-order-flow.ts";
import { type OrderRow, orderOf } from "../orders/store.ts";
import type { Problem } from "../problems/define-problem.ts";
import { reasonOf } from "../problems/registry.ts";
import { needsCustomer } from "../settings/asks-who.ts";
import { settingsNow } from "../settings/current-store.ts";
import { callsOf, notTaken, previewOf, shownOf, ties } from "./dry-run.ts";

export type TrialContext = {
  config: Pick<Config, "sealingKeys">;
  db: Db;
  tenant: Linked;
  store: StoreRow;
  bigcommerce: BigCommerce;
  cin7: Cin7;
  now: () => number;
};
/** Why a trial could not go on: a side that does not answer, or Cin7's calls of this minute are used up. */
export type TrialStop = { is: "wait"; at: number } | { is: "failed"; side: "BigCommerce" | "Cin7 Core" };
type Tried<T> = Result<T, TrialStop>;
const silent = (side: "BigCommerce" | "Cin7 Core"): { ok: false; error: TrialStop } => err({ is: "failed", side });

const TRIAL_ORDERS = 20;
const AT_ONCE = 4;
const PAGES = 4;

/**
 * The dry run of real orders (N4, ui.md 10.3 step 10): the last 20 that the rule takes, or the given ones, read and mapped by
 * the very functions that send them. Nothing is written: not in Cin7 Core, not in BigCommerce, and no order of ours is moved.
 */
export async function tryOrders(c: TrialContext, ids: readonly number[] | null): Promise<Tried<Trial>> {
  const { version, settings, currency } = await settingsNow(c.db, c.tenant);
  // The start line is what this is for: orders of before it show what later ones would become (M21).
  const rule: Settings = { ...settings, orders: { ...settings.orders, on: true, takeFrom: null } };
  const products = new Map<string, Promise<Tried<KnownProduct | null>>>();
  const facts = await accountFacts(c.db, c.tenant);
  const chosen = ids ? ok(ids) : await lastTaken(c, rule);
  if (!chosen.ok) return chosen;
  const tried = await inTurns(chosen.value, (id) => tryOne(c, id, { settings: rule, version, currency, products, facts }));
  if (!tried.ok) return tried;
  const orders = tried.value.filter((order) => order !== null);
  const taken = orders.filter((order) => order.verdict === "taken");
  return ok({ orders, taken: taken.length, tie: taken.filter((order) => order.tie).length, settingsVersion: version });
}

/** Days that are looked back, one after the other, until there are enough: the list has no newest-first in its documents. */
const LOOK_BACK = [2, 14, 90];

/** Newest first; told from the list alone, without reading an order that is not taken anyway. */
async function lastTaken(c: TrialContext, settings: Settings): Promise<Tried<number[]>> {
  let found: number[] = [];
  for (const days of LOOK_BACK) {
    const taken = await takenSince(c, settings, new Date(c.now() - days * 86_400_000).toISOString());
    if (!taken.ok) return taken;
    found = taken.value;
    if (found.length >= TRIAL_ORDERS) break;
  }
  return ok(found.slice(-TRIAL_ORDERS).reverse());
}

async function takenSince(c: TrialContext, settings: Settings, since: string): Promise<Tried<number[]>> {
  const found: number[] = [];
  for (let page = 1; page <= PAGES; page++) {
    const listed = await ordersPage(c.bigcommerce, { min_date_created: since }, { page, limit: 250 }, z.unknown());
    if (listed.is !== "read") return silent("BigCommerce");
    const rows = listed.value;
    for (const row of rows) {
      const read = bc.order.safeParse(row);
      // What cannot be read is worth seeing: it would be held.
      const id = read.success ? read.data.id : (row as { id?: unknown }).id;
      if (typeof id === "number" && (!read.success || verdictOf(c, read.data, settings, null, []).is !== "skip")) found.push(id);
    }
    if (rows.length < 250) break;
  }
  return ok(found);
}

type Given = {
  settings: Settings;
  version: number;
  currency: string;
  products: Map<string, Promise<Tried<KnownProduct | null>>>;
  facts: Awaited<ReturnType<typeof accountFacts>>;
};

/** Null: BigCommerce does not know the order. */
async function tryOne(c: TrialContext, id: number, given: Given): Promise<Tried<TrialOrder | null>> {
  const read = await readOrder(c.bigcommerce, id);
  if (!read.ok) return unread(id, read.error);
  const order = read.value;
  const known = await orderOf(c.db, c.tenant, id);
  const row = known?.accountId === c.tenant.account ? known : null;
  const first = verdictOf(c, order, given.settings, row, []);
  if (first.is === "skip") return ok(notTaken(order, "not-taken", [first.text]));
  const transactions = await readTransactions(c.bigcommerce, id);
  if (!transactions.ok) return unread(id, transactions.error);
  const verdict = verdictOf(c, order, given.settings, row, transactions.value);
  if (verdict.is === "skip") return ok(notTaken(order, "not-taken", [verdict.text]));
  if (verdict.is === "hold") return ok(notTaken(order, "held", sentences(verdict.problems, id)));

  const snapshot = await readSnapshot(c.bigcommerce, order, needsCustomer(order, given.settings));
  if (!snapshot.ok) return unread(id, snapshot.error);
  const skus = snapshot.value.lines.filter((l) => l.type !== "giftcertificate" && l.quantity > 0 && l.sku).map((l) => l.sku.trim());
  const products = await productsOf(c, [...new Set(skus)], given.products);
  if (!products.ok) return products;
  const input: MappingInput = {
    snapshot: snapshot.value,
    settings: given.settings,
    settingsVersion: given.version,
    store: { hash: c.tenant.store, timeZone: c.store.timeZone, currency: c.store.currency },
    account: { currency: given.currency },
    products: products.value,
    generation: row?.generation ?? 1,
    metAt: verdict.metAt,
    ...(verdict.metBy ? { metBy: verdict.metBy } : {}),
    negativeChargesRefused: given.facts.negativeChargesRefused,
    zeroPriceRefused: given.facts.zeroPriceRefused,
    asOneSale: snapshot.value.shipping.length > 1 && (await isDecided(c.db, c.tenant, sendAsOne(id))),
  };
  const mapped = toSale(input);
  if (!mapped.ok) return ok(notTaken(order, "held", sentences(mapped.error, id)));

  const draft = mapped.value;
  const { currency, rate } = draft;
  const foreign = currency !== given.currency.toUpperCase();
  const facts = { currency, rate, timeZone: c.store.timeZone, foreign, metAt: verdict.metAt };
  const payments = given.settings.payments.on ? toPayments(order, transactions.value, given.settings, facts).payments : [];
  const customerId = await customerOf(c, draft);
  const due = await dueOf(c, draft, customerId, given.settings);
  if (!due.ok) return due;
  const bodies = previewOf(draft, customerId, payments, due.value);
  const { placedAt } = shownOf(order);
  return ok({
    ...shownOf(order),
    verdict: "taken",
    why: sentences(draft.notices, id),
    tie: ties(draft, order),
    bodies,
    calls: callsOf(bodies.length, customerId === null, placedAt < c.store.lookBefore),
    losses: draft.losses,
  });
}

const verdictOf = (c: TrialContext, order: bc.Order, settings: Settings, row: OrderRow | null, transactions: readonly bc.Transaction[]) =>
  accept(order, settings, { now: new Date(c.now()).toISOString(), metAt: row?.metAt ?? null, timeZone: c.store.timeZone, transactions });

const sentences = (problems: readonly Problem[], id: number): string[] =>
  problems.map((problem) => reasonOf(problem, { orders: [id], orderCount: 1 }));

function unread(id: number, failure: ReadFailure): Tried<TrialOrder | null> {
  if (failure.is === "malformed") {
    const why = sentences([{ kind: "order-malformed", orderId: id, fields: failure.fields }], id);
    return ok({ id, placedAt: "", total: "0", currency: "", verdict: "held", why, tie: null, bodies: [], calls: 0, losses: [] });
  }
  return failure.answer.is === "missing" ? ok(null) : silent("BigCommerce");
}

/** From the mirror; a missing SKU is asked of Cin7 Core once in a trial, and not remembered. */
async function productsOf(c: TrialContext, skus: string[], asked: Given["products"]): Promise<Tried<Map<string, KnownProduct>>> {
  const known = await productsBySku(c.db, c.tenant, skus);
  for (const sku of skus.filter((s) => !known.has(s))) {
    const asking = asked.get(sku) ?? askProduct(c, sku);
    asked.set(sku, asking);
    const product = await asking;
    if (!product.ok) return product;
    if (product.value) known.set(sku, product.value);
  }
  return ok(known);
}

async function askProduct(c: TrialContext, sku: string): Promise<Tried<KnownProduct | null>> {
  const found = await productBySku(c.cin7, sku);
  if (found.is === "wait") return err(found);
  return found.is === "read" ? ok(found.value && asKnown(found.value)) : silent("Cin7 Core");
}

async function customerOf(c: TrialContext, { party, currency }: SaleDraft): Promise<string | null> {
  if (party.is === "default") return party.id;
  const keys = await shopperKeys(c.config.sealingKeys, c.tenant, party, currency);
  return (await knownShopper(c.db, c.tenant, keys))?.cin7Id ?? null;
}

/** The day on which its invoice is due: by terms where it is not paid yet; a new shopper gets the default customer's (M12). */
async function dueOf(c: TrialContext, { invoice }: SaleDraft, customerId: string | null, settings: Settings): Promise<Tried<string>> {
  if (!invoice.byTerms || invoice.status === "none") return ok(invoice.dueDate);
  const asked = { cin7: c.cin7, account: c.tenant.account, now: c.now(), timeScale: 1 };
  const due = await dueByTerms(asked, invoice.date, { customerId: customerId ?? settings.customers.defaultCustomer?.id ?? "" });
  if (due.is === "due") return ok(due.day);
  return due.answer.is === "wait" ? err({ is: "wait", at: due.answer.at }) : silent("Cin7 Core");
}

/** Four orders at once; the first that stops, stops all: no further one is begun. */
async function inTurns<T, R>(items: readonly T[], run: (item: T) => Promise<Tried<R>>): Promise<Tried<R[]>> {
  const results: R[] = new Array(items.length);
  let next = 0;
  let stopped: { ok: false; error: TrialStop } | null = null;
  const lane = async () => {
    for (let at = next++; at < items.length && !stopped; at = next++) {
      const result = await run(items[at] as T);
      if (result.ok) results[at] = result.value;
      else stopped ??= result;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return stopped ?? ok(results);
}
