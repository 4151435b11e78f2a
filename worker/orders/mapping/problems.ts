import type { ChargeKey } from "../../contract/index.ts";
import { setupAt } from "../../contract/setup-pages.ts";
import { defineProblems, type ProblemOf, perOrder, type Said } from "../../problems/define-problem.ts";
import {
  type About,
  go,
  isHeld,
  Named,
  named,
  one,
  open,
  openOne,
  order,
  others,
  process,
  processIt,
  tell,
} from "../../problems/phrases.ts";
import { type UnclearMoney, whyUnclear } from "./amounts/unclear-money.ts";

declare module "../../problems/define-problem.ts" {
  interface ProblemKinds {
    "tax-unmapped": { classId: number; className: string; side: "with" | "without" };
    "charge-missing": { charge: ChargeKey };
    "sku-unknown": { sku: string; name: string; held: boolean };
    /** `ours`: what the parts of the order make; `of`: of its coupons alone. */
    "total-differs": { orderId: number; ours: string; theirs: string; currency: string; what: string; of?: "coupons" };
    /** Something in it is below zero, and nothing that Cin7 takes can stand for it. */
    "below-zero": { orderId: number; what: "line" | "charge"; name: string };
    "currency-unsupported": { currency: string; base: string };
    "currency-customer-missing": { currency: string };
    "several-addresses": { orderId: number; count: number };
    "order-malformed": { orderId: number; fields: string[] };
    "payment-differs": { orderId: number; paid: string; total: string; currency: string };
    /** Paid in the shop, and nothing of it could be posted. */
    "payment-unclear": { orderId: number; parts: UnclearMoney[] };
  }
}

const CHARGES: Record<ChargeKey, string> = {
  shipping: "shipping",
  handling: "handling",
  wrapping: "gift wrapping",
  fee: "order fees",
  discount: "discounts",
  coupon: "coupons",
  "gift-certificate": "gift certificates",
  rounding: "rounding",
  unlisted: "products that Cin7 Core does not know",
};

/** What keeps an order from becoming a sale: gaps in Setup, and figures that do not agree. */
export const mappingProblems = defineProblems({
  "tax-unmapped": {
    key: ({ classId, side }) => `${classId}:${side}`,
    holds: true,
    area: "finance",
    label: "tax",
    urgency: "orders",
    alert: "now",
    words: ({ classId, className, side }, about) => ({
      title: isHeld(order(about), `no Cin7 tax rule for "${className}"${side === "with" ? "" : " when no tax was charged"}.`),
      text: tell(about, "Choose a tax rule"),
      remedies: [{ label: "Choose a tax rule", to: setupAt("tax.classes"), answer: { is: "tax-rule", classId, className, side } }],
    }),
  },
  "charge-missing": {
    key: ({ charge }) => charge,
    holds: true,
    area: "finance",
    label: "charge item",
    urgency: "orders",
    alert: "now",
    words: ({ charge }, about) => ({
      title: isHeld(order(about), `no charge item in Cin7 for ${CHARGES[charge]}.`),
      text: tell(about, "Find or create the charge item"),
      remedies: [{ label: "Set up charges", to: setupAt("charges.items") }],
    }),
  },
  "sku-unknown": {
    // Lines without a SKU are told apart by their name.
    key: ({ sku, name }) => sku || name,
    holds: (problem) => problem.held,
    area: "shop",
    label: "SKU",
    urgency: { held: "orders", told: "notice" },
    // Where Setup sends unknown SKUs as a line without stock; those that hold are told of at once.
    alert: "daily",
    words: (problem, about) => (problem.held ? unknownAndHeld(problem, about) : unknownAndCarried(problem, about)),
  },
  "total-differs": {
    key: perOrder,
    holds: true,
    area: "finance",
    label: ({ what }) => `total differs by ${what}`,
    urgency: "orders",
    alert: "now",
    words: ({ orderId, ours, theirs, currency, what, of }) => ({
      title: isHeld(named(orderId), `the total differs by ${what}.`),
      text:
        of === "coupons"
          ? `BigCommerce says that coupons gave ${theirs} ${currency}, the coupons of the order make ${ours}. It is not sent, so that no coupon stands in the books with another figure. Stock is held. Look at the order in BigCommerce; or choose in Setup that discounts go without coupon codes, then process it.`
          : `BigCommerce says ${theirs} ${currency}, its lines and charges less its discounts make ${ours}. It is not sent, so that the books never differ from the shop. Stock is held. Look at the order in BigCommerce; if the difference is rounding, raise the limit in Setup, then process it.`,
      remedies: [
        ...one(orderId),
        of === "coupons"
          ? { label: "Change how discounts go", to: setupAt("charges.loadCouponCodes") }
          : { label: "Change the rounding limit", to: setupAt("rounding.cap") },
      ],
    }),
  },
  "below-zero": {
    key: perOrder,
    holds: true,
    area: "finance",
    label: "below zero",
    urgency: "orders",
    alert: "now",
    words: ({ orderId, what, name }) => ({
      title: isHeld(named(orderId), `"${name}" is below zero.`),
      text: `${what === "line" ? "A line of a sale in Cin7 Core cannot be below zero" : "Your Cin7 Core account takes no negative charges"}, so nothing was sent. Stock is held. Change the order in BigCommerce and process it, or enter it in Cin7 Core by hand and skip it here.`,
      remedies: one(orderId),
    }),
  },
  "payment-unclear": {
    key: perOrder,
    holds: false,
    area: "finance",
    label: "payment unclear",
    urgency: "books",
    alert: "daily",
    words: ({ orderId, parts }) => ({
      title: `${Named(orderId)} was paid, and ${parts.map(({ amount, currency }) => `${amount} ${currency}`).join(" and ")} of it ${parts.length > 1 ? "are" : "is"} not in Cin7 Core.`,
      text: `${parts.map(whyUnclear).join(" ")} Until then its invoice stays open for it.`,
      remedies: openOne(orderId),
    }),
  },
  "currency-unsupported": {
    key: ({ currency }) => currency,
    holds: true,
    area: "finance",
    label: ({ currency }) => `currency ${currency}`,
    urgency: "orders",
    alert: "now",
    words: ({ currency, base }, about) => ({
      title: isHeld(order(about), `no rate from ${currency} to ${base} is known.`),
      text: tell(about, `Give the rate for ${currency} in Setup`),
      remedies: [{ label: "Give the rate", to: setupAt("currency.rates") }, ...open(about)],
    }),
  },
  "currency-customer-missing": {
    key: ({ currency }) => currency,
    holds: true,
    area: "finance",
    label: ({ currency }) => `no customer in ${currency}`,
    urgency: "orders",
    alert: "now",
    words: ({ currency }, about) => ({
      title: isHeld(order(about), `no default customer is chosen for ${currency}.`),
      text: `A sale in Cin7 Core has the currency of its customer. ${tell(about, `Choose a default customer with ${currency}`)}`,
      remedies: [{ label: "Choose a customer", to: setupAt("customers.perCurrency") }, ...open(about)],
    }),
  },
  "several-addresses": {
    key: perOrder,
    holds: true,
    area: "warehouse",
    label: "several addresses",
    urgency: "orders",
    alert: "now",
    words: ({ orderId, count }) => ({
      title: isHeld(named(orderId), `it ships to ${count} addresses.`),
      text: "A sale in Cin7 Core has one address, so part of the goods could go to the wrong place. Stock is held. Send it as one sale if your warehouse reads the comments of each line; or ask the shopper for one address, change the order in BigCommerce and process it.",
      remedies: [
        {
          label: "Send as one sale",
          action: "send-as-one",
          orderId,
          warning: `One sale goes to Cin7 Core with the first address. Its comments begin with SHIPS TO ${count} ADDRESSES, each line says its own address, and each address has its own shipping charge. It is not picked or shipped automatically.`,
        },
        ...one(orderId),
      ],
    }),
  },
  "order-malformed": {
    key: perOrder,
    holds: true,
    area: "shop",
    label: "order could not be read",
    urgency: "orders",
    alert: "now",
    words: ({ orderId, fields }) => ({
      title: isHeld(named(orderId), `BigCommerce's answer about it could not be understood.`),
      text: `These parts are missing or odd: ${fields.slice(0, 5).join(", ")}. Nothing was sent. Process it to read it again; if it stays, send us the order number.`,
      remedies: one(orderId),
    }),
  },
  "payment-differs": {
    key: perOrder,
    holds: false,
    area: "finance",
    label: "payment differs",
    urgency: "books",
    alert: "daily",
    words: ({ orderId, paid, total, currency }) => ({
      title: `The payments of ${named(orderId)} do not make its total.`,
      text: `Paid ${paid} ${currency}, total ${total} ${currency}. The sale is in Cin7 Core; the page of the order lists each payment and whether it is there. Compare with the payment provider and put the rest right in Cin7 Core.`,
      remedies: openOne(orderId),
    }),
  },
});

type Unknown = ProblemOf<"sku-unknown">;

function unknownAndHeld({ sku, name }: Unknown, about: About): Said {
  const which = sku ? `SKU "${sku}"` : `the name "${name}", and it has no SKU`;
  return {
    title: isHeld(order(about), `Cin7 Core has no product with ${which}.`),
    text: `${others(about)}Stock is held. Give the product the same SKU on both sides and ${processIt(about.orders[0])}, or choose in Setup that such lines go without stock: then ${go(about)}.`,
    remedies: [...process(about), { label: "Choose what happens with unknown SKUs", to: setupAt("orders.unknownSku") }],
  };
}

/** Never silent, and never untrue: the warehouse will not see it (decision 1.8). */
function unknownAndCarried({ sku, name }: Unknown, about: About): Said {
  const which = sku ? `SKU "${sku}"` : `the product "${name}", which has no SKU`;
  return {
    title: `Cin7 Core does not know ${which}: ${about.orderCount > 1 ? `${about.orderCount} orders carry` : `${order(about)} carries`} it as a line without stock.`,
    text: `The amount is right, but the warehouse will not see "${name}" as stock and nothing is allocated for it. Give the product the same SKU on both sides, so that the next order finds it; ship this one by hand.`,
    remedies: open(about),
  };
}
