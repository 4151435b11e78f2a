import { UNREAD } from "../bigcommerce/order-status.ts";
import { insertInEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { orders } from "../lib/db/schema/tables.ts";
import type { Linked } from "../lib/ids.ts";

export const isUnread = (row: { statusId: number } | null): boolean => row?.statusId === UNREAD;

/**
 * BigCommerce told of an order that could not be read: it has a row, so it is in a list, has a page and is asked for again (M54).
 * What is not known of it is empty. A row that is there stays as it is.
 */
export async function toldOf(db: Db, tenant: Linked, orderId: number, now: string): Promise<void> {
  const nothing = { placedAt: "", statusId: UNREAD, total: "", currency: "", state: "pending" as const, note: "It could not be read yet." };
  const row = { storeHash: tenant.store, accountId: tenant.account, orderId, ...nothing, updatedAt: now };
  await insertInEpoch(db, tenant, orders, row).onConflictDoNothing();
}
