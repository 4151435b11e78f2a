import type { Order } from "../../bigcommerce/schemas.ts";
import { productsBySku } from "../../catalogue/store.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { done, type Outcome, skipped } from "../../inbox/outcome.ts";
import { reservedUnits } from "../mapping/reserved.ts";
import { readLinesOf, unreadOutcome } from "../reading/read-order-flow.ts";
import { move, type OrderRow, orderFor } from "../store.ts";
import type { Verdict } from "../verdict.ts";
import { daysFor, heldUntil, holdOf, holdWords } from "./unpaid-hold.ts";

/**
 * An order that is not taken: noted with its reason; where the shop has sold the goods they stay held, for some days while it
 * is unpaid (M31). Its lines came with it, and Cin7 Core is not asked.
 */
export async function notTaken(
  c: LinkedContext,
  order: Order,
  verdict: Extract<Verdict, { is: "skip" }>,
  before: OrderRow | null,
): Promise<Outcome> {
  const now = new Date(c.now()).toISOString();
  const hold = holdOf(order, verdict.code, c.settings.document, c.store.timeZone);
  const over = hold.is === "days" && hold.until <= now;
  const note = `${verdict.text}${holdWords(hold, over)}`;
  const clears = hold.is === "none" ? [`unpaid-released:${order.id}`] : [];
  if (hold.is === "none" || over) {
    await move(c.db, c.tenant, order.id, { state: "not-taken", note, reserved: [] }, now);
    if (hold.is === "days" && before?.unpaidMethod != null) return given(order.id, hold.days);
    return { is: "skipped", why: { code: verdict.code, text: verdict.text }, clears };
  }
  const lines = await readLinesOf(c.bigcommerce, order);
  if (!lines.ok && lines.error.is === "answer") return unreadOutcome(c, order.id, lines.error);
  const alive = lines.ok ? lines.value : [];
  const known = await productsBySku(
    c.db,
    c.tenant,
    alive.map((line) => line.sku),
  );
  // Cin7 Core is not asked, so what is not known yet counts as goods.
  const reserved = reservedUnits(alive, known, "hold");
  const unpaidMethod = hold.is === "days" ? order.payment_method : null;
  await move(c.db, c.tenant, order.id, { state: "not-taken", note, reserved, unpaidMethod }, now);
  return skipped(verdict.code, note);
}

/** `order.unpaid`: the days are over and nobody paid. The stock is for sale again, and somebody is told; no call is made. */
export async function releaseUnpaid(c: LinkedContext, orderId: number): Promise<Outcome> {
  const row = await orderFor(c, orderId);
  if (row?.state !== "not-taken" || row.unpaidMethod === null) return done("Nothing is held for it.");
  const now = new Date(c.now()).toISOString();
  if (now < heldUntil(row, c.settings.document, c.store.timeZone)) return done("Its stock is held a little longer.");
  const days = daysFor(row.unpaidMethod, c.settings.document);
  const words = holdWords({ is: "days", days, lastDay: "", until: "" }, true);
  await move(
    c.db,
    c.tenant,
    orderId,
    { state: "not-taken", note: `It is not paid yet. It comes by itself when it is.${words}`, reserved: [] },
    now,
  );
  return given(orderId, days);
}

const given = (orderId: number, days: number): Outcome =>
  done("It was not paid in time: its stock is for sale again.", { notices: [{ kind: "unpaid-released", orderId, days }] });
