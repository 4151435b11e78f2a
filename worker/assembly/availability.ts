import type { GoodsRow, MissingPart, Settings } from "../contract/index.ts";
import type { orders } from "../lib/db/schema/tables.ts";
import { sameGuid } from "../lib/ids.ts";
import { type Decimal, decimal, plain, sum, ZERO } from "../lib/money.ts";
import type { SaleLinesRow } from "../sales/lines-store.ts";
import { stockChosen } from "../settings/parts/location.ts";
import type { Assembled, ShelfRow } from "./plan.ts";

/** Where the goods of an order are (F25, F26): what its page shows on demand, from what Cin7 says of each SKU. */
export type AskedOfShelf = {
  order: Pick<typeof orders.$inferSelect, "orderId" | "stages" | "waitsFor" | "daySale" | "ordered">;
  /** What its sale is made of; null: it is not worked out yet. */
  sale: Pick<SaleLinesRow, "location" | "lines"> | null;
  made: readonly Assembled[];
  problems: readonly { key: string }[];
};
/** A location of Cin7 as its list has it now. */
export type LiveLocation = { id: string; name: string; deprecated: boolean };

/** What was ordered of each SKU: as it goes to Cin7, or as it came where it is not worked out yet. */
export function wantedIn({ order, sale }: Pick<AskedOfShelf, "order" | "sale">): Map<string, Decimal> {
  const lines = sale?.lines?.filter((row) => row.as === "line") ?? order.ordered ?? [];
  const wanted = new Map<string, Decimal>();
  for (const { sku, quantity } of lines)
    if (sku.trim()) wanted.set(sku.trim(), (wanted.get(sku.trim()) ?? ZERO).plus(decimal(quantity) ?? ZERO));
  return wanted;
}

/** The location of the sale under its name of today: stock goes by name, Setup knows the ID (cin7-core.md 3.7). `frozen` is "": not worked out yet. */
export function ownLocation(frozen: string, { location }: Settings, live: readonly LiveLocation[]): string {
  const refs = [...(location.salesShipFrom ? [location.salesShipFrom] : []), ...location.pickups.map((row) => row.location)];
  const known = refs.find(({ name }) => name === frozen);
  const now = live.find((each) => sameGuid(each.id, known?.id));
  if (now) return now.name;
  if (live.some(({ name }) => name === frozen)) return frozen;
  // Frozen under a name that is gone on both sides: Setup has followed it since.
  return live.find((each) => sameGuid(each.id, location.salesShipFrom?.id))?.name ?? (frozen || location.salesShipFrom?.name || "");
}

/** The stock locations of Setup by their names of today, and a sentence for each that no longer counts. */
export function chosenLocations(settings: Settings, live: readonly LiveLocation[]): { names: "all" | string[]; notes: string[] } {
  if (settings.location.stock === "all") return { names: "all", notes: [] };
  const found = stockChosen(settings).map((ref) => ({ ref, now: live.find((each) => sameGuid(each.id, ref.id)) }));
  return {
    names: found.flatMap(({ now }) => (now && !now.deprecated ? [now.name] : [])),
    notes: found.flatMap(({ ref, now }) => {
      if (now && !now.deprecated) return [];
      return [
        `"${ref.name}" is ${now ? "deprecated" : "no longer"} in Cin7 Core and does not count. Choose the stock locations again in Setup.`,
      ];
    }),
  };
}

/** A SKU at the location of the sale first, then at the chosen ones; of *all* those that have some. Bins and batches add up. */
export function placesOf(rows: readonly ShelfRow[], productId: string, own: string, chosen: "all" | readonly string[]): GoodsRow["places"] {
  const mine = rows.filter((row) => row.ID.toLowerCase() === productId);
  const others = chosen === "all" ? mine.map((row) => row.Location.trim()).sort((a, b) => a.localeCompare(b)) : chosen;
  return [...new Set([own, ...others])].map((location) => {
    const here = mine.filter((row) => row.Location.trim() === location.trim());
    const total = (of: (row: ShelfRow) => number) => plain(sum(here.map((row) => decimal(of(row)) ?? ZERO)));
    return {
      location,
      own: location === own,
      onHand: total((row) => row.OnHand),
      allocated: total((row) => row.Allocated),
      available: total((row) => row.Available),
    };
  });
}

/** The stock locations beside the sale's own that have some of it: from there it can be brought. */
export const elsewhere = (places: GoodsRow["places"]): MissingPart["elsewhere"] =>
  places
    .filter(({ own, available }) => !own && (decimal(available) ?? ZERO).gt(0))
    .map(({ location, available }) => ({ location, available }));

/** Whether Setup still assembles for this order: not once Cin7 has allocated it, and its part of a daily sale with that one. */
export const assemblesFor = ({ order }: AskedOfShelf, { sale }: Settings): boolean =>
  sale.assembly.mode !== "never" &&
  sale.status !== "draft" &&
  order.waitsFor !== "day" &&
  (order.daySale === null || order.orderId < 0) &&
  !/ordered|voided/.test(order.stages);

/** It was assembled for this order already. */
export const isAssembled = ({ made }: Pick<AskedOfShelf, "made">, sku: string): boolean => made.some((each) => each.sku === sku);

/** It could not be assembled before: from then on only what is missing counts (decision 0018). */
export const wasStopped = ({ order, problems }: AskedOfShelf, sku: string): boolean =>
  problems.some(({ key }) => key === `assembly-short:${order.orderId}:${sku}` || key === `cin7-refused:assembly:${order.orderId}`);
