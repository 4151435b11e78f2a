/** GET /saleList and /saleCreditNoteList (facts 2.9): newest first, one value per filter, unknown filters ignored. */
import { customerOf } from "./ledger.ts";
import { contains, equals, paged, queryFlag, queryGuid, queryTime } from "./lists.ts";
import { sub } from "./money.ts";
import { trackingNumbers } from "./sale-document.ts";
import { amounts, statuses } from "./sale-status.ts";
import type { CreditNote, Ctx, Json, Sale } from "./types.ts";

function row(ctx: Ctx, sale: Sale): Json {
  const { account } = ctx;
  const { Status, ...shown } = statuses(account, sale, ctx.switches);
  const money = amounts(sale);
  const invoice = sale.invoices.findLast((each) => each.status !== "VOIDED");
  const note = sale.creditNotes.findLast((each) => each.status !== "VOIDED");
  const customer = customerOf(account, sale);
  return {
    SaleID: sale.id,
    OrderNumber: sale.number,
    Status,
    OrderDate: sale.header.SaleOrderDate,
    InvoiceDate: invoice?.date ?? null,
    Customer: customer.Name,
    CustomerID: customer.ID,
    InvoiceNumber: invoice?.number ?? "",
    CustomerReference: sale.header.CustomerReference,
    InvoiceAmount: sub(money.invoiced, money.credited),
    PaidAmount: sub(money.received, money.refunded),
    SaleInvoicesTotalAmount: money.invoiced,
    InvoiceDueDate: invoice?.due ?? null,
    ShipBy: sale.header.ShipBy,
    BaseCurrency: account.company.Currency,
    CustomerCurrency: customer.Currency,
    CreditNoteNumber: note?.number ?? "",
    Updated: sale.updated,
    ...shown,
    CombinedPaymentTotal: money.received,
    Type: sale.type,
    CombinedTrackingNumbers: trackingNumbers(sale),
    SourceChannel: "",
    ExternalID: sale.header.ExternalID,
    OrderLocationID: sale.locationId,
  };
}

/** Substring over these fields (L20444). */
function searched(ctx: Ctx, sale: Sale, part: string | undefined): boolean {
  if (!part) return true;
  const numbers = [...sale.invoices, ...sale.creditNotes].map((each) => each.number);
  const fields = [
    sale.number,
    customerOf(ctx.account, sale).Name,
    sale.header.CustomerReference,
    ...numbers,
    statuses(ctx.account, sale, ctx.switches).Status,
  ];
  return fields.some((field) => contains(field, part));
}

function byExternalId(ctx: Ctx, sale: Sale, asked: string | undefined): boolean {
  if (!asked) return true;
  const own = (sale.header.ExternalID ?? "").toLowerCase();
  const wanted = asked.toLowerCase();
  if (ctx.switches.externalIdMatch === "exact") return own === wanted;
  return ctx.switches.externalIdMatch === "prefix" ? own.startsWith(wanted) : own.includes(wanted);
}

function inTime(ctx: Ctx, sale: Sale): boolean {
  const updated = Date.parse(sale.updated);
  const since = queryTime(ctx, "UpdatedSince");
  const until = ctx.switches.updatedUntilHonoured ? queryTime(ctx, "UpdatedUntil") : undefined;
  const created = queryTime(ctx, "CreatedSince");
  if (created !== undefined && Date.parse(sale.created) < created) return false;
  if (until !== undefined && updated > until) return false;
  return since === undefined || (ctx.switches.updatedSinceInclusive ? updated >= since : updated > since);
}

/** The search index may lag behind the write (facts 11.1): by switch, or by the fault `index-lag`. */
function lag(ctx: Ctx): number {
  const indexed = ctx.query("ExternalID") || ctx.query("Search");
  const fault = ctx.world.faults.take("cin7", "GET", "/saleList", ["index-lag"]);
  const ms = fault ? (fault.ms ?? 5_000) : indexed ? ctx.switches.externalIdLagMs : 0;
  return ms / ctx.world.clock.speed;
}

const newestFirst = (sales: Sale[]): Sale[] => sales.sort((a, b) => b.turn - a.turn);

/** Query name → field of the row; the names differ for picking and packing (facts 2.9). */
const STATUS_FILTERS: [string, string][] = [
  ["Status", "Status"],
  ["QuoteStatus", "QuoteStatus"],
  ["OrderStatus", "OrderStatus"],
  ["CombinedPickStatus", "CombinedPickingStatus"],
  ["CombinedPackStatus", "CombinedPackingStatus"],
  ["CombinedShippingStatus", "CombinedShippingStatus"],
  ["CombinedInvoiceStatus", "CombinedInvoiceStatus"],
  ["CreditNoteStatus", "CreditNoteStatus"],
];

export function getSaleList(ctx: Ctx): Json {
  const seenBefore = ctx.world.clock.now() - lag(ctx);
  const place = queryGuid(ctx, "OrderLocationID");
  const shipBy = queryTime(ctx, "ShipBy");
  const ready = queryFlag(ctx, "ReadyForShipping");
  const filters = STATUS_FILTERS.filter(([name]) => ctx.query(name));
  const found = Object.values(ctx.account.sales).filter(
    (sale) =>
      inTime(ctx, sale) &&
      byExternalId(ctx, sale, ctx.query("ExternalID")) &&
      searched(ctx, sale, ctx.query("Search")) &&
      Date.parse(sale.created) <= seenBefore &&
      (!place || sale.locationId === place) &&
      (shipBy === undefined || (sale.header.ShipBy !== null && Date.parse(`${sale.header.ShipBy}Z`) <= shipBy)) &&
      (!ready || sale.fulfilments.some((task) => task.pack.status === "AUTHORISED" && task.ship.status !== "AUTHORISED")) &&
      (filters.length === 0 || hasStatuses(ctx, sale, filters)),
  );
  return paged(ctx, "SaleList", newestFirst(found), (sale) => row(ctx, sale));
}

function hasStatuses(ctx: Ctx, sale: Sale, filters: [string, string][]): boolean {
  const shown: Record<string, string> = statuses(ctx.account, sale, ctx.switches);
  return filters.every(([name, field]) => equals(shown[field] ?? "", ctx.query(name)));
}

/** One row per credit note, under the key SaleList (L20616). */
export function getCreditNoteList(ctx: Ctx): Json {
  const asked = ctx.query("CreditNoteStatus");
  const shownStatus = (sale: Sale, note: CreditNote) => (sale.voided ? "VOIDED" : note.status);
  const found = newestFirst(
    Object.values(ctx.account.sales).filter(
      (sale) => sale.creditNotes.length > 0 && inTime(ctx, sale) && searched(ctx, sale, ctx.query("Search")),
    ),
  );
  const notes = found
    .filter((sale) => equals(statuses(ctx.account, sale, ctx.switches).Status, ctx.query("Status")))
    .flatMap((sale) => sale.creditNotes.filter((note) => equals(shownStatus(sale, note), asked)).map((note) => ({ sale, note })));
  return paged(ctx, "SaleList", notes, ({ sale, note }) => {
    const { SaleInvoicesTotalAmount: _total, CombinedPaymentTotal: _paid, ...shown } = row(ctx, sale);
    const RestockStatus = note.restock.length ? shownStatus(sale, note) : "NOT AVAILABLE";
    return {
      ...shown,
      InvoiceNumber: note.invoiceNumber,
      CreditNoteNumber: note.number,
      CreditNoteStatus: shownStatus(sale, note),
      ExternalID: sale.header.ExternalID ?? "",
      RestockStatus,
    };
  });
}
