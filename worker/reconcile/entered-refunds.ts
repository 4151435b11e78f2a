import { type Decimal, decimal, sum, ZERO } from "../lib/money.ts";

/** Refunds that people were told of, in the order in which they were; `ended`: it was dealt with already. */
export type ToldRefund = { key: string; amount: string; ended: boolean };
type Amount = string | number;
export type NoteThere = { Status: string; Total?: Amount | null | undefined; Refunds: readonly { Amount: Amount }[] };

/**
 * Which of the refunds that people are still told of Cin7 shows now: by a credit note of the amount, or a refund payment of it. Each
 * document stands for one refund, those that were dealt with before first: of two refunds of 40.00 one credit note answers one.
 */
export function enteredIn(notes: readonly NoteThere[], told: readonly ToldRefund[]): string[] {
  const documents = notes
    .filter(({ Status }) => Status === "AUTHORISED" || Status === "PAID")
    .map(({ Total, Refunds }) => {
      const payments = Refunds.map(({ Amount }) => decimal(Amount) ?? ZERO);
      return { whole: decimal(Total) ?? sum(payments), payments };
    });
  const first = [...told].sort((a, b) => Number(b.ended) - Number(a.ended));
  const entered = new Set<ToldRefund>();
  const each = (stands: (amount: Decimal) => boolean): void => {
    for (const refund of first) {
      const amount = decimal(refund.amount);
      if (amount && !entered.has(refund) && stands(amount)) entered.add(refund);
    }
  };
  each((amount) => {
    const whole = documents.findIndex((document) => document.whole.eq(amount));
    if (whole >= 0) documents.splice(whole, 1);
    return whole >= 0;
  });
  each((amount) => documents.some(({ payments }) => took(payments, amount)));
  return first.filter((refund) => entered.has(refund) && !refund.ended).map(({ key }) => key);
}

function took(payments: Decimal[], amount: Decimal): boolean {
  const at = payments.findIndex((payment) => payment.eq(amount));
  if (at >= 0) payments.splice(at, 1);
  return at >= 0;
}
