import * as z from "zod";
import { boundsOf, dayIn, instant, knownZone } from "../../lib/days.ts";
import { definePart } from "./define-part.ts";
import { flag, shape } from "./forms.ts";
import { onOff, says } from "./tell.ts";

const schema = shape({
  on: flag,
  captureWhen: z.enum(["created", "authorised", "paid", "completed"], {
    error: "Choose when orders are taken: created, authorised, paid or completed.",
  }),
  takeFrom: z
    .string({ error: "Give the day from which orders are taken, or leave it empty." })
    .nullable()
    .refine(
      (v) => v === null || (instant(v) !== null && /^\d{4}-\d{2}-\d{2}/.test(v)),
      "Give the day from which orders are taken as YYYY-MM-DD, or leave it empty.",
    ),
  unknownSku: z.enum(["service-line", "hold"], {
    error: "Choose what happens when a SKU stays unknown: hold the order, or use a line without stock.",
  }),
  /** F14, F15: each order as a sale of its own, or all orders of a day as one. */
  consolidate: z.enum(["each", "daily"], { error: "Choose each order as it comes, or one sale a day." }),
  /** F16: when the day ends, HH:MM in the store's zone. */
  consolidateAt: z
    .string({ error: "Give a time such as 23:00." })
    .trim()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Give a time from 00:00 to 23:59, such as 23:00."),
});

const CONSOLIDATE = { each: "each order as it comes", daily: "one sale a day" };
const UNKNOWN = { "service-line": "a line without stock", hold: "hold the order" };

export const orders = definePart({
  schema,
  begins: { on: false, captureWhen: "paid", takeFrom: null, unknownSku: "service-line", consolidate: "each", consolidateAt: "23:00" },
  changes: {
    on: says("Orders", (part) => onOff(part.on)),
    captureWhen: says("Take orders when they are", (part) => part.captureWhen),
    takeFrom: ({ say }, before, after, zone) => say("Take orders from", startFor(before.takeFrom, zone), startFor(after.takeFrom, zone)),
    consolidate: says("Sales in Cin7 Core", (part) => CONSOLIDATE[part.consolidate]),
    consolidateAt: says("Consolidation time", (part) => part.consolidateAt),
    unknownSku: says("When a SKU stays unknown", (part) => UNKNOWN[part.unknownSku]),
  },
});

/** True for `YYYY-MM-DD`, which still has to become the first instant of that day in the store's zone. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** *Take orders from* for people: the day in the store's zone, with the time unless the day begins there. */
export function startFor(takeFrom: string | null, zone: string): string | null {
  const start = instant(takeFrom);
  if (start === null) return null;
  const day = dayIn(start, zone);
  if (instant(boundsOf(day, zone).from) === start) return day;
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: knownZone(zone), hour: "2-digit", minute: "2-digit" }).format(new Date(start));
  return `${day} ${time}`;
}
