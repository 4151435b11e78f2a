import { fire } from "./deliveries.ts";
import type { OrderRecord, Transaction } from "./order-types.ts";
import type { Store } from "./state.ts";
import type { Twin } from "./twin.ts";

/** What fires when (facts 3.5). Every order event also has its channel form with `{order_id}` alone (facts 3.4). */

async function order(twin: Twin, store: Store, record: OrderRecord, name: string, extra: Record<string, unknown> = {}) {
  const { id, channel_id } = record.order;
  await fire(twin, store, `store/order/${name}`, { type: "order", id, ...extra });
  await fire(twin, store, `store/channel/${channel_id}/order/${name}`, { order_id: id });
}

export const orderCreated = (twin: Twin, store: Store, record: OrderRecord) => order(twin, store, record, "created");
export const orderUpdated = (twin: Twin, store: Store, record: OrderRecord) => order(twin, store, record, "updated");

export async function orderStatusUpdated(twin: Twin, store: Store, record: OrderRecord, previous: number): Promise<void> {
  const status = { previous_status_id: previous, new_status_id: record.order.status_id };
  await order(twin, store, record, "statusUpdated", twin.switches.statusInHook ? { status } : {});
  await orderUpdated(twin, store, record);
}

export async function orderArchived(twin: Twin, store: Store, record: OrderRecord): Promise<void> {
  await order(twin, store, record, "archived");
  if (twin.switches.archiveAlsoUpdates) await orderUpdated(twin, store, record);
}

export const refundCreated = (twin: Twin, store: Store, record: OrderRecord, refund_id: number) =>
  order(twin, store, record, "refund/created", { refund: { refund_id } });

export async function transactionsCreated(twin: Twin, store: Store, record: OrderRecord, rows: readonly Transaction[]): Promise<void> {
  for (const row of rows) {
    const reference = String(row["gateway_transaction_id"] ?? row.id);
    await fire(twin, store, "store/order/transaction/created", {
      type: "transaction",
      order_id: String(record.order.id),
      transaction_id: reference,
      transaction_status: row.status,
      transaction_type: row.event,
      result: { code: "20000", message: "Ok", type: "ok" },
      platform_transaction_id: reference,
      provider_transaction_id: reference,
    });
  }
}

/** A sale moves stock, and stock and "total sold" make product noise (facts 3.4). */
export async function stockSold(twin: Twin, store: Store, record: OrderRecord): Promise<void> {
  if (!twin.switches.inventoryNoise) return;
  for (const line of record.products) {
    const product = store.products[line.product_id];
    const variant = product?.variants.find((other) => other.id === line.variant_id);
    if (!product || !variant || product.inventory_tracking === "none") continue;
    variant.inventory_level = Math.max(0, variant.inventory_level - line.quantity);
    const change = { product_id: product.id, method: "relative", value: -line.quantity };
    if (product.inventory_tracking === "variant" && variant.sku_id !== null) {
      const data = { type: "sku", id: variant.sku_id, inventory: { ...change, variant_id: variant.id } };
      await fire(twin, store, "store/sku/inventory/order/updated", data);
    } else {
      await fire(twin, store, "store/product/inventory/order/updated", { type: "product", id: product.id, inventory: change });
    }
    await fire(twin, store, "store/product/updated", { type: "product", id: product.id });
  }
}
