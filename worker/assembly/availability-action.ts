import { type ApiContext, fail } from "../api/access.ts";
import { busy, noAnswer, sidesOf } from "../api/sides.ts";
import { productsBySku } from "../catalogue/store.ts";
import { locations } from "../cin7/lists.ts";
import type { GoodsRow, OrderGoods, Settings } from "../contract/index.ts";
import { type Halt, haltOf } from "../inbox/vendor-answer.ts";
import { plain } from "../lib/money.ts";
import { settingsNow } from "../settings/current-store.ts";
import {
  type AskedOfShelf,
  assemblesFor,
  chosenLocations,
  elsewhere,
  isAssembled,
  type LiveLocation,
  ownLocation,
  placesOf,
  wantedIn,
  wasStopped,
} from "./availability.ts";
import { type ShelfRow, shelfOf, shortOf, toAssemble, type Wanted } from "./plan.ts";
import { kitsAmong, nestedIn, readBill, readRows, type ShelfContext, type ShelfRead } from "./read-shelf-step.ts";

/** SKUs that one click asks for, and products in all, components with them: a third of Cin7's minute stays the most. */
const SKUS = 10;
const PRODUCTS = 20;

/** Where the goods of an order are (F25), for a person who waits in front of its page; or a sentence why it cannot be said. */
export async function goodsFor(c: ApiContext, asked: AskedOfShelf): Promise<OrderGoods> {
  const { tenant, cin7 } = await sidesOf(c);
  const { db, config, now } = c.var;
  const { settings } = await settingsNow(db, tenant);
  if (!asked.sale?.location && !settings.location.salesShipFrom)
    return fail(409, "no-location", "Choose first, under Setup, Orders, where sales ship from.");
  const read = await goodsOf({ db, config, now, tenant, cin7, attempt: 1, jitter: 0 }, settings, asked);
  return read.is === "read" ? read.value : stopped(read, now());
}

async function goodsOf(c: ShelfContext, settings: Settings, asked: AskedOfShelf): Promise<ShelfRead<OrderGoods>> {
  const wanted = wantedIn(asked);
  const known = await productsBySku(c.db, c.tenant, [...wanted.keys()]);
  const notes = [...wanted.keys()]
    .filter((sku) => !known.has(sku))
    .map((sku) => `No product of Cin7 Core with the SKU "${sku}" is known to Lockstep.`);
  const goods = [...wanted].flatMap(([sku, ordered]) => {
    const product = known.get(sku);
    return product && product.type.toLowerCase() !== "service" ? [{ sku, ordered, productId: product.productId }] : [];
  });
  const first = goods.slice(0, SKUS);
  const live = first.length > 0 ? await locationsNow(c) : { is: "read" as const, value: [] };
  if (live.is !== "read") return live;
  const own = ownLocation(asked.sale?.location ?? "", settings, live.value);
  const chosen = chosenLocations(settings, live.value);

  const shelves: Shelves = new Map();
  for (const { productId } of first) {
    const halt = await put(c, shelves, productId);
    if (halt) return halt;
  }
  const ids = first.filter(({ sku }) => !isAssembled(asked, sku)).map(({ productId }) => productId);
  const kits = await kitsAmong(c, assemblesFor(asked, settings) ? ids : []);
  if (kits.is !== "read") return kits;
  const rows: GoodsRow[] = [];
  for (const { sku, ordered, productId } of first) {
    const kit = kits.value.get(productId);
    const setup = { ...settings.sale.assembly, ...(wasStopped(asked, sku) ? { mode: "missing" as const } : {}) };
    const now = kit
      ? await kitNow(c, setup, { ...kit, ordered }, { own, chosen: chosen.names }, shelves)
      : { is: "read" as const, value: null };
    if (now.is !== "read") return now;
    const places = placesOf(shelves.get(productId) ?? [], productId, own, chosen.names);
    rows.push({ sku, ordered: plain(ordered), places, kit: now.value });
  }
  return { is: "read", value: { location: own, rows, left: goods.length - first.length, notes: [...notes, ...chosen.notes] } };
}

/** What Cin7 has of a product everywhere, by product: each is asked for once. */
type Shelves = Map<string, readonly ShelfRow[]>;
/** The location of the sale, and the stock locations of Setup. */
type At = { own: string; chosen: "all" | readonly string[] };

async function put(c: ShelfContext, shelves: Shelves, productId: string): Promise<Halt | null> {
  if (shelves.has(productId)) return null;
  const rows = await readRows(c, productId);
  if (rows.is !== "read") return rows;
  shelves.set(productId, rows.value);
  return null;
}

/** What would be assembled of a kit if its order were sent now, and what is short for that. */
async function kitNow(
  c: ShelfContext,
  setup: Parameters<typeof toAssemble>[0],
  kit: Wanted,
  at: At,
  shelves: Shelves,
): Promise<ShelfRead<GoodsRow["kit"]>> {
  const there = (productId: string, finished: boolean) => shelfOf(shelves.get(productId) ?? [], productId, at.own, finished);
  const quantity = toAssemble(setup, kit, there(kit.productId, kit.auto));
  if (quantity.eq(0)) return { is: "read", value: { quantity: "0", short: [] } };
  const bill = await readBill(c, kit.productId);
  if (bill.is !== "read") return bill;
  const parts = [...new Set(bill.value.parts.map(({ productId }) => productId))];
  if (shelves.size + parts.filter((id) => !shelves.has(id)).length > PRODUCTS)
    return { is: "read", value: { quantity: plain(quantity), short: null } };
  for (const productId of parts) {
    const halt = await put(c, shelves, productId);
    if (halt) return halt;
  }
  const shelf = new Map(parts.map((productId) => [productId, there(productId, true)]));
  const short = shortOf(bill.value, quantity, shelf, await nestedIn(c, bill.value)).map((part) => {
    const productId = bill.value.parts.find(({ sku }) => sku === part.sku)?.productId ?? "";
    return { ...part, elsewhere: elsewhere(placesOf(shelves.get(productId) ?? [], productId, at.own, at.chosen)) };
  });
  return { is: "read", value: { quantity: plain(quantity), short } };
}

/** Stock goes by the names of locations, Setup by their IDs: which name each has now. */
async function locationsNow(c: ShelfContext): Promise<ShelfRead<LiveLocation[]>> {
  const list = await locations(c.cin7);
  return list.is === "read" ? { is: "read", value: list.value.filter(({ bin }) => !bin) } : haltOf(list, c);
}

function stopped(halt: Halt, now: number): never {
  switch (halt.is) {
    case "wait":
      return busy(halt.at, now);
    case "denied":
      return fail(
        502,
        "denied",
        halt.licence
          ? "Cin7 Core says that its licence or subscription has ended, so it does not tell where the goods are."
          : "Cin7 Core no longer accepts our application key. Give a new key under Setup, Connection.",
      );
    case "refused":
      return fail(502, "refused", `Cin7 Core did not tell where the goods are: ${halt.message || "no reason given"}`);
    default:
      return noAnswer("Cin7 Core");
  }
}
