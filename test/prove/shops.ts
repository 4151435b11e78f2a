import { type Api, accountOf, type Connected, connect, json, openPanel, type Place, post } from "../../scripts/connect.ts";
import { ASSEMBLY, makeKits } from "./kits.ts";

/**
 * The shops of the proof, set up as their owners would: prices without tax (AUD, 10 %) and with tax inside (GBP, 20 %); the third
 * is a second one of the first one's company and makes one sale a day (F15).
 */
export const SHOP_NAMES = ["au", "gb", "day"] as const;
export type ShopName = (typeof SHOP_NAMES)[number];
export type Shop = Connected & { fresh(): Promise<Api> };
export type Shops = Record<ShopName, Shop>;

type Settings = Connected["settings"];
type Rules = Record<string, { withTax: string; withoutTax: string }>;
const AUSTRALIAN: Rules = {
  "Default Tax Class": { withTax: "GST on Income", withoutTax: "GST Free Exports" },
  "GST free": { withTax: "GST on Income", withoutTax: "GST Free Income" },
  "State tax": { withTax: "Sales Tax 8.25%", withoutTax: "Tax Exempt" },
};
export const RULES: Record<ShopName, Rules> = {
  au: AUSTRALIAN,
  day: AUSTRALIAN,
  gb: {
    "Default Tax Class": { withTax: "VAT 20%", withoutTax: "Tax Exempt" },
    "Zero rated": { withTax: "VAT 20%", withoutTax: "Zero Rated Income" },
    "Ten per cent": { withTax: "VAT 10%", withoutTax: "Tax Exempt" },
  },
};

/** A third tax class, so that three rules meet in one order. */
const STATE_TAX = { id: 2, name: "State tax", rate: "8.25" };
const THIRD = { au: STATE_TAX, day: STATE_TAX, gb: { id: 2, name: "Ten per cent", rate: "10" } };

/** Where the daily shop's sales leave, and what its shoppers pick up: a sale for each (F15). */
export const [SHIP_FROM, PICKUP_AT] = ["Main Warehouse", "Shop Floor"];
type Ref = { id: string; name: string };
type DailyRefs = { dollars: Ref; pickup: Ref };

/** Where they differ on purpose: unknown SKUs (decision 1.8), guests (M27), bundles (F23), one sale a day. */
const change =
  (name: ShopName, { dollars, pickup }: DailyRefs) =>
  (settings: Settings): void => {
    settings.orders.unknownSku = name === "gb" ? "service-line" : "hold";
    if (name === "gb") settings.customers.guests = "default-customer";
    else settings.sale.assembly = ASSEMBLY;
    if (name === "day") {
      settings.orders.consolidate = "daily";
      settings.customers.perCurrency = [{ currency: "USD", customer: dollars }];
      settings.location.pickups = [{ id: 1, name: "Default location", location: pickup }];
    }
    const own = [
      { key: "giftcertificate", name: "Gift Certificate", account: "840", countsAsPaid: "captured" as const },
      { key: "storecredit", name: "Store Credit", account: "841", countsAsPaid: "captured" as const },
    ];
    const keys = new Set(own.map((method) => method.key));
    settings.payments.methods = [...settings.payments.methods.filter((method) => !keys.has(method.key)), ...own];
    for (const method of settings.payments.methods) {
      if (/deposit|delivery/i.test(method.name)) method.countsAsPaid = "awaiting-fulfillment";
      if (name !== "gb") method.currencies = [{ currency: "USD", account: "715" }];
    }
  };

export async function openShops(place: Place, { unmappedClass, skus }: { unmappedClass: number; skus: readonly string[] }): Promise<Shops> {
  const accounts = (await json(await fetch(`${place.twins}/control/cin7`))) as { accountId: string; company: string }[];
  const open = async (name: ShopName, store: string, account: number, tax: string): Promise<Shop> => {
    const rules = RULES[name];
    await taxClasses(place, store, [...(await taxClassesOf(place, store)), THIRD[name]]);
    const c = await connect(place, {
      store,
      account,
      change: change(name, refs),
      tax: (className) => rules[className] ?? (rules["Default Tax Class"] as { withTax: string; withoutTax: string }),
    });
    // A class that the shop made after Setup: nobody has mapped it yet.
    await taxClasses(place, store, [...(await taxClassesOf(place, store)), { id: unmappedClass, name: "Levy", rate: tax }]);
    return { ...c, fresh: () => openPanel(place, store, "launch") };
  };
  const [harbour, albion] = ["Harbour", "Albion"].map((name) => accounts.findIndex((each) => each.company.includes(name))) as [
    number,
    number,
  ];
  const refs = await refsOf(place, accounts[harbour]?.accountId as string);
  await makeProducts(place, albion, skus);
  await makeKits(place, harbour, accounts[harbour]?.accountId as string, SHIP_FROM);
  await told(place, `/cin7/${accounts[albion]?.accountId}/tax-rules`, { Name: "VAT 10%", TaxPercent: 10 });
  const dollars = { method: "PATCH", headers: JSON_BODY, body: JSON.stringify({ is_transactional: true }) };
  for (const store of ["demostore1", "dailystore1"])
    await json(await fetch(`${place.twins}/control/bigcommerce/${store}/currencies/USD`, dollars));
  const [gb, au] = await Promise.all([open("gb", "inclstore1", albion, "5"), open("au", "demostore1", harbour, "5")]);
  return { au, gb, day: await open("day", "dailystore1", harbour, "5") };
}

/** What the daily shop's owner chooses in Setup, by the names that Cin7 shows. */
async function refsOf(place: Place, account: string): Promise<DailyRefs> {
  type Company = { customers: Record<string, { ID: string; Name: string }>; locations: { ID: string; Name: string }[] };
  const state = (await json(await fetch(`${place.twins}/control/state`))) as { cin7: { accounts: Record<string, Company> } };
  const { customers, locations } = state.cin7.accounts[account] as Company;
  const named = (list: { ID: string; Name: string }[], name: string): Ref => ({
    id: list.find(({ Name }) => Name === name)?.ID ?? "",
    name,
  });
  return { dollars: named(Object.values(customers), "Web customer USD"), pickup: named(locations, PICKUP_AT) };
}

/** Through the vendor's own API, as an importer would; sixty calls a minute hold for it too. */
export async function makeProducts(place: Place, account: number, skus: readonly string[], more: object = {}): Promise<void> {
  const { accountId, applicationKey } = await accountOf(place, account);
  const headers = { "content-type": "application/json", "api-auth-accountid": accountId, "api-auth-applicationkey": applicationKey };
  const common = { Category: "Other", Type: "Stock", CostingMethod: "FIFO", UOM: "Item", Status: "Active", PriceTier1: 10 };
  for (const sku of skus) {
    const body = JSON.stringify({ SKU: sku, Name: `Article ${sku}`, ...common, ...more });
    for (let tries = 0; tries < 50; tries++) {
      const made = await fetch(`${place.twins}/cin7/ExternalApi/v2/product`, { method: "POST", headers, body });
      const text = made.ok ? "" : await made.text();
      if (made.ok || /already exists/.test(text)) break;
      if (made.status !== 429) throw new Error(`product ${sku}: ${text}`);
      await new Promise((done) => setTimeout(done, 200));
    }
  }
}
type TaxClass = { id: number; name: string; rate: string };
type State = { bigcommerce: { stores: Record<string, { tax_classes: { id: string | number; name: string; rate: string }[] }> } };
const JSON_BODY = { "content-type": "application/json" };

async function taxClassesOf(place: Place, store: string): Promise<TaxClass[]> {
  const state = (await json(await fetch(`${place.twins}/control/state`))) as State;
  return (state.bigcommerce.stores[store]?.tax_classes ?? []).map(({ id, name, rate }) => ({ id: Number(id), name, rate }));
}

async function taxClasses(place: Place, store: string, classes: TaxClass[]): Promise<void> {
  const put = { method: "PUT", headers: JSON_BODY, body: JSON.stringify({ classes }) };
  await json(await fetch(`${place.twins}/control/bigcommerce/${store}/tax-classes`, put));
}

/** A person saves a change in Setup while orders are on their way. The Worker may be down just then: tried again. */
export async function saveSettings(shop: Shop, alter = small): Promise<void> {
  await patiently(async () => {
    const panel = await shop.fresh();
    const at = `/api/stores/${shop.store}/settings`;
    const { settings, version } = await panel<{ settings: Settings; version: number }>("GET", at);
    alter(settings);
    await panel("PUT", at, { basedOn: version, settings });
  });
}
const small = ({ charges }: Settings): void => {
  charges.loadCouponCodes = !charges.loadCouponCodes;
};

/** A person presses *Process* on an order. An order that the app has not seen yet has no such button. */
export async function press(shop: Shop, orderId: number): Promise<void> {
  await patiently(async () => {
    const panel = await shop.fresh();
    await panel("POST", `/api/stores/${shop.store}/orders/${orderId}/process`);
  }, 2);
}

async function patiently(work: () => Promise<void>, tries = 5): Promise<void> {
  for (let n = 1; n <= tries; n++) {
    try {
      return await work();
    } catch {
      await new Promise((done) => setTimeout(done, 400 * n));
    }
  }
}

/** A control verb that must succeed. */
export async function told<T>(place: Place, path: string, body: unknown = {}): Promise<T> {
  return (await json(await post(`${place.twins}/control${path}`, body))) as T;
}

type Page = {
  order: { state: string; note: unknown; stages: string[]; daySale: number | null };
  problems: { kind: string; text: string }[];
  attempts: { at: string; step: string; status: number | null; outcome: string; note: string }[];
};

/** What the app itself says of an order that did not come out right: for people, never part of the judgement. */
export async function explain(shop: Shop, orderId: number): Promise<string> {
  try {
    const panel = await shop.fresh();
    const { order, problems, attempts } = await panel<Page>("GET", `/api/stores/${shop.store}/orders/${orderId}`);
    const calls = attempts.slice(0, 25).map((a) => `    ${a.at} ${a.step}: ${a.status ?? "-"} ${a.outcome} ${a.note}`);
    const why = problems.map((problem) => `    ${problem.kind}: ${problem.text}`);
    const said = [`    ${order.state}; ${JSON.stringify(order.note)}; stages ${order.stages.join(", ")}`, ...why, ...calls];
    return [...said, ...(order.daySale ? [`    its daily sale:`, await explain(shop, order.daySale)] : [])].join("\n");
  } catch (error) {
    return `    the app does not say: ${String(error).slice(0, 300)}`;
  }
}
