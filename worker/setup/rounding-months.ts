import { Temporal } from "temporal-polyfill";
import type { RoundingMonth } from "../contract/index.ts";
import { boundsOf } from "../lib/days.ts";
import { type Decimal, decimal, plain, sum, ZERO } from "../lib/money.ts";
import type { Month, MonthRoundings } from "../orders/figures-store.ts";

/** Calendar months of the store, the newest first. */
export function monthsUntil(today: string, n: number, zone: string): Month[] {
  const first = Temporal.PlainYearMonth.from(today.slice(0, 7));
  return Array.from({ length: n }, (_, back) => {
    const month = first.subtract({ months: back });
    // Written as stored instants are, so that they compare as text.
    const startOf = (m: typeof month) => new Date(boundsOf(m.toPlainDate({ day: 1 }).toString(), zone).from).toISOString();
    return { month: month.toString(), from: startOf(month), to: startOf(month.add({ months: 1 })) };
  });
}

/** Each size reaches up to this much, whatever the sign; the last is the highest cap of all (M4). */
export const SIZES = ["0.01", "0.02", "0.05", "1"] as const;

/** The variance histogram of F152 and the sum of M4: one row a month and currency, in the order of `rows`. */
export function roundingMonths(rows: readonly MonthRoundings[]): RoundingMonth[] {
  const found = new Map<string, { month: string; currency: string; amounts: Decimal[]; orders: number; sizes: number[] }>();
  for (const { month, currency, amount, orders } of rows) {
    const key = `${month} ${currency}`;
    const row = found.get(key) ?? { month, currency, amounts: [], orders: 0, sizes: SIZES.map(() => 0) };
    const value = decimal(amount) ?? ZERO;
    const size = SIZES.findIndex((upTo) => value.abs().lte(upTo));
    const at = size < 0 ? SIZES.length - 1 : size;
    row.sizes[at] = (row.sizes[at] ?? 0) + orders;
    row.orders += orders;
    row.amounts.push(value.times(orders));
    found.set(key, row);
  }
  return [...found.values()].map(({ amounts, ...row }) => ({ ...row, sum: plain(sum(amounts)) }));
}
