import { afterEach, describe, expect, it, vi } from "vitest";
import type { OrderGoods, Settings } from "../../../worker/contract/index.ts";
import { orderRoutes } from "../../../worker/orders/pages/routes.ts";
import { raise } from "../../../worker/problems/store.ts";
import { saveSettings } from "../../../worker/settings/store.ts";
import { addOrder, addStore, api, type Call, db, iso, type Options, Status, tenant } from "../../harness/api.ts";
import type { Loose } from "../../twins/cin7/harness.ts";
import { kitShop, MAIN } from "./kits.ts";

/** Where the goods are (F25), through the route, asked of the twin of Cin7 Core. */
afterEach(() => vi.restoreAllMocks());

type Where = Awaited<ReturnType<typeof shopOf>>;
async function shopOf(setup: Parameters<typeof kitShop>[0] = {}) {
  const s = await kitShop(setup);
  const account = () => Object.values(s.shop.state().accounts)[0] as Loose;
  const place = (name: string) => {
    const { ID, Name } = account().locations.find((each: Loose) => each.Name === name);
    return { id: ID, name: Name };
  };
  const cup = Object.values(account().products as Loose).find((each: Loose) => each.SKU === "CUP-ENAM") as { ID: string; SKU: string };
  await s.mirror(cup, "", false);
  s.settings.location.salesShipFrom = place(MAIN);
  return { ...s, place, cup };
}
const save = (settings: Settings, basedOn = 0) =>
  saveSettings(db(), tenant(), { basedOn, settings, changes: [], by: "Robin", at: iso(), lookBefore: false });
async function ask(s: Where, options: Options = {}, id = 1042) {
  const twin = async ({ method, path, query }: Call) => {
    const { status, body } = await s.shop.send(method, `${path}?${query}`);
    return status === 200 ? body : new Status(status, body);
  };
  const answers = { "GET /ref/location": twin, "GET /ref/productavailability": twin, "GET /product": twin, ...options.answers };
  const { get, calls } = await api(orderRoutes, s.context.store, { role: "operate", ...options, answers });
  const reply = await get(`/orders/${id}/goods`);
  return { ...reply, goods: reply.body as OrderGoods, calls: calls.map((call) => `${call.method} ${call.path}`) };
}
const said = ({ rows }: OrderGoods) =>
  rows.flatMap((row) => row.places.map((p) => `${row.ordered} × ${row.sku} at ${p.location}: ${p.onHand} ${p.allocated} ${p.available}`));
const SHELF = "GET /ref/productavailability";

describe("where the goods are (F25)", () => {
  it("each SKU at the location of the sale first, then at the others; one call each and one for the locations", async () => {
    const s = await shopOf();
    s.settings.sale.assembly.mode = "never";
    await save(s.settings);
    await s.stock("KIT-2", 1);
    await s.stock("KIT-2", 9, "Shop Floor");
    await s.order(1042, 2, "KIT-2", s.kit.ID, [["CUP-ENAM", s.cup.ID]]);
    const { goods, calls } = await ask(s);
    expect(goods.location).toBe(MAIN);
    expect(goods.rows[0]?.places.map((p) => p.own)).toEqual([true, false]);
    expect(said(goods).slice(0, 2)).toEqual(["2 × KIT-2 at Main Warehouse: 1 0 1", "2 × KIT-2 at Shop Floor: 9 0 9"]);
    expect(goods.rows.map((row) => [row.sku, row.kit])).toEqual([
      ["KIT-2", null],
      ["CUP-ENAM", null],
    ]);
    expect(calls).toEqual(["GET /ref/location", SHELF, SHELF]);
  });

  it("F26: only the chosen locations beside the sale's own, by ID though they are renamed; a deprecated one is named", async () => {
    const s = await shopOf();
    const floor = s.place("Shop Floor");
    s.settings.location.stock = [floor];
    await save(s.settings);
    await s.stock("KIT-2", 9, "Shop Floor");
    await s.order(1042, 2);
    await s.shop.control(`/locations/${floor.id}/rename`, { name: "Showroom" });
    await s.shop.control(`/locations/${s.place(MAIN).id}/rename`, { name: "Melbourne" });
    const renamed = (await ask(s)).goods;
    expect([renamed.location, renamed.notes]).toEqual(["Melbourne", []]);
    expect(renamed.rows[0]?.places.map((p) => [p.location, p.onHand])).toEqual([
      ["Melbourne", "0"],
      ["Showroom", "9"],
    ]);
    await s.shop.control(`/locations/${floor.id}/deprecate`);
    const { goods } = await ask(s);
    expect(goods.rows[0]?.places.map((p) => p.location)).toEqual(["Melbourne"]);
    expect(goods.notes).toEqual([expect.stringContaining('"Shop Floor" is deprecated in Cin7 Core')]);
  });

  it("a kit: what would be assembled now, and the components that are short; goods on order do not count", async () => {
    const s = await shopOf();
    await save(s.settings);
    await s.stock("CUP-ENAM", 3);
    await s.stock("CUP-ENAM", 90, "Shop Floor");
    await s.order(1042, 2);
    const { goods, calls } = await ask(s);
    const elsewhere = [{ location: "Shop Floor", available: "90" }];
    const missing = { sku: "CUP-ENAM", needs: "4", there: "3", made: false, elsewhere };
    expect(goods.rows[0]?.kit).toEqual({ quantity: "2", short: [missing] });
    expect(calls).toEqual(["GET /ref/location", SHELF, "GET /product", SHELF]);
    await s.stock("CUP-ENAM", 4);
    expect((await ask(s)).goods.rows[0]?.kit).toEqual({ quantity: "2", short: [] });
    await s.stock("KIT-2", 2);
    expect((await ask(s)).goods.rows[0]?.kit, "enough is on the shelf").toEqual({ quantity: "0", short: [] });
  });

  it("a kit for the ordered quantity that was short before: only what is missing; once its stock is allocated: nothing", async () => {
    const s = await shopOf({ mode: "ordered" });
    await save(s.settings);
    await s.stock("KIT-2", 1);
    await s.stock("CUP-ENAM", 90);
    await s.order(1042, 2);
    expect((await ask(s)).goods.rows[0]?.kit?.quantity).toBe("2");
    const short = {
      kind: "assembly-short" as const,
      orderId: 1042,
      saleNumber: "",
      sku: "KIT-2",
      quantity: "2",
      location: MAIN,
      parts: [],
    };
    await raise(db(), tenant(), [short], 1042, iso());
    expect((await ask(s)).goods.rows[0]?.kit?.quantity).toBe("1");
    await s.send(1042);
    const { goods } = await ask(s);
    expect([goods.rows[0]?.kit, said(goods)[0]]).toEqual([null, expect.stringMatching(/^2 × KIT-2 at Main Warehouse: 3 2 1$/)]);
  });

  it("at most 10 SKUs are asked for, the rest is said; a SKU that nobody knows is named, a service has no goods", async () => {
    const s = await shopOf();
    s.settings.sale.assembly.mode = "never";
    await save(s.settings);
    const lines = [];
    for (let i = 1; i <= 12; i++) {
      const { ID, SKU } = await s.post(`P-${i}`, {});
      await s.mirror({ ID, SKU }, "", false);
      lines.push({ sku: SKU, quantity: 1 });
    }
    lines.push({ sku: "GHOST", quantity: 1 });
    await addOrder(1042, { ordered: lines });
    const { goods, calls } = await ask(s);
    expect([goods.rows.length, goods.left, goods.notes]).toEqual([
      10,
      2,
      ['No product of Cin7 Core with the SKU "GHOST" is known to Lockstep.'],
    ]);
    expect(calls.filter((call) => call === SHELF)).toHaveLength(10);
    await addOrder(1043, { ordered: lines.slice(-1) });
    const none = await ask(s, {}, 1043);
    expect([none.goods.rows, none.calls], "nobody is asked").toEqual([[], []]);
  });

  it("a kit of more components than one click looks at says so", async () => {
    const s = await shopOf();
    await save(s.settings);
    const parts = [];
    for (let i = 1; i <= 20; i++) parts.push({ ProductCode: (await s.post(`C-${i}`, {})).SKU, Quantity: 1 });
    const big = await s.post("KIT-20", { AutoAssembly: false, BillOfMaterial: true, QuantityToProduce: 1, BillOfMaterialsProducts: parts });
    await s.mirror(big, "asked");
    await s.order(1042, 1, "KIT-20", big.ID);
    const { goods, calls } = await ask(s);
    expect([goods.rows[0]?.kit, calls.length]).toEqual([{ quantity: "1", short: null }, 3]);
  });
});

describe("where the goods are, when it cannot be said", () => {
  it.each<[string, Options, number, RegExp]>([
    ["no room in the minute", { permit: () => ({ granted: false, at: Date.parse(iso()) + 12_000 }) }, 503, /Try again in 12 seconds/],
    ["Cin7 asks to wait", { answers: { "GET /ref/location": new Status(429, []) } }, 503, /Try again in \d+ seconds/],
    ["Cin7 does not answer", { answers: { [SHELF]: new Status(500, []) } }, 503, /Cin7 Core did not answer.*try again in a minute/],
    ["the key is refused", { answers: { [SHELF]: new Status(403, []) } }, 502, /no longer accepts our application key/],
    ["Cin7 refuses", { answers: { [SHELF]: new Status(400, [{ Exception: "No." }]) } }, 502, /did not tell where the goods are: No\./],
    ["an answer that cannot be read", { answers: { "GET /ref/location": { Rows: [] } } }, 503, /did not answer/],
    ["the right to act is missing", { role: "view" }, 403, /You can look/],
    ["not connected", { linked: false }, 409, /Connect Cin7 Core first/],
  ])("%s: named", async (_, options, status, sentence) => {
    const s = await shopOf();
    await save(s.settings);
    await s.order(1042, 2);
    const reply = await ask(s, options);
    expect([reply.status, reply.body.error.message]).toEqual([status, expect.stringMatching(sentence)]);
  });
  it("an order of another store is not known, and nobody is asked; without a location Setup comes first", async () => {
    const s = await shopOf();
    await addStore("other1");
    await addOrder(1042, { storeHash: "other1", ordered: [{ sku: "KIT-2", quantity: 1 }] });
    const reply = await ask(s);
    expect([reply.status, reply.calls]).toEqual([404, []]);
    await addOrder(1043, { ordered: [{ sku: "KIT-2", quantity: 1 }] });
    expect((await ask(s, {}, 1043)).body.error.code).toBe("no-location");
  });
});
