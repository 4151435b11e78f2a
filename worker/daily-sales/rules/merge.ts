import { type Decimal, decimal, plain, round, sum, ZERO } from "../../lib/money.ts";
import type { DraftCharge, DraftLine, Origin, SaleDraft } from "../../orders/mapping/sale-draft.ts";
import { fit } from "../../orders/mapping/truncate.ts";

/**
 * Lines and charges of a day's orders as those of one sale (F15): rows of the same product, price, discount and tax rule
 * become one where its amount stays the same to the last decimal and its tax is what Cin7 itself would work out of it; else they
 * stay apart. So the tax of each rule is the sum of the orders'.
 */
type Sale = Pick<SaleDraft, "orderId" | "lines" | "charges" | "taxInclusive">;
type Merged = Pick<SaleDraft, "lines" | "charges">;
const number = (text: string): Decimal => decimal(text) ?? ZERO;

export function mergeRows(sales: readonly Sale[]): Merged {
  const inclusive = sales[0]?.taxInclusive ?? false;
  const rates = ratesOf(sales);
  const lines = merged(
    sales.flatMap((sale) => sale.lines.map((line) => ({ ...line, from: ofOrder(sale, line) }))),
    keyOfLine,
    (a, b) => ({
      ...a,
      quantity: added(a.quantity, b.quantity),
      tax: added(a.tax, b.tax),
      total: added(a.total, b.total),
      from: bothFrom(a, b),
    }),
    (both, a, b) => isLineTotal(both) && isTaxExact(both, a, b, rates, inclusive),
  );
  const charges = merged(
    // A charge of several units is one of their amount.
    sales
      .flatMap((sale) => sale.charges.map((charge) => ({ ...charge, from: ofOrder(sale, charge) })))
      .map((charge) => (charge.total === "0" ? charge : { ...charge, quantity: "1", price: charge.total })),
    keyOfCharge,
    chargeOfBoth,
    (both, a, b) => !(number(both.total).eq(0) && !number(both.tax).eq(0)) && isTaxExact(both, a, b, rates, inclusive),
  );
  // Roundings that even out leave nothing to charge.
  return { lines, charges: charges.filter((row) => row.discount === "100" || !number(row.total).eq(0) || !number(row.tax).eq(0)) };
}

type Of = Pick<DraftLine, "quantity" | "total" | "tax" | "from">;
/** The origins of an order's row under its order, each with what of the row is its own. */
function ofOrder({ orderId: order }: Sale, { quantity, total, tax, from = [{}] }: Of): Origin[] {
  const [only] = from;
  if (from.length === 1) return [{ order, ...only, share: { quantity, total, tax } }];
  return from.map((origin) => ({ order, ...origin }));
}
/** One row of two keeps where both came from. */
const bothFrom = (a: Pick<Of, "from">, b: Pick<Of, "from">): Origin[] => [...(a.from ?? []), ...(b.from ?? [])];

const added = (a: string, b: string): string => plain(number(a).plus(number(b)));
const keyOfLine = ({ productId, sku, name, price, discount, taxRule, account, comment }: DraftLine): string =>
  JSON.stringify([productId, sku, name, price, discount, taxRule, account, comment]);
/** A discount is never set off against a charge, nor against an amount of nothing. */
const keyOfCharge = ({ description, productId, taxRule, account, discount, price, total }: DraftCharge): string =>
  JSON.stringify([description, productId, taxRule, account, discount, total === "0" ? price : ""]);

const COMMENT = 1024;
function chargeOfBoth(a: DraftCharge, b: DraftCharge): DraftCharge {
  const said = new Set([...a.comment.split("; "), ...b.comment.split("; ")].filter(Boolean));
  const total = added(a.total, b.total);
  const price = a.total === "0" ? a.price : total;
  const from = bothFrom(a, b);
  return { ...a, price, total, tax: added(a.tax, b.tax), comment: fit([...said].join("; "), COMMENT, "", []), from };
}

/** First fit: each row joins the first one like it with which it is exact. */
function merged<T extends { tax: string; total: string; discount: string }>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  both: (a: T, b: T) => T,
  isExact: (both: T, a: T, b: T) => boolean,
): T[] {
  const result: T[] = [];
  const like = new Map<string, number[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const places = like.get(key) ?? [];
    const at = places.find((place) => {
      const there = result[place] as T;
      return isExact(both(there, row), there, row);
    });
    if (at !== undefined) result[at] = both(result[at] as T, row);
    else {
      like.set(key, [...places, result.length]);
      result.push(row);
    }
  }
  return result;
}

/** quantity × price × (1 − discount/100) (cin7-core.md 2.5). */
const isLineTotal = ({ quantity, price, discount, total }: DraftLine): boolean =>
  number(quantity)
    .times(number(price))
    .times(ZERO.plus(100).minus(number(discount)))
    .div(100)
    .eq(number(total));

type Taxed = { tax: string; total: string; taxRule: string };

/** To the cent what the rate of its rule makes of the amount; where no rate is known: the same tax for the same amount. */
function isTaxExact(both: Taxed, a: Taxed, b: Taxed, rates: ReadonlyMap<string, Decimal>, inclusive: boolean): boolean {
  const rate = rates.get(both.taxRule);
  if (!rate)
    return number(a.tax)
      .times(number(b.total))
      .eq(number(b.tax).times(number(a.total)));
  const amount = number(both.total);
  const exact = inclusive ? amount.times(rate).div(rate.plus(100)) : amount.times(rate).div(100);
  return round(exact, 2).eq(number(both.tax));
}

/** The rate of each rule, where all that BigCommerce tells of it agrees. */
function ratesOf(sales: readonly Sale[]): Map<string, Decimal> {
  const told = new Map<string, Set<string>>();
  for (const row of sales.flatMap((sale) => [...sale.lines, ...sale.charges])) {
    if (!row.taxRate) continue;
    told.set(row.taxRule, (told.get(row.taxRule) ?? new Set()).add(row.taxRate));
  }
  return new Map([...told].flatMap(([rule, rates]) => (rates.size === 1 ? [[rule, number([...rates][0] as string)] as const] : [])));
}

/** Sum of a figure of several sales, with the currency's own decimals kept. */
export const totalsOf = (sales: readonly Pick<SaleDraft, "totals">[]): SaleDraft["totals"] => {
  const of = (figure: keyof SaleDraft["totals"]) => {
    const places = Math.max(0, ...sales.map((sale) => sale.totals[figure].split(".")[1]?.length ?? 0));
    return sum(sales.map((sale) => number(sale.totals[figure]))).toFixed(places);
  };
  return { exTax: of("exTax"), tax: of("tax"), incTax: of("incTax") };
};
