import * as z from "zod";
import { sameGuid } from "../../lib/ids.ts";
import { definePart, type Named, type Objection } from "./define-part.ts";
import { locationRef, once, RELOAD, ref, shape, text } from "./forms.ts";
import type { Live, LivePlace } from "./live.ts";
import { nameOf } from "./tell.ts";

const STOCK = "Choose all locations, or at least one of them.";
const TWICE = "This location is listed twice. Keep one of the two.";
const schema = shape({
  salesShipFrom: locationRef.nullable(),
  /** BigCommerce pickup location → location of the sale (M25); others ship from `salesShipFrom`. */
  pickups: z
    .array(shape({ id: z.int({ error: RELOAD }), name: text("Give the pickup location a name."), location: locationRef }), {
      error: RELOAD,
    })
    .max(500, "There are too many pickup locations.")
    .check((c) => once(c, (row) => String(row.id), "id", "This pickup location is listed twice. Keep one of the two.")),
  /** F26, M34: the locations whose stock counts for this store; `all`: every one of Cin7 Core. */
  stock: z
    .union([z.literal("all"), z.array(ref(STOCK)).min(1, STOCK).max(500, "There are too many locations.")], { error: STOCK })
    .check((c) => {
      if (Array.isArray(c.value)) once(c as z.core.ParsePayload<{ id: string }[]>, (row) => row.id.toLowerCase(), "id", TWICE);
    }),
});
type Location = z.output<typeof schema>;
type Chosen = z.output<typeof locationRef>;

export const location = definePart({
  schema,
  begins: { salesShipFrom: null, pickups: [], stock: "all" },
  changes: {
    salesShipFrom: ({ say }, { salesShipFrom: from }, { salesShipFrom: to }) => say("Sales ship from", nameOf(from, to), nameOf(to, from)),
    pickups: ({ lists }, before, after) =>
      lists("Pickup at", before.pickups, after.pickups, { key: (r) => r.name, says: (r) => r.location.name }),
    stock: ({ say }, before, after) => say("Stock locations", stockWords(before, after), stockWords(after, before)),
  },
  from: { locations: (part) => part },
  wrong: (part, { locations }) =>
    locations === undefined
      ? []
      : [
          ["salesShipFrom", part.salesShipFrom && locationProblem(part.salesShipFrom, locations)],
          ...part.pickups.map((row, i): Objection => [`pickups.${i}.location`, locationProblem(row.location, locations)]),
          ...stockOf(part).map((chosen, i): Objection => [`stock.${i}`, stockProblem(chosen, locations)]),
        ],
  named: (part) => [
    ["salesShipFrom", part.salesShipFrom],
    ...part.pickups.map((row, i): Named => [`pickups.${i}.location`, row.location]),
    ...stockOf(part).map((row, i): Named => [`stock.${i}`, row]),
  ],
  withNames: ({ salesShipFrom, pickups, stock }, { locations }) => ({
    salesShipFrom: salesShipFrom && today(salesShipFrom, locations),
    pickups: pickups.map((row) => ({ ...row, location: today(row.location, locations) })),
    stock: stock === "all" ? stock : stock.map((row) => today(row, locations)),
  }),
});

/** The locations of *Stock locations* that were chosen one by one (F26, M34); none where all count. */
export const stockChosen = ({ location }: { location: Location }): Chosen[] => stockOf(location);
const stockOf = ({ stock }: Location): Chosen[] => (stock === "all" ? [] : stock);

const among = (chosen: Chosen, locations: Live["locations"]) => locations?.find(({ id }) => sameGuid(id, chosen.id));
const today = (chosen: Chosen, locations: Live["locations"]): Chosen => {
  const found = among(chosen, locations);
  return found ? { id: found.id, name: found.name } : chosen;
};

function locationProblem(chosen: Chosen, locations: readonly LivePlace[]): string | null {
  const found = among(chosen, locations);
  if (!found) return `Cin7 Core no longer has the location "${chosen.name}". Choose another one.`;
  return found.deprecated ? `"${found.name}" is deprecated in Cin7 Core: nothing can be sold from it. Choose another location.` : null;
}

/** The stock of a location counts by its name: of one that is gone there is none any more (F26). */
function stockProblem(chosen: Chosen, locations: readonly LivePlace[]): string | null {
  const found = among(chosen, locations);
  if (!found) return `Cin7 Core no longer has the location "${chosen.name}". Take it out of the stock locations.`;
  return found.deprecated ? `"${found.name}" is deprecated in Cin7 Core. Take it out of the stock locations.` : null;
}

const stockWords = (location: Location, other: Location): string =>
  location.stock === "all"
    ? "all"
    : location.stock.map((ref) => nameOf(ref, stockOf(other).find(({ name }) => name === ref.name) ?? null)).join(", ");
