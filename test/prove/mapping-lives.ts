import type { Random } from "../twins/world.ts";
import { kitLines, type Units } from "./kits.ts";
import type { Made } from "./lives.ts";
import type { ShopName } from "./shops.ts";

/**
 * Every kind of order that the mapping knows (issue 4, point 1): what a shopper can buy, how it is charged, taxed, paid and
 * sent. `basket` is an ordinary order of the shop that the case changes. What is held where is each shop's own setting.
 */
export type Basket = { lines: Record<string, unknown>[]; shipping: string | number };
/** `kits`: of the shops whose Setup assembles. */
type Case = { weight: number; kits?: true; make: (r: Random, basket: Basket & Record<string, unknown>, shop: ShopName, n: number) => Made };

const money = (r: Random, from: number, to: number) => (r.int(from * 100, to * 100) / 100).toFixed(2);
const odd = (r: Random) => (r.int(1, 99_999) / r.pick([100, 1000, 10_000])).toFixed(4);
const certificate = (r: Random) => ({ giftCertificate: true, name: "Gift Certificate", price: r.pick(["25.00", "50.00", "99.95"]) });
const coupon = (r: Random) =>
  r.pick([
    "WELCOME10",
    "TAKE5",
    "EACH1",
    "FREESHIP",
    { code: "SEVENTH", type: "percentage", amount: "14.2857" },
    { code: "OFF3", type: "per-total", amount: "3.33" },
  ]);
const classes = (basket: Basket, r: Random) => basket.lines.map((line) => ({ ...line, taxClassId: r.int(0, 2) }));
const NEW_ZEALAND = { country_iso2: "NZ", country: "New Zealand", city: "Auckland", zip: "1010" };
const ABROAD: Record<ShopName, Record<string, string>> = {
  au: NEW_ZEALAND,
  day: NEW_ZEALAND,
  gb: { country_iso2: "DE", country: "Germany", city: "Hamburg", zip: "20095" },
};
const twoAddresses = (basket: Basket & Record<string, unknown>) => ({
  ...basket,
  lines: [
    { ...basket.lines[0], address: 0 },
    { ...basket.lines[0], address: 1 },
  ],
  addresses: [{}, { city: "Perth", first_name: "Second" }],
  shipping: [
    { cost: "4.10", method: "Parcel" },
    { cost: "7.35", method: "Parcel" },
  ],
});
/** Unknown SKUs: the exclusive shops hold them, the other one sends them as lines without stock (decision 1.8). */
const unknown = (shop: ShopName) => (shop === "gb" ? ("sale" as const) : ("held" as const));

const assembled = (basket: Basket & Record<string, unknown>, kits: Units): Made => ({
  form: { ...basket, lines: [...basket.lines, ...kitLines(kits)] },
  kits,
});

export const MAPPING: Record<string, Case> = {
  "coupon over tax rules": { weight: 4, make: (r, basket) => ({ form: { ...basket, lines: classes(basket, r), coupon: coupon(r) } }) },
  "coupon and discount": { weight: 3, make: (r, basket) => ({ form: { ...basket, coupon: coupon(r), discount: money(r, 0.5, 3) } }) },
  "three tax classes": { weight: 3, make: (r, basket) => ({ form: { ...basket, lines: classes(basket, r) } }) },
  "odd prices": {
    weight: 4,
    make: (r, basket) => ({ form: { ...basket, lines: basket.lines.map((line) => ({ ...line, price: odd(r), quantity: r.int(1, 12) })) } }),
  },
  "certificate sold": { weight: 3, make: (r, basket) => ({ form: { ...basket, lines: [certificate(r), ...basket.lines] } }) },
  "certificate sold and tendered": {
    weight: 2,
    make: (r, basket) => ({ form: { ...basket, lines: [...basket.lines, certificate(r)], giftCertificate: money(r, 1, 20) } }),
  },
  "three tenders": {
    weight: 3,
    make: (r, basket) => ({
      form: {
        ...basket,
        lines: [{ sku: "TNT-2P", quantity: 1 }, ...basket.lines],
        giftCertificate: money(r, 1, 40),
        storeCredit: money(r, 1, 40),
      },
    }),
  },
  "US dollars": { weight: 3, make: (_, basket, shop) => ({ form: shop === "gb" ? basket : { ...basket, currency: "USD" } }) },
  "fees, handling, wrapping": {
    weight: 4,
    make: (r, basket) => ({
      form: {
        ...basket,
        lines: basket.lines.map((line) => ({ ...line, wrapping: money(r, 0, 5) })),
        handling: money(r, 1, 6),
        fees: [
          { name: "Rural surcharge", amount: money(r, 1, 9) },
          { name: "Eco", amount: money(r, 0.1, 1), taxClassId: 1 },
        ],
      },
    }),
  },
  "free line": {
    weight: 3,
    make: (r, basket) => ({ form: { ...basket, lines: [...basket.lines, { ...basket.lines[0], price: 0, quantity: r.int(1, 3) }] } }),
  },
  "all for nothing": {
    weight: 2,
    make: (_, basket) => ({ form: { ...basket, shipping: 0, coupon: { code: "ALL", type: "percentage", amount: 100 } } }),
  },
  bundle: {
    weight: 3,
    make: (r, basket) => ({
      form: { ...basket, lines: [{ ...basket.lines[0], children: [{ sku: r.pick(["TEE-MER-NVY-S", "TNT-2P"]), quantity: 2 }] }] },
    }),
  },
  "assembled bundle": { weight: 4, kits: true, make: (r, basket) => assembled(basket, { "KIT-TEA": r.int(1, 4) }) },
  "two assembled bundles": {
    weight: 3,
    kits: true,
    make: (r, basket) => assembled(basket, { "KIT-TEA": r.int(1, 3), "KIT-PICNIC": r.int(1, 3) }),
  },
  pickup: { weight: 2, make: (_, basket) => ({ form: { ...basket, shipping: 0, pickup: true } }) },
  abroad: { weight: 2, make: (_, basket, shop) => ({ form: { ...basket, address: ABROAD[shop] } }) },
  "two addresses": { weight: 2, make: (_, basket) => ({ form: twoAddresses(basket), wanted: "held" }) },
  "two addresses, sent as one": { weight: 2, make: (_, basket) => ({ form: twoAddresses(basket), asOne: true }) },
  "long texts": {
    weight: 2,
    make: (r, basket, _shop, n) => ({
      form: {
        ...basket,
        customerMessage: "“Grüße” 你好 🎁 ".repeat(r.int(20, 160)),
        staffNotes: "<script>alert(1)</script>",
        billing: {
          first_name: "Łukasz".repeat(60),
          last_name: "山田".repeat(r.int(1, 90)),
          company: "Søren & Søn ".repeat(40),
          street_1: "A very long street ".repeat(20),
          email: `long${n}@example.org`,
        },
      },
    }),
  },
  "unknown to Cin7": {
    weight: 3,
    make: (_, basket, shop, n) => ({
      form: { ...basket, lines: [...basket.lines, { sku: `NO-SUCH-${n}`, name: "Oak lamp", price: "80.00" }] },
      wanted: unknown(shop),
    }),
  },
  download: {
    weight: 2,
    make: (r, basket, shop) => ({
      form: { ...basket, shipping: 0, lines: [{ digital: true, name: "Sewing pattern", price: money(r, 2, 30) }] },
      wanted: unknown(shop),
    }),
  },
};
