import { Hono } from "hono";
import type { ApiContext, ApiEnv } from "../../api/access.ts";
import { fairUseHere } from "../../api/limits.ts";
import { asFile, csvLine } from "../../lib/csv.ts";
import { dayIn } from "../../lib/days.ts";
import { unpaidMoneyAfter } from "./list-store.ts";
import { customerFor } from "./masked.ts";

/** Mounted under /api/stores/:hash. */
export const unpaidRoutes = new Hono<ApiEnv>();

const COLUMNS = [
  "order",
  "placedAt",
  "customer",
  "saleNumber",
  "invoiceNumber",
  "method",
  "amount",
  "currency",
  "paidAt",
  "reference",
] as const;
const AT_ONCE = 1000;

/**
 * `GET /orders/unpaid.csv`: every payment that was taken and is not in Cin7 Core because its method has no account (F47), for
 * whoever keeps these invoices open and matches payouts (F48): a line each, with the gateway's own reference. Streamed.
 */
unpaidRoutes.get("/orders/unpaid.csv", async (c) => {
  await fairUseHere(c, "file");
  const { store, now } = c.var;
  const day = dayIn(new Date(now()).toISOString(), store.timeZone);
  return asFile(lines(c), "text/csv; charset=utf-8", `lockstep-${store.hash}-not-in-cin7-${day}.csv`);
});

function lines({ var: { db, tenant, session } }: ApiContext): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const shown = <T extends { customer: string }>(row: T): T => ({ ...row, customer: customerFor(session.role, row.customer) });
  let after = { order: 0, mark: "" };
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(csvLine(COLUMNS))),
    async pull(controller) {
      const rows = await unpaidMoneyAfter(db, tenant, after, AT_ONCE);
      const last = rows.at(-1);
      if (!last) return controller.close();
      after = last;
      controller.enqueue(encoder.encode(rows.map((row) => csvLine(COLUMNS.map((name) => shown(row)[name]))).join("")));
    },
  });
}
