import type { Ref, Settings } from "../contract/index.ts";
import { CHARGE_KEYS } from "./parts/charges.ts";
import { stockChosen } from "./parts/location.ts";

/** Something in Setup that has another name now, by its path in the document; in Cin7 Core unless `side` says otherwise. */
export type Renamed = { field: string; before: string; after: string; side?: "BigCommerce" };

/** Names that differ between two documents that name the same things by ID (cin7-core.md 3.7: sales go by name). */
export function renamed(before: Settings, after: Settings): Renamed[] {
  const pairs: [string, Ref | null | undefined, Ref | null | undefined][] = [
    ["location.salesShipFrom", before.location.salesShipFrom, after.location.salesShipFrom],
    ["customers.defaultCustomer", before.customers.defaultCustomer, after.customers.defaultCustomer],
    ...before.location.pickups.map((row, i): [string, Ref, Ref | undefined] => [
      `location.pickups.${i}.location`,
      row.location,
      after.location.pickups[i]?.location,
    ]),
    ...stockChosen(before).map((row, i): [string, Ref, Ref | undefined] => [`location.stock.${i}`, row, stockChosen(after)[i]]),
  ];
  const found = pairs.flatMap(([field, a, b]) => (a && b && a.name !== b.name ? [{ field, before: a.name, after: b.name }] : []));
  const items = CHARGE_KEYS.flatMap((key) => {
    const [a, b] = [before.charges.items[key], after.charges.items[key]];
    return a && b && a.name !== b.name ? [{ field: `charges.items.${key}.productId`, before: a.name, after: b.name }] : [];
  });
  return [...found, ...items];
}

/** As the history of Setup says it. */
export const renamedWords = (names: readonly Renamed[]): string[] => [
  ...new Set(names.map(({ before, after, side }) => `Renamed in ${side ?? "Cin7 Core"}: ${before} → ${after}`)),
];
