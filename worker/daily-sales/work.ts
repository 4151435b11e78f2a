import { defineWork } from "../inbox/define-work.ts";

import type { LinkedContext } from "../inbox/flow.ts";
import type { Outcome } from "../inbox/outcome.ts";
import type { Work } from "../inbox/work.ts";
import { isDaySale } from "../lib/day-sale.ts";
import { receiveDay, withMembers } from "./changed-flow.ts";
import { closeDays } from "./close-flow.ts";

declare module "../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** Days of daily sales that have ended become sales (F15). `from`: days up to there (ISO 8601) are closed. */
    "day.close": { from?: string };
  }
}

export const dailySalesWork = defineWork({
  "day.close": { class: "order", needs: [], calls: 0, lane: "own", scheduled: true, linked: (c, work) => closeDays(c, work.from) },
});

/** Steps of a sale, after which the orders of a daily one show how far it is. */
const STEPS: ReadonlySet<Work["kind"]> = new Set(["order.changed", "order.send", "order.money", "sale.check"] as const);

/** A daily sale goes the way of an order (F15): only what is read of it differs, and its orders go with it. `run`: as of any order. */
export async function asDaySale(c: LinkedContext, work: Work, run: () => Promise<Outcome> | Outcome): Promise<Outcome> {
  if (!("orderId" in work) || !isDaySale(work.orderId) || !STEPS.has(work.kind)) return run();
  const outcome = work.kind === "order.changed" ? await receiveDay(c, work.orderId, work.pressed ?? false) : await run();
  return withMembers(c, work.orderId, work.kind, outcome);
}
