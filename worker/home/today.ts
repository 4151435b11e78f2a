import type { Home, OrderState } from "../contract/index.ts";

/** Today's orders by what became of them: each is in exactly one (M54). */
export function todayOf(states: Partial<Record<OrderState, number>>): Home["today"] {
  const n = (...wanted: OrderState[]) => wanted.reduce((sum, state) => sum + (states[state] ?? 0), 0);
  return {
    inCin7: n("sent"),
    held: n("held", "failed"),
    waiting: n("pending", "sending"),
    notTaken: n("not-taken"),
  };
}
