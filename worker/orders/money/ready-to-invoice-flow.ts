import * as cin7 from "../../cin7/schemas.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { haltOf } from "../../inbox/halt.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { totalDifference } from "../sending/bodies.ts";
import { readStages } from "../state.ts";
import { move, type OrderRow, reached } from "../store.ts";

type Halted = { is: "halt"; halt: NonNullable<ReturnType<typeof haltOf>> };
type Differs = { is: "differs"; ours: string; cin7: string };
/** `shippedOn`: the latest day on which goods left, where Setup invoices then; null: it was not asked. */
export type Ready = { is: "ready"; shippedOn: string | null } | { is: "waits"; for: "order" | "shipment"; why: string } | Differs | Halted;

const unreadable: Halted = { is: "halt", halt: { is: "trouble", why: "Cin7 Core's answer could not be understood." } };

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
  const answer = await c.cin7.get("/sale/order", { SaleID: row.saleId ?? "" });
  const halt = haltOf(answer, c);
  if (halt) return { is: "halt", halt };
  const order = cin7.saleOrder.safeParse(answer.is === "ok" ? answer.body : null);
  if (!order.success) return unreadable;
  if (order.data.Status === "DRAFT" || order.data.Status === "NOT AVAILABLE")
    return { is: "waits", for: "order", why: "Waits for the order to be authorised in Cin7 Core." };
  const difference = totalDifference(draft, order.data);
  if (difference) return { is: "differs", ...difference };
  const now = new Date(c.now()).toISOString();
  const short = order.data.Lines.some((line) => (line.BackorderQuantity ?? 0) > 0);
  await reached(c.db, c.tenant, row, short ? ["ordered", "backordered"] : ["ordered"], {}, now);
  // Allocated in Cin7 from now on: our own hold on the stock ends.
  const note = `In Cin7 Core as ${order.data.SaleOrderNumber || (row.saleNumber ?? "")}`;
  await move(c.db, c.tenant, row.orderId, { state: "sent", note, reserved: [] }, now);
  return { is: "ready", shippedOn: null };
}

async function shipped(c: LinkedContext, row: OrderRow): Promise<Ready> {
  const answer = await c.cin7.get("/sale/fulfilment", { SaleID: row.saleId ?? "" });
  const halt = haltOf(answer, c);
  if (halt) return { is: "halt", halt };
  const read = cin7.saleFulfilments.safeParse(answer.is === "ok" ? answer.body : null);
  if (!read.success) return unreadable;
  const tasks = read.data.Fulfilments.filter((task) => task.Ship?.Status !== "VOIDED");
  const all = tasks.length > 0 && tasks.every((task) => task.Ship?.Status === "AUTHORISED");
  if (!all) return { is: "waits", for: "shipment", why: "Waits for the shipment in Cin7 Core." };
  const days = tasks.flatMap((task) => task.Ship?.Lines ?? []).map((line) => line.ShipmentDate.slice(0, 10));
  await reached(c.db, c.tenant, row, ["shipped"], {}, new Date(c.now()).toISOString());
  return { is: "ready", shippedOn: days.filter(Boolean).sort().at(-1) ?? null };
}
