import { type SaleOrder, sale, saleList, saleOrder, type saleRow } from "../cin7/schemas.ts";
import type { Stage } from "../contract.ts";
import type { Problem } from "../exceptions/problem.ts";
import { type Looked, type Written, writeOnce } from "../inbox/claim.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { haltOf, stop } from "../inbox/halt.ts";
import { blocked, done, type Outcome } from "../inbox/outcome.ts";
import type { Work } from "../inbox/work.ts";
import { instant } from "../lib/days.ts";
import { sameGuid } from "../lib/ids.ts";
import { rememberRefusal } from "./account-store.ts";
import { customerFor } from "./customer-flow.ts";
import type { Kept, SaleDraft } from "./draft.ts";
import { fulfilled, missingOf } from "./fulfil.ts";
import { heldNote } from "./held.ts";
import { looksFirst } from "./look-first.ts";
import { orderStep, saleStep } from "./marks.ts";
import { numberIn } from "./order-number.ts";
import { mappedOf } from "./picture.ts";
import { refusalIn } from "./refusal.ts";
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
  if (row.state === "sent") return done(`Already in Cin7 Core as ${row.saleNumber ?? "a sale"}.`, moneyNext(c, row, stored.draft, stored));
  // Taken back since it was mapped (cancelled, held): without a claim nothing of it is in Cin7, so the present decides anew.
  if (TAKEN_BACK.has(row.state) && !c.claims.of(saleStep(orderId, row.generation)))
    return done("It changed since it was mapped and is read again.", { next: [{ kind: "order.changed", orderId }] });
  const iso = () => new Date(c.now()).toISOString();

  const customer = await customerFor(c, stored.draft);
  if (customer.is !== "customer") return ended(c, row, customer.outcome);

  await move(c.db, c.tenant, orderId, { state: "sending", note: "On its way to Cin7 Core." }, iso());
  const header = await writeSale(c, row, stored, customer.id);
  if (header.is !== "written") return ended(c, row, stop(header, c, refusedAs(orderId, "sale")));
  await reached(c.db, c.tenant, row, ["sale"], header.value, iso());

  const { order, draft } = await writeTaken(c, row, stored, header.value.saleId);
  if (order.is !== "written") return ended(c, row, stop(order, c, refusedAs(orderId, "order")));
  const saleNumber = order.value.SaleOrderNumber || header.value.saleNumber;

  const difference = totalDifference(draft, order.value);
  if (difference) {
    const problem: Problem = { kind: "cin7-total-differs", orderId, document: "order", currency: draft.currency, ...difference };
    return ended(c, row, blocked([problem]));
  }
  if (order.value.Status === "DRAFT") {
    // Cin7 allocates nothing for a draft: our hold on the stock stays until somebody authorises it (M11).
    await reached(c.db, c.tenant, row, [], { saleNumber }, iso());
    await move(c.db, c.tenant, orderId, { state: "sent", note: `In Cin7 Core as ${saleNumber}, a draft` }, iso());
    return done(`In Cin7 Core as ${saleNumber}, a draft.`, { ...moneyNext(c, row, draft, stored), notices: draft.notices });
  }
  const short = order.value.Lines.some((line) => (line.BackorderQuantity ?? 0) > 0);
  const gone = await fulfilment(c, row, draft, header.value.saleId, saleNumber, short);
  if ("halt" in gone) return ended(c, row, stop(gone.halt, c, refusedAs(orderId, "order")));
  const stages: Stage[] = short ? ["ordered", "backordered"] : ["ordered"];
  await reached(c.db, c.tenant, row, [...stages, ...gone.stages], { saleNumber }, iso());
  await move(c.db, c.tenant, orderId, { state: "sent", note: `In Cin7 Core as ${saleNumber}`, reserved: [] }, iso());
  const notices = [...draft.notices, ...gone.notices];
  return done(`In Cin7 Core as ${saleNumber}${short ? ", waits for stock" : ""}.`, { ...moneyNext(c, row, draft, stored), notices });
}

const TAKEN_BACK: ReadonlySet<OrderRow["state"]> = new Set(["held", "not-taken"]);

/** Invoice and payment, where there is anything to do about them; else the order in BigCommerce may already say so (M45). */
function moneyNext(c: LinkedContext, row: OrderRow, draft: SaleDraft, kept: Kept): { next: Work[] } {
  const { orderId } = row;
  const next: Work[] = [];
  if (draft.invoice.status !== "none" || draft.order?.status === "draft") next.push({ kind: "order.money", orderId });
  else if (c.settings.document.seen.metafield) next.push({ kind: "order.seen", orderId });
  // Told of a change while the frozen draft was on its way (K30): the sale is there now, so it is compared.
  if (row.modifiedAt !== instant(kept.order.date_modified)) next.push({ kind: "order.changed", orderId });
  return { next };
}

type Fulfilled = { stages: Stage[]; notices: Problem[] } | { halt: NonNullable<ReturnType<typeof haltOf>> };

/** Reads back what the automatic mode did: one call, only where Setup asks for a mode (F21). */
async function fulfilment(
  c: LinkedContext,
  row: OrderRow,
  draft: SaleDraft,
  saleId: string,
  saleNumber: string,
  short: boolean,
): Promise<Fulfilled> {
  const mode = draft.order?.fulfil ?? "none";
  // Nothing to pick: only services and certificates.
  if (mode === "none" || draft.reserved.length === 0) return { stages: [], notices: [] };
  const answer = await c.cin7.get("/sale", { ID: saleId, HideInventoryMovements: true });
  const halt = haltOf(answer, c);
  if (halt) return { halt };
  const read = sale.safeParse(answer.is === "ok" ? answer.body : null);
  const stages = read.success ? fulfilled(read.data) : [];
  const missing = missingOf(mode, stages);
  return { stages, notices: missing ? [{ kind: "not-fulfilled", orderId: row.orderId, saleNumber, short, ...missing }] : [] };
}

/**
 * The order; where the account refuses negative charges or a price of 0, that is remembered and the sale's fallback goes
 * instead, at once (M2, M18, decision 1.13). Nothing of the refused one is in Cin7, so the frozen draft may be replaced.
 */
async function writeTaken(
  c: LinkedContext,
  row: OrderRow,
  kept: Kept,
  saleId: string,
): Promise<{ order: Written<SaleOrder>; draft: SaleDraft }> {
  const order = await writeOrder(c, row, kept, saleId);
  const refusal = order.is === "refused" ? refusalIn(order.message, kept.draft) : null;
  if (!refusal || !kept.fallback) return { order, draft: kept.draft };
  await rememberRefusal(c.db, c.tenant, refusal);
  const draft = kept.fallback;
  const replaced: Kept = { ...kept, draft, fallback: null };
  await c.drafts.keep(row.orderId, replaced);
  const picture = { ...(row.picture as object | null), mapped: mappedOf(draft) };
  const note = "On its way to Cin7 Core, in another form that it takes.";
  await move(c.db, c.tenant, row.orderId, { state: "sending", note, picture }, new Date(c.now()).toISOString());
  return { order: await writeOrder(c, row, replaced, saleId), draft };
}

const refusedAs =
  (orderId: number, step: string) =>
  (text: string): Problem => ({ kind: "cin7-refused", orderId, step, text });

/** A flow that stops leaves its reason on the order: held with its problems, or waiting with the time of the next try. */
async function ended(c: LinkedContext, row: OrderRow, outcome: Outcome): Promise<Outcome> {
  const now = new Date(c.now()).toISOString();
  if (outcome.is === "blocked") await move(c.db, c.tenant, row.orderId, { state: "held", note: heldNote(outcome.problems) }, now);
  if (outcome.is === "later") {
    const notedFor = new Date(outcome.at).toISOString();
    const begun = row.saleId !== null || c.claims.of(saleStep(row.orderId, row.generation)) !== null;
    await move(c.db, c.tenant, row.orderId, { state: begun ? "sending" : "pending", note: outcome.why, notedFor }, now);
  }
  return outcome;
}

async function writeSale(c: LinkedContext, row: OrderRow, kept: Kept, customerId: string): Promise<Written<SaleIds>> {
  const { draft } = kept;
  const lookFirst = looksFirst(c, row, kept);
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

  // The same number without an ID of ours, however it is written: another connection may have brought it, after the order
  // was placed. Nothing is created.
  const createdSince = new Date(Date.parse(row.placedAt) - DAY_MS).toISOString();
  const byNumber = await allRows(c, { Search: draft.orderId, CreatedSince: createdSince });
  if (byNumber.is !== "rows") return byNumber;
  const { referencePrefix } = c.settings.document.sale;
  const suspect = byNumber.rows.find(
    ({ CustomerReference, ExternalID, Status }) =>
      (CustomerReference === draft.reference || numberIn(CustomerReference, referencePrefix) === draft.orderId) &&
      !ExternalID.startsWith("ls:") &&
      Status !== "VOIDED",
  );
  if (!suspect) return { is: "absent" };
  return { is: "problem", problem: { kind: "maybe-imported-elsewhere", orderId: draft.orderId, saleNumber: suspect.OrderNumber } };
}

type Row = import("zod").output<typeof saleRow>;
type Rows = { is: "rows"; rows: Row[] } | Extract<Looked<never>, { is: "wait" | "trouble" | "denied" | "refused" | "problem" }>;
const PAGE = 1000;
const DAY_MS = 86_400_000;

async function allRows(c: LinkedContext, query: Record<string, string | number>): Promise<Rows> {
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

async function writeOrder(c: LinkedContext, row: OrderRow, kept: Kept, saleId: string): Promise<Written<SaleOrder>> {
  const { draft } = kept;
  // A draft that somebody has authorised meanwhile is as good.
  const wanted = draft.order?.status === "draft" ? ["DRAFT", "AUTHORISED"] : ["AUTHORISED"];
  const read = (body: unknown) => {
    const parsed = saleOrder.safeParse(body);
    return parsed.success && sameGuid(parsed.data.SaleID, saleId) && wanted.includes(parsed.data.Status) ? parsed.data : null;
  };
  return writeOnce<SaleOrder>(
    { claims: c.claims, now: c.now, quietMs: c.config.unknownQuietMs / c.config.timeScale },
    {
      step: orderStep(draft.orderId, row.generation),
      mark: saleId,
      lookFirst: looksFirst(c, row, kept),
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
