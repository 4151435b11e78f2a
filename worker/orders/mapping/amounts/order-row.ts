import type { ChargeKey } from "../../../contract/index.ts";
import { type Decimal, round } from "../../../lib/money.ts";
import type { Origin } from "../sale-draft.ts";

/**
 * A priced part of the order on its way to a line or charge: BigCommerce's figures before order discounts, its tax class and
 * rule. Amounts have up to 4 decimals, as Cin7 takes them.
 */
export type Row = {
  kind: "product" | Exclude<ChargeKey, "discount" | "coupon" | "rounding">;
  /** The order line's ID; 0 for charges. */
  lineId: number;
  ex: Decimal;
  inc: Decimal;
  quantity: number;
  /** The shop's own price of one unit, on the side that its prices are on; null: a charge. */
  shopPrice: Decimal | null;
  /** Tax charged by BigCommerce's own tax rows, after discounts; null: they do not tell it for this row. */
  told: Decimal | null;
  /** Percent, where the tax rows tell it. */
  rate: Decimal | null;
  taxRule: string;
  taxWhy: string;
  /** Where it goes: a product of Cin7 as a line, or a charge item. */
  to: { as: "line"; productId: string; sku: string; name: string } | { as: "charge"; name: string; productId: string };
  account: string | null;
  comment: string;
  from: Origin[];
  /** How much of it each of several origins is; absent: it is not told. */
  weights?: Decimal[] | undefined;
};

export const taxOf = (row: Row): Decimal => row.inc.minus(row.ex);
export const sideOf = (row: Row, inclusive: boolean): Decimal => (inclusive ? row.inc : row.ex);
export const four = (amount: Decimal): Decimal => round(amount, 4);
