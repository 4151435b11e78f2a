import type { Raw, RawFee, RawLine, RawShipping, RawTax } from "./books.ts";
import type { Dice } from "./dice.ts";
import { type Exact, minus, NOTHING, of, over, plus, rounded, sum, text, times, unit } from "./exact.ts";

/**
 * Goods and their tax as a shop works them out. `tax`: each row to the cent; four decimals a row and once rounded for each rate, or
 * once for the whole order. In a shop with tax in its prices the side with tax is what was entered.
 */
export type Way = {
  inclusive: boolean;
  places: number;
  tax: "row" | "rate" | "order";
  /** Discounts of a shop without tax in its prices that are taken off the price with tax (BigCommerce's own example 218). */
  offGross: boolean;
  rates: Exact[];
  /** Tax rows come with the order. */
  told: boolean;
  toldFees: boolean;
};

type Row = { classId: number; entered: Exact; off: Exact };
type Worked = { ex: Exact; inc: Exact; tax: Exact; netEx: Exact; netInc: Exact };

const HUNDRED = of(100);
const onEx = (amount: Exact, rate: Exact) => over(times(amount, rate), HUNDRED);
const inInc = (amount: Exact, rate: Exact) => over(times(amount, rate), plus(rate, HUNDRED));

/** One row before and after its discounts; `tax` is what was charged in the end. */
function work({ classId, entered, off }: Row, way: Way): Worked {
  const rate = way.rates[classId] ?? NOTHING;
  const fine = (x: Exact) => rounded(x, way.tax === "row" ? way.places : 4);
  if (way.inclusive) {
    const gross = fine(inInc(entered, rate));
    const netInc = minus(entered, off);
    const tax = fine(inInc(netInc, rate));
    return { ex: minus(entered, gross), inc: entered, tax, netInc, netEx: minus(netInc, tax) };
  }
  const gross = fine(onEx(entered, rate));
  const inc = plus(entered, gross);
  if (way.offGross) {
    const netInc = minus(inc, off);
    const tax = off.n === 0n ? gross : fine(inInc(netInc, rate));
    return { ex: entered, inc, tax, netInc, netEx: minus(netInc, tax) };
  }
  const netEx = minus(entered, off);
  const tax = fine(onEx(netEx, rate));
  return { ex: entered, inc, tax, netEx, netInc: plus(netEx, tax) };
}

const four = (x: Exact) => text(x, 4);

/** Cents (yen, fils) as an amount. */
const minor = (n: number, places: number): Exact => times(of(n), unit(places));

type Off = { code: string | null; name: string; type: number; amounts: Exact[] };

/** An order discount over the rows by what they cost, to the cent, never more than is left of a row. */
function spread(total: Exact, worth: readonly Exact[], places: number): Exact[] {
  const whole = sum(worth);
  if (whole.n <= 0n) return worth.map(() => NOTHING);
  let left = total;
  return worth.map((each, i) => {
    const share = i === worth.length - 1 ? left : rounded(over(times(total, each), whole), places);
    const given = [share, left, each].reduce((a, b) => (minus(b, a).n < 0n ? b : a));
    left = minus(left, given);
    return given;
  });
}

export type Goods = Omit<Raw, "order" | "transactions"> & { totals: Record<string, string> };

export function drawGoods(dice: Dice, way: Way): Goods {
  const { places } = way;
  const small = dice.chance(0.25);
  const count = small ? dice.int(15, 60) : dice.int(1, 8);
  const certificates = dice.chance(0.08);
  const only = certificates && dice.chance(0.3);
  const fineRow = (n: number) => minor(n, places);

  const drafts = Array.from({ length: only ? 0 : count }, (_, i) => {
    const quantity = small ? 1 : dice.chance(0.03) ? 3000 : dice.int(1, 15);
    const unitPrice = dice.chance(0.05)
      ? NOTHING
      : dice.chance(0.15)
        ? rounded(over(of(dice.int(1, 500_000)), of(10_000)), 4)
        : fineRow(Math.ceil(dice.int(1, small ? 250 : 20_000) * (places === 0 ? 0.5 : 1)));
    const entered = rounded(times(unitPrice, of(quantity)), places);
    return {
      id: 11 + i,
      sku: `S${i}`,
      type: "physical" as const,
      quantity,
      unitPrice,
      entered,
      classId: dice.int(0, way.rates.length - 1),
    };
  });
  const sold = certificates
    ? [{ id: 11 + drafts.length, sku: "", type: "giftcertificate" as const, quantity: 1, unitPrice: of(50), entered: of(50), classId: -1 }]
    : [];
  const all = [...drafts, ...sold];

  // Discounts: coupons on goods, a manual one.
  const worth = drafts.map(({ entered, classId }) =>
    way.offGross && !way.inclusive ? work({ classId, entered, off: NOTHING }, way).inc : entered,
  );
  const goods = sum(worth);
  const offs: Off[] = [];
  let left = worth;
  const take = (code: string | null, name: string, type: number, percent: number) => {
    const amounts = spread(rounded(over(times(goods, of(percent)), HUNDRED), places), left, places);
    left = left.map((each, i) => minus(each, amounts[i] ?? NOTHING));
    if (sum(amounts).n > 0n) offs.push({ code, name, type, amounts });
  };
  if (dice.chance(0.4)) take("SAVE", "Save", dice.pick([0, 1, 2, 5]), dice.int(1, 40));
  if (dice.chance(0.15)) take("MORE", "More", dice.pick([1, 2]), dice.int(1, 30));
  if (dice.chance(0.2)) take(null, "Manual Discount", -1, dice.chance(0.1) && !offs.length ? 100 : dice.int(1, 25));

  const offOf = (i: number) => sum(offs.map((off) => off.amounts[i] ?? NOTHING));
  const lineWork = all.map(({ entered, classId }, i) => work({ classId, entered, off: i < drafts.length ? offOf(i) : NOTHING }, way));
  const wraps = all.map(({ type, classId }) =>
    type === "physical" && dice.chance(small ? 0.05 : 0.15)
      ? work({ classId, entered: fineRow(dice.int(1, 900)), off: NOTHING }, way)
      : null,
  );
  const addresses = drafts.length === 0 ? 0 : dice.chance(0.1) ? 2 : 1;
  const shipClass = dice.int(0, way.rates.length - 1);
  const shipWork = Array.from({ length: addresses }, () =>
    work({ classId: shipClass, entered: fineRow(dice.chance(0.2) ? 0 : dice.int(1, 3000)), off: NOTHING }, way),
  );
  const handClass = dice.int(0, way.rates.length - 1);
  const hand = work(
    { classId: handClass, entered: addresses && dice.chance(0.25) ? fineRow(dice.int(1, 500)) : NOTHING, off: NOTHING },
    way,
  );
  const fees = Array.from({ length: dice.pick([0, 0, 0, 1, 2]) }, (_, i) => {
    const classId = dice.int(0, way.rates.length - 1);
    const negative = !only && dice.chance(0.15) && goods.n > 0n;
    return {
      id: 71 + i,
      classId,
      negative,
      worked: work({ classId, entered: fineRow((negative ? -1 : 1) * dice.int(1, 400)), off: NOTHING }, way),
    };
  });

  const rows: { classId: number; worked: Worked }[] = [
    ...all.map(({ classId }, i) => ({ classId, worked: lineWork[i] as Worked })),
    ...wraps.flatMap((worked, i) => (worked ? [{ classId: all[i]?.classId ?? 0, worked }] : [])),
    ...shipWork.map((worked) => ({ classId: shipClass, worked })),
    { classId: handClass, worked: hand },
    ...fees.map(({ classId, worked }) => ({ classId, worked })),
  ];
  const taxOfClass = (id: number) => sum(rows.filter((row) => row.classId === id).map((row) => row.worked.tax));
  const exactTax = sum(rows.map((row) => row.worked.tax));
  const totalTax = way.tax === "order" ? rounded(exactTax, places) : sum(way.rates.map((_, id) => rounded(taxOfClass(id), places)));
  const totalInc =
    way.inclusive || way.offGross
      ? rounded(sum(rows.map((row) => row.worked.netInc)), places)
      : plus(rounded(sum(rows.map((row) => row.worked.netEx)), places), totalTax);
  const totalEx = minus(totalInc, totalTax);

  const both = (name: string, worked: readonly Worked[]) => ({
    [`${name}_ex_tax`]: four(sum(worked.map((w) => w.ex))),
    [`${name}_inc_tax`]: four(sum(worked.map((w) => w.inc))),
    [`${name}_tax`]: four(sum(worked.map((w) => minus(w.inc, w.ex)))),
  });
  const showsApplied = dice.chance(0.7);
  const taxes: RawTax[] = [];
  const tell = (classId: number, type: RawTax["line_item_type"], line: number | null, address: number, tax: Exact) =>
    taxes.push({
      order_product_id: line,
      order_address_id: address,
      tax_class_id: classId,
      name: "GST",
      class: `Class ${classId}`,
      rate: four(way.rates[classId] ?? NOTHING),
      line_amount: four(tax),
      line_item_type: type,
    });
  const lines = all.map((line, i): RawLine => {
    const w = lineWork[i] as Worked;
    const wrap = wraps[i];
    const per = (x: Exact) => four(over(x, of(line.quantity)));
    if (way.told && line.type === "physical") {
      tell(line.classId, "item", line.id, 501, w.tax);
      if (wrap) tell(line.classId, "gift-wrapping", line.id, 501, wrap.tax);
    }
    const price = four(line.unitPrice);
    return {
      id: line.id,
      product_id: line.type === "physical" ? 100 + line.id : 0,
      sku: line.sku,
      name: line.type === "physical" ? `Product ${line.sku}` : "Gift certificate 50.00",
      type: line.type,
      quantity: line.quantity,
      price_ex_tax: way.inclusive ? per(w.ex) : price,
      price_inc_tax: way.inclusive ? price : per(w.inc),
      total_ex_tax: four(w.ex),
      total_inc_tax: four(w.inc),
      total_tax: four(w.tax),
      wrapping_name: wrap ? "Paper" : "",
      wrapping_cost_ex_tax: four(wrap?.ex ?? NOTHING),
      wrapping_cost_inc_tax: four(wrap?.inc ?? NOTHING),
      wrapping_cost_tax: four(wrap?.tax ?? NOTHING),
      order_address_id: line.type === "physical" ? 501 + (addresses === 2 ? i % 2 : 0) : 0,
      applied_discounts: showsApplied
        ? offs.flatMap(({ code, name, amounts }) => {
            const amount = amounts[i] ?? NOTHING;
            return amount.n > 0n ? [{ id: code ?? "manual-discount", amount: four(amount), name, code, target: "order" }] : [];
          })
        : [],
    };
  });
  const shipping = shipWork.map((w, i): RawShipping => {
    if (way.told && w.inc.n > 0n) tell(shipClass, "shipping", null, 501 + i, w.tax);
    return {
      id: 501 + i,
      shipping_method: "Flat Rate",
      cost_ex_tax: four(w.ex),
      cost_inc_tax: four(w.inc),
      cost_tax: four(w.tax),
      cost_tax_class_id: shipClass,
      handling_cost_ex_tax: four(i === 0 ? hand.ex : NOTHING),
      handling_cost_inc_tax: four(i === 0 ? hand.inc : NOTHING),
      handling_cost_tax: four(i === 0 ? hand.tax : NOTHING),
      handling_cost_tax_class_id: handClass,
    };
  });
  if (way.told && hand.inc.n > 0n) tell(handClass, "handling", null, 501, hand.tax);
  const rawFees = fees.map(({ id, classId, worked }): RawFee => {
    if (way.told && way.toldFees) tell(classId, "fee", null, 501, worked.tax);
    return {
      id,
      type: "custom_fee",
      display_name_merchant: `Fee ${id}`,
      cost_ex_tax: four(worked.ex),
      cost_inc_tax: four(worked.inc),
      cost_tax: four(worked.tax),
      tax_class_id: classId,
    };
  });
  const coupons = offs.filter((off) => off.code !== null);
  return {
    lines,
    shipping,
    fees: rawFees,
    taxes,
    coupons: coupons.map((off, i) => ({
      id: 31 + i,
      code: off.code ?? "",
      amount: four(sum(off.amounts)),
      type: off.type,
      discount: four(sum(off.amounts)),
    })),
    classOfProduct: Object.fromEntries(drafts.map((line) => [100 + line.id, line.classId])),
    totals: {
      ...both("subtotal", lineWork),
      ...both("shipping_cost", shipWork),
      shipping_cost_tax_class_id: String(shipClass),
      ...both("handling_cost", [hand]),
      handling_cost_tax_class_id: String(handClass),
      ...both(
        "wrapping_cost",
        wraps.filter((w) => w !== null),
      ),
      wrapping_cost_tax_class_id: String(all[0]?.classId ?? 0),
      total_ex_tax: four(totalEx),
      total_inc_tax: four(totalInc),
      total_tax: four(totalTax),
      discount_amount: four(sum(offs.filter((off) => off.code === null).flatMap((off) => off.amounts))),
      coupon_discount: four(sum(coupons.flatMap((off) => off.amounts))),
    },
  };
}
