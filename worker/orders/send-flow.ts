import { type SaleOrder, sale, saleList, saleOrder, type saleRow } from "../cin7/schemas.ts";
import type { Problem } from "../exceptions/problem.ts";
import { type Looked, type Written, writeOnce } from "../inbox/claim.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { haltOf, stop } from "../inbox/halt.ts";
import { blocked, done, type Outcome } from "../inbox/outcome.ts";
import { sameGuid } from "../lib/ids.ts";
import { customerFor } from "./customer-flow.ts";
import type { Kept, SaleDraft } from "./draft.ts";
import { heldNote } from "./held.ts";
import { saleStep } from "./marks.ts";
import { move, type OrderRow, orderOf, reached } from "./store.ts";
import { orderBody, saleBody, totalDifference } from "./to-cin7.ts";

type SaleIds = { saleId: string; saleNumber: string };

/**
 * `order.send`: the sale and its authorised order, each written exactly once (design 3, 8.10). Two calls when the customer
 * is known. What Cin7 answers is compared with ours to the cent before the next stage (M1).
 */
export async function sendOrder(c: LinkedContext, orderId: number): Promise<Outcome> {
  const row = await orderOf(c.db, c.tenant, orderId);
  const stored = await c.drafts.of<Kept>(orderId);
  if (!row || !stored) return done("It is read again first.", { next: [{ kind: "order.changed", orderId }] });
  if (row.state === "sent") return done(`Already in Cin7 Core as ${row.saleNumber ?? "a sale"}.`, moneyNext(row, stored.draft));
  const { draft } = stored;
  const iso = () => new Date(c.now()).toISOString();

  const customer = await customerFor(c, draft);
  if (customer.is !== "customer") return ended(c, row, customer.outcome);

  await move(c.db, c.tenant, orderId, { state: "sending", note: "On its way to Cin7 Core." }, iso());
  const header = await writeSale(c, row, draft, customer.id);
  if (header.is !== "written") return ended(c, row, stop(header, c, refusedAs(orderId, "sale")));
  await reached(c.db, c.tenant, row, ["sale"], header.value, iso());

  const order = await writeOrder(c, row, draft, header.value.saleId);
  if (order.is !== "written") return ended(c, row, stop(order, c, refusedAs(orderId, "order")));
  const saleNumber = order.value.SaleOrderNumber || header.value.saleNumber;

  const difference = totalDifference(draft, order.value);
  if (difference) {
    const problem: Problem = { kind: "cin7-total-differs", orderId, document: "order", currency: draft.currency, ...difference };
    return ended(c, row, blocked([problem]));
  }
  const short = order.value.Lines.some((line) => (line.BackorderQuantity ?? 0) > 0);
  await reached(c.db, c.tenant, row, short ? ["ordered", "backordered"] : ["ordered"], { saleNumber }, iso());
  await move(c.db, c.tenant, orderId, { state: "sent", note: `In Cin7 Core as ${saleNumber}`, reserved: [] }, iso());
  return done(`In Cin7 Core as ${saleNumber}${short ? ", waits for stock" : ""}.`, { ...moneyNext(row, draft), notices: draft.notices });
}

const moneyNext = (row: OrderRow, draft: SaleDraft) =>
  draft.invoice.status === "none" ? {} : { next: [{ kind: "order.money" as const, orderId: row.orderId }] };

const refusedAs =
  (orderId: number, step: string) =>
  (text: string): Problem => ({ kind: "cin7-refused", orderId, step, text });

/** A flow that stops leaves its reason on the order: held with its problems, or waiting with the time of the next try. */
async function ended(c: LinkedContext, row: OrderRow, outcome: Outcome): Promise<Outcome> {
  const now = new Date(c.now()).toISOString();
  if (outcome.is === "blocked") await move(c.db, c.tenant, row.orderId, { state: "held", note: heldNote(outcome.problems) }, now);
  if (outcome.is === "later") {
    const notedFor = new Date(outcome.at).toISOString();
    await move(c.db, c.tenant, row.orderId, { state: row.saleId ? "sending" : "pending", note: outcome.why, notedFor }, now);
  }
  return outcome;
}

async function writeSale(c: LinkedContext, row: OrderRow, draft: SaleDraft, customerId: string): Promise<Written<SaleIds>> {
  // No memory of it: an order placed before we were connected (again) is looked up before its first POST (design 3.5).
  const lookFirst = row.placedAt < c.store.lookBefore;
  return writeOnce<SaleIds>(
    { claims: c.claims, now: c.now, quietMs: c.config.unknownQuietMs / c.config.timeScale },
    {
      step: saleStep(draft.orderId, row.generation),
      mark: draft.mark,
      lookFirst,
      look: () => lookForSale(c, row, draft, lookFirst),
      permit: () => c.cin7.permit(),
      send: () => c.cin7.permitted("POST", "/sale", saleBody(draft, customerId)),
      read: (body) => {
        const read = sale.safeParse(body);
        return read.success ? { saleId: read.data.ID.toLowerCase(), saleNumber: read.data.Order?.SaleOrderNumber ?? "" } : null;
      },
    },
  );
}

/** Rows count only when the whole ExternalID is equal; all pages are read (design 3.3). */
async function lookForSale(c: LinkedContext, row: OrderRow, draft: SaleDraft, suspects: boolean): Promise<Looked<SaleIds>> {
  const found = await allRows(c, { ExternalID: draft.mark });
  if (found.is !== "rows") return found;
  const ours = found.rows.filter((row) => row.ExternalID === draft.mark);
  const living = ours.filter((row) => row.Status !== "VOIDED");
  if (living[0]) return { is: "found", value: { saleId: living[0].SaleID.toLowerCase(), saleNumber: living[0].OrderNumber } };
  if (ours[0]) {
    // Known from now on, so that *Process* can see that it is void and create the sale again.
    const ids = { saleId: ours[0].SaleID.toLowerCase(), saleNumber: ours[0].OrderNumber };
    await reached(c.db, c.tenant, row, ["voided"], ids, new Date(c.now()).toISOString());
    return { is: "problem", problem: { kind: "sale-voided", orderId: draft.orderId, saleNumber: ours[0].OrderNumber } };
  }
  if (!suspects) return { is: "absent" };

  // The same reference without an ID of ours: another connection may have brought it. Nothing is created.
  const byReference = await allRows(c, { Search: draft.reference });
  if (byReference.is !== "rows") return byReference;
  const suspect = byReference.rows.find(
    (row) => row.CustomerReference === draft.reference && !row.ExternalID.startsWith("ls:") && row.Status !== "VOIDED",
  );
  if (!suspect) return { is: "absent" };
  return { is: "problem", problem: { kind: "maybe-imported-elsewhere", orderId: draft.orderId, saleNumber: suspect.OrderNumber } };
}

type Row = import("zod").output<typeof saleRow>;
type Rows = { is: "rows"; rows: Row[] } | Extract<Looked<never>, { is: "wait" | "trouble" | "denied" | "refused" | "problem" }>;
const PAGE = 1000;

async function allRows(c: LinkedContext, query: Record<string, string>): Promise<Rows> {
  const rows: Row[] = [];
  for (let page = 1; page <= 20; page++) {
    const answer = await c.cin7.get("/saleList", { ...query, Page: page, Limit: PAGE });
    const halt = haltOf(answer, c);
    if (halt) return halt;
    const list = saleList.safeParse(answer.is === "ok" ? answer.body : null);
    if (!list.success) return { is: "trouble", why: "Cin7 Core's answer could not be understood." };
    rows.push(...list.data.SaleList);
    if (list.data.SaleList.length < PAGE) break;
  }
  return { is: "rows", rows };
}

async function writeOrder(c: LinkedContext, row: OrderRow, draft: SaleDraft, saleId: string): Promise<Written<SaleOrder>> {
  const read = (body: unknown) => {
    const parsed = saleOrder.safeParse(body);
    return parsed.success && sameGuid(parsed.data.SaleID, saleId) && parsed.data.Status === "AUTHORISED" ? parsed.data : null;
  };
  return writeOnce<SaleOrder>(
    { claims: c.claims, now: c.now, quietMs: c.config.unknownQuietMs / c.config.timeScale },
    {
      step: `order:${draft.orderId}:g${row.generation}:order`,
      mark: saleId,
      look: async () => {
        const answer = await c.cin7.get("/sale/order", { SaleID: saleId });
        const halt = haltOf(answer, c);
        if (halt) return halt;
        const value = read(answer.is === "ok" ? answer.body : null);
        return value ? { is: "found", value } : { is: "absent" };
      },
      permit: () => c.cin7.permit(),
      send: () => c.cin7.permitted("POST", "/sale/order", orderBody(draft, saleId)),
      read,
    },
  );
}
