import { readFulfilments } from "../../cin7/sale.ts";
import { isOpen, readOrder } from "../../cin7/sale-order.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { type Halt, haltOf } from "../../inbox/vendor-answer.ts";
import { reached } from "../../sales/documents-store.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { totalDifference } from "../sending/bodies.ts";
import { readStages } from "../state.ts";
import type { OrderRow } from "../store.ts";

type Halted = { is: "halt"; halt: Halt };
type Differs = { is: "differs"; ours: string; cin7: string };
/** `shippedOn`: the latest day on which goods left, where Setup invoices then; null: it was not asked. */
export type Ready = { is: "ready"; shippedOn: string | null } | { is: "waits"; for: "order" | "shipment"; why: string } | Differs | Halted;

/**
 * Whether the invoice may be written now (M11): its order is authorised by somebody where Setup leaves it as a draft, and the
 * goods have left where Setup invoices then. One call for each, only where Setup asks for it.
 */
export async function readyToInvoice(c: LinkedContext, row: OrderRow, draft: SaleDraft): Promise<Ready> {
  if (draft.order?.status === "draft" && !readStages(row.stages).includes("ordered")) {
    const order = await authorised(c, row, draft);
    if (order.is !== "ready") return order;
  }
  if (draft.invoice.status === "none" || draft.invoice.when !== "when-shipped" || draft.reserved.length === 0)
    return { is: "ready", shippedOn: null };
  return shipped(c, row);
}

async function authorised(c: LinkedContext, row: OrderRow, draft: SaleDraft): Promise<Ready> {
  const read = await readOrder(c.cin7, row.saleId ?? "");
  if (read.is !== "read") return { is: "halt", halt: haltOf(read, c) };
  const order = read.value;
  if (isOpen(order)) return { is: "waits", for: "order", why: "Waits for the order to be authorised in Cin7 Core." };
  const difference = totalDifference(draft, order);
  if (difference) return { is: "differs", ...difference };
  const short = order.Lines.some((line) => (line.BackorderQuantity ?? 0) > 0);
  // Allocated in Cin7 from now on: our own hold on the stock ends.
  const note = `In Cin7 Core as ${order.SaleOrderNumber || (row.saleNumber ?? "")}`;
  await reached(c, row, [{ kind: "order", state: short ? "backordered" : "authorised" }], {
    state: "sent",
    note,
    reserved: [],
  });
  return { is: "ready", shippedOn: null };
}

async function shipped(c: LinkedContext, row: OrderRow): Promise<Ready> {
  const read = await readFulfilments(c.cin7, row.saleId ?? "");
  if (read.is !== "read") return { is: "halt", halt: haltOf(read, c) };
  const tasks = read.value.filter((task) => task.Ship?.Status !== "VOIDED");
  const all = tasks.length > 0 && tasks.every((task) => task.Ship?.Status === "AUTHORISED");
  if (!all) return { is: "waits", for: "shipment", why: "Waits for the shipment in Cin7 Core." };
  const days = tasks.flatMap((task) => task.Ship?.Lines ?? []).map((line) => line.ShipmentDate.slice(0, 10));
  await reached(c, row, [{ kind: "fulfilment", state: "shipped" }]);
  return { is: "ready", shippedOn: days.filter(Boolean).sort().at(-1) ?? null };
}
