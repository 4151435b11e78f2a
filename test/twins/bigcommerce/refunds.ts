import Big from "big.js";
import { type Context, Hono } from "hono";
import { iso, v3List, v3Problem } from "./codecs.ts";
import * as events from "./events.ts";
import { show, touch } from "./order-changes.ts";
import type { OrderRecord, Refund, RefundItem } from "./order-types.ts";
import { gatewayOf, transaction } from "./payments.ts";
import { type Store, take } from "./state.ts";
import type { ApiEnv, Twin } from "./twin.ts";

/** Refunds (facts 5.4, 5.5): read by the API; made by a merchant in the panel, which here is a control verb. */

/** Amount with tax. `pending`, `declined`: how far the payment provider is. `only`: what BigCommerce shows of it. `statusId: null`: none is set. */
export type RefundForm = {
  amount: string | number;
  tax?: string | number;
  items?: RefundItem[];
  reason?: string;
  provider?: string;
  offline?: boolean;
  pending?: boolean;
  declined?: boolean;
  only?: "record" | "transaction" | "status";
  statusId?: number | null;
};

const back = (record: OrderRecord): Big =>
  record.transactions
    .filter((row) => row.event === "refund" && row.status === "ok")
    .reduce((total, row) => total.plus(row.amount), new Big(0));

/** Money goes back to the shopper. Goods are not restocked, and the status alone tells whether it was all of it. */
export async function refundOrder(twin: Twin, store: Store, record: OrderRecord, form: RefundForm): Promise<void> {
  const now = twin.world.clock.now();
  const { order } = record;
  const gateway = gatewayOf(order.payment_method);
  const provider = form.provider ?? gateway.gateway;
  const offline = form.offline ?? gateway.offline ?? false;
  const amount = new Big(form.amount).toNumber();
  const settled = !form.pending && !form.declined;
  const paid = record.transactions.find((row) => row.event === "purchase" || row.event === "capture");
  const before = record.transactions.length;
  const moves = form.only !== "record" && form.only !== "status" && !offline && !form.pending;
  const row = moves
    ? transaction(store, record, now, {
        event: "refund",
        amount,
        gateway: provider,
        payment_method_id: gateway.methodId,
        method: provider === "storecredit" ? "store_credit" : gateway.method,
        status: form.declined ? "error" : "ok",
        reference_transaction_id: paid?.id ?? null,
      })
    : null;
  if (row) record.transactions.push(row);
  const refund =
    form.only === "transaction" || form.only === "status"
      ? null
      : recordOf(store, record, form, { now, provider, offline, transactionId: row?.id });
  if (refund) record.refunds = [...(record.refunds ?? []), refund];
  for (const item of settled ? (form.items ?? []) : []) {
    const line = record.products.find((each) => each.id === item.item_id);
    if (item.item_type === "PRODUCT" && line) line.quantity_refunded += item.quantity ?? 0;
  }
  touch(twin, record);
  const previous = order.status_id;
  const all = back(record).gte(order.total_inc_tax) || new Big(amount).gte(order.total_inc_tax);
  const statusId = form.statusId === undefined ? (settled ? (all ? 4 : 14) : previous) : (form.statusId ?? previous);
  if (settled && !offline && form.statusId !== null) order.payment_status = all ? "refunded" : "partially refunded";
  if (refund) await events.refundCreated(twin, store, record, refund.id);
  if (statusId === previous) await events.orderUpdated(twin, store, record);
  else {
    show(store, record, statusId);
    await events.orderStatusUpdated(twin, store, record, previous);
  }
  await events.transactionsCreated(twin, store, record, record.transactions.slice(before));
}

type Paid = { now: number; provider: string; offline: boolean; transactionId: number | undefined };

function recordOf(store: Store, record: OrderRecord, form: RefundForm, { now, provider, offline, transactionId }: Paid): Refund {
  const { order } = record;
  const total = new Big(form.amount).toNumber();
  return {
    id: take(store, "other"),
    order_id: order.id,
    user_id: 1,
    created: iso(now),
    reason: form.reason ?? "",
    total_amount: total,
    total_tax: new Big(form.tax ?? 0).toNumber(),
    uses_merchant_override_values: false,
    items: form.items ?? [{ item_type: "ORDER", item_id: order.id, reason: "", requested_amount: total, adjustments: [] }],
    payments: [
      {
        id: take(store, "other"),
        provider_id: provider,
        amount: total,
        offline,
        is_declined: form.declined ?? false,
        declined_message: form.declined ? "The provider declined it." : "",
        ...(transactionId === undefined ? {} : { transaction_id: String(transactionId) }),
      },
    ],
  };
}

type C = Context<ApiEnv>;
const numbers = (text: string | undefined) => (text ? new Set(text.split(",").map(Number)) : null);

export function refundRoutes(): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  const all = (c: C): Refund[] => Object.values(c.get("store").orders).flatMap((record) => record.refunds ?? []);
  const has = (refund: Refund, id: string | undefined) => !id || refund.payments.some((payment) => payment.transaction_id === id);

  routes.get("/orders/:id{\\d+}/payment_actions/refunds", (c) => {
    const record = c.get("store").orders[c.req.param("id") ?? ""];
    if (!record) return v3Problem(c, 404, "The order was not found.");
    return c.json({ data: (record.refunds ?? []).filter((refund) => has(refund, c.req.query("transaction_id"))), meta: {} });
  });
  routes.get("/orders/payment_actions/refunds", (c) => {
    const query = c.req.query();
    const [orders, ids] = [numbers(query["order_id:in"]), numbers(query["id:in"])];
    const [min, max] = [Date.parse(query["created:min"] ?? ""), Date.parse(query["created:max"] ?? "")];
    const within = ({ created }: Refund) => !(Date.parse(created) < min) && !(Date.parse(created) > max);
    const rows = all(c).filter(
      (refund) =>
        (!orders || orders.has(refund.order_id)) && (!ids || ids.has(refund.id)) && within(refund) && has(refund, query["transaction_id"]),
    );
    return v3List(c, rows);
  });
  routes.get("/orders/payment_actions/refunds/:refund{\\d+}", (c) => {
    const refund = all(c).find(({ id }) => id === Number(c.req.param("refund")));
    return refund ? c.json({ data: refund, meta: {} }) : v3Problem(c, 404, "The refund was not found.");
  });
  return routes;
}
