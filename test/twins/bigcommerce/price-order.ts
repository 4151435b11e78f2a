import Big from "big.js";
import { cents, couponShares, orderShares, type Row, type Sides, sum, unitPrices, type Worked, work, ZERO } from "./order-maths.ts";
import type { Amount, CouponForm, LineForm, OrderForm, ShippingForm } from "./order-types.ts";
import type { Coupon, Product, Store, TaxClass, Variant } from "./state.ts";

/** What an order form comes to: every row worked out, nothing yet written in the API's shapes. */
export type PricedLine = {
  form: LineForm;
  product: Product | null;
  variant: Variant | null;
  quantity: number;
  unit: Sides;
  taxClass: TaxClass;
  rate: Big;
  worked: Worked;
  wrapping: Worked;
  discounts: { id: string; amount: Big; name: string; code: string | null; target: "order" | "product" }[];
  child: boolean;
};

export type PricedOrder = {
  lines: PricedLine[];
  shipping: { form: ShippingForm; taxClass: TaxClass; rate: Big; worked: Worked }[];
  handling: { taxClass: TaxClass; rate: Big; worked: Worked };
  fees: { name: string; taxClassId: number | null; rate: Big; taxClass: TaxClass; worked: Worked }[];
  coupons: (Coupon & { given: Big })[];
  discountAmount: Big;
  couponDiscount: Big;
};

export class BadOrder extends Error {}

const big = (value: Amount | undefined): Big => new Big(value ?? 0);

const COUPON_TYPES: Record<string, number> = {
  "per-item": 0,
  percentage: 1,
  "per-total": 2,
  shipping: 3,
  "free-shipping": 4,
  promotion: 5,
};

function findSku(store: Store, sku: string): { product: Product; variant: Variant } | null {
  const wanted = sku.toLowerCase();
  for (const product of Object.values(store.products)) {
    const variant = product.variants.find((other) => other.sku.toLowerCase() === wanted);
    if (variant) return { product, variant };
  }
  return null;
}

function findLine(store: Store, form: LineForm): { product: Product | null; variant: Variant | null } {
  if (form.custom || form.giftCertificate) return { product: null, variant: null };
  if (form.productId) {
    const product = store.products[form.productId];
    if (!product) throw new BadOrder(`The product ${form.productId} does not exist.`);
    return { product, variant: product.variants.find((variant) => variant.id === form.variantId) ?? product.variants[0] ?? null };
  }
  const found = form.sku ? findSku(store, form.sku) : null;
  if (found) return found;
  if (form.name && form.price !== undefined) return { product: null, variant: null };
  throw new BadOrder(`No product has the SKU ${form.sku ?? "(none)"}.`);
}

function couponOf(store: Store, form: CouponForm): Coupon {
  if (typeof form === "string") {
    const known = store.coupons.find((coupon) => coupon.code.toLowerCase() === form.toLowerCase());
    if (!known) throw new BadOrder(`The coupon ${form} does not exist.`);
    return known;
  }
  const known = store.coupons.find((coupon) => coupon.code.toLowerCase() === form.code.toLowerCase());
  const type = typeof form.type === "number" ? form.type : (COUPON_TYPES[form.type ?? ""] ?? known?.type ?? 2);
  return { id: known?.id ?? 900, code: form.code, type, amount: String(form.amount ?? known?.amount ?? 0), name: known?.name ?? form.code };
}

function shippingForms(form: OrderForm, addresses: number): ShippingForm[] {
  if (addresses === 0) return [];
  const { shipping } = form;
  if (Array.isArray(shipping)) return Array.from({ length: addresses }, (_, index) => shipping[index] ?? { cost: 0 });
  const first: ShippingForm = typeof shipping === "object" ? shipping : { cost: shipping ?? "9.95" };
  return Array.from({ length: addresses }, (_, index) => (index === 0 ? first : { ...first, cost: 0 }));
}

/** `taxed`: the order goes to the zone the store taxes; elsewhere every rate is 0. */
export function priceOrder(store: Store, form: OrderForm, addresses: number, taxed: boolean, discountBasis: string): PricedOrder {
  const inclusive = store.pricesIncludeTax;
  const classOf = (id: number | null | undefined): TaxClass => {
    const found = store.taxClasses.find((taxClass) => taxClass.id === (id ?? 0)) ?? store.taxClasses[0];
    if (!found) throw new BadOrder("The store has no tax class.");
    return found;
  };
  const rateOf = (taxClass: TaxClass) => (taxed ? new Big(taxClass.rate) : ZERO);

  const found = form.lines.flatMap((line) => {
    const parent = { line, child: false, ...findLine(store, line) };
    const children = (line.children ?? []).map((child) => {
      const childLine: LineForm = {
        sku: child.sku,
        quantity: (child.quantity ?? 1) * (line.quantity ?? 1),
        price: 0,
        address: line.address,
      };
      return { line: childLine, child: true, ...findLine(store, childLine) };
    });
    return [parent, ...children];
  });
  const basics = found.map(({ line, product, variant, child }) => {
    const quantity = line.quantity ?? 1;
    const price = new Big(line.price ?? variant?.price ?? product?.price ?? 0);
    const taxClass = classOf(line.taxClassId ?? product?.tax_class_id);
    // Selling a voucher is no supply: it is taxed when it is spent.
    const rate = line.giftCertificate ? ZERO : rateOf(taxClass);
    return { line, product, variant, child, quantity, price, taxClass, rate, amount: cents(price.times(quantity)) };
  });
  const discountable = basics.map(({ line, amount, quantity }) => ({ amount: line.giftCertificate ? ZERO : amount, quantity }));

  const own = basics.map(({ line }) => big(line.discount));
  const manual = form.discount ? orderShares(big(form.discount), discountable) : basics.map(() => ZERO);
  const coupons = [form.coupon ?? [], form.coupons ?? []].flat().map((given) => couponOf(store, given));
  const couponed = coupons.map((coupon) => couponShares({ type: coupon.type, amount: new Big(coupon.amount) }, discountable));
  const discounts = basics.map(({ amount }, index) => {
    const wanted = [own[index] ?? ZERO, manual[index] ?? ZERO, ...couponed.map((shares) => shares[index] ?? ZERO)];
    let left = amount;
    return wanted.map((value) => {
      const given = value.gt(left) ? left : value;
      left = left.minus(given);
      return given;
    });
  });

  const shippingForm = shippingForms(form, addresses);
  const onShipping = coupons.map(() => ZERO);
  const shippingCosts = shippingForm.map(({ cost }) => {
    let left = big(cost);
    coupons.forEach(({ type, amount }, index) => {
      if (type !== 3 && type !== 4) return;
      const off = type === 4 || big(amount).gt(left) ? left : big(amount);
      onShipping[index] = (onShipping[index] ?? ZERO).plus(off);
      left = left.minus(off);
    });
    return left;
  });

  // One working over all rows: tax is rounded once per rate for the whole order.
  const rows: Row[] = [];
  const add = (amount: Big, rate: Big, discount = ZERO) => rows.push({ amount, discount, rate }) - 1;
  const itemRows = basics.map(({ amount, rate }, index) => add(amount, rate, sum(discounts[index] ?? [])));
  const wrapRows = basics.map(({ line, rate }, index) => add(big(line.wrapping).plus(index === 0 ? big(form.wrapping) : 0), rate));
  const shippingClasses = shippingForm.map(({ taxClassId }) => classOf(taxClassId));
  const shippingRows = shippingCosts.map((cost, index) => add(cost, rateOf(shippingClasses[index] ?? classOf(0))));
  const handlingRow = add(big(form.handling), rateOf(classOf(0)));
  const feeForms = form.fees ?? [];
  const feeRows = feeForms.map((fee) => add(big(fee.amount), rateOf(classOf(fee.taxClassId))));
  const worked = work(rows, inclusive, inclusive || discountBasis === "inclusive");
  const at = (index: number | undefined): Worked => {
    const row = index === undefined ? undefined : worked[index];
    if (!row) throw new Error("a row was not worked out");
    return row;
  };

  const lines = basics.map(({ line, product, variant, child, quantity, price, taxClass, rate }, index): PricedLine => {
    const [ownGiven = ZERO, manualGiven = ZERO, ...couponsGiven] = discounts[index] ?? [];
    const applied: PricedLine["discounts"] = [
      { id: "1", amount: ownGiven, name: "Product discount", code: null, target: "product" as const },
      { id: "manual-discount", amount: manualGiven, name: "Manual Discount", code: null, target: "order" as const },
      ...coupons.map(({ type, name, code }, at) => {
        const id = type === 2 || type === 5 ? "total-coupon" : "coupon";
        return { id, amount: couponsGiven[at] ?? ZERO, name, code, target: "order" as const };
      }),
    ].filter(({ amount }) => amount.gt(0));
    return {
      form: line,
      product,
      variant,
      child,
      quantity,
      unit: unitPrices(price, rate, inclusive),
      taxClass,
      rate,
      worked: at(itemRows[index]),
      wrapping: at(wrapRows[index]),
      discounts: applied,
    };
  });
  const onGoods = coupons.map((_, at) => sum(discounts.map((given) => given[2 + at] ?? ZERO)));
  return {
    lines,
    shipping: shippingForm.map((shipping, index) => {
      const taxClass = shippingClasses[index] ?? classOf(0);
      return { form: shipping, taxClass, rate: rateOf(taxClass), worked: at(shippingRows[index]) };
    }),
    handling: { taxClass: classOf(0), rate: rateOf(classOf(0)), worked: at(handlingRow) },
    fees: feeForms.map((fee, index) => ({
      name: fee.name ?? "Fee",
      taxClassId: fee.taxClassId === undefined ? 0 : fee.taxClassId,
      rate: rateOf(classOf(fee.taxClassId)),
      taxClass: classOf(fee.taxClassId),
      worked: at(feeRows[index]),
    })),
    coupons: coupons.map((coupon, at) => ({ ...coupon, given: (onGoods[at] ?? ZERO).plus(onShipping[at] ?? ZERO) })),
    discountAmount: sum(discounts.map((given) => (given[0] ?? ZERO).plus(given[1] ?? ZERO))),
    couponDiscount: sum(onGoods),
  };
}
