import { isDaySale } from "../lib/day-sale.ts";
import type { SaleDraft } from "../orders/mapping/sale-draft.ts";
import type { PaymentRow } from "../orders/payments-store.ts";
import { readStages } from "../orders/state.ts";
import type { OrderRow } from "../orders/store.ts";
import { type DocumentState, fulfilmentIn, type Written } from "./stages.ts";

/**
 * What is in Cin7 of an order by its row and payments, as a release before `documents` knew it (decision 0026). `service`: it is a
 * Service sale. An order of a daily sale has no documents of its own. Pure.
 */
export function documentsFrom(row: OrderRow, draft: SaleDraft, payments: readonly PaymentRow[], service: boolean): Written[] {
  const { saleId, saleNumber, invoiceTaskId, invoiceNumber, waitsFor } = row;
  if (!saleId || (row.daySale !== null && !isDaySale(row.orderId))) return [];
  const stages = readStages(row.stages);
  const { orderDate: day, totals } = draft;
  const whole = { number: saleNumber ?? "", day, total: totals.incTax };
  const docs: Written[] = [{ kind: "sale", state: stages.includes("voided") ? "void" : "open", cin7Id: saleId, ...whole }];
  const order = service ? "none" : orderIn(row, draft);
  if (order) docs.push({ kind: "order", state: order, ...(service ? {} : whole) });
  const goods = fulfilmentIn(stages);
  if (goods) docs.push({ kind: "fulfilment", state: goods });
  const invoice = INVOICE.find(([stage]) => stages.includes(stage));
  if (invoice) docs.push({ kind: "invoice", state: invoice[1], cin7Id: invoiceTaskId, number: invoiceNumber ?? "" });
  else if (waitsFor !== "" && waitsFor !== "day") docs.push({ kind: "invoice", state: "waits" });
  for (const { state, mark, cin7PaymentId, amount } of payments)
    if (state === "posted") docs.push({ kind: "payment", mark, state, cin7Id: cin7PaymentId, total: amount });
  return docs;
}

/** The furthest first. */
const INVOICE = [
  ["paid", "paid"],
  ["part-paid", "part-paid"],
  ["invoiced", "authorised"],
  ["invoice-draft", "draft"],
] as const;

function orderIn({ stages, state }: OrderRow, draft: SaleDraft): DocumentState | null {
  const known = readStages(stages);
  if (known.includes("ordered")) return known.includes("backordered") ? "backordered" : "authorised";
  return state === "sent" && draft.order?.status === "draft" ? "draft" : null;
}
