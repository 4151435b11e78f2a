import type { StoreContext } from "../inbox/flow.ts";
import { done, type Outcome } from "../inbox/outcome.ts";
import { ordersToRelease } from "./release-store.ts";

/** `orders.release`: a mapping or a connection was mended, so every order that waits is looked at again (decision 1.6). */
export async function releaseOrders(c: StoreContext): Promise<Outcome> {
  const ids = await ordersToRelease(c.db, c.tenant);
  return done(`${ids.length} waiting orders are looked at again.`, {
    next: ids.map((orderId) => ({ kind: "order.changed" as const, orderId })),
  });
}
