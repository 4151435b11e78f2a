import * as z from "zod";
import { chargeAccountProblem } from "./accounts.ts";
import { definePart, type Objection } from "./define-part.ts";
import { account, flag, RELOAD, shape, text } from "./forms.ts";
import type { Live, LiveProduct } from "./live.ts";
import { onOff, says } from "./tell.ts";

export const CHARGE_KEYS = [
  "shipping",
  "handling",
  "wrapping",
  "fee",
  "discount",
  "coupon",
  "gift-certificate",
  "rounding",
  "unlisted",
] as const;

/** What each charge is called until somebody names its item otherwise, and what it is. */
export const CHARGE_ITEMS: Record<(typeof CHARGE_KEYS)[number], { name: string; what: string }> = {
  shipping: { name: "Shipping", what: "What the shopper pays for shipping." },
  handling: { name: "Handling", what: "What the shopper pays for handling." },
  wrapping: { name: "Gift wrapping", what: "What the shopper pays for gift wrapping." },
  fee: { name: "Order fee", what: "Fees on the order, such as a surcharge; each one is a charge of its own." },
  discount: { name: "Discount", what: "Discounts without a coupon, as a negative charge under the tax rule that they reduce." },
  coupon: { name: "Coupon", what: "One negative charge for each coupon and tax rule, with the coupon's code beside it." },
  "gift-certificate": {
    name: "Gift certificate",
    what: "Gift certificates sold: money that you owe until they are used. Not revenue, no tax.",
  },
  rounding: { name: "Rounding", what: "The last fraction of a cent, so that the sale ties with the order. Never carries tax." },
  unlisted: { name: "Unlisted item", what: "A line whose SKU Cin7 Core does not know, with its full amount and without stock." },
};

export const UNKNOWN_CHARGE = "This is not a charge that Lockstep knows.";
/** `productId`, `name`: the service product ("charge item in Cin7"); `account`: its revenue account on the invoice. */
const item = shape({
  productId: text("Find or create this charge item first.", 64),
  name: text("Give the charge item the name that it has in Cin7 Core."),
  account,
});
const schema = shape({
  items: z.partialRecord(z.enum(CHARGE_KEYS, { error: UNKNOWN_CHARGE }), item, { error: RELOAD }),
  loadCouponCodes: flag,
  /** F114: discounts lower the line prices instead of being charges. */
  spreadDiscounts: flag,
});

export const charges = definePart({
  schema,
  begins: { items: {}, loadCouponCodes: true, spreadDiscounts: false },
  known: withoutLater,
  changes: {
    items: ({ say, line }, before, after) => {
      for (const key of CHARGE_KEYS) {
        const [a, b] = [before.items[key], after.items[key]];
        const label = `Charges: ${CHARGE_ITEMS[key].name}`;
        say(label, a?.name ?? null, b?.name ?? null);
        if (a && b && a.name === b.name && a.productId !== b.productId) line(`${label}: another item of the same name`);
        say(`${label}, account`, a?.account ?? null, b?.account ?? null);
      }
    },
    loadCouponCodes: says("Each coupon as a charge of its own", (part) => onOff(part.loadCouponCodes)),
    spreadDiscounts: says("Discounts lower the line prices", (part) => onOff(part.spreadDiscounts)),
  },
  from: {
    accounts: ({ items }) => CHARGE_KEYS.map((key) => items[key]?.account),
    products: ({ items }) => CHARGE_KEYS.map((key) => items[key]?.productId),
  },
  wrong: ({ items }, { accounts, products }) =>
    CHARGE_KEYS.flatMap((key): Objection[] => {
      const item = items[key];
      if (!item) return [];
      return [
        [`items.${key}.account`, accounts ? chargeAccountProblem(key, item.account, accounts) : null],
        [`items.${key}.productId`, itemProblem(item.name, productOf(item, products))],
      ];
    }),
  named: ({ items }) => CHARGE_KEYS.map((key) => [`items.${key}.productId`, items[key] ?? null]),
  withNames: (part, { products }) => {
    const items = { ...part.items };
    for (const key of CHARGE_KEYS) {
      const item = items[key];
      const product = item && productOf(item, products);
      if (item && product) items[key] = { ...item, name: product.name };
    }
    return { ...part, items };
  },
});

const productOf = ({ productId }: z.output<typeof item>, products: Live["products"]) => products?.get(productId.toLowerCase());

/** `product` undefined: it was not read. */
function itemProblem(name: string, product: LiveProduct | null | undefined): string | null {
  if (product === undefined) return null;
  if (product === null || !product.active) return `Cin7 Core no longer has "${name}" in use. Find or create it again.`;
  return product.service ? null : `"${product.name}" is a stock item in Cin7 Core. A charge item must be of type Service.`;
}

/** Without charges of a newer release. */
function withoutLater(stored: unknown): object {
  const { items, ...rest } = (stored ?? {}) as { items?: Record<string, unknown> };
  if (!items || typeof items !== "object") return { ...rest, ...(items === undefined ? {} : { items }) };
  return { ...rest, items: Object.fromEntries(CHARGE_KEYS.flatMap((key) => (items[key] === undefined ? [] : [[key, items[key]]]))) };
}
