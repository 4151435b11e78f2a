import * as z from "zod";
import { memoOf, speaksOfLock } from "../../accounts/lock-date.ts";
import * as cin7 from "../../cin7/invoice.ts";
import type { SaleInvoice } from "../../cin7/schemas/sale.ts";
import { asWritten, keptOf, type Looked, type Written, writeOnce, writing } from "../../inbox/claim.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { type Halt, haltOf } from "../../inbox/vendor-answer.ts";
import type { Problem } from "../../problems/define-problem.ts";
import type { Kept } from "../../sales/kept.ts";
import { postingDay, readLockAgain } from "../lock-date-step.ts";
import { figuresOf } from "../mapping/amounts/invoice-totals.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { invoiceStep, saleStep } from "../marks.ts";
import { type InvoiceDays, invoiceBody } from "../sending/bodies.ts";
import { withNames } from "../sending/charge-names.ts";
import { forgottenAt } from "../sending/memory.ts";
import { invoiceTask, saleIds } from "../sending/service-sale.ts";
import type { OrderRow } from "../store.ts";
import { dueByTerms } from "./payment-terms-step.ts";

/** `tax` and `day` are missing in what an older release kept of its own answer. */
const invoiceKept = z.object({
  ...{ taskId: z.string(), number: z.string(), status: z.string() },
  ...{ total: z.string().nullable(), tax: z.string().nullable().exactOptional(), day: z.string().nullable().exactOptional() },
});
export type Invoice = z.output<typeof invoiceKept>;

/** True once the invoice is in Cin7 as far as we know. */
export const isInvoiced = (c: LinkedContext, row: OrderRow): boolean =>
  c.claims.of(invoiceStep(row.orderId, row.generation))?.answer != null;

/**
 * The invoice, written once (M12, M13): dated as Setup says, or on the first open day with its true date in the memo, or held
 * while the books are locked. A refusal that speaks of the lock date reads it again and judges anew.
 */
export async function writeInvoice(
  c: LinkedContext,
  row: OrderRow,
  kept: Kept,
  shippedOn: string | null,
  again = false,
): Promise<Written<Invoice>> {
  const { draft } = kept;
  const wanted = draft.invoice.by === "shipped" && shippedOn ? shippedOn : draft.invoice.date;
  const days = isInvoiced(c, row) ? { ...draft.invoice, memo: "" } : await daysOf(c, row, draft, wanted);
  if ("problem" in days) return { is: "problem", problem: days.problem };
  if ("halt" in days) return days.halt;
  const written = await post(c, row, kept, days);
  if (written.is !== "written" && written.is === "refused" && speaksOfLock(written.message) && !again) {
    const halt: Halt | null = await readLockAgain(c);
    return halt ?? writeInvoice(c, row, kept, shippedOn, true);
  }
  return written;
}

type Days = InvoiceDays | { problem: Problem } | { halt: Halt };

async function daysOf(c: LinkedContext, row: OrderRow, draft: SaleDraft, wanted: string): Promise<Days> {
  const day = draft.invoice.byTerms ? await dueDay(c, row, wanted) : draft.invoice.dueDate;
  if (typeof day !== "string") return day;
  const due = day > wanted ? day : wanted;
  // A draft posts nothing: who authorises it in Cin7 sees the lock there.
  if (draft.invoice.status !== "authorised") return { date: wanted, dueDate: due, memo: "" };
  const posting = await postingDay(c, wanted, draft.invoice.lockedBooks ?? "ask");
  if (posting.is === "locked") return { problem: { kind: "books-locked", lockedTo: posting.lockedTo, openDay: posting.openDay } };
  return { date: posting.day, dueDate: due > posting.day ? due : posting.day, memo: memoOf(posting.moved) };
}

/** By the terms of the sale, which are its customer's (M12). */
async function dueDay(c: LinkedContext, row: OrderRow, day: string): Promise<string | { halt: Halt }> {
  const asked = { cin7: c.cin7, account: c.tenant.account, now: c.now(), timeScale: c.config.timeScale };
  const due = await dueByTerms(asked, day, { saleId: row.saleId ?? "" });
  if (due.is === "due") return due.day;
  return { halt: haltOf(due.answer, c) };
}

const invoiceOf = (found: SaleInvoice, draft: SaleDraft): Invoice => ({
  taskId: found.TaskID.toLowerCase(),
  number: found.InvoiceNumber,
  status: found.Status,
  day: found.InvoiceDate.slice(0, 10) || null,
  ...figuresOf(found, draft.taxInclusive),
});

/** The invoice as it is in Cin7 now; somebody may have authorised the draft meanwhile (M10). */
export async function lookForInvoice(c: LinkedContext, row: OrderRow, draft: SaleDraft): Promise<Looked<Invoice>> {
  const found = await cin7.readInvoice(c.cin7, row.saleId ?? "");
  if (found.is !== "read") return haltOf(found, c);
  return found.value ? { is: "found", value: invoiceOf(found.value, draft) } : { is: "absent" };
}

async function post(c: LinkedContext, row: OrderRow, kept: Kept, days: InvoiceDays): Promise<Written<Invoice>> {
  const { draft } = kept;
  const saleId = row.saleId as string;
  const made = keptOf(c.claims.of(saleStep(row.orderId, row.generation)), saleIds);
  const body = invoiceBody(withNames(draft, c.settings.document), saleId, invoiceTask(made, saleId, cin7.ZERO_GUID), days);
  return writeOnce<Invoice>(writing(c), {
    step: invoiceStep(row.orderId, row.generation),
    mark: saleId,
    kept: invoiceKept,
    // A second invoice would be one too many: without memory it is looked for first (design 3.5).
    forgottenAt: forgottenAt(c, row, kept),
    look: () => lookForInvoice(c, row, draft),
    ...asWritten(cin7.writeInvoice(c.cin7, body), (found) => invoiceOf(found, draft)),
  });
}
