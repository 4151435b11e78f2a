/** The statuses of a sale, derived from its documents (facts 2.2). */
import { add, big, round, sub, sum } from "./money.ts";
import { isStocked } from "./stock.ts";
import type { Cin7Switches } from "./switches.ts";
import type { Account, Fulfilment, Invoice, Sale, StockLine } from "./types.ts";

export const paymentsOf = (sale: Sale, taskId: string, type: "Payment" | "Refund" | "Prepayment") =>
  sale.payments.filter((payment) => payment.Type === type && payment.TaskID === taskId);

/** Prepayments count towards the first authorised invoice. */
export function paidOn(sale: Sale, invoice: Invoice): number {
  const own = round(sum(paymentsOf(sale, invoice.taskId, "Payment").map((payment) => payment.Amount)), 2);
  const first = sale.invoices.find((each) => each.status === "AUTHORISED");
  const before = first === invoice ? sum(sale.payments.filter((each) => each.Type === "Prepayment").map((each) => each.Amount)) : big(0);
  return round(before.plus(own), 2);
}

const isPaid = (sale: Sale, invoice: Invoice): boolean =>
  invoice.status === "AUTHORISED" && paidOn(sale, invoice) >= round(big(invoice.Total), 2);
export const invoiceStatus = (sale: Sale, invoice: Invoice): string => (isPaid(sale, invoice) ? "PAID" : invoice.status);

const authorised = <T extends { status: string }>(documents: readonly T[]): T[] => documents.filter((each) => each.status === "AUTHORISED");

export function amounts(sale: Sale) {
  const invoiced = round(sum(authorised(sale.invoices).map((each) => each.Total)));
  const credited = round(sum(authorised(sale.creditNotes).map((each) => each.Total)));
  const byType = (type: string) => round(sum(sale.payments.filter((each) => each.Type === type).map((each) => each.Amount)), 2);
  const received = add(byType("Payment"), byType("Prepayment"));
  const refunded = byType("Refund");
  return { invoiced, credited, received, refunded, due: sub(sub(invoiced, credited), sub(received, refunded)) };
}

/** Units that need a warehouse: stock lines that are not drop-shipped. */
function unitsToShip(account: Account, sale: Sale): number {
  return add(...sale.order.lines.filter((line) => shipsFromStock(account, line)).map((line) => line.Quantity));
}
const shipsFromStock = (account: Account, line: { ProductID: string; DropShip: boolean }): boolean => {
  const product = account.products[line.ProductID];
  return product !== undefined && isStocked(product) && !line.DropShip;
};

const units = (lines: readonly StockLine[]): number => add(...lines.map((line) => line.Quantity));
export const shippedUnits = (task: Fulfilment): number => units(task.pack.lines.filter((line) => task.ship.boxesGone.includes(line.Box)));

type Stage = "pick" | "pack" | "ship";
const WORDS = { pick: ["PICKED", "PICKING"], pack: ["PACKED", "PACKING"], ship: ["SHIPPED", "SHIPPING"] } as const;

function combined(account: Account, sale: Sale, stage: Stage): string {
  if (sale.voided) return "VOIDED";
  const needed = unitsToShip(account, sale);
  if (sale.order.status !== "AUTHORISED" || needed === 0) return "NOT AVAILABLE";
  const [done, doing] = WORDS[stage];
  const tasks = sale.fulfilments;
  const count =
    stage === "ship"
      ? add(...tasks.map(shippedUnits))
      : add(...tasks.filter((each) => each[stage].status === "AUTHORISED").map((each) => units(each[stage].lines)));
  if (count >= needed) return done;
  if (count > 0) return `PARTIALLY ${done}`;
  return tasks.some((each) => each[stage].status === "DRAFT") ? doing : `NOT ${done}`;
}

export const taskStatus = (account: Account, sale: Sale, task: Fulfilment): string => {
  if (sale.voided) return "VOIDED";
  const needed = task.pick.status === "AUTHORISED" ? units(task.pick.lines) : unitsToShip(account, sale);
  const gone = shippedUnits(task);
  if (gone === 0) return "NOT FULFILLED";
  return gone >= needed ? "FULFILLED" : "PARTIALLY FULFILLED";
};

export function statuses(account: Account, sale: Sale, switches: Cin7Switches) {
  const pick = combined(account, sale, "pick");
  const pack = combined(account, sale, "pack");
  const ship = combined(account, sale, "ship");
  const fulfilled = {
    SHIPPED: "FULFILLED",
    "PARTIALLY SHIPPED": "PARTIALLY FULFILLED",
    VOIDED: "VOIDED",
    "NOT AVAILABLE": "NOT AVAILABLE",
  }[ship];
  return {
    Status: saleStatus(account, sale, { pick, pack, ship }),
    QuoteStatus: sale.voided ? "VOIDED" : sale.quote.status,
    OrderStatus: orderStatus(sale, ship, switches),
    CombinedPickingStatus: pick,
    CombinedPackingStatus: pack,
    CombinedShippingStatus: ship,
    FulFilmentStatus: fulfilled ?? "NOT FULFILLED",
    CombinedInvoiceStatus: combinedInvoice(sale, switches),
    CombinedPaymentStatus: paymentStatus(sale),
    CreditNoteStatus: sale.voided ? "VOIDED" : (sale.creditNotes.findLast((each) => each.status !== "VOIDED")?.status ?? "NOT AVAILABLE"),
  };
}

function orderStatus(sale: Sale, ship: string, switches: Cin7Switches): string {
  if (sale.voided) return "VOIDED";
  if (sale.order.status !== "AUTHORISED" || ship !== "SHIPPED") return sale.order.status;
  // A fulfilled sale can leave AUTHORISED behind (facts 2.2).
  if (switches.orderStatusWhenShipped === "CLOSED") return authorised(sale.invoices).length ? "CLOSED" : "FULFILLED";
  return switches.orderStatusWhenShipped;
}

function saleStatus(account: Account, sale: Sale, at: { pick: string; pack: string; ship: string }): string {
  if (sale.voided) return "VOIDED";
  const service = sale.type === "Service Sale";
  if (!service && sale.order.status !== "AUTHORISED") {
    if (sale.order.status === "DRAFT") return "ORDERING";
    return sale.header.SkipQuote || sale.quote.status === "AUTHORISED" ? "ESTIMATED" : "ESTIMATING";
  }
  const invoices = authorised(sale.invoices);
  const { due } = amounts(sale);
  const nothingToShip = service || unitsToShip(account, sale) === 0;
  const gone = nothingToShip || at.ship === "SHIPPED";
  const paid = invoices.length > 0 && invoices.every((each) => isPaid(sale, each));
  if (paid && gone && due === 0) return "COMPLETED";
  // An advanced sale keeps its order status until it is completed (facts 2.2).
  if (sale.type === "Advanced Sale") return backordered(sale) ? "BACKORDERED" : "ORDERED";
  if (authorised(sale.creditNotes).length) return "CREDITED";
  if (invoices.length) return "INVOICED";
  if (sale.invoices.some((each) => each.status === "DRAFT")) return "INVOICING";
  if (service) return "ESTIMATED";
  const task = sale.fulfilments[0];
  if (task && (task.ship.status !== "NOT AVAILABLE" || shippedUnits(task) > 0)) return "SHIPPING";
  if (task?.pack.status === "AUTHORISED") return "PACKED";
  if (task?.pack.status === "DRAFT") return "PACKING";
  if (task?.pick.status === "AUTHORISED") return "PICKED";
  if (task?.pick.status === "DRAFT") return "PICKING";
  return backordered(sale) ? "BACKORDERED" : "ORDERED";
}

export const backordered = (sale: Sale): boolean => sale.order.lines.some((line) => line.BackorderQuantity > 0);

function combinedInvoice(sale: Sale, switches: Cin7Switches): string {
  if (sale.voided) return "VOIDED";
  const last = sale.invoices.findLast((each) => each.status !== "VOIDED");
  const ready = sale.order.status === "AUTHORISED" || sale.type === "Service Sale";
  if (switches.combinedInvoiceStatus === "table") return last ? invoiceStatus(sale, last) : "NOT AVAILABLE";
  if (last?.status === "AUTHORISED") return authorised(sale.creditNotes).length ? "INVOICED / CREDITED" : "INVOICED";
  return ready ? "NOT INVOICED" : "NOT AVAILABLE";
}

function paymentStatus(sale: Sale): string {
  if (sale.voided) return "VOIDED";
  const { invoiced, credited, received, refunded, due } = amounts(sale);
  if (credited > 0 && due < 0) return "NOT REFUNDED";
  if (received === 0) return invoiced > 0 && due <= 0 ? "PAID" : "UNPAID";
  if (invoiced === 0) return "PREPAID";
  return due <= 0 || received - refunded <= 0 ? "PAID" : "PARTIALLY PAID";
}
