import type { Order } from "../../bigcommerce/schemas.ts";
import { endAfter } from "../../daily-sales/rules/day.ts";
import { joinDay } from "../../daily-sales/rules/members-store.ts";
import { adopt } from "../../inbox/claim.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { blocked, done, type Outcome } from "../../inbox/outcome.ts";
import { refusedAs, stop } from "../../inbox/vendor-answer.ts";
import type { SoldKept } from "../../sales/kept.ts";
import { dayKept } from "../../sales/kept-store.ts";
import { isDaily } from "../../settings/is-daily.ts";
import { afterSent } from "../changes/after-sent-flow.ts";
import { holdReasons } from "../hold-words.ts";
import { saleStep } from "../marks.ts";
import { lookForSale } from "../sending/find-sale-step.ts";
import { looksFirst } from "../sending/look-first.ts";
import { begunDay } from "../sending/memory.ts";
import { type MoveTo, move, type OrderRow, orderOf } from "../store.ts";

/** An order of a store that makes one sale a day (F15, F102): it waits for the end of its day, then it is told what happens to it. */

/** An order of which nothing is in Cin7 waits for its daily sale. */
export const waitsForDay = (c: LinkedContext, begun: "nothing" | "sale" | "order"): boolean =>
  begun === "nothing" && isDaily(c.settings.document);

/** When the day that it belongs to ends, for its note. */
export const dayNote = (c: LinkedContext): Pick<MoveTo, "note" | "notedFor" | "waitsFor"> => ({
  note: "Goes with the daily sale.",
  notedFor: endAfter(new Date(c.now()).toISOString(), c.settings.document.orders.consolidateAt, c.store.timeZone),
  waitsFor: "day",
});

/**
 * An order that may be in Cin7 already, as it is older than our memory, is looked for before it is put into a daily sale
 * (design 3.5). What is there goes on alone. Null: nothing is there.
 */
export async function alone(c: LinkedContext, orderId: number, kept: SoldKept): Promise<Outcome | null> {
  const row = await orderOf(c.db, c.tenant, orderId);
  if (!row || !looksFirst(c, row, kept)) return null;
  const looked = await lookForSale(c, row, kept.draft, true);
  if (looked.is === "absent") return null;
  if (looked.is === "found") {
    await adopt(c.claims, { step: saleStep(orderId, row.generation), mark: kept.draft.mark }, looked.value);
    return done("Its own sale is in Cin7 Core already; it goes on with that.", { next: [{ kind: "order.send", orderId }] });
  }
  if (looked.is !== "problem") return stop(looked, c, refusedAs(orderId, "sale"));
  await move(c.db, c.tenant, orderId, { state: "held", note: holdReasons([looked.problem]) }, new Date(c.now()).toISOString());
  return blocked([looked.problem]);
}

/** Closed into a daily sale: it goes with that; what changes afterwards is told, with that sale's number. Null: it is in none. */
export async function inDay(c: LinkedContext, row: OrderRow | null, order: Order, kept: SoldKept | null): Promise<Outcome | null> {
  if (row?.dayCut) {
    if (row.daySale !== null) return afterSent(c, row, order, kept);
    // What it says now is seen, and compared when its sale is put together.
    return done("Its day is being closed.", { next: [{ kind: "day.close" }] });
  }
  if (!row || kept?.is !== "member") return null;
  const { daySale } = kept;
  const day = begunDay(c.claims, kept, await dayKept(c, daySale));
  if (!day) return null;
  await joinDay(c.db, c.tenant, row.orderId, { daySale, end: day.end }, new Date(c.now()).toISOString());
  const again = [daySale, row.orderId].map((orderId) => ({ kind: "order.changed" as const, orderId }));
  return done("It is part of a daily sale.", { next: again });
}
