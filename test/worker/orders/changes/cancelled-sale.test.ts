import Big from "big.js";
import { describe, expect, it } from "vitest";
import type { Payment } from "../../../../worker/cin7/schemas/sale.ts";
import { saleAsItStands } from "../../../../worker/cin7/schemas/sale.ts";
import { type Cancelled, mayBePaid, withCancelledSale } from "../../../../worker/orders/changes/cancelled-sale.ts";

/** The table M28, a row a test: what becomes of the sale of an order that is cancelled when all of it is in Cin7. */
const NOT_YET = { CombinedPickingStatus: "NOT PICKED", CombinedPackingStatus: "NOT PACKED", CombinedShippingStatus: "NOT SHIPPED" };
const INVOICE = { TaskID: "t", InvoiceNumber: "INV-1", InvoiceDate: "2025-11-03T00:00:00Z", Status: "AUTHORISED" };
const sale = (more: Record<string, unknown> = {}) =>
  saleAsItStands.parse({ ID: "s", Status: "ORDERED", ...NOT_YET, Invoices: [], CreditNotes: [], ...more });
const invoiced = (more: Record<string, unknown> = {}) => sale({ Invoices: [INVOICE], ...more });
const payment = (ID: string, Amount: number, more: Partial<Payment> = {}): Payment => ({
  ID,
  Amount,
  Reference: `ch_${ID} | ls:1042:${ID}`,
  Type: "Payment",
  TaskID: "t",
  DatePaid: "2025-11-03T00:00:00Z",
  ...more,
});
const OURS = [payment("77", 25), payment("tender-1", 12.4)];
const next = (more: Partial<Cancelled> = {}) =>
  withCancelledSale({ orderId: 1042, sale: sale(), payments: [], fulfil: "none", back: new Big(0), lockedTo: null, ...more });
const VOID = { is: "void", unpay: [] };

describe("nothing has left, and nothing is paid: the sale is voided", () => {
  it.each([
    ["its order is a draft", sale({ Status: "ORDERING" })],
    ["its order is authorised", sale()],
    ["its invoice is a draft", sale({ Invoices: [{ ...INVOICE, Status: "DRAFT" }] })],
    ["its invoice is authorised and unpaid", invoiced()],
    ["its invoice was voided by hand", sale({ Invoices: [{ ...INVOICE, Status: "VOIDED" }] })],
  ])("%s", (_, now) => expect(next({ sale: now })).toEqual(VOID));

  it.each([
    ["pick", VOID],
    ["pick-pack", VOID],
    ["none", { is: "stays", why: "picked" }],
    [null, { is: "stays", why: "picked" }],
  ])("picked while our own automatic mode is %s", (fulfil, wanted) =>
    expect(next({ fulfil, sale: sale({ CombinedPickingStatus: "PICKED" }) })).toEqual(wanted),
  );

  it("it is void already: nothing is written, whatever else it shows", () =>
    expect(next({ sale: invoiced({ Status: "VOIDED", CombinedShippingStatus: "VOIDED" }) })).toEqual({ is: "void-already" }));
});

describe("goods are on their way: a person is told, whatever the money", () => {
  it.each([
    ["CombinedPickingStatus", "PARTIALLY PICKED", "picked"],
    ["CombinedPackingStatus", "PACKED", "packed"],
    ["CombinedShippingStatus", "PARTIALLY SHIPPED", "shipped"],
    ["CombinedShippingStatus", "SHIPPED", "shipped"],
  ])("%s is %s", (field, status, why) => {
    for (const now of [sale({ [field]: status }), invoiced({ [field]: status })])
      expect(next({ sale: now, payments: OURS, back: new Big(100) })).toEqual({ is: "stays", why });
  });
  it("packed by our own automatic mode stays too", () =>
    expect(next({ fulfil: "pick-pack", sale: sale({ CombinedPackingStatus: "PACKED" }) })).toEqual({ is: "stays", why: "packed" }));
});

describe("its invoice is paid", () => {
  const paid = (more: Partial<Cancelled> = {}) => next({ sale: invoiced(), payments: OURS, back: new Big("37.40"), ...more });

  it("only by us, and the money went back: our payments are deleted, then it is voided", () =>
    expect(paid()).toEqual({ is: "void", unpay: OURS }));
  it("more went back than is paid in Cin7: the same", () => expect(paid({ back: new Big(50) })).toEqual({ is: "void", unpay: OURS }));
  it("a cent of it did not go back: finance decides, with both figures", () =>
    expect(paid({ back: new Big("37.39") })).toEqual({
      is: "stays",
      why: "not-given-back",
      paid: new Big("37.4"),
      back: new Big("37.39"),
    }));
  it("by somebody else too: that payment is never deleted by us", () => {
    const theirs = payment("9", 10, { Reference: "bank feed" });
    expect(paid({ payments: [...OURS, theirs], back: new Big(100) })).toEqual({
      is: "stays",
      why: "paid-by-others",
      references: ["bank feed"],
    });
    const ofAnother = payment("9", 10, { Reference: "ls:10425:77" });
    expect(paid({ payments: [ofAnother], back: new Big(100) })).toMatchObject({ why: "paid-by-others" });
  });
  it("somebody has credited it: it is not voided over that", () =>
    expect(paid({ sale: invoiced({ CreditNotes: [{ Status: "AUTHORISED" }] }) })).toEqual({ is: "stays", why: "credited" }));
  it("a credit note that is a draft or void keeps nothing", () => {
    for (const Status of ["DRAFT", "VOIDED", "NOT AVAILABLE"])
      expect(paid({ sale: invoiced({ CreditNotes: [{ Status }] }) })).toEqual({ is: "void", unpay: OURS });
  });
});

describe("locked books", () => {
  it.each([
    ["the day of its invoice", "2025-11-03", { is: "stays", why: "locked", lockedTo: "2025-11-03" }],
    ["a later day", "2025-11-30", { is: "stays", why: "locked", lockedTo: "2025-11-30" }],
    ["the day before", "2025-11-02", VOID],
  ])("up to %s", (_, lockedTo, wanted) => expect(next({ sale: invoiced(), lockedTo })).toEqual(wanted));

  it("its payment alone lies in them", () => {
    const payments = [payment("77", 37.4, { DatePaid: "2025-10-31T00:00:00Z" })];
    expect(next({ sale: invoiced(), payments, back: new Big(50), lockedTo: "2025-10-31" })).toMatchObject({ why: "locked" });
  });
  it("without an invoice nothing of it is in the books, nor with a draft of one", () => {
    expect(next({ lockedTo: "2030-01-01" })).toEqual(VOID);
    expect(next({ lockedTo: "2030-01-01", sale: sale({ Invoices: [{ ...INVOICE, Status: "DRAFT" }] }) })).toEqual(VOID);
  });
});

it("payments are asked for only where an invoice can have some", () => {
  expect([sale(), invoiced(), sale({ Invoices: [{ ...INVOICE, Status: "PAID" }] })].map(mayBePaid)).toEqual([false, true, true]);
  expect(["DRAFT", "VOIDED", "NOT AVAILABLE", ""].map((Status) => mayBePaid(sale({ Invoices: [{ ...INVOICE, Status }] })))).toEqual([
    ...[false, false, false, false],
  ]);
});
