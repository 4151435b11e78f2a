import { STATUS } from "../bigcommerce/order-status.ts";
import { decimal } from "../lib/money.ts";

/** An order as the list shows it, and as D1 knows it. `modifiedAt`: ISO 8601 UTC, "" where BigCommerce gives none. */
export type ListedOrder = { id: number; modifiedAt: string; statusId: number; total: string | number };
export type StoredOrder = { orderId: number; modifiedAt: string; statusId: number; total: string };

/**
 * Orders of the list that D1 does not know as they are (K5). What has the stored `date_modified` costs no further call; it is
 * exact to the second only, so status and total are compared as well. A list that lags behind what was read changes nothing.
 * Incomplete orders are nobody's yet (facts/bigcommerce.md 3.6).
 */
export function changedOrders(listed: readonly ListedOrder[], stored: readonly StoredOrder[]): ListedOrder[] {
  const known = new Map(stored.map((order) => [order.orderId, order]));
  return listed.filter((row) => {
    if (row.statusId === STATUS.incomplete) return false;
    const before = known.get(row.id);
    if (!before) return true;
    if (row.modifiedAt !== before.modifiedAt) return row.modifiedAt > before.modifiedAt;
    return row.statusId !== before.statusId || !sameAmount(row.total, before.total);
  });
}

function sameAmount(a: string | number, b: string): boolean {
  const [x, y] = [decimal(a), decimal(b)];
  return x === null || y === null || x.minus(y).abs().lt("0.005");
}

/** Told by nobody though there was time: not of the last minute, when the notice may be on its way. */
export const missedOrders = (found: readonly ListedOrder[], before: string): ListedOrder[] =>
  found.filter((row) => row.modifiedAt !== "" && row.modifiedAt < before);

/** "1042, 1043 and 7 more". */
export function some(orderIds: readonly number[], shown = 10): string {
  const rest = orderIds.length - shown;
  return rest > 0 ? `${orderIds.slice(0, shown).join(", ")} and ${rest} more` : orderIds.join(", ");
}
