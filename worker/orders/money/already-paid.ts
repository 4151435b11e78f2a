import { type Decimal, decimal, sum, ZERO } from "../../lib/money.ts";
import { anyPayment, sameMark } from "../marks.ts";

/** A payment as Cin7 lists it on a sale. */
export type Paid = { Reference: string; Amount: string | number; Type: string };

const isPayment = (p: Paid): boolean => p.Type.toUpperCase() !== "REFUND";
const amountOf = (p: Paid): Decimal => decimal(p.Amount) ?? ZERO;

/** Payments that somebody typed in or the accounting app brought: none of ours (M14). */
const foreignOf = (payments: readonly Paid[], orderId: number): Paid[] =>
  payments.filter((p) => isPayment(p) && !sameMark(p.Reference, anyPayment(orderId)));

/** What of an invoice is still to be paid, whoever paid the rest. */
export const leftOf = (total: Decimal, payments: readonly Paid[]): Decimal => total.minus(sum(payments.filter(isPayment).map(amountOf)));

/**
 * Whether a tender that is still due was already paid in Cin7 by somebody else (M14): a payment of its amount is there, or
 * nothing is left to pay. `over`: less is left than the tender, and no payment of its amount explains it. A foreign payment
 * stands for one tender only.
 */
export function coverOf(
  amount: Decimal,
  total: Decimal,
  payments: readonly Paid[],
  orderId: number,
  used: Set<Paid>,
): "due" | "covered" | "over" {
  const foreign = foreignOf(payments, orderId);
  if (foreign.length === 0) return "due";
  const left = leftOf(total, payments);
  const twin = foreign.find((p) => !used.has(p) && amountOf(p).eq(amount));
  if (twin) {
    used.add(twin);
    return "covered";
  }
  if (left.lte(0)) return "covered";
  return left.lt(amount) ? "over" : "due";
}
