import type { Charge, Raw, RawTax, Setup } from "./books.ts";
import { compare, type Exact, minus, NOTHING, of, plus, rounded, sum } from "./exact.ts";

/** A priced part of the order as the accounting rules see it: under which rule, on which account, what was charged in the end. */
export type Row = {
  name: string;
  /** An order line's ID; null: a charge. */
  line: number | null;
  quantity: number;
  shopPrice: Exact | null;
  ex: Exact;
  inc: Exact;
  /** BigCommerce's own tax of the row after discounts; null: its tax rows do not tell. */
  charged: Exact | null;
  rule: string;
  account: string;
  goods: boolean;
};

export type Found = { rows: Row[]; held: string[] };

const four = (value: unknown): Exact => rounded(of(value), 4);

function ruleOf(setup: Setup, raw: Raw, classId: number, row: { priced: boolean; tax: Exact; rate: Exact | null }): string | null {
  const country = String((raw.order["billing_address"] as { country_iso2: string }).country_iso2);
  const charged = row.tax.n !== 0n || (row.rate?.n ?? 0n) > 0n;
  const side = charged || !row.priced ? "with" : "without";
  const special = setup.special.find(
    (each) => each.side === side && (each.country.startsWith("!") ? country !== each.country.slice(1) : each.country === country),
  );
  if (special) return special.rule;
  return setup.classes.find((each) => each.id === classId)?.[side] ?? null;
}

/** The rule for what never carries tax: *no tax charged* of the default class. */
export const freeRule = (setup: Setup): string => setup.classes.find((each) => each.id === 0)?.without ?? "";

const told = (rows: readonly RawTax[]): { charged: Exact | null; rate: Exact | null; classId: number | null } => ({
  charged: rows.length ? sum(rows.map((row) => of(row.line_amount))) : null,
  rate: rows.length ? sum(rows.map((row) => of(row.rate))) : null,
  classId: rows[0]?.tax_class_id ?? null,
});

export function rowsOf(raw: Raw, setup: Setup): Found {
  const held: string[] = [];
  const rows: Row[] = [];
  const charge = (kind: Charge, ex: Exact, inc: Exact, classId: number, tell: ReturnType<typeof told>) => {
    if (ex.n === 0n && inc.n === 0n) return;
    const rule = ruleOf(setup, raw, classId, { priced: true, tax: minus(inc, ex), rate: tell.rate });
    if (rule === null) held.push(`no rule for class ${classId}`);
    if (compare(inc, NOTHING) < 0 && setup.refuses.negative) held.push("a negative charge that Cin7 does not take");
    const { name, account } = setup.charges[kind];
    rows.push({
      name,
      line: null,
      quantity: 1,
      shopPrice: null,
      ex,
      inc,
      charged: tell.charged,
      rule: rule ?? "",
      account: setup.revenueAccount ?? account,
      goods: false,
    });
  };

  for (const line of raw.lines.filter((each) => each.quantity > 0)) {
    const [ex, inc] = [four(line.total_ex_tax), four(line.total_inc_tax)];
    const base = { line: line.id, quantity: line.quantity, ex, inc };
    if (line.type === "giftcertificate") {
      const { name, account } = setup.charges.certificate;
      rows.push({ ...base, name, account, charged: NOTHING, rule: freeRule(setup), shopPrice: null, goods: false });
      continue;
    }
    if (compare(ex, NOTHING) < 0 || compare(inc, NOTHING) < 0) held.push("a line below zero");
    const tell = told(raw.taxes.filter((row) => row.line_item_type === "item" && row.order_product_id === line.id));
    const classId = tell.classId ?? raw.classOfProduct[line.product_id] ?? 0;
    const rule = ruleOf(setup, raw, classId, { priced: ex.n !== 0n || inc.n !== 0n, tax: minus(inc, ex), rate: tell.rate });
    if (rule === null) held.push(`no rule for class ${classId}`);
    const known = !setup.unknown.includes(line.sku);
    if (!known && setup.unknownSku === "hold") held.push("unknown SKU");
    const account = known ? setup.productAccount : setup.charges.unlisted.account;
    rows.push({
      ...base,
      name: known ? line.sku : line.name,
      charged: tell.charged,
      rule: rule ?? "",
      account: setup.revenueAccount ?? account,
      shopPrice: four(raw.order.is_tax_inclusive_pricing ? line.price_inc_tax : line.price_ex_tax),
      goods: true,
    });
  }

  const several = raw.shipping.length > 1;
  for (const each of raw.shipping)
    charge(
      "shipping",
      four(each.cost_ex_tax),
      four(each.cost_inc_tax),
      each.cost_tax_class_id,
      told(raw.taxes.filter((row) => row.line_item_type === "shipping" && (!several || row.order_address_id === each.id))),
    );
  for (const each of raw.shipping)
    charge(
      "handling",
      four(each.handling_cost_ex_tax),
      four(each.handling_cost_inc_tax),
      each.handling_cost_tax_class_id,
      told(raw.taxes.filter((row) => row.line_item_type === "handling" && (!several || row.order_address_id === each.id))),
    );
  wrapping(raw, charge);
  const one = raw.fees.length === 1;
  const feeRows = raw.taxes.filter((row) => row.line_item_type === "fee");
  for (const fee of raw.fees)
    charge("fee", four(fee.cost_ex_tax), four(fee.cost_inc_tax), fee.tax_class_id, one ? told(feeRows) : told([]));
  return { rows, held };
}

/** Taxed like the line that it wraps: lines of several tax classes make a charge each, where the tax rows tell the class. */
function wrapping(
  raw: Raw,
  charge: (kind: "wrapping", ex: Exact, inc: Exact, classId: number, tell: ReturnType<typeof told>) => void,
): void {
  const wrapped = raw.lines.filter((line) => line.quantity > 0 && of(line.wrapping_cost_inc_tax).n > 0n);
  if (wrapped.length === 0) return;
  const rows = raw.taxes.filter((row) => row.line_item_type === "gift-wrapping");
  const classOf = (id: number) => rows.find((row) => row.order_product_id === id)?.tax_class_id ?? null;
  const classes = [...new Set(wrapped.map((line) => classOf(line.id)))];
  const add = (lines: typeof wrapped, classId: number, tell: ReturnType<typeof told>) =>
    charge(
      "wrapping",
      lines.map((line) => four(line.wrapping_cost_ex_tax)).reduce(plus),
      lines.map((line) => four(line.wrapping_cost_inc_tax)).reduce(plus),
      classId,
      tell,
    );
  if (classes.includes(null) || classes.length === 1) {
    add(wrapped, classes[0] ?? Number(raw.order["wrapping_cost_tax_class_id"] ?? 0), told(rows));
    return;
  }
  for (const classId of classes)
    add(
      wrapped.filter((line) => classOf(line.id) === classId),
      classId ?? 0,
      told(rows.filter((row) => row.tax_class_id === classId)),
    );
}
