import type { Charge, Method, Setup } from "./books.ts";
import type { Dice } from "./dice.ts";

/** A merchant's choices, every position of those that touch money. */
export const CURRENCIES = ["AUD", "USD", "JPY", "KWD"] as const;
const PLACES: Record<string, number> = { AUD: 2, USD: 2, JPY: 0, KWD: 3 };
export const placesOf = (currency: string): number => PLACES[currency] ?? 2;
const NOW = "2026-11-06T01:00:00.000Z";

const CHARGES: Record<Charge, { name: string; account: string }> = {
  shipping: { name: "Shipping", account: "260" },
  handling: { name: "Handling", account: "261" },
  wrapping: { name: "Gift wrapping", account: "262" },
  fee: { name: "Order fee", account: "263" },
  discount: { name: "Discount", account: "205" },
  coupon: { name: "Coupon", account: "206" },
  certificate: { name: "Gift certificate", account: "840" },
  rounding: { name: "Rounding", account: "860" },
  unlisted: { name: "Unlisted product", account: "201" },
};

const foreign = (account: string): Record<string, string> =>
  Object.fromEntries(CURRENCIES.slice(1).map((currency, i) => [currency, `${Number(account) + i + 1}`]));

function methods(dice: Dice): Method[] {
  const own = (code: string, name: string, account: string | null, paid: Method["paid"]): Method => ({
    code,
    name,
    account,
    paid,
    inCurrency: account && dice.chance(0.8) ? foreign(account) : {},
  });
  return [
    own("stripe", "Credit Card", "713", "captured"),
    own("bankdeposit", "Bank Deposit", "090", dice.pick(["awaiting-fulfillment", "awaiting-fulfillment", "captured"])),
    own("purchaseorder", "Purchase Order", dice.pick(["720", null]), "never"),
    own("storecredit", "Store Credit", "841", "captured"),
    ...(dice.chance(0.8) ? [own("giftcertificate", "Gift Certificate", "840", "captured")] : []),
  ];
}

export function drawSetup(dice: Dice, classes: number): Setup {
  return {
    base: "AUD",
    zone: dice.pick(["Australia/Melbourne", "Europe/London", "America/New_York", "UTC"]),
    takes: dice.pick(["created", "authorised", "paid", "paid", "completed"]),
    invoice: dice.pick(["authorised", "authorised", "authorised", "draft", "none"]),
    invoiceWhen: dice.pick(["with-order", "with-order", "when-shipped"]),
    invoiceDay: dice.pick(["met", "met", "placed", "shipped"]),
    order: dice.pick(["authorised", "authorised", "authorised", "draft"]),
    revenueAccount: dice.chance(0.2) ? "203" : null,
    classes: Array.from({ length: classes }, (_, id) => ({ id, with: `Tax ${id}`, without: dice.chance(0.5) ? "Tax free" : `Free ${id}` })),
    special: dice.chance(0.15) ? [{ side: "without", country: "!AU", rule: "Export" }] : [],
    paymentsOn: dice.chance(0.95),
    methods: methods(dice),
    otherAccount: dice.chance(0.4) ? "714" : null,
    couponCodes: dice.chance(0.75),
    spread: dice.chance(0.15),
    cap: dice.pick(["0.05", "0.05", "0.50", "1.00"]),
    charges: CHARGES,
    productAccount: "200",
    unknownSku: dice.pick(["service-line", "hold"]),
    unknown: dice.chance(0.1) ? ["S1"] : [],
    refuses: { negative: dice.chance(0.15), free: dice.chance(0.15) },
    now: NOW,
  };
}
