import type { SaleRow } from "../cin7/schemas/sale.ts";
import type { Stage } from "../contract/index.ts";
import type { Work } from "../inbox/work.ts";
import { sameGuid } from "../lib/ids.ts";
import { reach, readStages } from "../orders/state.ts";
import { asksForLook } from "./too-much.ts";

/** An order of ours as D1 knows it. */
export type KnownSale = {
  storeHash: string;
  orderId: number;
  generation: number;
  saleId: string | null;
  stages: string;
  /** What in Cin7 the order waits for before its next document. */
  waitsFor: "" | "order" | "shipment" | "invoice" | "books";
  /** What went to Cin7, and the amounts that we have paid there. */
  total: string;
  paid: string[];
  /** Somebody was told that it is there twice, or of a refund that is to be entered. */
  told: boolean;
};

/** Cin7's instants are UTC, with or without saying so (cin7-core.md 1.5). ISO 8601; "": not an instant. */
export function utcInstant(text: string): string {
  const at = Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? "" : new Date(at).toISOString();
}

export type SeenSale = { works: Work[]; stages: string };

/** Just made, and our own run may not have noted it yet. */
const SETTLES_MS = 60_000;
/** The list may show a change late. */
const LATE_MS = 180_000;

/** `sweptAt`: when the list was read the last time; null: never. Instants ISO 8601. */
export type Moment = { now: string; sweptAt: string | null; timeScale: number };

/**
 * What a row of the list of sales means for its order (design 3.7): stages of the warehouse, and wake-ups where Cin7 and D1
 * do not agree. A wake-up is no judgement: the flow looks at the present itself. A change is looked at for some minutes, not
 * for as long as its row is among the newest.
 */
export function judgeSale(row: SaleRow, known: KnownSale, { now, sweptAt, timeScale }: Moment): SeenSale {
  const { orderId } = known;
  const nothing: SeenSale = { works: [], stages: known.stages };
  const has = readStages(known.stages);
  const voided = row.Status === "VOIDED";
  const updated = Date.parse(utcInstant(row.Updated) || now);
  const young = Date.parse(now) - updated < SETTLES_MS / timeScale;
  const seen = sweptAt !== null && updated + (SETTLES_MS + LATE_MS) / timeScale < Date.parse(sweptAt);
  const look: SeenSale = seen ? nothing : { ...nothing, works: [{ kind: "sale.check", orderId }] };
  if (known.saleId === null) return voided || young ? nothing : { ...nothing, works: [{ kind: "order.changed", orderId }] };
  // A second sale of the order, or one fewer of several.
  if (!sameGuid(row.SaleID, known.saleId)) return look;
  if (voided) return has.includes("voided") ? nothing : look;
  const works: Work[] = isThere(row, known.waitsFor) ? [{ kind: "order.money", orderId }] : [];
  if (known.told || (!young && asksForLook(row, known))) works.push(...look.works);
  return { works, stages: fulfilment(row).reduce(reach, known.stages) };
}

/** What an order waited for: the order authorised, the goods gone, the invoice authorised (decision 1.14, M10, M11). */
function isThere(row: SaleRow, waitsFor: KnownSale["waitsFor"]): boolean {
  if (waitsFor === "invoice") return isInvoiced(row.CombinedInvoiceStatus);
  if (waitsFor === "shipment") return row.CombinedShippingStatus === "SHIPPED";
  return waitsFor === "order" && !/^(|NOT .*|DRAFT)$/.test(row.OrderStatus);
}

const NOT_INVOICED = /^(|NOT .*|DRAFT|VOIDED)$/;
/** The documents and the answers name it differently (cin7-core.md 9.12): everything that is no draft counts. */
const isInvoiced = (status: string): boolean => !NOT_INVOICED.test(status.trim().toUpperCase());

/** Whole stages only: "PARTIALLY SHIPPED" is not shipped. */
function fulfilment(row: SaleRow): Stage[] {
  const stages: Stage[] = [];
  if (row.CombinedPickingStatus === "PICKED") stages.push("picked");
  if (row.CombinedPackingStatus === "PACKED") stages.push("packed");
  if (row.CombinedShippingStatus === "SHIPPED") stages.push("shipped");
  return stages;
}
