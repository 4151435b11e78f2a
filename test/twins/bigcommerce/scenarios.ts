import { type CatalogueRow, DEMO_CATALOGUE, largeCatalogue } from "../demo-catalogue.ts";
import type { World } from "../world.ts";
import { iso } from "./codecs.ts";
import { guestAddress } from "./order-parties.ts";
import type { Customer, Product, Store, StoreUser } from "./state.ts";

export type Scenario = "empty" | "demo" | "large" | "fleet" | "prove";

const OPENED = Date.UTC(2026, 0, 5, 9);

type Basics = Pick<
  Store,
  "hash" | "storeId" | "name" | "country" | "countryCode" | "state" | "city" | "zip" | "timezone" | "rawOffset" | "dstOffset"
> &
  Pick<Store, "currency" | "currencySymbol" | "locale" | "pricesIncludeTax" | "taxName"> & {
    rate: string;
    freeClass: string;
    users: StoreUser[];
  };

const user = (id: number, username: string, domain: string, locale: string, role: StoreUser["role"]): StoreUser => ({
  id,
  username,
  email: `${username.split(" ")[0]?.toLowerCase()}@${domain}`,
  locale,
  role,
});

const AU = {
  country: "Australia",
  countryCode: "AU",
  state: "Victoria",
  city: "Melbourne",
  zip: "3000",
  timezone: "Australia/Melbourne",
  rawOffset: 36_000,
  dstOffset: 39_600,
  currency: "AUD",
  currencySymbol: "$",
  locale: "en",
  pricesIncludeTax: false,
  taxName: "GST",
  rate: "10",
  freeClass: "GST free",
};

const STORES: Record<"demo" | "incl" | "daily" | "empty", Basics> = {
  demo: {
    ...AU,
    hash: "demostore1",
    storeId: 1_004_821,
    name: "Wattle & Gum Outfitters",
    users: [
      user(4101, "Olivia Martin", "wattleandgum.example", "en-AU", "owner"),
      user(4102, "Sam Nguyen", "wattleandgum.example", "en-AU", "authorized"),
      user(4103, "Priya Shah", "wattleandgum.example", "en-AU", "staff"),
    ],
  },
  incl: {
    hash: "inclstore1",
    storeId: 1_004_977,
    name: "Harbour Lane Goods",
    country: "United Kingdom",
    countryCode: "GB",
    state: "Greater London",
    city: "London",
    zip: "SE1 9GF",
    timezone: "Europe/London",
    rawOffset: 0,
    dstOffset: 3_600,
    currency: "GBP",
    currencySymbol: "£",
    locale: "en",
    pricesIncludeTax: true,
    taxName: "VAT",
    rate: "20",
    freeClass: "Zero rated",
    users: [
      user(5201, "Harriet Cole", "harbourlane.example", "en-GB", "owner"),
      user(5202, "Tom Webb", "harbourlane.example", "en-GB", "staff"),
    ],
  },
  daily: {
    ...AU,
    hash: "dailystore1",
    storeId: 1_005_002,
    name: "Wattle & Gum Market Stall",
    users: [user(7401, "Olivia Martin", "stall.wattleandgum.example", "en-AU", "owner")],
  },
  empty: {
    ...AU,
    hash: "emptystore1",
    storeId: 1_005_003,
    name: "Empty Store",
    users: [user(6301, "Erin Blank", "emptystore.example", "en-AU", "owner")],
  },
};

/** Numbers of the catalogue start here, so that they never look like positions in a list. */
const FIRST = { product: 111, variant: 301, sku: 701, option: 151, value: 501 };

/** `scale` turns AUD into the store's price level; a tax-inclusive store enters round prices with tax. */
function productsOf(rows: readonly CatalogueRow[], scale = 1): Record<string, Product> {
  const next = { ...FIRST };
  const products: Record<string, Product> = {};
  const families = new Map<string, CatalogueRow[]>();
  for (const row of rows) families.set(row.family.sku, [...(families.get(row.family.sku) ?? []), row]);
  const price = (text: string) => Math.round(Number(text) * scale * 100) / 100;
  const when = iso(OPENED);
  for (const [sku, members] of families) {
    const [first] = members;
    if (!first) continue;
    const options = new Map<string, number>();
    const values = new Map<string, number>();
    const idOf = (map: Map<string, number>, key: string, series: "option" | "value") => {
      const id = map.get(key) ?? next[series]++;
      map.set(key, id);
      return id;
    };
    const id = next.product++;
    const several = members.some((row) => row.options.length > 0);
    products[id] = {
      id,
      name: first.family.name,
      sku,
      type: "physical",
      price: price(first.price),
      cost_price: price(String(Number(first.price) * 0.45)),
      weight: first.weight,
      tax_class_id: first.taxClass,
      brand: first.brand,
      category: first.category,
      inventory_tracking: several ? "variant" : "product",
      date_created: when,
      date_modified: when,
      variants: members.map((row) => ({
        id: next.variant++,
        sku: row.sku,
        sku_id: several ? next.sku++ : null,
        price: row.price === first.price ? null : price(row.price),
        weight: null,
        inventory_level: 40,
        option_values: row.options.map(({ name, value }) => {
          const option_id = idOf(options, name, "option");
          return { id: idOf(values, `${name}=${value}`, "value"), option_id, label: value, option_display_name: name };
        }),
      })),
    };
  }
  return products;
}

const PEOPLE: readonly (readonly [first: string, last: string, company: string])[] = [
  ["Amelia", "Brown", ""],
  ["Noah", "Williams", "Williams Adventure Tours Pty Ltd"],
  ["Isla", "Chen", ""],
  ["Leo", "Papadopoulos", ""],
  ["Grace", "O'Connor", "O'Connor & Daughters"],
  ["Mateo", "García", ""],
  ["Zoë", "Müller", ""],
  ["Hamish", "McDonald", "High Country Lodge"],
];

function customersOf(store: Store): Record<string, Customer> {
  const customers: Record<string, Customer> = {};
  PEOPLE.forEach(([first_name, last_name, company], index) => {
    const id = index + 1;
    const plain = first_name
      .normalize("NFD")
      .replaceAll(/[^a-z]/gi, "")
      .toLowerCase();
    const email = `${plain}.${id}@example.com`;
    const address = {
      ...guestAddress(store),
      first_name,
      last_name,
      company,
      email,
      street_1: `${id * 7} High Street`,
      phone: `04000000${10 + id}`,
    };
    customers[id] = { id, email, first_name, last_name, company, phone: address.phone, address, date_created: iso(OPENED) };
  });
  return customers;
}

function bareStore({ rate, freeClass, ...basics }: Basics, world: World): Store {
  const when = iso(OPENED);
  const taxClass = (id: number, name: string, percent: string) => ({ id, name, rate: percent, created_at: when, updated_at: when });
  const currency = (id: number, code: string, name: string, token: string, exchange: string, is_default: boolean) => ({
    id,
    is_default,
    currency_code: code,
    name,
    currency_exchange_rate: exchange,
    token,
    is_transactional: is_default,
    decimal_places: 2,
  });
  const own = basics.currency === "AUD" ? "Australian Dollar" : "Pound Sterling";
  return {
    ...basics,
    accountUuid: world.random.guid(),
    infoPatch: {},
    inventorySettings: {
      product_out_of_stock_behavior: "do_nothing",
      option_out_of_stock_behavior: "do_nothing",
      update_stock_behavior: "order_placed",
      edit_order_stock_adjustment: true,
      refund_order_stock_adjustment: true,
      stock_level_display: "dont_show",
      default_out_of_stock_message: "Currently out of stock",
      hide_in_product_filtering: false,
      show_pre_order_stock_levels: false,
      show_out_of_stock_message: true,
    },
    tokens: {},
    apiAccounts: [],
    installation: null,
    taxClasses: [taxClass(0, "Default Tax Class", rate), taxClass(1, freeClass, "0")],
    coupons: [],
    currencies: [
      currency(1, basics.currency, own, basics.currencySymbol, "1.0000000000", true),
      currency(2, "USD", "US Dollar", "US$", "0.6600000000", false),
    ],
    paymentMethods: [],
    products: {},
    customers: {},
    orders: {},
    statusLabels: {},
    hooks: [],
    hookEmails: [],
    deactivatedHooks: [],
    quota: { windowStart: 0, used: 0, hourStart: 0, hourUsed: 0 },
    next: { order: 101, line: 1, address: 1, tax: 1, transaction: 1, metafield: 1, customer: 100, other: 1 },
  };
}

const METHODS: readonly (readonly [code: string, name: string])[] = [
  ["stripe", "Credit Card"],
  ["paypalcommerce", "PayPal"],
  ["bankdeposit", "Bank Deposit"],
  ["cod", "Cash on Delivery"],
  ["testgateway", "Test Payment Gateway"],
];

function stocked(store: Store, rows: readonly CatalogueRow[], scale: number): Store {
  store.products = productsOf(rows, scale);
  store.customers = customersOf(store);
  store.paymentMethods = METHODS.map(([code, name]) => ({ code, name, test_mode: code === "testgateway" }));
  store.coupons = [
    { id: 1, code: "WELCOME10", type: 1, amount: "10", name: "10% off" },
    { id: 2, code: "TAKE5", type: 2, amount: "5", name: "5 off the order" },
    { id: 3, code: "EACH1", type: 0, amount: "1", name: "1 off each item" },
    { id: 4, code: "FREESHIP", type: 4, amount: "0", name: "Free shipping" },
  ];
  return store;
}

/** Shops of one company, for load and fairness: `fleet01` … `fleet20`, each as the demo shop. */
const FLEET = 20;
function fleetStore(i: number): Basics {
  const hash = `fleet${String(i + 1).padStart(2, "0")}`;
  return {
    ...STORES.demo,
    hash,
    storeId: 2_000_001 + i,
    name: `Fleet shop ${i + 1}`,
    users: [user(6000 + i, "Olivia Martin", `${hash}.example`, "en-AU", "owner")],
  };
}

export function storesOf(scenario: Scenario, world: World): Store[] {
  if (scenario === "empty") return [bareStore(STORES.empty, world)];
  if (scenario === "fleet") return Array.from({ length: FLEET }, (_, i) => stocked(bareStore(fleetStore(i), world), DEMO_CATALOGUE, 1));
  const rows = scenario === "large" ? largeCatalogue() : DEMO_CATALOGUE;
  const two = [stocked(bareStore(STORES.demo, world), rows, 1), stocked(bareStore(STORES.incl, world), DEMO_CATALOGUE, 0.55)];
  return scenario === "prove" ? [...two, stocked(bareStore(STORES.daily, world), rows, 1)] : two;
}
