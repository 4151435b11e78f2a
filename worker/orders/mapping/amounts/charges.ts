import type { OrderLine, TaxRow } from "../../../bigcommerce/schemas.ts";
import { type Decimal, sum } from "../../../lib/money.ts";
import { type Findings, itemFor, ruleFrom } from "../collector.ts";
import { inOneLine } from "../customer-and-addresses.ts";
import type { MappingInput, Origin } from "../sale-draft.ts";
import { fit } from "../truncate.ts";
import { four, type Row } from "./order-row.ts";
import type { Reader } from "./read-amounts.ts";
import { chooseRule, countryOf, type ToldTaxes, toldOfCharge } from "./tax.ts";

type Cost = { ex: Decimal; inc: Decimal; classId: number | null; told: ToldTaxes; comment: string; from: Origin[]; weights?: Decimal[] };
type Kind = "shipping" | "handling" | "wrapping" | "fee";

/**
 * Rows of shipping, handling, wrapping and fees: each its own charge under its own tax class (F115, M17, J8); shipping and
 * handling one per address where the addresses add up to the order's figure (J18). Costs of 0 make no charge.
 */
export function chargeRows(input: MappingInput, reader: Reader, found: Findings): Row[] {
  const costs: [Kind, Cost[]][] = [
    ["shipping", byAddress(input, reader, "shipping", "cost")],
    ["handling", byAddress(input, reader, "handling", "handling_cost")],
    ["wrapping", wrapping(input, reader)],
    ["fee", fees(input, reader)],
  ];
  return costs.flatMap(([kind, list]) =>
    list
      .map((cost) => (kind === "handling" ? withoutFees(cost) : cost))
      .filter((cost) => !cost.ex.eq(0) || !cost.inc.eq(0))
      .map((cost) => rowOf(kind, cost, input, found)),
  );
}

/** Some shops write the tax of fees as rows of handling (bigcommerce.md 4.6): what is not handling's own tax tells nothing of it. */
const withoutFees = (cost: Cost): Cost =>
  cost.told.charged === null || cost.told.charged.eq(cost.inc.minus(cost.ex))
    ? cost
    : { ...cost, told: { ...cost.told, classId: cost.classId, names: [], rate: null, charged: null } };

function rowOf(kind: Kind, cost: Cost, { settings, snapshot }: MappingInput, found: Findings): Row {
  const { told, ex, inc } = cost;
  const item = itemFor(settings, kind, found);
  const choice = chooseRule(settings, cost.classId ?? told.classId ?? 0, told.className, {
    priced: true,
    tax: inc.minus(ex),
    rate: told.rate,
    names: told.names,
    country: countryOf(snapshot),
    exempt: snapshot.customer?.taxExempt ?? false,
  });
  return {
    kind,
    lineId: 0,
    from: cost.from,
    weights: cost.weights,
    ex,
    inc,
    quantity: 1,
    shopPrice: null,
    told: told.charged,
    rate: told.rate,
    ...ruleFrom(choice, found),
    to: { as: "charge", name: item.name, productId: item.productId },
    account: settings.invoice.revenueAccount ?? item.account,
    comment: fit(cost.comment, 1024, `Comment of ${item.name || kind}`, found.losses),
  };
}

function byAddress(
  { snapshot, asOneSale }: MappingInput,
  { read }: Reader,
  type: "shipping" | "handling",
  field: "cost" | "handling_cost",
): Cost[] {
  const { order, shipping, taxes } = snapshot;
  const ofOrder = type === "shipping" ? "shipping_cost" : "handling_cost";
  const several = shipping.length > 1;
  const each = shipping.map(
    (s): Cost => ({
      ex: four(read(s[`${field}_ex_tax`], `shipping.${s.id}.${field}_ex_tax`)),
      inc: four(read(s[`${field}_inc_tax`], `shipping.${s.id}.${field}_inc_tax`)),
      classId: s[`${field}_tax_class_id`] ?? order[`${ofOrder}_tax_class_id`] ?? null,
      told: toldOfCharge(taxes, type, several ? s.id : null),
      comment: type === "shipping" ? [s.shipping_method, several && asOneSale ? inOneLine(s) : ""].filter(Boolean).join(", ") : "",
      from: [{ address: s.id, charge: type }],
    }),
  );
  const ex = four(read(order[`${ofOrder}_ex_tax`], `${ofOrder}_ex_tax`));
  const inc = four(read(order[`${ofOrder}_inc_tax`], `${ofOrder}_inc_tax`));
  if (each.length > 0 && sum(each.map((c) => c.ex)).eq(ex) && sum(each.map((c) => c.inc)).eq(inc)) return each;
  const comment = each.find((c) => c.comment)?.comment ?? "";
  const from = each.length > 0 ? each.flatMap((c) => c.from) : [{ charge: type }];
  return [{ ex, inc, classId: order[`${ofOrder}_tax_class_id`] ?? null, told: toldOfCharge(taxes, type, null), comment, from }];
}

/**
 * Once (M17): the order's own figure is the sum of its lines'; the lines' where the order is silent. Wrapping is taxed like the
 * line that it wraps, so lines of several tax classes make a charge each.
 */
function wrapping({ snapshot }: MappingInput, { read }: Reader): Cost[] {
  const { order, taxes } = snapshot;
  const lines = snapshot.lines.filter((line) => line.quantity > 0);
  type Side = "wrapping_cost_ex_tax" | "wrapping_cost_inc_tax";
  const of = (line: OrderLine, side: Side) => four(read(line[side], `products.${line.id}.${side}`));
  const ofOrder = (side: Side) => four(read(order[side], side));
  const ofLines = (side: Side, some: readonly OrderLine[] = lines) => sum(some.map((line) => of(line, side)));
  const silent = ofOrder("wrapping_cost_inc_tax").eq(0) && ofOrder("wrapping_cost_ex_tax").eq(0);
  const from = silent ? ofLines : ofOrder;
  const ex = from("wrapping_cost_ex_tax");
  const inc = from("wrapping_cost_inc_tax");
  const named = (some: readonly OrderLine[]) =>
    some
      .filter((line) => line.wrapping_name)
      .map((line) => `${line.wrapping_name} for ${line.sku || line.name}`)
      .join("; ");
  const rows = taxes.filter((row) => row.line_item_type === "gift-wrapping");
  const wrapped = lines.filter((line) => of(line, "wrapping_cost_inc_tax").gt(0));
  const origins = (some: readonly OrderLine[]): Pick<Cost, "from" | "weights"> =>
    some.length === 0
      ? { from: [{ charge: "wrapping" }] }
      : {
          from: some.map((line) => ({ line: line.id, charge: "wrapping" })),
          weights: some.map((line) => of(line, "wrapping_cost_inc_tax")),
        };
  const classes = [...new Set(wrapped.map((line) => classOfWrapping(rows, line)))];
  const whole = ofLines("wrapping_cost_ex_tax").eq(ex) && ofLines("wrapping_cost_inc_tax").eq(inc);
  if (classes.length > 1 && whole && !classes.includes(null)) {
    return classes.map((classId): Cost => {
      const some = wrapped.filter((line) => classOfWrapping(rows, line) === classId);
      const told = toldOfCharge(
        rows.filter((row) => row.tax_class_id === classId),
        "gift-wrapping",
        null,
      );
      const [net, gross] = [ofLines("wrapping_cost_ex_tax", some), ofLines("wrapping_cost_inc_tax", some)];
      return { ex: net, inc: gross, classId, told, comment: named(some), ...origins(some) };
    });
  }
  const told = toldOfCharge(taxes, "gift-wrapping", null);
  return [{ ex, inc, classId: told.classId ?? order.wrapping_cost_tax_class_id ?? null, told, comment: named(lines), ...origins(wrapped) }];
}

const classOfWrapping = (rows: readonly TaxRow[], line: OrderLine): number | null =>
  rows.find((row) => row.order_product_id === line.id)?.tax_class_id ?? null;

function fees({ snapshot }: MappingInput, { read }: Reader): Cost[] {
  const { fees, taxes } = snapshot;
  const told = toldOfCharge(taxes, "fee", null);
  return fees.map(
    (fee): Cost => ({
      ex: four(read(fee.cost_ex_tax, `fees.${fee.id}.cost_ex_tax`)),
      inc: four(read(fee.cost_inc_tax, `fees.${fee.id}.cost_inc_tax`)),
      classId: fee.tax_class_id ?? null,
      // Fee rows do not name their fee: with several, their figures cannot be told apart.
      told: fees.length === 1 ? told : { ...told, rate: null, charged: null },
      comment: fee.display_name_merchant || fee.display_name_customer,
      from: [{ fee: fee.id, charge: "fee" }],
    }),
  );
}
