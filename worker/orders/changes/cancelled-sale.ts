import { lockedTo as dayOf } from "../../accounts/lock-date.ts";
import { isVoid } from "../../cin7/sale.ts";
import type { Payment, SaleAsItStands } from "../../cin7/schemas/sale.ts";
import { type Decimal, decimal, sum, ZERO } from "../../lib/money.ts";
import { anyPayment, sameMark } from "../marks.ts";
import { isInBooks, keepsSale } from "./may-void.ts";

/** What is known of the sale of an order that was cancelled in BigCommerce when all of it is there. */
export type Cancelled = {
  orderId: number;
  sale: SaleAsItStands;
  /** What is paid on its invoice, by whomever. */
  payments: readonly Payment[];
  /** How its goods were to be picked when it was sent; null: nobody remembers. */
  fulfil: string | null;
  /** The money that BigCommerce shows as given back. */
  back: Decimal;
  /** Books are locked up to this day, YYYY-MM-DD. */
  lockedTo: string | null;
};

/** Why the sale stays, so that a person decides; amounts are decimal text. */
export type Stays =
  | { why: "shipped" | "packed" | "picked" | "credited" }
  | { why: "paid-by-others"; references: string[] }
  | { why: "not-given-back"; paid: Decimal; back: Decimal }
  | { why: "locked"; lockedTo: string };

/** `unpay`: our own payments, which are deleted before the sale is voided. */
export type WithSale = { is: "void-already" } | { is: "void"; unpay: readonly Payment[] } | ({ is: "stays" } & Stays);

/** Money may be on this sale only when its invoice is more than a draft. */
export const mayBePaid = ({ Invoices }: Pick<SaleAsItStands, "Invoices">): boolean => Invoices.some(({ Status }) => isInBooks(Status));

/** The table M28, row by row: the first that fits counts. */
export function withCancelledSale({ orderId, sale, payments, fulfil, back, lockedTo }: Cancelled): WithSale {
  if (isVoid(sale)) return { is: "void-already" };
  const goods = keepsSale(sale, fulfil);
  if (goods) return { is: "stays", why: goods };
  if (sale.CreditNotes.some(({ Status }) => isInBooks(Status))) return { is: "stays", why: "credited" };
  const others = payments.filter(({ Reference }) => !sameMark(Reference, anyPayment(orderId)));
  if (others.length > 0) return { is: "stays", why: "paid-by-others", references: others.map(({ Reference }) => Reference) };
  const paid = sum(payments.map(({ Amount }) => decimal(Amount) ?? ZERO));
  if (paid.gt(back)) return { is: "stays", why: "not-given-back", paid, back };
  const days = [
    ...sale.Invoices.filter(({ Status }) => isInBooks(Status)).map(({ InvoiceDate }) => InvoiceDate),
    ...payments.map(({ DatePaid }) => DatePaid),
  ];
  const isLocked = lockedTo !== null && days.some((day) => (dayOf(day) ?? "") !== "" && (dayOf(day) as string) <= lockedTo);
  return isLocked ? { is: "stays", why: "locked", lockedTo } : { is: "void", unpay: payments };
}
