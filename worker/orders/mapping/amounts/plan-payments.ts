import Big from "big.js";
import type { Order, Transaction } from "../../../bigcommerce/schemas.ts";
import type { Settings } from "../../../contract/index.ts";
import { dayIn, instant } from "../../../lib/days.ts";
import { type Decimal, decimal, inCurrency, placesOf, sum, ZERO } from "../../../lib/money.ts";
import type { Problem } from "../../../problems/define-problem.ts";
import { methodIn } from "../../../problems/phrases.ts";
import { paymentMark, reference } from "../../marks.ts";
import { once } from "../collector.ts";
import { countsAsPaid, isCaptured, type Method, methodFor, ownTender } from "./payment-method.ts";
import { captured, isCertificate, isCredit, isToCome } from "./transactions.ts";
import { isTestGateway, type UnclearMoney, unclearOwn, unclearRow, whyUnclear } from "./unclear-money.ts";

/** One payment of the invoice. `waits`: it has an account and goes as soon as the invoice takes it. Amount: decimal text. */
export type PlannedPayment = {
  mark: string;
  reference: string;
  method: string;
  amount: string;
  currency: string;
  account: string | null;
  /** Instant of the payment, and its day in the store's zone: DatePaid (M12). */
  paidAt: string;
  paidOn: string;
  state: "waits" | "left-out";
  why: string;
  /** It cannot be posted for what BigCommerce tells of it, or does not tell: a person is told, and enters it by hand. */
  unclear?: UnclearMoney;
};

/** `posted`: marks already in Cin7, so that a tender first seen without a transaction keeps its mark. */
export type PaymentContext = {
  currency: string;
  rate: string;
  timeZone: string;
  /** Not the currency of the books: the account is one of the sale's currency (M9, M16). */
  foreign?: boolean;
  metAt?: string;
  /** Nothing is dated later than the day after. */
  now?: string;
  posted?: readonly string[];
};
export type PaymentPlan = { payments: PlannedPayment[]; notices: Problem[] };

type Kind = "certificate" | "credit" | "own";
type Tender = {
  kind: Kind;
  id: string;
  words: string;
  amount: Decimal;
  at: string | null;
  currency: string;
  codes: string[];
  names: string[];
  method: Method | null;
  unclear?: UnclearMoney;
};
const RANK: Record<Kind, number> = { certificate: 0, credit: 1, own: 2 };

/**
 * The money of an order, one payment for each tender (M7 to M9, M51, J10): captured transactions that are ok and not test;
 * certificates and store credit also without a row; an offline method without rows once it counts as paid. An unmapped
 * method is left out with a notice (F47); what does not add up to the order is told (F46).
 */
export function toPayments(order: Order, transactions: readonly Transaction[], settings: Settings, ctx: PaymentContext): PaymentPlan {
  const rows = captured(transactions).map((t) => fromTransaction(t, order, settings, ctx));
  const authorised = transactions.some(isToCome);
  const tenders = [...rows, ...withoutRow(order, rows, authorised, settings, ctx)].sort((a, b) => RANK[a.kind] - RANK[b.kind]);
  const notices: Problem[] = [];
  const payments = tenders.map((tender) => plan(tender, order, settings, ctx, notices));

  const places = (amount: Decimal) => inCurrency(amount, ctx.currency);
  const clear = tenders.filter((t) => !t.unclear);
  const unclear = tenders.filter((t): t is Tender & { unclear: UnclearMoney } => t.unclear !== undefined);
  if (unclear.length > 0) notices.push({ kind: "payment-unclear", orderId: order.id, parts: unclear.map((t) => t.unclear) });
  const paid = sum(clear.map((t) => t.amount));
  const total = decimal(order.total_inc_tax) ?? ZERO;
  const ownPaid = clear.some((t) => t.kind === "own") || ownTender(order).lte(0);
  const settled = paid.gt(total) || (paid.gt(0) && paid.lt(total) && ownPaid && (isCaptured(order) || countsAsPaid(order, settings)));
  if (settled && unclear.length === 0)
    notices.push({ kind: "payment-differs", orderId: order.id, paid: places(paid), total: places(total), currency: ctx.currency });
  return { payments, notices: once(notices) };
}

function fromTransaction(t: Transaction, order: Order, settings: Settings, ctx: PaymentContext): Tender {
  const unclear = unclearRow(t, ctx);
  const rest = {
    amount: decimal(t.amount) ?? ZERO,
    at: instant(t.date_created),
    currency: t.currency.toUpperCase() || ctx.currency,
    ...(unclear ? { unclear } : {}),
  };
  const keeps = (tender: string, id: string) => (ctx.posted?.includes(paymentMark(order.id, tender)) ? tender : id);
  if (isCertificate(t)) return { ...certificate(t.gift_certificate?.code ?? "", settings), ...rest, id: keeps("tender-1", t.id) };
  if (isCredit(t)) return { ...storeCredit(settings), ...rest, id: keeps("tender-2", t.id) };
  const names = [t.offline?.display_name ?? "", t.custom?.payment_method ?? "", order.payment_method];
  const codes = [t.gateway, t.payment_method_id, t.payment_method_id.split(".")[0] ?? ""];
  const words = t.gateway_transaction_id || order.payment_method || t.gateway;
  return { kind: "own", id: keeps("tender-3", t.id), words, codes, names, method: methodFor(settings, codes, names), ...rest };
}

/**
 * Tenders that BigCommerce shows on the order only (bigcommerce.md 5.2): fixed numbers, so that their marks never change. A method that
 * was only authorised waits for its capture.
 */
function withoutRow(order: Order, rows: readonly Tender[], authorised: boolean, settings: Settings, ctx: PaymentContext): Tender[] {
  const placed = { at: instant(order.date_created), currency: ctx.currency };
  const found: Tender[] = [];
  const add = (kind: Kind, amount: unknown, make: () => Omit<Tender, "amount" | "at" | "currency">) => {
    const value = decimal(amount) ?? ZERO;
    if (value.gt(0) && !rows.some((row) => row.kind === kind)) found.push({ ...make(), ...placed, amount: value });
  };
  add("certificate", order.gift_certificate_amount, () => ({ ...certificate("", settings), id: "tender-1" }));
  add("credit", order.store_credit_amount, () => ({ ...storeCredit(settings), id: "tender-2" }));
  const own = ownTender(order);
  const method = methodFor(settings, [], [order.payment_method]);
  if (own.lte(0) || rows.some((row) => row.kind === "own")) return found;
  const unclear = unclearOwn(order, settings, method, ctx.currency);
  if (!unclear && (authorised || !ownCounts(order, settings, method))) return found;
  found.push({
    kind: "own",
    id: "tender-3",
    words: order.payment_provider_id || order.payment_method,
    amount: own,
    at: instant(ctx.metAt) ?? instant(order.date_modified) ?? placed.at,
    currency: ctx.currency,
    codes: [],
    names: [order.payment_method],
    method,
    ...(unclear ? { unclear } : {}),
  });
  return found;
}

/** Money taken by a method that leaves no row: never *on account*, never the test gateway (M9, M20). */
const ownCounts = (order: Order, settings: Settings, method: Method | null): boolean =>
  method?.countsAsPaid !== "never" &&
  order.payment_status !== "refunded" &&
  !isTestGateway(order) &&
  offlineOrCounted(order, settings, method);

/** Where transactions exist for a method (a gateway shows a payment status), their absence means: not seen yet. */
const offlineOrCounted = (order: Order, settings: Settings, method: Method | null): boolean =>
  (order.payment_status === "" && method === null) || method?.countsAsPaid === "awaiting-fulfillment"
    ? countsAsPaid(order, settings)
    : false;

const certificate = (code: string, settings: Settings) => ({
  kind: "certificate" as const,
  words: code ? `certificate …${code.slice(-4)}` : "certificate",
  codes: ["giftcertificate", "gift_certificate"],
  names: ["Gift Certificate"],
  method: methodFor(settings, ["giftcertificate", "gift_certificate"], ["Gift Certificate"]),
});
const storeCredit = (settings: Settings) => ({
  kind: "credit" as const,
  words: "store credit",
  codes: ["storecredit", "store_credit"],
  names: ["Store Credit"],
  method: methodFor(settings, ["storecredit", "store_credit"], ["Store Credit"]),
});

const accountIn = (method: Method | null, currency: string): string | null =>
  method?.currencies?.find((row) => row.currency === currency)?.account ?? null;

/** Cin7 keeps two decimals of a payment, whatever the currency has: the third is left open, never paid too much (M16). */
export const postable = (amount: Decimal, currency: string): string =>
  placesOf(currency) > CIN7_PLACES ? amount.round(CIN7_PLACES, Big.roundDown).toFixed(CIN7_PLACES) : inCurrency(amount, currency);
const CIN7_PLACES = 2;

function plan(tender: Tender, order: Order, settings: Settings, ctx: PaymentContext, notices: Problem[]): PlannedPayment {
  const mark = paymentMark(order.id, tender.id);
  const paidAt = tender.at ?? instant(order.date_created) ?? "1970-01-01T00:00:00.000Z";
  const name = tender.method?.name ?? (tender.names.find(Boolean) || tender.codes.find(Boolean) || "Unknown");
  // A certificate is paid from the account on which it was sold, unless its method says otherwise (M7).
  const sold = tender.kind === "certificate" ? (settings.charges.items["gift-certificate"]?.account ?? null) : null;
  // Store credit and certificates are owed, not received: they never go to the account of everything else (M8, F45).
  const other = tender.kind === "own" && !tender.method ? settings.payments.otherAccount : null;
  const account = ctx.foreign ? accountIn(tender.method, ctx.currency) : (tender.method?.account ?? sold ?? other);
  const base = {
    mark,
    reference: reference(tender.words, mark),
    method: name,
    amount: postable(tender.amount, tender.currency),
    currency: tender.currency,
    paidAt,
    paidOn: dayIn(paidAt, ctx.timeZone),
  };
  if (tender.unclear) return { ...base, account: null, state: "left-out", why: whyUnclear(tender.unclear), unclear: tender.unclear };
  if (account === null) {
    const unmapped = { method: name, ...(ctx.foreign ? { currency: ctx.currency } : {}) };
    notices.push({ kind: "payment-unmapped", ...unmapped });
    return {
      ...base,
      account,
      state: "left-out",
      why: `No account is chosen for ${methodIn(unmapped)}, so the invoice stays open for it.`,
    };
  }
  return {
    ...base,
    account,
    state: "waits",
    why: `${other === null ? name : `${name}, like every method that Setup does not list,`} is received on account ${account}.`,
  };
}
