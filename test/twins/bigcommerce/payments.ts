import Big from "big.js";
import { iso, money } from "./codecs.ts";
import type { OrderRecord, Transaction } from "./order-types.ts";
import { type Store, take } from "./state.ts";

/** How each payment method of the demo shops shows in transactions (facts 5.2). Names are compared without case. */
type Gateway = { gateway: string; method: string; methodId: string; offline?: boolean };
const CARD: Gateway = { gateway: "stripe", method: "credit_card", methodId: "stripe.card" };
const TEST: Gateway = { gateway: "testgateway", method: "credit_card", methodId: "testgateway.card" };
export const GATEWAYS: Record<string, Gateway> = {
  "credit card": CARD,
  "test payment gateway": TEST,
  paypal: { gateway: "paypalcommerce", method: "electronic_wallet", methodId: "paypalcommerce.paypal" },
  "apple pay": { gateway: "stripe", method: "apple_pay_card", methodId: "stripe.applepay" },
  "bank deposit": { gateway: "bankdeposit", method: "offline", methodId: "bankdeposit", offline: true },
  "cash on delivery": { gateway: "cod", method: "offline", methodId: "cod", offline: true },
  cheque: { gateway: "cheque", method: "offline", methodId: "cheque", offline: true },
  "money order": { gateway: "moneyorder", method: "offline", methodId: "moneyorder", offline: true },
  "pay in store": { gateway: "instore", method: "offline", methodId: "instore", offline: true },
  manual: { gateway: "custom", method: "custom", methodId: "custom", offline: true },
  cash: { gateway: "instore", method: "offline", methodId: "instore", offline: true },
};

export const gatewayOf = (paymentMethod: string): Gateway => GATEWAYS[paymentMethod.toLowerCase()] ?? CARD;

const hex = (n: number, seed: number) => ((n * 2654435761 + seed * 40503) >>> 0).toString(16).padStart(8, "0");

export function transaction(
  store: Store,
  record: OrderRecord,
  now: number,
  fields: Partial<Transaction> & { amount: number },
): Transaction {
  const id = take(store, "transaction");
  return {
    id,
    order_id: String(record.order.id),
    event: "purchase",
    method: "credit_card",
    currency: record.order.default_currency_code,
    gateway: CARD.gateway,
    gateway_transaction_id: `${store.hash.slice(0, 4)}_${hex(id, record.order.id)}`,
    payment_method_id: CARD.methodId,
    status: "ok",
    test: (fields.gateway ?? CARD.gateway) === TEST.gateway,
    fraud_review: false,
    date_created: iso(now),
    avs_result: {},
    cvv_result: {},
    credit_card: {},
    gift_certificate: {},
    store_credit: {},
    offline: {},
    custom: {},
    ...fields,
  };
}

const CARD_DETAIL = { card_type: "visa", card_iin: "411111", card_last4: "1111", card_expiry_month: 12, card_expiry_year: 2030 };

/**
 * The rows that a completed payment leaves: one per tender, so that they add up to the order. Store credit and gift
 * certificates are tenders (facts 11, trap 10). Offline methods leave no row unless `offlineRows`.
 */
export function payOrder(store: Store, record: OrderRecord, now: number, options: { authorizeOnly?: boolean; offlineRows: boolean }) {
  const { order } = record;
  if (record.transactions.length > 0) return;
  const rows = record.transactions;
  const credit = new Big(order.store_credit_amount);
  const voucher = new Big(order.gift_certificate_amount);
  const rest = new Big(order.total_inc_tax).minus(credit).minus(voucher);
  if (credit.gt(0)) {
    const detail = { gateway: "storecredit", payment_method_id: "storecredit", store_credit: { remaining_balance: 0 } };
    rows.push(transaction(store, record, now, { method: "store_credit", amount: credit.toNumber(), ...detail }));
  }
  if (voucher.gt(0)) {
    const certificate = {
      code: `GC-${order.id}`,
      original_balance: voucher.toNumber(),
      starting_balance: voucher.toNumber(),
      remaining_balance: 0,
    };
    const detail = {
      gateway: "giftcertificate",
      payment_method_id: "giftcertificate",
      gift_certificate: { ...certificate, status: "active" },
    };
    rows.push(transaction(store, record, now, { method: "gift_certificate", amount: voucher.toNumber(), ...detail }));
  }
  const gateway = gatewayOf(order.payment_method);
  if (rest.gt(0) && (!gateway.offline || options.offlineRows)) {
    const event = options.authorizeOnly ? "authorization" : gateway.offline ? "pending" : "purchase";
    rows.push(
      transaction(store, record, now, {
        event,
        method: gateway.method,
        amount: rest.toNumber(),
        gateway: gateway.gateway,
        payment_method_id: gateway.methodId,
        credit_card: gateway.method === "credit_card" ? CARD_DETAIL : {},
        offline: gateway.offline ? { display_name: order.payment_method } : {},
      }),
    );
  }
  const last = rows[rows.length - 1];
  order.payment_status = gateway.offline ? "" : options.authorizeOnly ? "authorized" : "captured";
  order["payment_provider_id"] = gateway.offline ? null : (last?.["gateway_transaction_id"] ?? null);
  order["refunded_amount"] = money(0);
}
