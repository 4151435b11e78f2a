import type { Stage } from "../contract/index.ts";
import type { documents } from "../lib/db/schema/tables.ts";
import { reach } from "../orders/state.ts";

/** What documents say of an order: its stages and what it waits for are projections of them. Pure. */
export type DocumentKind = typeof documents.$inferSelect.kind;

/**
 * States of documents, each after those that it follows: a document only goes on, so a run that repeats an older step changes
 * nothing. `waits`: not written yet. `none`: there is none by design (the order of a Service sale). `posted`: also paid by others.
 */
export const STATES = [
  "waits",
  "none",
  "open",
  "draft",
  "authorised",
  "backordered",
  "picked",
  "packed",
  "shipped",
  "part-paid",
  "paid",
  "posted",
  "completed",
  "void",
] as const;
export type DocumentState = (typeof STATES)[number];

/** What is known now of a document of an order's sale: what is left out stays as it was. */
export type Written = {
  kind: DocumentKind;
  /** Absent: the mark of the sale. */
  mark?: string;
  state: DocumentState;
  cin7Id?: string | null;
  number?: string;
  total?: string | null;
  day?: string | null;
  waitsFor?: WaitsFor;
  items?: { productId: string; sku: string; quantity: string }[];
};
export type WaitsFor = "" | "order" | "shipment" | "invoice" | "books";

type Said = { kind: string; state: string };

/** Stages of one document. Goods that have left were picked and packed. */
export function stagesOfOne({ kind, state }: Said): Stage[] {
  switch (`${kind} ${state}`) {
    case "sale open":
      return ["sale"];
    case "sale void":
      return ["sale", "voided"];
    case "order none":
    case "order authorised":
      return ["ordered"];
    case "order backordered":
      return ["ordered", "backordered"];
    case "fulfilment picked":
      return ["picked"];
    case "fulfilment packed":
      return ["picked", "packed"];
    case "fulfilment shipped":
      return ["picked", "packed", "shipped"];
    case "invoice draft":
      return ["invoice-draft"];
    case "invoice authorised":
      return ["invoiced"];
    case "invoice part-paid":
      return ["invoiced", "part-paid"];
    case "invoice paid":
      return ["invoiced", "paid"];
    default:
      return [];
  }
}

/** `orders.stages` after these documents were written or found: they only go on, so what is known of others stays. */
export const withStages = (stages: string, written: readonly Said[]): string => written.flatMap(stagesOfOne).reduce(reach, stages);

/** The whole projection, from all documents of a sale. */
export const stagesOf = (all: readonly Said[]): string => withStages("", all);

/** The fulfilment that these stages show; null: nothing has left the shelf. */
export const fulfilmentIn = (stages: readonly Stage[]): DocumentState | null =>
  (["shipped", "packed", "picked"] as const).find((stage) => stages.includes(stage)) ?? null;
