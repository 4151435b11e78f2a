import type { OrderDetail, Stage } from "../../contract/index.ts";
import { type Decimal, decimal, inCurrency, sum, ZERO } from "../../lib/money.ts";
import type { SaleLinesRow } from "../../sales/lines-store.ts";

/**
 * What a sale means in the books, in plain words: who owes what, what it is for, and what each payment leaves. Told from what was
 * written, without a name of anybody; Cin7 Core itself posts it (decision 0026). Pure.
 */
type Sale = Pick<SaleLinesRow, "currency" | "rate" | "net" | "tax" | "total" | "lines">;
type Payment = Pick<OrderDetail["payments"][number], "method" | "amount" | "currency" | "account" | "state">;
type Entry = NonNullable<OrderDetail["books"]>["entries"][number];

export function booksOf(sale: Sale | null, payments: readonly Payment[], stages: readonly Stage[]): OrderDetail["books"] {
  if (!sale) return null;
  const goods = (sale.lines ?? []).some((row) => row.as === "line");
  return {
    when: whenOf(stages),
    entries: [invoiceOf(sale), ...paymentsIn(sale, payments), ...(goods ? [goodsOf(stages)] : [])],
  };
}

function whenOf(stages: readonly Stage[]): string {
  if (stages.includes("voided")) return "The sale is void in Cin7 Core, so nothing of this stands in the books.";
  if (stages.includes("invoiced")) return "The invoice is authorised. As it was written, Cin7 Core has posted this:";
  return "Nothing is in the books yet. When the invoice is authorised, Cin7 Core posts this:";
}

const amount = (text: string): Decimal => decimal(text) ?? ZERO;

function invoiceOf(sale: Sale): Entry {
  const money = (value: Decimal) => `${inCurrency(value, sale.currency)} ${sale.currency}`;
  const parts = [...partsOf(sale).map(({ what, account, net }) => `${what} ${money(net)}${account ? ` (account ${account})` : ""}`)];
  const tax = amount(sale.tax);
  const rate = amount(sale.rate).eq(1) ? "" : ` Each ${sale.currency} counts as ${sale.rate} in the currency of the books.`;
  const text = `The customer owes ${money(amount(sale.total))}: ${[...parts, ...(tax.eq(0) ? [] : [`tax ${money(tax)}`])].join(", ")}.${rate}`;
  return { title: "Invoice", text };
}

/** Goods by the account they go to, charges by what they are. Where the lines are not known, what they come to. */
function partsOf({ lines, net }: Sale): { what: string; account: string; net: Decimal }[] {
  if (!lines) return [{ what: "goods and charges", account: "", net: amount(net) }];
  const found = new Map<string, { what: string; account: string; net: Decimal }>();
  for (const row of lines) {
    const what = row.as === "line" ? "goods" : (row.item ?? "a charge");
    const key = JSON.stringify([what, row.account]);
    const before = found.get(key)?.net ?? ZERO;
    found.set(key, { what, account: row.account ?? "", net: before.plus(amount(row.net)) });
  }
  return [...found.values()];
}

function paymentsIn(sale: Sale, payments: readonly Payment[]): Entry[] {
  const paid: Decimal[] = [];
  return payments.map((payment) => {
    const { method, account, currency, state } = payment;
    const by = `${payment.amount} ${currency} by ${method || "an unnamed method"}`;
    if (state === "waits")
      return { title: "Payment", text: `${by} waits for the invoice${account ? `; then it goes to account ${account}` : ""}.` };
    if (state === "left-out")
      return { title: "Payment", text: `${by} is not in Cin7 Core, where the customer still owes it. Payments on this page says why.` };
    if (currency !== sale.currency) return { title: "Payment", text: `${by} is on account ${account}.` };
    paid.push(amount(payment.amount));
    const left = inCurrency(amount(sale.total).minus(sum(paid)), currency);
    return { title: "Payment", text: `${by} is on account ${account}: the customer owes ${left} ${currency}.` };
  });
}

const goodsOf = (stages: readonly Stage[]): Entry => ({
  title: "Goods",
  text: stages.includes("shipped")
    ? "They have left: Cin7 Core has moved their cost from stock to cost of sales, by its own figures."
    : "When they leave, Cin7 Core moves their cost from stock to cost of sales, by its own figures.",
});
