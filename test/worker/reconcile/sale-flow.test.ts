import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { orders } from "../../../worker/lib/db/schema/tables.ts";
import { checkSale } from "../../../worker/reconcile/sale-flow.ts";
import { STORE, type Stage, stage } from "../../harness/stage.ts";
import { context, linkedStore, list, ok, saleId, saleRow, storedOrder } from "./context.ts";

let s: Stage;
beforeEach(async () => {
  s = stage();
  await linkedStore(s);
});
afterEach(() => vi.restoreAllMocks());
const rowOf = async (orderId: number) => (await s.db.select().from(orders).where(eq(orders.orderId, orderId)))[0];

describe("sale.check: the sales of one order as they are now", () => {
  const check = async (...rows: unknown[]) =>
    checkSale(await context(s, ({ path }) => (path === "/sale" ? ok({ Status: "ORDERED", Invoices: [] }) : list(...rows))), 7);
  const twin = () => saleRow(s, 7, { SaleID: saleId(99), OrderNumber: "SO-99" });

  it("two that are not void: told, until one of them is", async () => {
    await storedOrder(s, 7);
    expect(await check(saleRow(s, 7), twin())).toMatchObject({
      notices: [{ kind: "twin-sale", orderId: 7, saleNumbers: ["SO-7", "SO-99"] }],
    });
    expect(await check(saleRow(s, 7), { ...twin(), Status: "VOIDED" })).toMatchObject({
      notices: [],
      clears: ["written-twice:7", "twin-sale:7", "voided-after-sale:7"],
    });
  });
  it("rows count only when the whole ID is equal", async () => {
    await storedOrder(s, 7);
    expect(await check(saleRow(s, 7), { ...twin(), ExternalID: `ls:${STORE}:7:g11` })).toMatchObject({ notices: [] });
  });
  it("voided by hand: told once, shown on the order, nothing is replaced", async () => {
    await storedOrder(s, 7);
    expect(await check(saleRow(s, 7, { Status: "VOIDED" }))).toMatchObject({
      notices: [{ kind: "voided-after-sale", orderId: 7, saleNumber: "SO-7" }],
    });
    expect(await rowOf(7)).toMatchObject({ state: "sent", stages: "sale,ordered,voided" });
  });
  it("voided because the order was cancelled: that answers the question", async () => {
    await storedOrder(s, 7, { statusId: 5 });
    expect(await check(saleRow(s, 7, { Status: "VOIDED" }))).toMatchObject({
      notices: [],
      clears: ["written-twice:7", "twin-sale:7", "voided-after-sale:7", "changed-after-sale:7"],
    });
  });

  const invoice = (n: number, payments: unknown[] = []) => ({
    TaskID: saleId(n),
    InvoiceNumber: `INV-${n}`,
    Status: "AUTHORISED",
    Total: 37.4,
    Payments: payments,
  });
  const booksOf = async (...Invoices: unknown[]) =>
    checkSale(
      await context(s, ({ path }) => (path === "/sale" ? ok({ ID: saleId(7), Status: "INVOICED", Invoices }) : list(saleRow(s, 7)))),
      7,
    );
  const paid = { Reference: "ch_1 | ls:7:77", Amount: 37.4 };

  it("an invoice that came later than the quiet period: told with the number to void, until it is void (design 3.2)", async () => {
    await storedOrder(s, 7, { total: "37.40", invoiceTaskId: saleId(1) });
    expect(await booksOf(invoice(2), invoice(1, [paid]))).toMatchObject({
      notices: [{ kind: "written-twice", orderId: 7, total: "37.40", invoices: ["INV-2"], payments: [] }],
    });
    expect(await booksOf({ ...invoice(2), Status: "VOIDED" }, invoice(1, [paid]))).toMatchObject({
      notices: [],
      clears: expect.arrayContaining(["written-twice:7"]),
    });
  });
  it("a payment that came later: its mark is there twice, one of the two is named", async () => {
    await storedOrder(s, 7, { total: "37.40" });
    expect(await booksOf(invoice(1, [paid, paid]))).toMatchObject({
      notices: [{ kind: "written-twice", invoices: [], payments: [{ reference: "ch_1 | ls:7:77", amount: "37.40" }] }],
    });
  });
  it("one typed in beside ours is named; invoices that somebody split, and parts that make the total, are right", async () => {
    await storedOrder(s, 7, { total: "37.40" });
    expect(await booksOf(invoice(1, [paid, { Reference: "EFT", Amount: 5 }]))).toMatchObject({
      notices: [{ payments: [{ reference: "EFT", amount: "5.00" }] }],
    });
    expect(await booksOf({ ...invoice(1), Total: 30 }, { ...invoice(2), Total: 7.4 })).toMatchObject({ notices: [] });
    expect(
      await booksOf(
        invoice(1, [
          { ...paid, Amount: 20 },
          { Reference: "EFT", Amount: 17.4 },
        ]),
      ),
    ).toMatchObject({ notices: [] });
  });
  it("a twin on a later page of the list is found as well (design 3.3)", async () => {
    await storedOrder(s, 7);
    const others = Array.from({ length: 1000 }, (_, n) => saleRow(s, 7, { SaleID: saleId(1000 + n), ExternalID: `ls:${STORE}:7:g1${n}` }));
    const pages: Record<number, unknown[]> = { 1: others, 2: [saleRow(s, 7), twin()] };
    const c = await context(s, ({ path, query }) =>
      path === "/sale" ? ok({ Status: "ORDERED", Invoices: [] }) : list(...(pages[Number(query?.["Page"])] ?? [])),
    );
    expect(await checkSale(c, 7)).toMatchObject({ notices: [{ kind: "twin-sale", saleNumbers: ["SO-7", "SO-99"] }] });
  });
  it("an answer that cannot be read decides nothing", async () => {
    await storedOrder(s, 7);
    expect(await checkSale(await context(s, () => ok({})), 7)).toMatchObject({ is: "later" });
  });
});
