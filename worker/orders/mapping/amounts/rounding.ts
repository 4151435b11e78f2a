import type { Settings } from "../../../contract/index.ts";
import { type Decimal, inCurrency, plain, ZERO } from "../../../lib/money.ts";
import { type Findings, itemFor, ruleFrom } from "../collector.ts";
import type { DraftCharge, SaleDraft } from "../sale-draft.ts";
import { taxFree } from "./tax.ts";

/**
 * M4, J7: what unit prices of four decimals leave over, on its own item and account, tax-free, up to 4 decimals. Never tax,
 * never an override. Null: nothing is left. Above the cap the order is held: `false`.
 */
export function roundingCharge(
  left: Decimal,
  cap: Decimal,
  settings: Settings,
  currency: string,
  found: Findings,
): DraftCharge | null | false {
  if (left.eq(0)) return null;
  if (left.abs().gt(cap)) return false;
  const item = itemFor(settings, "rounding", found);
  const { taxRule, taxWhy } = ruleFrom(taxFree(settings), found);
  const amount = plain(left);
  const why = `Unit prices have four decimals in Cin7 Core; ${amount} ${currency} was left over (at most ${inCurrency(cap, currency)}). ${taxWhy}`;
  found.decisions.push({ label: "Rounding", value: `${amount} ${currency}`, why });
  return {
    description: item.name,
    productId: item.productId,
    sku: "",
    price: amount,
    quantity: "1",
    discount: "0",
    tax: plain(ZERO),
    taxRule,
    total: amount,
    account: item.account,
    comment: "",
    why,
    rounding: true,
    from: [{ charge: "rounding" }],
  };
}

/** The rounding charge of a sale, kept with its order; null: none. */
export const roundingOf = ({ charges }: SaleDraft): string | null => charges.find((charge) => charge.rounding)?.total ?? null;
