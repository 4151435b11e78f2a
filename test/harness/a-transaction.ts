import * as schemas from "../../worker/bigcommerce/schemas.ts";

/** A captured card payment in BigCommerce's own shape. */
export const aTransaction = (over: Record<string, unknown> = {}) =>
  schemas.transaction.parse({
    id: 77,
    event: "purchase",
    method: "credit_card",
    amount: 37.4,
    currency: "AUD",
    gateway: "stripe",
    gateway_transaction_id: "ch_3Pq91",
    payment_method_id: "stripe.card",
    status: "ok",
    test: false,
    date_created: "2026-07-01T02:00:30+00:00",
    gift_certificate: {},
    offline: {},
    custom: {},
    ...over,
  });
