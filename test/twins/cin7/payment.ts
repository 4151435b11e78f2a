/** /sale/payment (facts 2.7): payments only on an authorised invoice, refunds only on an authorised credit note. */
import { refuse } from "./errors.ts";
import { paymentReceived } from "./events.ts";
import { day, guid, needDay, needGuid, needNumber, needText, number, oneOf, text } from "./fields.ts";
import { checkOpen, customerOf, payable, postPayment, unpost } from "./ledger.ts";
import { needQueryGuid } from "./lists.ts";
import { add, big, round, sub, sum } from "./money.ts";
import { paidOn, paymentsOf } from "./sale-status.ts";
import { saleOfQuery, stamp, touch, writable } from "./sales.ts";
import type { Credit, CreditNote, Ctx, Invoice, Json, Payment, Sale } from "./types.ts";

type Target = { sale: Sale; invoice?: Invoice; note?: CreditNote };

function documents(sale: Sale, payment: Payment) {
  return {
    invoice:
      payment.Type === "Refund" ? undefined : sale.invoices.find((each) => each.taskId === payment.TaskID && each.status !== "VOIDED"),
    note: payment.Type === "Refund" ? sale.creditNotes.find((each) => each.taskId === payment.TaskID) : undefined,
  };
}

function show(sale: Sale, payment: Payment): Json {
  const { invoice, note } = documents(sale, payment);
  const { TaskID, ID, Type, Reference, Amount, DatePaid, Account, CurrencyRate, DateCreated, CreditID } = payment;
  return {
    SaleID: sale.id,
    TaskID,
    ID,
    SaleOrderNumber: sale.number,
    InvoiceNumber: invoice?.number ?? null,
    CreditNoteNumber: note?.number ?? null,
    Type,
    Reference,
    Amount,
    DatePaid,
    Account,
    CurrencyRate,
    DateCreated,
    CreditID,
  };
}

/** A bare array (facts 1.3). */
export function getPayments(ctx: Ctx): Json[] {
  const sale = saleOfQuery(ctx);
  return sale.payments.map((payment) => show(sale, payment));
}

function target(ctx: Ctx, taskId: string, type: Payment["Type"]): Target {
  const owner =
    ctx.account.sales[taskId] ??
    Object.values(ctx.account.sales).find((sale) => [...sale.invoices, ...sale.creditNotes].some((each) => each.taskId === taskId));
  const sale = writable(owner ?? refuse("Sale Task with specified ID not found"));
  if (type === "Refund") {
    const note = sale.creditNotes.find((each) => each.taskId === taskId && each.status === "AUTHORISED");
    return note ? { sale, note } : refuse("Refunds available only for sale tasks with authorised credit note");
  }
  if (type === "Prepayment") return { sale: prepayable(ctx, sale) };
  const invoice = sale.invoices.find((each) => each.taskId === taskId && each.status === "AUTHORISED");
  return invoice ? { sale, invoice } : refuse("Payments available only for sale tasks with authorised invoice");
}

function prepayable(ctx: Ctx, sale: Sale): Sale {
  const allowed = sale.quote.status === "AUTHORISED" || (sale.header.SkipQuote && ctx.switches.prepaymentUnderSkipQuote === "accept");
  const done = sale.order.status === "AUTHORISED" || sale.invoices.some((each) => each.status === "AUTHORISED");
  if (!allowed || done) refuse("Prepayments available only for sale tasks with non-authorised order/invoice and with authorised quote");
  return sale;
}

function readAccount(ctx: Ctx, sale: Sale, body: Json): string {
  const found = payable(ctx, needText(body, "Account", 50));
  const currency = customerOf(ctx.account, sale).Currency;
  if (ctx.switches.paymentCurrencyChecked && found.Currency && found.Currency !== currency) {
    refuse(`Account '${found.Code}' has currency ${found.Currency}. Sale currency is ${currency}`);
  }
  return found.Code;
}

function readAmount(body: Json): number {
  const amount = round(big(needNumber(body, "Amount")), 2);
  return amount > 0 ? amount : refuse("Amount must be greater than 0");
}

function useCredit(ctx: Ctx, id: string, amount: number): Credit {
  const credit = ctx.account.credits.find((each) => each.CreditID === id) ?? refuse("Credit with specified ID not found");
  if (credit.RemainingAmount < amount) refuse(`Remaining amount of credit is ${credit.RemainingAmount}`);
  credit.RemainingAmount = sub(credit.RemainingAmount, amount);
  return credit;
}

export function postPaymentDocument(ctx: Ctx): Json {
  const { body } = ctx;
  const TaskID = needGuid(body, "TaskID");
  const Type = oneOf(needText(body, "Type"), "Type", ["Prepayment", "Payment", "Refund"]);
  const at = target(ctx, TaskID, Type);
  return show(at.sale, pay(ctx, at, body, Type, TaskID));
}

/** Prepayments may ride on the quote (facts 2.1). */
export const addPrepayment = (ctx: Ctx, sale: Sale, body: Json): Payment =>
  pay(ctx, { sale: prepayable(ctx, sale) }, body, "Prepayment", sale.id);

export function pay(ctx: Ctx, { sale, invoice, note }: Target, body: Json, Type: Payment["Type"], TaskID: string): Payment {
  const Amount = readAmount(body);
  const DatePaid = needDay(body, "DatePaid");
  checkOpen(ctx, DatePaid);
  const creditId = Type === "Payment" ? guid(body, "CreditID") : undefined;
  const account = creditId ? "" : readAccount(ctx, sale, body);
  const left = leftOver(sale, invoice, note, Amount);
  if (left > 0 && (Type === "Refund" || ctx.switches.overpayment === "refuse"))
    refuse(`Amount is greater than balance. Balance is ${sub(Amount, left)}`);
  const credit = creditId ? useCredit(ctx, creditId, Amount) : null;
  const rate = number(body, "CurrencyRate") ?? invoice?.rate ?? note?.rate ?? sale.header.CurrencyRate;
  const payment: Payment = {
    ID: ctx.world.random.guid(),
    TaskID,
    Type,
    Reference: text(body, "Reference") ?? "",
    Amount,
    DatePaid,
    Account: credit?.Account ?? account,
    CurrencyRate: round(big(credit?.ConvRate ?? rate)),
    DateCreated: stamp(ctx),
    CreditID: creditId ?? null,
  };
  sale.payments.push(payment);
  if (left > 0 && ctx.switches.overpayment === "credit") addCredit(ctx, sale, payment, left);
  // A payment from credit moves no money: it was posted when it came in.
  if (!credit)
    postPayment(ctx, sale, payment, invoice?.rate ?? note?.rate ?? payment.CurrencyRate, invoice?.number ?? note?.number ?? sale.number);
  touch(ctx, sale);
  if (invoice) paymentReceived(ctx, sale, invoice, paidOn(sale, invoice) >= round(big(invoice.Total), 2));
  return payment;
}

/** How much of the amount is more than what is due. */
function leftOver(sale: Sale, invoice: Invoice | undefined, note: CreditNote | undefined, amount: number): number {
  if (!invoice && !note) return 0;
  const total = round(big(invoice?.Total ?? note?.Total ?? 0), 2);
  const paid = invoice ? paidOn(sale, invoice) : add(...paymentsOf(sale, note?.taskId ?? "", "Refund").map((each) => each.Amount));
  const due = round(big(total).minus(paid), 2);
  return round(big(amount).minus(Math.max(0, due)), 2);
}

function addCredit(ctx: Ctx, sale: Sale, payment: Payment, amount: number): void {
  const customer = customerOf(ctx.account, sale);
  ctx.account.credits.push({
    CreditID: ctx.world.random.guid(),
    CustomerID: customer.ID,
    CustomerName: customer.Name,
    Account: payment.Account,
    Amount: amount,
    RemainingAmount: amount,
    Currency: customer.Currency,
    ConvRate: payment.CurrencyRate,
    Date: payment.DatePaid,
    Description: `Overpayment ${sale.number}`,
  });
}

function find(ctx: Ctx, id: string): { sale: Sale; payment: Payment } {
  for (const sale of Object.values(ctx.account.sales)) {
    const payment = sale.payments.find((each) => each.ID === id);
    if (payment) return { sale: writable(sale), payment };
  }
  return refuse("Payment with specified ID not found");
}

const unpostPayment = (ctx: Ctx, payment: Payment) => unpost(ctx.account, (posting) => posting.source === payment.ID);

export function putPayment(ctx: Ctx): Json {
  const { body } = ctx;
  const { sale, payment } = find(ctx, needGuid(body, "ID"));
  if (payment.Type === "Prepayment") refuse("Prepayments can not be changed");
  checkOpen(ctx, payment.DatePaid);
  const change = {
    Reference: text(body, "Reference") ?? payment.Reference,
    Amount: number(body, "Amount") === undefined ? payment.Amount : readAmount(body),
    DatePaid: day(body, "DatePaid") ?? payment.DatePaid,
    Account: body["Account"] === undefined ? payment.Account : readAccount(ctx, sale, body),
    CurrencyRate: round(big(number(body, "CurrencyRate") ?? payment.CurrencyRate)),
  };
  checkOpen(ctx, change.DatePaid);
  Object.assign(payment, change);
  unpostPayment(ctx, payment);
  const { invoice, note } = documents(sale, payment);
  postPayment(ctx, sale, payment, invoice?.rate ?? note?.rate ?? payment.CurrencyRate, invoice?.number ?? note?.number ?? sale.number);
  touch(ctx, sale);
  return show(sale, payment);
}

export function deletePayment(ctx: Ctx): Json {
  const { sale, payment } = find(ctx, needQueryGuid(ctx, "ID"));
  if (ctx.switches.exportedToAccounting) refuse("Payment can not be deleted. It was exported to accounting software");
  checkOpen(ctx, payment.DatePaid);
  sale.payments = sale.payments.filter((each) => each !== payment);
  const credit = ctx.account.credits.find((each) => each.CreditID === payment.CreditID);
  if (credit) credit.RemainingAmount = add(credit.RemainingAmount, payment.Amount);
  unpostPayment(ctx, payment);
  touch(ctx, sale);
  return { Success: true };
}

export const refundedOn = (sale: Sale, note: CreditNote): number =>
  round(sum(paymentsOf(sale, note.taskId, "Refund").map((each) => each.Amount)), 2);
export const showRefunds = (sale: Sale, note: CreditNote): Json[] =>
  paymentsOf(sale, note.taskId, "Refund").map((payment) => {
    const { SaleID: _sale, TaskID: _task, ...rest } = show(sale, payment);
    return rest;
  });
