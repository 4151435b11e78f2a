import type { OrderLine, TaxRow } from "../../../bigcommerce/schemas.ts";
import type { Settings } from "../../../contract/index.ts";
import { type Decimal, decimal, sum } from "../../../lib/money.ts";
import type { TaxChoice } from "../collector.ts";
import type { Snapshot } from "../sale-draft.ts";

/** Which Cin7 tax rule a row carries (M5, F41 to F44). The amounts are BigCommerce's; the rule is the label they go under. */
type TaxSide = "with" | "without";

/** What the tax rows tell about one row of the order; all null or 0 where they are silent. */
export type ToldTaxes = { classId: number | null; className: string; names: string[]; rate: Decimal | null; charged: Decimal | null };

const SILENT: ToldTaxes = { classId: null, className: "", names: [], rate: null, charged: null };

function tell(rows: readonly TaxRow[]): ToldTaxes {
  const first = rows[0];
  if (!first) return SILENT;
  const amounts = rows.map((row) => decimal(row.line_amount));
  const rates = rows.map((row) => decimal(row.rate));
  const whole = (list: (Decimal | null)[]) => (list.every((x): x is Decimal => x !== null) ? sum(list as Decimal[]) : null);
  const names = rows.map((row) => row.name).filter(Boolean);
  return { classId: first.tax_class_id ?? null, className: first.class, names, rate: whole(rates), charged: whole(amounts) };
}

const isItem = (row: TaxRow): boolean => row.line_item_type === "" || row.line_item_type === "item";

/** A line may have several rows (state and county): they share the class, their rates and amounts add up. */
export const toldOfLine = (taxes: readonly TaxRow[], lineId: number): ToldTaxes =>
  tell(taxes.filter((row) => isItem(row) && row.order_product_id === lineId));

/** Shipping, handling, wrapping or fee rows; of one address where there are several. */
export const toldOfCharge = (taxes: readonly TaxRow[], type: string, addressId: number | null): ToldTaxes =>
  tell(taxes.filter((row) => row.line_item_type === type && (addressId === null || row.order_address_id === addressId)));

/**
 * Class of a line: its own tax rows; else the only class that rows without lines name; else its catalogue product's; else
 * the default class 0.
 */
export function classOfLine(snapshot: Snapshot, line: OrderLine, told: ToldTaxes): number {
  if (told.classId !== null) return told.classId;
  const loose = new Set(snapshot.taxes.filter((row) => isItem(row) && !row.order_product_id).map((row) => row.tax_class_id ?? 0));
  const [only] = loose;
  if (loose.size === 1 && only !== undefined) return only;
  return snapshot.classOfProduct[line.product_id] ?? 0;
}

/** Where it goes: the country of the address that BigCommerce taxes by (facts/bigcommerce.md 4.6). */
export const countryOf = ({ shipping, order }: Snapshot): string => shipping[0]?.country_iso2 || order.billing_address.country_iso2;

type Taxed = { priced: boolean; tax: Decimal; rate: Decimal | null; names?: readonly string[]; country?: string; exempt?: boolean };

/** Tax charged, or none on a priced row, or a free row, which takes the class's rule with tax 0; special rules first (M5). */
export function chooseRule(settings: Settings, classId: number, className: string, row: Taxed): TaxChoice {
  const known = settings.tax.classes.find((c) => c.classId === classId);
  const name = known?.className || className || `Tax class ${classId}`;
  const charged = !row.tax.eq(0) || (row.rate?.gt(0) ?? false);
  const side: TaxSide = charged || !row.priced ? "with" : "without";
  const special = specialRule(settings, classId, side, row);
  if (special) return { rule: special.rule, why: `${special.rule}, because ${special.why} in tax class "${name}"`, problem: null };
  const mapped = side === "with" ? known?.withTax : known?.withoutTax;
  const rule = mapped ?? (row.priced ? null : known?.withoutTax) ?? null;
  if (rule === null) return { rule: "", why: "", problem: { kind: "tax-unmapped", classId, className: name, side } };
  const what = charged
    ? `was charged ${row.rate?.gt(0) ? `${row.rate.toFixed()} %` : "tax"}`
    : row.priced
      ? "was charged no tax"
      : "is free here";
  return { rule, why: `${rule}, because tax class "${name}" ${what}`, problem: null };
}

/** By the tax's name (of several, such as state and county: any of them or all joined by " + "), country or customer (M5, F41). */
function specialRule(settings: Settings, classId: number, side: TaxSide, { names = [], country = "", exempt = false }: Taxed) {
  const fold = (text: string) => text.trim().toLowerCase();
  const known = new Set([...names, names.join(" + ")].map(fold));
  const found = settings.tax.special.find((s) => {
    const place = s.country.startsWith("!") ? country !== "" && country !== s.country.slice(1) : s.country === "" || s.country === country;
    const who = s.customers === undefined || exempt;
    return (
      (s.classId === null || s.classId === classId) && s.side === side && place && who && (s.taxName === "" || known.has(fold(s.taxName)))
    );
  });
  if (!found) return null;
  const why = [
    found.taxName ? `the tax is "${found.taxName}"` : "",
    found.country ? `the country is ${country}` : "",
    found.customers ? "the customer is tax-exempt" : "",
  ]
    .filter(Boolean)
    .join(" and ");
  return { rule: found.rule, why: why || "a special rule says so" };
}

/** The rule for what never carries tax: gift certificates and the rounding charge (M4, M7): *no tax charged* of class 0, else of any. */
export function taxFree(settings: Settings): TaxChoice {
  const classes = settings.tax.classes;
  const main = classes.find((c) => c.classId === 0) ?? classes[0];
  const rule = main?.withoutTax ?? classes.find((c) => c.withoutTax)?.withoutTax ?? null;
  if (rule) return { rule, why: `${rule}, because it never carries tax`, problem: null };
  return {
    rule: "",
    why: "",
    problem: { kind: "tax-unmapped", classId: main?.classId ?? 0, className: main?.className ?? "Default Tax Class", side: "without" },
  };
}
