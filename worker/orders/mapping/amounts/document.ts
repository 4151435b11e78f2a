import Big from "big.js";
import { type Decimal, inCurrency, largestRemainder, plain, sum, ZERO } from "../../../lib/money.ts";
import { type Findings, itemFor } from "../collector.ts";
import type { DraftCharge, DraftLine, MappingInput, Origin } from "../sale-draft.ts";
import { fit } from "../truncate.ts";
import { type DiscountPart, discountsOf } from "./discounts.ts";
import { four, type Row, sideOf, taxOf } from "./order-row.ts";
import type { Figures } from "./read-amounts.ts";
import { roundingCharge } from "./rounding.ts";
import { taxesOf } from "./row-taxes.ts";
import { type Money, unitPrices } from "./unit-prices.ts";

export type Document = { lines: DraftLine[]; charges: DraftCharge[] };

/**
 * Rows to lines and charges whose sum is the order's total exactly (M1): discounts (M2), tax to the cent (M3), rounding (M4).
 * What does not tie is a problem with both figures; the document is then not to be used.
 */
export function documentOf(given: readonly Row[], f: Figures, currency: string, input: MappingInput, found: Findings): Document {
  const { settings, snapshot } = input;
  const inclusive = snapshot.order.is_tax_inclusive_pricing ?? false;
  const differs = (ours: Decimal, theirs: Decimal, where: string, of?: "coupons") =>
    found.problems.push({
      kind: "total-differs",
      orderId: snapshot.order.id,
      ours: shown(ours, currency),
      theirs: shown(theirs, currency),
      currency,
      what: `${shown(ours.minus(theirs).abs(), currency)} ${where}`,
      ...(of ? { of } : {}),
    });
  if (!f.inc.eq(f.shownInc)) differs(f.inc, f.shownInc, "in decimals that the currency does not have");
  if (f.ex.minus(f.shownEx).abs().gt(f.cap)) differs(f.ex, f.shownEx, "between its total, its tax and its net total");

  const discounts = discountsOf(given, snapshot, f, inclusive, settings.charges.loadCouponCodes);
  if (discounts.is === "differs") differs(discounts.ours, discounts.theirs, discounts.where, discounts.of);
  const spread = discounts.is === "parts" && (input.negativeChargesRefused === true || settings.charges.spreadDiscounts);
  const rows = spread ? lowered(given, discounts.perRow, inclusive) : given;
  if (spread) {
    const why = input.negativeChargesRefused
      ? "Cin7 Core takes no negative charges in this account, so the discount lowers the prices of this sale's lines."
      : "Setup says that discounts lower the prices of the lines.";
    found.decisions.push({ label: "Discount", value: "In the line prices", why });
  }

  const taxOff = discounts.is === "parts" && !spread ? { perRow: discounts.taxPerRow, parts: discounts.parts } : null;
  const settled = discounts.is === "differs" ? null : taxesOf(rows, { tax: f.tax, places: f.places, inclusive }, taxOff);
  if (settled === null && discounts.is !== "differs") differs(sum(rows.map(taxOf)), f.tax, "in its tax");
  const taxes = settled?.rows ?? rows.map(() => ZERO);

  // A sale holds no line below zero, a charge only where the account takes it: told before anything of it is in Cin7.
  const below = rows.find((row) => sideOf(row, inclusive).lt(0) && (row.to.as === "line" || input.negativeChargesRefused));
  if (below) {
    const what = below.to.as === "line" ? "line" : "charge";
    found.problems.push({ kind: "below-zero", orderId: snapshot.order.id, what, name: below.comment || below.to.name });
  }

  const off = discounts.is === "parts" && !spread ? sum(discounts.parts.map((part) => part.side)) : ZERO;
  const { negativeChargesRefused = false, zeroPriceRefused = false } = input;
  const money = unitPrices(rows, {
    inclusive,
    target: (inclusive ? f.inc : f.ex).plus(off),
    cap: f.cap,
    places: f.places,
    spread,
    negativeChargesRefused,
    zeroPriceRefused,
  });
  const priced = rows.flatMap((row, i) => asOneOrTwo(row, money[i] as Money[], taxes[i] as Decimal, f.places));
  const onlyCertificates = rows.every((row) => row.kind !== "product");
  const isLine = ({ row }: { row: Row }) => row.to.as === "line" || (onlyCertificates && row.kind === "gift-certificate");
  const lines = priced.filter(isLine).map((p) => lineOf(p));
  const charges = priced.filter((p) => !isLine(p)).map((p) => chargeOf(p, f.places));
  if (discounts.is === "parts" && !spread)
    discounts.parts.forEach((part, i) => {
      const tax = settled?.parts[i] ?? ZERO;
      if (!part.side.eq(0) || !tax.eq(0)) charges.push(discountCharge({ ...part, tax, places: f.places }, given, inclusive, input, found));
    });

  if (discounts.is !== "differs") {
    const total = sum([...lines, ...charges].map((each) => new Big(each.total)));
    const left = (inclusive ? f.inc : f.ex).minus(total);
    const rounding = roundingCharge(left, f.cap, settings, currency, found);
    if (rounding === false) differs(total, total.plus(left), "after rounding");
    else if (rounding) charges.push(rounding);
  }
  return { lines, charges };
}

/** With the currency's decimals where they say it all, else with those that the figure has: a difference is never *0.00*. */
function shown(amount: Decimal, currency: string): string {
  const short = inCurrency(amount, currency);
  return new Big(short).eq(amount) ? short : plain(amount.round(6, Big.roundHalfUp));
}

/** The fallback of M2 and J3: each row loses its share of the discount on its own side, its tax follows. */
function lowered(rows: readonly Row[], perRow: readonly Decimal[], inclusive: boolean): Row[] {
  return rows.map((row, i) => {
    const share = perRow[i] as Decimal;
    const side = sideOf(row, inclusive);
    if (share.eq(0) || side.eq(0)) return row;
    const left = side.minus(share);
    const other = four(left.times(inclusive ? row.ex : row.inc).div(side));
    return { ...row, ex: inclusive ? other : left, inc: inclusive ? left : other };
  });
}

type Priced = { row: Row; money: Money; tax: string };

/** Its tax goes with the price; a row of two says what of it is which. */
function asOneOrTwo(row: Row, money: readonly Money[], tax: Decimal, places: number): Priced[] {
  const taxes = largestRemainder(
    tax,
    money.map(({ total }) => new Big(total)),
    places,
  );
  return money.map((each, i): Priced => {
    const { quantity, total } = each;
    const mine = plain(taxes[i] as Decimal);
    const from = row.from.map((origin) => (money.length > 1 ? { ...origin, share: { quantity, total, tax: mine } } : origin));
    return { row: { ...row, from }, money: each, tax: mine };
  });
}

const rateOf = ({ rate }: Row): { taxRate?: string } => (rate ? { taxRate: plain(rate) } : {});

/** A certificate is a line where the sale has nothing else to be a line (M7: certificates only). */
function lineOf({ row, money, tax }: Priced): DraftLine {
  const { to, taxRule, account, comment } = row;
  const product =
    to.as === "line" ? { productId: to.productId, sku: to.sku, name: to.name } : { productId: to.productId, sku: "", name: to.name };
  return { ...product, ...money, tax, taxRule, ...rateOf(row), account, comment, why: row.taxWhy, from: row.from };
}

function chargeOf({ row, money, tax }: Priced, places: number): DraftCharge {
  const { taxRule, account, comment, to } = row;
  return {
    description: to.name,
    productId: to.productId,
    sku: "",
    ...money,
    tax,
    taxRule,
    ...rateOf(row),
    account: account ?? "",
    comment,
    why: row.taxWhy,
    from: sharesOf(row, money.total, tax, places),
  };
}

/** Several lines in one charge (wrapping): what of it is each one's. */
function sharesOf({ from, weights }: Row, total: string, tax: string, places: number): Origin[] {
  if (from.length < 2 || !weights) return from;
  const totals = largestRemainder(new Big(total), weights, 4);
  const taxes = largestRemainder(new Big(tax), weights, places);
  return from.map((origin, i) => ({ ...origin, share: { total: plain(totals[i] as Decimal), tax: plain(taxes[i] as Decimal) } }));
}

/** Per coupon, with its code in the comment, else one *Discount* per tax rule (F39, F114). Inclusive: price = net + tax. */
function discountCharge(
  part: DiscountPart & { tax: Decimal; places: number },
  rows: readonly Row[],
  inclusive: boolean,
  { settings }: MappingInput,
  found: Findings,
): DraftCharge {
  const charge = part.code === null ? "discount" : "coupon";
  const item = itemFor(settings, charge, found);
  const taxes = largestRemainder(
    part.tax,
    part.over.map(({ exactTax }) => exactTax),
    part.places,
  );
  const price = plain(part.side.times(-1));
  const why = `${part.taxWhy}; ${inclusive ? "with" : "without"} tax, what is left over between the lines and the order's total`;
  return {
    description: item.name,
    productId: item.productId,
    sku: "",
    price,
    quantity: "1",
    discount: "0",
    tax: plain(part.tax.times(-1)),
    taxRule: part.taxRule,
    total: price,
    account: settings.invoice.revenueAccount ?? item.account,
    comment: fit(part.code ?? part.names.join(", "), 1024, "Comment of the discount", found.losses),
    why,
    from: part.over.map(({ row, side }, i) => ({
      ...placeOf(rows[row] as Row),
      charge,
      share: { total: plain(side.times(-1)), tax: plain((taxes[i] as Decimal).times(-1)) },
    })),
  };
}

/** Whose price a discount lowers: a line, or an address's shipping. */
const placeOf = ({ from: [first] }: Row): Origin => ({
  ...(first?.line === undefined ? {} : { line: first.line }),
  ...(first?.address === undefined ? {} : { address: first.address }),
});
