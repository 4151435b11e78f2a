import type { Sale, ShopOrder } from "./judge.ts";
import { RULES, type ShopName } from "./shops.ts";

/** Whole ten-thousandths: sums without floating point. */
const units = (value: number | string): number => Math.round(Number(value) * 10_000);
const sum = (values: readonly (number | string)[]): number => values.reduce<number>((all, value) => all + units(value), 0);
type Document = Sale["Order"];

/**
 * Every figure on both sides (M1 to M8), from the twins' own data alone: totals, taxes, tax under each rule against BigCommerce's
 * classes, and the money on the account of its tender. What differs, in words.
 */
export function centsOf(shop: ShopName, order: ShopOrder, sale: Document, invoice: Sale["Invoices"][number]): string[] {
  const { Payments } = invoice;
  const on = (account: string) => Payments.filter((payment) => payment.Account === account).map((payment) => payment.Amount);
  const same = (what: string, figures: Record<string, number>): string[] =>
    new Set(Object.values(figures)).size > 1 ? [`${what} (ten-thousandths): ${JSON.stringify(figures)}`] : [];
  const paid = sum(Payments.map((payment) => payment.Amount));
  return [
    ...same("total", { order: units(order.total_inc_tax), sale: units(sale.Total), invoice: units(invoice.Total), paid }),
    ...same("tax", { order: units(order.total_tax), sale: units(sale.Tax), invoice: units(invoice.Tax) }),
    ...same("gift certificates", { order: units(order.gift_certificate_amount), "account 840": sum(on("840")) }),
    ...same("store credit", { order: units(order.store_credit_amount), "account 841": sum(on("841")) }),
    ...taxes(shop, order, sale),
  ];
}

/** Fees have no tax rows of their own in one position of the twin: then the classes do not say where all the tax is. */
function taxes(shop: ShopName, order: ShopOrder, sale: Document): string[] {
  if (sum(order.taxes.map((row) => row.line_amount)) !== units(order.total_tax)) return [];
  const charged = byName(order.taxes.map((row) => [RULES[shop][row.class]?.withTax ?? row.class, row.line_amount]));
  const booked = byName([...sale.Lines, ...sale.AdditionalCharges].map((row) => [row.TaxRule, row.Tax]));
  const rules = [...new Set([...Object.keys(charged), ...Object.keys(booked)])];
  return rules
    .filter((rule) => (charged[rule] ?? 0) !== (booked[rule] ?? 0))
    .map((rule) => `tax under "${rule}" (ten-thousandths): charged ${charged[rule] ?? 0}, booked ${booked[rule] ?? 0}`);
}

function byName(rows: readonly (readonly [string, number | string])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, amount] of rows) sums[name] = (sums[name] ?? 0) + units(amount);
  return sums;
}
