import { and, eq } from "drizzle-orm";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { orders } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";
import { undeciding } from "../orders/decisions-store.ts";
import { payAgain, withoutPayments } from "../orders/payments-store.ts";
import type { OrderRow } from "../orders/store.ts";
import { forgetDocuments, voidSale, writeDocuments } from "./documents-store.ts";
import { stagesOf, type Written } from "./stages.ts";

/** The ways back: an order's sale is forgotten, or given up for the next one. */
const mine = (tenant: Tenant, orderId: number) => and(eq(orders.storeHash, tenant.store), eq(orders.orderId, orderId));

/**
 * Its entry in the log was deleted (decision 1.7): what we knew of its documents is forgotten, `sale` is what Cin7 has. The one
 * way back from *sent*; the generation stays, so that the mark finds the same sale. One transaction with the decision.
 */
export async function startAgain(
  db: Db,
  tenant: Linked,
  row: OrderRow,
  { sale, note }: { sale: { saleId: string; saleNumber: string; voided: boolean } | null; note: string },
  now: string,
): Promise<OrderRow> {
  const docs: Written[] = sale
    ? [{ kind: "sale", state: sale.voided ? "void" : "open", cin7Id: sale.saleId, number: sale.saleNumber }]
    : [];
  const fresh = {
    state: "held" as const,
    note,
    notedFor: null,
    saleId: sale?.saleId ?? null,
    saleNumber: sale?.saleNumber ?? null,
    stages: stagesOf(docs),
    invoiceTaskId: null,
    invoiceNumber: null,
    waitsFor: "" as const,
    updatedAt: now,
  };
  await db.batch([
    forgetDocuments(db, tenant, row),
    writeDocuments(db, tenant, { ...row, waitsFor: "" }, docs, now),
    db
      .update(orders)
      .set(fresh)
      .where(and(mine(tenant, row.orderId), eq(orders.generation, row.generation), inEpoch(tenant))),
    withoutPayments(db, tenant, row.orderId),
    undeciding(db, tenant, "take-again", row.orderId),
  ]);
  return { ...row, ...fresh };
}

/**
 * The next generation of an order's sale, stored before anything is sent for it; the voided one stays in Cin7 without its
 * payments (a void takes them back), so every tender is due again. Whatever its state was, it waits now.
 */
export async function newGeneration(db: Db, tenant: Tenant, row: OrderRow, now: string): Promise<OrderRow> {
  const again = await toGeneration(db, tenant, row, { generation: row.generation + 1, note: "The sale is created again." }, now);
  if (again === row) return row;
  await db.batch([voidSale(db, tenant, row), payAgain(db, tenant, row.orderId, now)]);
  return again;
}

/** A row that an old database gave back knows an older generation than what was sent: it begins anew with the last one. */
export const laterGeneration = (db: Db, tenant: Tenant, row: OrderRow, generation: number, now: string): Promise<OrderRow> =>
  toGeneration(db, tenant, row, { generation, note: "It goes on with the sale that was created last." }, now);

async function toGeneration(
  db: Db,
  tenant: Tenant,
  row: OrderRow,
  to: { generation: number; note: string },
  now: string,
): Promise<OrderRow> {
  const { generation, note } = to;
  const fresh = {
    generation,
    state: "pending" as const,
    note,
    saleId: null,
    saleNumber: null,
    stages: "",
    invoiceTaskId: null,
    invoiceNumber: null,
    waitsFor: "" as const,
    updatedAt: now,
  };
  const result = await db
    .update(orders)
    .set(fresh)
    .where(and(mine(tenant, row.orderId), eq(orders.generation, row.generation), inEpoch(tenant)))
    .run();
  return result.meta.changes > 0 ? { ...row, ...fresh } : row;
}
