import type { CapturePreview, OrderState, Settings } from "../../contract/index.ts";
import type { Facts } from "../order-facts.ts";
import { accept } from "./accept.ts";

/** An order that is not in Cin7 Core, as it is stored. `facts`: null when an older release saw it last. */
export type Waiting = { orderId: number; state: OrderState; facts: Facts | null };

/** Whether these settings can take other orders than those: the moment, the start, or when a method counts as paid. */
export function capturesOthers(before: Settings, after: Settings): boolean {
  const ruled = ({ orders, payments }: Settings) =>
    JSON.stringify([orders.captureWhen, orders.takeFrom, payments.methods.map(({ key, name, countsAsPaid }) => [key, name, countsAsPaid])]);
  return after.orders.on && before.orders.on && ruled(before) !== ruled(after);
}

/**
 * What changed settings do to the orders that are known and not in Cin7 Core (F13), by the very code that takes orders, from
 * what is stored. Waiting and held orders come now; orders that somebody skipped are not among `rows`.
 */
export function previewCapture(rows: readonly Waiting[], after: Settings, now: string): CapturePreview {
  const found: CapturePreview = { known: rows.length, taken: [], notTaken: [], unsure: [] };
  for (const { orderId, state, facts } of rows) {
    if (facts === null) found.unsure.push(orderId);
    else {
      const comes = accept(facts, after, { now }).is !== "skip";
      if (comes && state === "not-taken") found.taken.push(orderId);
      if (!comes && state !== "not-taken") found.notTaken.push(orderId);
    }
  }
  return found;
}
