import Big from "big.js";
import type { Order } from "../../bigcommerce/schemas.ts";
import type { Settings } from "../../contract/index.ts";
import { decimal, plain, round } from "../../lib/money.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import type { Problem } from "../../problems/define-problem.ts";

export type SaleCurrency = { code: string; rate: string; foreign: boolean; why: string; loss: string | null };

/** Decimals of the rate on invoices and payments (cin7-core.md 1.5): the same figure goes on every document of the order. */
const PLACES = 4;
/** Share of the value from which a rounded rate is told. */
const TOLD_FROM = new Big("0.0005");

/**
 * M16, J14: the sale is in the transactional currency (`default_currency_code`). Base currency: rate 1. Another one: base per
 * unit = 1 ÷ BigCommerce's base→transactional, 4 decimals, where Cin7's base is the store's; else from the rate table in
 * Setup; else it is held.
 */
export function currencyOf(
  order: Order,
  store: string,
  base: string,
  rates: Settings["currency"]["rates"] = [],
): Result<SaleCurrency, Problem> {
  const code = (order.default_currency_code || order.currency_code || store).toUpperCase();
  if (code === base.toUpperCase())
    return ok({ code, rate: "1", foreign: false, why: "The order is in Cin7 Core's base currency.", loss: null });
  const given = decimal(order.store_default_to_transactional_exchange_rate);
  const unsupported: Problem = { kind: "currency-unsupported", currency: code, base };
  const shopBase = (order.store_default_currency_code || store).toUpperCase();
  if (shopBase !== base.toUpperCase() || given === null || given.lte(0)) {
    const rate = decimal(rates.find((row) => row.currency === code)?.rate);
    if (!rate || rate.lte(0)) return err(unsupported);
    return ok({ code, rate: plain(round(rate, PLACES)), foreign: true, why: `The rate for ${code} in Setup.`, loss: null });
  }
  const exact = new Big(1).div(given);
  const rate = round(exact, PLACES);
  if (rate.eq(0)) return err(unsupported);
  const off = rate.minus(exact).abs().div(exact);
  const loss = off.gt(TOLD_FROM) ? `Rate rounded by Cin7 Core: ${exact.toFixed(6)} became ${plain(rate)} ${base} for one ${code}.` : null;
  return ok({ code, rate: plain(rate), foreign: true, why: `1 ÷ ${plain(given)}, BigCommerce's rate from ${base} to ${code}.`, loss });
}
