/**
 * The vendors' world with something to run in every text that they hold: it breaks out of an attribute and out of an element,
 * and begins like a formula where a spreadsheet may see it. Each text says by its tag whose it is, so that what a page shows
 * can be counted.
 */
export const PWN = "/p/";
const hostile = (tag: string): string => `'"><img src=${PWN}${tag} onerror=p()>`;
export const formula = (tag: string): string => `=1+1${hostile(tag)};=2+2`;
export const tagsIn = (text: string): string[] => [...text.matchAll(/\/p\/([a-z0-9-]+) onerror/g)].map((match) => match[1] ?? "");
/** Names in Cin7 Core have 50 characters. */
export const named = (name: string, tag: string): string => name.slice(0, 50 - hostile(tag).length) + hostile(tag);

type Row = Record<string, unknown>;
type Books = Record<string, unknown> & { company: { Company: string }; counters: Record<string, unknown> };
type Shop = Record<string, unknown> & { products: Record<string, Row & { variants: Row[] }> };
export type Dump = { bigcommerce: { state: { stores: Record<string, Shop> } }; cin7: { store: { accounts: Record<string, Books> } } };

const rowsOf = (list: unknown): Row[] => Object.values((list ?? {}) as Record<string, Row>);

/** Lists of Cin7 Core, which of their fields are words, and how short their tags are. */
const CIN7: readonly (readonly [list: string, field: string, tag: string])[] = [
  ["taxRules", "Name", "tax"],
  ["chart", "Name", "account"],
  ["locations", "Name", "location"],
  ["terms", "Name", "term"],
  ["carriers", "Description", "carrier"],
  ["categories", "Name", "category"],
  ["brands", "Name", "brand"],
  ["units", "Name", "unit"],
  ["customers", "Name", "customer"],
  ["products", "Name", "product"],
  ["products", "SKU", "sku"],
];
const BIGCOMMERCE: readonly (readonly [list: string, field: string, tag: string])[] = [
  ["taxClasses", "name", "class"],
  ["currencies", "name", "currency"],
  ["paymentMethods", "name", "method"],
  ["customers", "first_name", "shopper-first"],
  ["customers", "last_name", "shopper-last"],
  ["customers", "company", "shopper-company"],
  ["users", "username", "user"],
];

/** Not a text of anybody's: Cin7 Core's own word, which an account's name may happen to be. */
const OWN_WORDS = new Set(["SystemAccount"]);
/** A name is the same wherever it is repeated: sales, products and customers refer to their books by it. */
function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((each) => renamed(each, names));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, OWN_WORDS.has(key) ? each : renamed(each, names)]));
}

function hostileBooks(books: Books): Books {
  const names = new Map<string, string>();
  for (const [list, field, tag] of CIN7)
    for (const row of rowsOf(books[list]))
      if (typeof row[field] === "string" && row[field] !== "") names.set(row[field], named(row[field], tag));
  const next = renamed(books, names) as Books;
  next.company.Company = `=${books.company.Company}${hostile("company")}`;
  // The twin counts its documents up: what is added to a text stands behind it.
  next.counters["order"] = hostile("sale-number");
  next.counters["invoice"] = hostile("invoice-number");
  return next;
}

function hostileShop(shop: Shop): Shop {
  for (const [list, field, tag] of BIGCOMMERCE)
    for (const row of rowsOf(shop[list])) if (typeof row[field] === "string") row[field] = `=${row[field]}${hostile(tag)}`;
  for (const product of Object.values(shop.products)) {
    product["name"] = `${product["name"]}${hostile("product-name")}`;
    for (const variant of product.variants) {
      variant["sku"] = named(String(variant["sku"]), "sku");
      for (const option of variant["option_values"] as Row[])
        Object.assign(option, { label: formula("option-label"), option_display_name: formula("option-name") });
    }
  }
  shop["name"] = `=${shop["name"]}\r\nBcc: all@example.org${hostile("store-name")}`;
  shop["statusLabels"] = Object.fromEntries(Array.from({ length: 15 }, (_, id) => [id, formula("status-name")]));
  return shop;
}

export function hostileWorld(dump: Dump): Dump {
  const { accounts } = dump.cin7.store;
  for (const [id, books] of Object.entries(accounts)) accounts[id] = hostileBooks(books);
  const { stores } = dump.bigcommerce.state;
  for (const [hash, shop] of Object.entries(stores)) stores[hash] = hostileShop(shop);
  return dump;
}

/** Orders whose every text is somebody's: one is paid, one ships to two places, one has an unknown SKU, one Cin7 Core refuses. */
const address = (more: object = {}) => ({
  ...Object.fromEntries(
    ["first_name", "last_name", "company", "street_1", "street_2", "city", "state", "zip", "phone"].map((field) => [
      field,
      formula(`order-${field.replace("_", "-")}`),
    ]),
  ),
  email: `x+${hostile("order-email")}@example.org`,
  ...more,
});
const sku = (name: string) => named(name, "sku");
const texts = {
  billing: address(),
  customerMessage: `</textarea><script src=${PWN}order-message></script>${formula("order-message")}\u0000\u202e`,
  staffNotes: `</pre><svg/onload=p()>${formula("order-notes")}`,
  paymentMethod: formula("order-payment-method"),
  externalOrderId: formula("order-external-id"),
};
/** Refused with these words. */
export const REFUSAL = formula("refusal");
/** What pages are known to show: an attack that reaches none of them would find nothing. */
export const SHOWN = [
  ...["company", "account", "tax", "location", "customer", "product", "sku", "term", "sale-number", "invoice-number", "refusal"],
  ...["store-name", "class", "method", "status-name", "product-name", "option-name", "option-label"],
  ...["first-name", "last-name", "company", "street-1", "street-2", "city", "state", "zip", "phone", "email"].map((f) => `order-${f}`),
  ...["message", "notes", "payment-method", "external-id", "line-name", "option-name", "option-value"].map((f) => `order-${f}`),
  ...["shipping-method", "fee-name", "coupon", "unknown-sku"].map((f) => `order-${f}`),
];
export const ORDERS = {
  paid: {
    ...texts,
    lines: [
      {
        sku: sku("TEE-MER-NVY-S"),
        name: formula("order-line-name"),
        quantity: 2,
        options: [{ name: formula("order-option-name"), value: formula("order-option-value") }],
      },
    ],
    shipping: { cost: 9, method: formula("order-shipping-method") },
    fees: [{ name: formula("order-fee-name"), amount: 3 }],
    addresses: [address()],
    coupon: { code: formula("order-coupon"), type: "percentage_discount", amount: 10 },
  },
  held: {
    ...texts,
    lines: [
      { sku: sku("TEE-MER-NVY-M"), address: 0 },
      { sku: sku("TEE-MER-NVY-L"), address: 1 },
    ],
    addresses: [address(), address({ city: "Sydney" })],
  },
  unknown: { ...texts, lines: [{ sku: formula("order-unknown-sku"), name: formula("order-line-name"), price: 12, custom: true }] },
  refused: { ...texts, lines: [{ sku: sku("TEE-MER-NVY-M") }] },
} as const;
