import type { Order } from "../bigcommerce/schemas.ts";
import * as cin7 from "../cin7/schemas.ts";
import { products } from "../db/schema.ts";
import type { Problem } from "../exceptions/problem.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { haltOf, stop } from "../inbox/halt.ts";
import { blocked, done, later, type Outcome, skipped } from "../inbox/outcome.ts";
import { instant } from "../lib/days.ts";
import { decimal, inCurrency } from "../lib/money.ts";
import { accept } from "./accept.ts";
import { accountFacts } from "./account-store.ts";
import { createAgain } from "./again-flow.ts";
import { begunOf, underHeader } from "./begun.ts";
import { stopCancelled } from "./cancel-flow.ts";
import { isCancelled } from "./cancelled.ts";
import { isDecided, sendAsOne } from "./decisions-store.ts";
import type { Kept, KnownProduct, MappingInput, SaleDraft, Snapshot } from "./draft.ts";
import { heldNote } from "./held.ts";
import { saleMark } from "./marks.ts";
import { isCaptured } from "./payment-method.ts";
import { isTestMoney } from "./payments.ts";
import { mappedOf, pictureOf } from "./picture.ts";
import { type ReadFailure, readOrder, readSnapshot, readTransactions, unreadOutcome } from "./read-flow.ts";
import { couldBeRefused } from "./refusal.ts";
import { reservedUnits } from "./reserved.ts";
import { foldSku, type MoveTo, move, type OrderRow, orderOf, productsBySku, see } from "./store.ts";
import { toSale } from "./to-sale.ts";

/** BigCommerce may not know an order yet that it has just told us of; after this many looks it does not exist. */
const UNKNOWN_LOOKS = 6;

/**
 * `order.changed`: reads the order as it is now, decides whether it is taken, maps it, keeps it as pending with its stock
 * reserved, and hands it to `order.send` (design 8.4 to 8.8). Everything that keeps it from being mapped is named at once.
 */
export async function receiveOrder(c: LinkedContext, orderId: number, pressed: boolean): Promise<Outcome> {
  const { db, tenant, settings } = c;
  if (!settings.document.orders.on) return skipped("orders-off", "Orders are not switched on.");
  const now = () => new Date(c.now()).toISOString();

  const read = await readOrder(c.bigcommerce, orderId);
  if (!read.ok) return unread(c, orderId, read.error);
  const order = read.value;
  let before = await orderOf(db, tenant, orderId);
  await see(db, tenant, seenOf(order), now());

  if (before && pressed && !OVER.has(order.status_id)) {
    const again = await createAgain(c, before);
    if (again.is === "stop") return again.outcome;
    before = again.row;
  }
  if (before?.state === "sent") return afterSent(before, order);
  const kept = await c.drafts.of<Kept>(orderId);
  // Lost with a restored database: what was begun is known by its claims all the same.
  if (kept) before ??= await orderOf(db, tenant, orderId);
  const begun = kept ? begunOf(c.claims, orderId, before?.generation ?? 1) : "nothing";
  if (kept && before && begun !== "nothing") {
    if (isCancelled(order.status_id)) {
      const stopped = await stopCancelled(c, before, kept.draft);
      if (stopped) return stopped;
    } else if (before.stages.split(",").includes("voided")) {
      // Un-cancelled: a voided sale is not revived, and only a person creates it again (M28).
      return hold(c, orderId, [{ kind: "sale-voided", orderId, saleNumber: before.saleNumber ?? "" }]);
    } else if (begun === "order" || before.state !== "held") {
      // Frozen: a claim was made, the document may exist. The frozen draft goes to its end first (K30).
      if (!before.picture) await drawAgain(c, order, kept);
      return done("It goes on where it stopped.", { next: [{ kind: "order.send", orderId }] });
    }
  }

  // Told twice of the same state: what is mapped already is not read again (M48).
  const mark = saleMark(tenant.store, orderId, before?.generation ?? 1);
  if (kept?.draft.mark === mark && before && GOING.has(before.state) && isSame(kept, order, settings.version)) {
    return done("It goes to Cin7 Core as it was mapped.", { next: [{ kind: "order.send", orderId }], notices: kept.draft.notices });
  }

  const asked = { pressed, now: now(), metAt: before?.metAt ?? null, timeZone: c.store.timeZone };
  let verdict = accept(order, settings.document, asked);
  // The payments, which are needed anyway when money was taken, tell a gateway in test mode (M20).
  const transactions = verdict.is === "take" && isCaptured(order) ? await readTransactions(c.bigcommerce, orderId) : null;
  if (transactions?.ok === false) return unread(c, orderId, transactions.error);
  if (transactions && isTestMoney(transactions.value)) verdict = accept(order, settings.document, { ...asked, testMoney: true });
  if (verdict.is === "skip") {
    await move(db, tenant, orderId, { state: "not-taken", note: verdict.text, reserved: [] }, now());
    return skipped(verdict.code, verdict.text);
  }

  const snapshot = await readSnapshot(c.bigcommerce, order);
  if (!snapshot.ok) return unread(c, orderId, snapshot.error);
  const known = await knownProducts(c, snapshot.value);
  if (known.is !== "known") return known.outcome;
  const picture = pictureOf(snapshot.value, c.store.timeZone);
  // Also while it is held its units are not for sale to anybody else (F101, M19).
  const reserved = reservedUnits(snapshot.value.lines, known.products, settings.document.orders.unknownSku);
  if (verdict.is === "hold") return hold(c, orderId, verdict.problems, { picture, reserved });

  const facts = await accountFacts(db, tenant);
  const input: MappingInput = {
    snapshot: snapshot.value,
    settings: settings.document,
    settingsVersion: settings.version,
    store: { hash: tenant.store, timeZone: c.store.timeZone, currency: c.store.currency },
    account: c.account,
    products: known.products,
    generation: before?.generation ?? 1,
    metAt: verdict.metAt,
    negativeChargesRefused: facts.negativeChargesRefused,
    zeroPriceRefused: facts.zeroPriceRefused,
    asOneSale: snapshot.value.shipping.length > 1 && (await isDecided(db, tenant, sendAsOne(orderId))),
  };
  const mapped = toSale(input);
  if (!mapped.ok) return hold(c, orderId, mapped.error, { picture, reserved, metAt: verdict.metAt });

  // Its header is in Cin7 and nothing else of it: lines and charges follow today's Setup and order under that header.
  const under = (anew: SaleDraft | null) => (kept && begun === "sale" && anew ? underHeader(kept.draft, anew) : anew);
  const draft = under(mapped.value);
  if (!draft) return done("It goes on where it stopped.", { next: [{ kind: "order.send", orderId }] });
  const keep: Kept = {
    draft,
    order: { ...order, consignments: undefined, fees: undefined },
    fallback: under(fallbackOf(mapped.value, input)),
    ...(transactions ? { transactions: transactions.value } : {}),
  };
  await c.drafts.keep(orderId, keep);
  await move(
    db,
    tenant,
    orderId,
    {
      state: "pending",
      note: "Waits for its turn to go to Cin7 Core.",
      reserved,
      metAt: verdict.metAt,
      picture: { ...picture, mapped: mappedOf(draft) },
      settingsVersion: settings.version,
    },
    now(),
  );
  return done("Taken; goes to Cin7 Core next.", { next: [{ kind: "order.send", orderId }], notices: draft.notices });
}

/** The order's page was lost with its row (a restored database): drawn again from BigCommerce and the draft that was sent. */
async function drawAgain(c: LinkedContext, order: Order, kept: Kept): Promise<void> {
  const snapshot = await readSnapshot(c.bigcommerce, order);
  if (!snapshot.ok) return;
  const picture = { ...pictureOf(snapshot.value, c.store.timeZone), mapped: mappedOf(kept.draft) };
  const { settingsVersion } = kept.draft;
  await move(
    c.db,
    c.tenant,
    order.id,
    { state: "pending", note: "It goes on where it stopped.", picture, settingsVersion },
    new Date(c.now()).toISOString(),
  );
}

/** The sale without what the account might refuse, worked out from the same reading so that a refusal costs no new one. */
function fallbackOf(draft: SaleDraft, input: MappingInput): SaleDraft | null {
  if (!couldBeRefused(draft)) return null;
  const other = toSale({ ...input, negativeChargesRefused: true, zeroPriceRefused: true });
  return other.ok ? other.value : null;
}

/** Cancelled, declined or refunded in BigCommerce: its voided sale is what is wanted. */
const OVER: ReadonlySet<number> = new Set([4, 5, 6]);

const GOING: ReadonlySet<OrderRow["state"]> = new Set(["pending", "sending"]);

/** The order as it was mapped, under the same settings. */
const isSame = (kept: Kept, order: Order, settingsVersion: number): boolean =>
  kept.order.date_modified === order.date_modified &&
  kept.order.status_id === order.status_id &&
  kept.draft.settingsVersion === settingsVersion;

/** A held order shows what keeps it; its stock stays held where its lines could be read. */
async function hold(c: LinkedContext, orderId: number, problems: Problem[], more: Partial<MoveTo> = {}): Promise<Outcome> {
  await move(c.db, c.tenant, orderId, { ...more, state: "held", note: heldNote(problems) }, new Date(c.now()).toISOString());
  return blocked(problems);
}

/** The sale exists. A payment may have come; a cancel, refund or new total must be told (they are never silent). */
function afterSent(row: OrderRow, order: Order): Outcome {
  const notices: Problem[] = [];
  const total = decimal(order.total_inc_tax);
  const saleNumber = row.saleNumber ?? "";
  const change = (what: "cancelled" | "refunded" | "total") =>
    notices.push({ kind: "changed-after-sale", orderId: row.orderId, saleNumber, what });
  if (order.status_id === 5 || order.status_id === 6) change("cancelled");
  else if (order.status_id === 4 || order.status_id === 14) change("refunded");
  else if (total && decimal(mappedTotal(row))?.eq(total) === false) change("total");
  // What keeps its invoice or payments may have changed too; where nothing is left to do this asks nothing.
  const more = { next: [{ kind: "order.money" as const, orderId: row.orderId }] };
  const clears = notices.length === 0 ? [`changed-after-sale:${row.orderId}`] : [];
  return done(`Already in Cin7 Core${saleNumber ? ` as ${saleNumber}` : ""}.`, { ...more, notices, clears });
}

/** The total that went to Cin7: what the order is compared with from then on. */
const mappedTotal = (row: OrderRow) => (row.picture as { mapped?: { totals?: { incTax?: string } } } | null)?.mapped?.totals?.incTax;

async function unread(c: LinkedContext, orderId: number, failure: ReadFailure): Promise<Outcome> {
  if (failure.is === "malformed") return hold(c, orderId, [{ kind: "order-malformed", orderId, fields: failure.fields }]);
  if (failure.answer.is === "missing") {
    // An order that is not there (yet): BigCommerce tells of orders before every copy of it knows them (decision 5).
    if (c.attempt > UNKNOWN_LOOKS) return skipped("unknown-order", "BigCommerce does not know this order.");
    return later(c.now() + (10_000 * c.attempt) / c.config.timeScale, "BigCommerce does not show this order yet.");
  }
  return unreadOutcome(c, orderId, failure);
}

type Known = { is: "known"; products: Map<string, KnownProduct> } | { is: "stop"; outcome: Outcome };

/** Products of the order's SKUs: from the mirror, the missing ones asked of Cin7 by exact SKU, one call each (F116). */
async function knownProducts(c: LinkedContext, snapshot: Snapshot): Promise<Known> {
  const skus = [...new Set(snapshot.lines.filter((l) => l.type !== "giftcertificate" && l.quantity > 0 && l.sku).map((l) => l.sku.trim()))];
  const known = await productsBySku(c.db, c.tenant, skus);
  for (const sku of skus.filter((s) => !known.has(s))) {
    const answer = await c.cin7.get("/product", { Sku: sku, Limit: 100 });
    const halt = haltOf(answer, c);
    if (halt)
      return {
        is: "stop",
        outcome: stop(halt, c, (text) => ({ kind: "cin7-refused", orderId: snapshot.order.id, step: "product", text })),
      };
    const list = cin7.productList.safeParse(answer.is === "ok" ? answer.body : null);
    // The filter matches by prefix or substring (cin7-core.md 3.1): only equality counts.
    const product = list.success ? list.data.Products.find((p) => p.SKU.trim() === sku && p.Status !== "Deprecated") : undefined;
    if (!product) continue;
    const row = {
      productId: product.ID.toLowerCase(),
      sku: product.SKU,
      name: product.Name,
      type: product.Type,
      revenueAccount: product.RevenueAccount || null,
      bom: product.BillOfMaterial ?? false,
    };
    known.set(sku, row);
    const values = {
      ...row,
      accountId: c.tenant.account,
      skuFold: foldSku(product.SKU),
      active: true,
      readAt: new Date(c.now()).toISOString(),
    };
    await c.db
      .insert(products)
      .values(values)
      .onConflictDoUpdate({ target: [products.accountId, products.productId], set: values })
      .run();
  }
  return { is: "known", products: known };
}

function seenOf(order: Order) {
  const { billing_address: who } = order;
  const currency = order.default_currency_code || order.currency_code;
  const total = decimal(order.total_inc_tax);
  return {
    orderId: order.id,
    placedAt: instant(order.date_created) ?? new Date(0).toISOString(),
    modifiedAt: instant(order.date_modified) ?? "",
    statusId: order.status_id,
    status: order.custom_status || order.status,
    customer: who.company || `${who.first_name} ${who.last_name}`.trim() || who.email,
    email: who.email.trim().toLowerCase(),
    currency,
    total: total ? inCurrency(total, currency) : "0",
    totalSort: total ? Math.round(Number(total.times(10000).toFixed(0))) : 0,
  };
}
