import { beforeEach, describe, expect, it } from "vitest";
import type { AttentionList } from "../../../../worker/contract/index.ts";
import { api, at, changed, eachItsShop, kinds, open, order, page, saleOf, shop, status } from "../../first-run/shop.ts";

/** Refunds of orders that are in Cin7, with the real Worker on both twins: each is told until somebody deals with it or Cin7 shows it. */
eachItsShop();
beforeEach(() => open());

const sold = async (form?: object): Promise<number> => {
  const id = await order(form);
  await changed(id);
  return id;
};
const refund = (id: number, body: object) => shop.w.control(`/bigcommerce/${shop.c.store}/orders/${id}/refund`, body);
const looked = (orderId: number) => shop.w.run(shop.c.store, [{ kind: "order.refunds", orderId }]);
const told = async (id: number) => (await page(id)).problems.filter(({ kind }) => kind.startsWith("refund-"));
const titles = async (id: number) => (await told(id)).map(({ title }) => title.split(";")[0]);
const aside = (key: string) => shop.c.panel("POST", at("/attention/dismiss"), { key });
const checked = (orderId: number) => shop.w.run(shop.c.store, [{ kind: "sale.check", orderId }]);

/** The accountant enters a credit note of this total for the order's sale. */
async function credited(id: number, total: number): Promise<void> {
  const sale = (await saleOf(id)) as unknown as { ID: string; Invoices: { InvoiceNumber: string }[] };
  await api("POST", "/sale/creditnote", {
    SaleID: sale.ID,
    TaskID: "00000000-0000-0000-0000-000000000000",
    CreditNoteInvoiceNumber: sale.Invoices[0]?.InvoiceNumber,
    Status: "AUTHORISED",
    CreditNoteDate: new Date().toISOString().slice(0, 10),
    CreditNoteConversionRate: 1,
    Lines: [],
    AdditionalCharges: [
      {
        Description: "Shipping",
        Price: total,
        Quantity: 1,
        Discount: 0,
        Tax: 0,
        Total: total,
        TaxRule: "Tax Exempt",
        Account: "205",
      },
    ],
    Restock: [],
  });
}

describe("a refund of an order that is in Cin7 (F125)", () => {
  it("is told with its figures, and stays when the order moves on to Shipped", async () => {
    const id = await sold();
    await refund(id, { amount: 40, tax: 3.64 });
    await changed(id);
    expect(await told(id)).toMatchObject([
      { kind: "refund-to-enter", holds: false, aside: "It is entered in Cin7 Core", text: expect.stringContaining("3.64 AUD of tax") },
    ]);
    await status(id, 2);
    await changed(id);
    expect(await titles(id)).toEqual([
      expect.stringMatching(/^Order \d+: 40\.00 AUD went back to the shopper on \d{4}-\d\d-\d\d \(stripe\)$/),
    ]);
  });

  it("put aside once, the second and the rest are told again; the first is not, and who said so stands in the audit", async () => {
    const id = await sold();
    await refund(id, { amount: 40 });
    await changed(id);
    await aside((await told(id))[0]?.key ?? "");
    await changed(id);
    await looked(id);
    expect(await told(id)).toEqual([]);
    await refund(id, { amount: 40 });
    await changed(id);
    expect(await titles(id)).toHaveLength(1);
    await refund(id, { amount: "60.75", statusId: 4 });
    await changed(id);
    expect((await titles(id)).map((title) => title?.match(/[\d.]+ AUD/)?.[0]).sort()).toEqual(["40.00 AUD", "60.75 AUD"]);
    expect(await shop.c.panel<AttentionList>("GET", at("/attention?area=finance"))).toMatchObject({ total: 2 });
  });

  it("a transaction without a change of status is told, and goes over to the record that comes later", async () => {
    const id = await sold();
    await refund(id, { amount: 12.5, only: "transaction", statusId: null });
    await looked(id);
    expect((await told(id)).map(({ key }) => key)).toEqual([expect.stringContaining(`refund-to-enter:${id}:transaction-`)]);
    expect(await titles(id)).toEqual([expect.stringContaining("12.50 AUD")]);
  });

  it("an order first seen refunded in part, or shipped with a refund, is told once its sale is there", async () => {
    const id = await order();
    await refund(id, { amount: 15 });
    await changed(id);
    expect(await titles(id)).toEqual([expect.stringContaining("15.00 AUD")]);
    const shipped = await order();
    await refund(shipped, { amount: 16, statusId: 2 });
    await changed(shipped);
    expect(await titles(shipped)).toEqual([expect.stringContaining("16.00 AUD")]);
  });

  it("a declined refund is told as declined, one on its way not yet", async () => {
    const id = await sold();
    await refund(id, { amount: 20, declined: true });
    await looked(id);
    expect(await kinds(id)).toEqual(["refund-declined"]);
    const other = await sold();
    await refund(other, { amount: 20, pending: true });
    await looked(other);
    expect(await told(other)).toEqual([]);
  });

  it("ends when Cin7 shows a credit note of its amount, each credit note for one; it is not told again", async () => {
    const id = await sold();
    await refund(id, { amount: 40 });
    await refund(id, { amount: 40 });
    await changed(id);
    expect(await told(id)).toHaveLength(2);
    await credited(id, 40);
    await checked(id);
    expect(await told(id)).toHaveLength(1);
    await looked(id);
    await checked(id);
    expect(await told(id)).toHaveLength(1);
    await credited(id, 40);
    await checked(id);
    await looked(id);
    expect(await told(id)).toEqual([]);
  });
});
