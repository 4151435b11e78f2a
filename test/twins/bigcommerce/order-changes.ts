import { buildOrder } from "./build-order.ts";
import { rfc2822 } from "./codecs.ts";
import * as events from "./events.ts";
import { customLabel, PAID_STATUSES, statusName } from "./order-statuses.ts";
import type { OrderForm, OrderRecord } from "./order-types.ts";
import { gatewayOf, payOrder } from "./payments.ts";
import type { Store } from "./state.ts";
import type { Twin } from "./twin.ts";

/** Everything that changes an order and tells the hooks: shoppers, merchants and apps all come through here. */

function build(twin: Twin, store: Store, form: OrderForm, statusId: number, kept?: OrderRecord): OrderRecord {
  const { clock, random } = twin.world;
  const { discountBasis, feeTaxRows } = twin.switches;
  const cartId = kept ? "" : random.guid();
  return buildOrder({ store, now: clock.now(), discountBasis, feeTaxRows, cartId }, form, statusId, kept);
}

export function touch(twin: Twin, record: OrderRecord): void {
  // Two changes in one millisecond still sort: polls go by this.
  record.modifiedAt = Math.max(twin.world.clock.now(), record.modifiedAt + 1);
  record.order.date_modified = rfc2822(record.modifiedAt);
}

export function show(store: Store, record: OrderRecord, statusId: number): void {
  record.order.status_id = statusId;
  record.order.status = statusName(statusId);
  record.order.custom_status = customLabel(store, statusId);
}

/** Where the storefront leaves an order, unless the form says so (facts 4.4). */
function landingStatus(form: OrderForm, record: OrderRecord): number {
  if (form.statusId !== undefined) return form.statusId;
  if (form.authorizeOnly || gatewayOf(record.order.payment_method).offline) return 7;
  if (record.order["order_is_digital"]) return 10;
  return form.pickup ? 8 : 11;
}

/** A shopper's order. It begins as Incomplete and is promoted with the payment; `statusId: 0` leaves it there. */
export async function placeOrder(twin: Twin, store: Store, form: OrderForm): Promise<OrderRecord> {
  const record = build(twin, store, form, 0);
  store.orders[record.order.id] = record;
  const landing = landingStatus(form, record);
  if (!twin.switches.storefrontStartsIncomplete) show(store, record, landing);
  const before = pay(twin, store, record, landing);
  if (twin.switches.storefrontStartsIncomplete) show(store, record, landing);
  await events.orderCreated(twin, store, record);
  if (landing === 0) return record;
  if (twin.switches.storefrontStartsIncomplete) await events.orderStatusUpdated(twin, store, record, 0);
  await events.transactionsCreated(twin, store, record, record.transactions.slice(before));
  await events.stockSold(twin, store, record);
  return record;
}

/** An order that an app or the control panel makes: no payment, no promotion, status 1 unless given (facts 4.7). */
export async function createOrder(twin: Twin, store: Store, form: OrderForm): Promise<OrderRecord> {
  const record = build(twin, store, { paymentMethod: "Manual", orderSource: "external", ...form }, form.statusId ?? 1);
  record.order.cart_id = null;
  store.orders[record.order.id] = record;
  await events.orderCreated(twin, store, record);
  return record;
}

/** Takes the payment that a status implies. Answers how many transactions there were before. */
function pay(twin: Twin, store: Store, record: OrderRecord, statusId: number): number {
  const before = record.transactions.length;
  const authorizeOnly = record.form.authorizeOnly ?? false;
  const offlineRows = twin.switches.offlineTransactions;
  if (PAID_STATUSES.includes(statusId) || (statusId === 7 && (authorizeOnly || offlineRows || hasTenders(record)))) {
    payOrder(store, record, twin.world.clock.now(), { authorizeOnly: authorizeOnly && statusId === 7, offlineRows });
  }
  return before;
}

const hasTenders = ({ order }: OrderRecord) => Number(order.store_credit_amount) > 0 || Number(order.gift_certificate_amount) > 0;

export async function setStatus(twin: Twin, store: Store, record: OrderRecord, statusId: number): Promise<void> {
  const previous = record.order.status_id;
  touch(twin, record);
  if (previous === statusId) return events.orderUpdated(twin, store, record);
  // An order that leaves Incomplete for a paid status was paid; later changes by staff move no money.
  const before = previous === 0 ? pay(twin, store, record, statusId) : record.transactions.length;
  show(store, record, statusId);
  await events.orderStatusUpdated(twin, store, record, previous);
  await events.transactionsCreated(twin, store, record, record.transactions.slice(before));
  if (previous === 0 && PAID_STATUSES.includes(statusId)) await events.stockSold(twin, store, record);
}

export async function archive(twin: Twin, store: Store, record: OrderRecord): Promise<void> {
  touch(twin, record);
  record.order.is_deleted = true;
  await events.orderArchived(twin, store, record);
}

/** Plain fields: notes, external order id, addresses. */
export async function setFields(twin: Twin, store: Store, record: OrderRecord, fields: Record<string, unknown>): Promise<void> {
  Object.assign(record.order, fields);
  touch(twin, record);
  await events.orderUpdated(twin, store, record);
}

/**
 * An edit: the form's fields replace those of the order, which is worked out anew under the same id. A line with the
 * `id` of an old one stays it; others are new; an old line that is left out goes, or lingers with quantity 0 when given so.
 */
export async function editOrder(twin: Twin, store: Store, record: OrderRecord, changes: Partial<OrderForm>): Promise<OrderRecord> {
  const { statusId, ...fields } = changes;
  const form: OrderForm = { ...record.form, ...fields };
  const known = new Set(record.products.map((line) => line.id));
  form.lines = form.lines.map((line) => {
    const { id, ...rest } = line;
    if (id === undefined || !known.has(id)) return rest;
    const old = record.products.find((other) => other.id === id);
    return { sku: old?.sku, ...record.form.lines.find((other) => other.id === id), ...line };
  });
  // Touching lines clears their discounts and promotions (facts 4.7), unless the edit names new ones.
  if (changes.lines) {
    if (!("coupon" in changes)) delete form.coupon;
    if (!("coupons" in changes)) delete form.coupons;
    if (!("discount" in changes)) delete form.discount;
  }
  const edited = build(twin, store, form, record.order.status_id, record);
  const { modifiedAt } = record;
  const kept = { payment_status: record.order.payment_status, payment_provider_id: record.order["payment_provider_id"] };
  Object.assign(record, edited, { modifiedAt });
  Object.assign(record.order, kept);
  touch(twin, record);
  if (statusId !== undefined && statusId !== record.order.status_id) await setStatus(twin, store, record, statusId);
  else await events.orderUpdated(twin, store, record);
  return record;
}
