import * as z from "zod";
import { definePart } from "./define-part.ts";
import { locationRef, once, RELOAD, ref, shape, text } from "./forms.ts";
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

export const location = definePart({
  schema,
  begins: { salesShipFrom: null, pickups: [], stock: "all" },
  changes: {
    salesShipFrom: ({ say }, { salesShipFrom: from }, { salesShipFrom: to }) => say("Sales ship from", nameOf(from, to), nameOf(to, from)),
    pickups: ({ lists }, before, after) =>
      lists("Pickup at", before.pickups, after.pickups, { key: (r) => r.name, says: (r) => r.location.name }),
    stock: ({ say }, before, after) => say("Stock locations", stockWords(before, after), stockWords(after, before)),
  },
});

/** The locations of *Stock locations* that were chosen one by one (F26, M34); none where all count. */
export const stockChosen = ({ location }: { location: Location }) => (location.stock === "all" ? [] : location.stock);

const stockWords = (location: Location, other: Location): string =>
  location.stock === "all"
    ? "all"
    : location.stock.map((ref) => nameOf(ref, stockChosen({ location: other }).find(({ name }) => name === ref.name) ?? null)).join(", ");
