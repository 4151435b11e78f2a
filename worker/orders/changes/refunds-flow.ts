import { isCancelled } from "../../bigcommerce/order-status.ts";
import { unreadable } from "../../bigcommerce/reading.ts";
import { refundsOf } from "../../bigcommerce/refunds.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { done, later, type Outcome } from "../../inbox/outcome.ts";
import { outcomeOf } from "../../inbox/vendor-answer.ts";
import type { Work } from "../../inbox/work.ts";
import type { Problem } from "../../problems/define-problem.ts";
import { keyOf } from "../../problems/registry.ts";
import { problemsWith } from "../../problems/store.ts";
import { paymentMark } from "../marks.ts";
import type { Facts } from "../order-facts.ts";
import { paymentsOf } from "../payments-store.ts";
import { readOrder, readTransactions, unreadOutcome } from "../reading/read-order-flow.ts";
import { readStages } from "../state.ts";
import { type OrderRow, orderFor } from "../store.ts";
import { newAndOver, PATIENCE_MS, type Refunded, refundsOfOrder } from "./refunds.ts";

const SENDING_MS = 60_000;
/** A daily sale may be held for days: looked at less and less often. */
const MOST_LOOKS = 15;

/**
 * `order.refunds`: what went back of the money of an order whose sale is in Cin7, each refund told by itself until refunds are posted
 * by Lockstep. Two reads, where something speaks of a refund: a webhook, the order's status, its transactions, the night's list.
 */
export async function tellRefunds(c: LinkedContext, orderId: number): Promise<Outcome> {
  if (!c.settings.document.orders.on) return done("Orders are not switched on.");
  const row = await orderFor(c, orderId);
  // It is looked at when its sale is there.
  const onItsWay = row?.state === "sending" || (row?.daySale != null && row.state !== "sent");
  if (onItsWay) return later(c.now() + (SENDING_MS * Math.min(c.attempt, MOST_LOOKS)) / c.config.timeScale, "Its sale is on its way.");
  if (row?.state !== "sent") return done("There is no sale of it that a refund would change.");

  const facts = row.facts as Facts | null;
  const order = facts ? { ok: true as const, value: facts } : await readOrder(c.bigcommerce, orderId);
  if (!order.ok) return unreadOutcome(c, orderId, order.error);
  const records = await refundsOf(c.bigcommerce, orderId);
  if (records.is === "missing") return done("BigCommerce does not know this order any more.");
  if (records.is !== "read") return outcomeOf(unreadable(records), c, "store_v2_orders");
  const transactions = await readTransactions(c.bigcommerce, orderId);
  if (!transactions.ok) return unreadOutcome(c, orderId, transactions.error);

  const told = refundsOfOrder(order.value, records.value, transactions.value, await contextOf(c, row));
  const before = (await problemsWith(c.db, c.tenant, "refund-to-enter", "orderId", orderId)).map((each) => ({
    ...each,
    facts: each.facts as Refunded,
  }));
  const { fresh, over } = newAndOver(told.refunds, before, transactions.value);
  // A sale that is void stands for nothing any more: there is nothing to credit.
  const isVoid = readStages(row.stages).includes("voided");
  const notices: Problem[] = [...(isVoid ? [] : fresh), ...told.declined];
  const clears = [...over, ...(isVoid ? before.map(({ key }) => key) : [])];
  // What was taken for paid and is declined after all.
  clears.push(...told.declined.map(({ refund }) => `refund-to-enter:${orderId}:${refund}`));
  const known = new Set(before.map(({ key }) => key));
  const isNew = !isVoid && fresh.some((refund) => !known.has(keyOf(refund)));
  const next: Work[] = [];
  // Somebody may have entered it in Cin7 already.
  if (isNew) next.push({ kind: "sale.check", orderId: row.daySale ?? orderId });
  // What kept the sale of a cancelled order was perhaps only that its money had not gone back.
  if (isNew && isCancelled(row.statusId) && row.daySale === null) next.push({ kind: "order.cancel", orderId });
  return done(`${fresh.length} refunds of it are told.`, {
    notices,
    clears,
    ...(next.length > 0 ? { next } : {}),
    ...(told.lookAt === null ? {} : { again: { at: told.lookAt, work: { kind: "order.refunds" as const, orderId } } }),
  });
}

async function contextOf(c: LinkedContext, row: OrderRow) {
  const { orderId, currency } = row;
  const posted = new Set((await paymentsOf(c.db, c.tenant, orderId)).filter(({ state }) => state === "posted").map(({ mark }) => mark));
  return {
    orderId,
    sale: row.daySale ?? orderId,
    saleNumber: row.saleNumber ?? "",
    currency,
    timeZone: c.store.timeZone,
    now: c.now(),
    patienceMs: PATIENCE_MS / c.config.timeScale,
    isPosted: (transactionId: string) => posted.has(paymentMark(orderId, transactionId)),
  };
}
