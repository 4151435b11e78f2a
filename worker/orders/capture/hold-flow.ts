import type { LinkedContext } from "../../inbox/flow.ts";
import { blocked, later, type Outcome, skipped } from "../../inbox/outcome.ts";
import type { Problem } from "../../problems/define-problem.ts";
import { holdReasons } from "../hold-words.ts";
import { type ReadFailure, unreadOutcome } from "../reading/read-order-flow.ts";
import { type MoveTo, move, orderOf } from "../store.ts";
import { isUnread, toldOf } from "../told-store.ts";

/** How taking an order ends where it cannot go on. */

/** A held order shows what keeps it; its stock stays held where its lines could be read. */
export async function hold(c: LinkedContext, orderId: number, problems: Problem[], more: Partial<MoveTo> = {}): Promise<Outcome> {
  await move(c.db, c.tenant, orderId, { ...more, state: "held", note: holdReasons(problems) }, new Date(c.now()).toISOString());
  return blocked(problems);
}

/** BigCommerce may not know an order yet that it has just told us of; after this many looks it does not exist. */
const UNKNOWN_LOOKS = 6;

/** The order could not be read: it is held, waited for, or does not exist. */
export async function unread(c: LinkedContext, orderId: number, failure: ReadFailure): Promise<Outcome> {
  const now = new Date(c.now()).toISOString();
  const missing = failure.is === "answer" && failure.answer.is === "missing";
  if (!missing) await toldOf(c.db, c.tenant, orderId, now);
  if (failure.is === "malformed") return hold(c, orderId, [{ kind: "order-malformed", orderId, fields: failure.fields }]);
  if (missing) {
    // An order that is not there (yet): BigCommerce tells of orders before every copy of it knows them (decision 0005).
    if (c.attempt > UNKNOWN_LOOKS) {
      if (isUnread(await orderOf(c.db, c.tenant, orderId)))
        await move(
          c.db,
          c.tenant,
          orderId,
          { state: "not-taken", note: "BigCommerce does not know this order any more.", reserved: [] },
          now,
        );
      return skipped("unknown-order", "BigCommerce does not know this order.");
    }
    return later(c.now() + (10_000 * c.attempt) / c.config.timeScale, "BigCommerce does not show this order yet.");
  }
  return unreadOutcome(c, orderId, failure);
}
