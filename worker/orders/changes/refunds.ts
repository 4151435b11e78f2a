import { type Refund, refundedBy } from "../../bigcommerce/refunds.ts";
import type { Order, Transaction } from "../../bigcommerce/schemas.ts";
import { dayIn, instant } from "../../lib/days.ts";
import { type Decimal, decimal, inCurrency, sum, ZERO } from "../../lib/money.ts";
import type { ProblemOf } from "../../problems/define-problem.ts";
import { isOk } from "../mapping/amounts/transactions.ts";

/**
 * What went back of an order's money, each refund by itself: by its record; by its transaction where only that tells; by what the
 * order's status says where nothing else does (facts/bigcommerce.md 5.4, 5.5). A declined refund is none, and one that the payment
 * provider is still at is none yet.
 */
export type Refunded = ProblemOf<"refund-to-enter">;
export type Declined = ProblemOf<"refund-declined">;
export type ToldRefunds = {
  refunds: Refunded[];
  declined: Declined[] /** When to look again, as a refund is on its way; epoch milliseconds. */;
  lookAt: number | null;
};

export type RefundContext = {
  orderId: number;
  /** The order whose sale it is, its own or a daily sale. */
  sale: number;
  saleNumber: string;
  currency: string;
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
  /** How long a provider may take before we say that it has not answered. */
  patienceMs: number;
  /** Whether this transaction's money is a payment in Cin7: a void of any other gives nothing back. */
  isPosted(transactionId: string): boolean;
};
export type OrderMoney = Pick<Order, "status_id" | "payment_status" | "total_inc_tax" | "gift_certificate_amount" | "store_credit_amount">;

/** M30: what a status says is believed without a record after this time, and a provider has answered by then. */
export const PATIENCE_MS = 30 * 60_000;

export function refundsOfOrder(
  order: OrderMoney,
  records: readonly Refund[],
  transactions: readonly Transaction[],
  ctx: RefundContext,
): ToldRefunds {
  const moved = transactions.filter((t) => movesBack(t, transactions, ctx));
  const left = new Set(moved);
  const read = [...records].sort((a, b) => Number(a.id) - Number(b.id)).map((record) => readRecord(record, left, ctx));
  const alone = [...left].filter(isOk).map((t) => fromTransaction(t, transactions, ctx));
  const known = [...read.flatMap(({ refund }) => (refund ? [refund] : [])), ...alone];
  const waits = read.flatMap(({ lookAt }) => (lookAt === null ? [] : [lookAt]));
  const status = waits.length > 0 ? null : fromStatus(order, known, ctx);
  return {
    refunds: [...known, ...(status ? [status] : [])],
    declined: read.flatMap(({ declined }) => (declined ? [declined] : [])),
    lookAt: waits.length > 0 ? Math.min(...waits) : null,
  };
}

/** Money that surely went back, in the currency of the order: neither what only its status says, nor what a provider has not answered. */
export function givenBack(
  order: OrderMoney,
  records: readonly Refund[],
  transactions: readonly Transaction[],
  { orderId, currency, isPosted }: Pick<RefundContext, "orderId" | "currency" | "isPosted">,
): Decimal {
  const said = { orderId, sale: orderId, saleNumber: "", timeZone: "UTC", now: 0, patienceMs: 0 };
  const { refunds } = refundsOfOrder(order, records, transactions, { ...said, currency, isPosted });
  const sure = refunds.filter((refund) => refund.by !== "status" && !refund.unanswered && refund.currency === currency);
  return sum(sure.map(({ amount }) => amountOf(amount)));
}

const amountOf = (value: unknown): Decimal => decimal(value) ?? ZERO;
const isTaking = (t: Transaction): boolean => t.event === "purchase" || t.event === "capture" || t.event === "settled";

/** A refund, or the void of money that is paid in Cin7: some gateways show a refund so that was not settled yet. */
function movesBack(t: Transaction, all: readonly Transaction[], { isPosted }: RefundContext): boolean {
  if (t.test) return false;
  if (t.event === "refund") return amountOf(t.amount).gt(0);
  return (
    t.event === "void" &&
    all.some((other) => other.id === t.reference_transaction_id && isTaking(other)) &&
    isPosted(t.reference_transaction_id)
  );
}

/** What the rows of one record say; the transactions that are its own are taken out of `left`. */
function readRecord(
  record: Refund,
  left: Set<Transaction>,
  ctx: RefundContext,
): { refund?: Refunded; declined?: Declined; lookAt: number | null } {
  const created = instant(record.created);
  const parts = record.payments.map((payment) => {
    const own = [...left].find((t) => payment.transaction_id !== "" && [t.id, t.gateway_transaction_id].includes(payment.transaction_id));
    const alike = [...left].find((t) => amountOf(t.amount).eq(amountOf(payment.amount)));
    const t = own ?? (payment.transaction_id === "" ? alike : undefined);
    if (t) left.delete(t);
    const declined = payment.is_declined === true || (t !== undefined && /error|declin|fail/i.test(t.status));
    const paid = payment.offline === true || (t ? isOk(t) : payment.transaction_id !== "");
    return {
      provider: payment.provider_id,
      amount: amountOf(payment.amount),
      declined,
      paid: paid && !declined,
      at: t ? instant(t.date_created) : null,
    };
  });
  const good = parts.filter(({ declined }) => !declined);
  const base = baseOf(ctx, record.id, created ?? parts.find(({ at }) => at !== null)?.at ?? null);
  if (parts.length > 0 && good.length === 0) {
    const amount = inCurrency(sum(parts.map((part) => part.amount)), ctx.currency);
    return { declined: { kind: "refund-declined", ...base, amount, tender: tendersIn(parts, ctx.currency) }, lookAt: null };
  }
  const unanswered = good.some(({ paid }) => !paid);
  const patientUntil = created === null ? ctx.now : Date.parse(created) + ctx.patienceMs;
  if (unanswered && ctx.now < patientUntil) return { lookAt: patientUntil };
  const amount = parts.length > 0 ? sum(good.map((part) => part.amount)) : amountOf(record.total_amount);
  // Nothing goes back, as where only goods come back.
  if (amount.lte(0)) return { lookAt: null };
  const tax = good.length === parts.length ? decimal(record.total_tax) : null;
  const refund: Refunded = {
    kind: "refund-to-enter",
    ...base,
    by: "record",
    amount: inCurrency(amount, ctx.currency),
    tax: tax === null ? "" : inCurrency(tax, ctx.currency),
    tender: tendersIn(good, ctx.currency),
    sale: ctx.sale,
    saleNumber: ctx.saleNumber,
    ...(unanswered ? { unanswered: true as const } : {}),
  };
  return { refund, lookAt: null };
}

const baseOf = ({ orderId, currency, timeZone }: RefundContext, refund: string, at: string | null) => ({
  orderId,
  refund,
  currency,
  on: at === null ? "" : dayIn(at, timeZone),
});

/** One tender by its name; several each with its amount. */
const tendersIn = (parts: readonly { provider: string; amount: Decimal }[], currency: string): string =>
  parts.length <= 1
    ? (parts[0]?.provider ?? "")
    : parts.map(({ provider, amount }) => `${inCurrency(amount, currency)} ${provider}`.trim()).join(", ");

function fromTransaction(t: Transaction, all: readonly Transaction[], ctx: RefundContext): Refunded {
  const voided = t.event === "void" ? all.find((other) => other.id === t.reference_transaction_id) : undefined;
  const currency = t.currency.toUpperCase() || ctx.currency;
  return {
    kind: "refund-to-enter",
    ...baseOf({ ...ctx, currency }, `transaction-${t.id}`, instant(t.date_created)),
    by: "transaction",
    amount: inCurrency(amountOf(voided ? voided.amount : t.amount), currency),
    tax: "",
    tender: t.offline?.display_name || t.gateway || t.method,
    sale: ctx.sale,
    saleNumber: ctx.saleNumber,
  };
}

/** What is left of what the status says when everything else is counted. */
function fromStatus(order: OrderMoney, known: readonly Refunded[], ctx: RefundContext): Refunded | null {
  const by = refundedBy(order);
  const told = sum(known.map(({ amount }) => amountOf(amount)));
  if (by === null || (by === "part" && told.gt(0))) return null;
  const all = amountOf(order.total_inc_tax);
  const whole = by === "tender" ? all.minus(amountOf(order.gift_certificate_amount)).minus(amountOf(order.store_credit_amount)) : all;
  const rest = whole.minus(told);
  if (by !== "part" && rest.lte(0)) return null;
  const amount = by === "part" ? "" : inCurrency(rest, ctx.currency);
  return {
    kind: "refund-to-enter",
    ...baseOf(ctx, `status-${amount || "part"}`, null),
    by: "status",
    amount,
    known: inCurrency(told, ctx.currency),
    tax: "",
    tender: "",
    sale: ctx.sale,
    saleNumber: ctx.saleNumber,
  };
}

/** What was told of the order before. */
export type Before = { key: string; facts: Refunded; ended: boolean };

/**
 * What is new, and what is no longer to be told as it is: a refund that was told by its transaction or by the status and has a record
 * now, or one that is told otherwise. One that somebody has dealt with under its transaction stays dealt with under its record.
 */
export function newAndOver(
  told: readonly Refunded[],
  before: readonly Before[],
  transactions: readonly Transaction[],
): { fresh: Refunded[]; over: string[] } {
  const now = new Set(told.map(({ refund }) => refund));
  const gone = before.filter(({ facts }) => !now.has(facts.refund));
  const stands = (facts: Refunded) =>
    told.find(
      (each) => each.by === "record" && each.amount === facts.amount && !before.some((other) => other.facts.refund === each.refund),
    );
  const dealt = new Set<string>();
  const over: string[] = [];
  const sumNow = sum(told.filter(({ by }) => by !== "status").map(({ amount }) => amountOf(amount)));
  for (const { key, facts, ended } of gone) {
    if (facts.by === "transaction" && transactions.some((t) => `transaction-${t.id}` === facts.refund)) {
      const record = stands(facts);
      if (ended && record) dealt.add(record.refund);
      over.push(key);
    } else if (facts.by === "status") {
      const more = sumNow.minus(amountOf(facts.known));
      const explained = more.gt(0) && (facts.amount === "" || more.gte(amountOf(facts.amount)));
      if (explained || told.some(({ by }) => by === "status")) over.push(key);
    }
  }
  return { fresh: told.filter(({ refund }) => !dealt.has(refund)), over: over.filter((key) => !before.find((b) => b.key === key)?.ended) };
}
