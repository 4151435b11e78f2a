import { beforeEach, describe, expect, it } from "vitest";
import type { Tenant } from "../../../../worker/lib/ids.ts";
import { orderOf } from "../../../../worker/orders/store.ts";
import { db } from "../../../harness/api.ts";
import { api, changed, eachItsShop, inCin7, kinds, open, order, page, saleOf, salesOf, save, shop, status } from "../../first-run/shop.ts";

/** Cancelled when its sale is whole, with the real Worker on both twins (M28): voided once, or a person is told precisely. */
eachItsShop();
beforeEach(() => open());

const sold = async (form?: object): Promise<number> => {
  const id = await order(form);
  await changed(id);
  expect((await page(id)).order.stages).toContain("paid");
  return id;
};
const given = async (id: number, more: object = {}) => {
  const amount = (await saleOf(id)).Invoices[0]?.Total;
  await shop.w.control(`/bigcommerce/${shop.c.store}/orders/${id}/refund`, { amount, statusId: null, ...more });
};
const cancel = async (id: number, statusId = 5) => {
  await status(id, statusId);
  await changed(id);
};
const told = async (id: number) => (await page(id)).problems.find(({ kind }) => kind === "changed-after-sale");
const called = async (id: number, method: string, step: string) =>
  (await page(id)).attempts.filter((each) => each.method === method && each.step === step).length;

describe("the money went back", () => {
  it.each([5, 6])("status %i: our payments are deleted, the sale is voided, each by one call, and everything says so", async (statusId) => {
    const id = await sold();
    await given(id);
    await cancel(id, statusId);
    const after = await page(id);
    const number = after.order.saleNumber;
    expect(after.order).toMatchObject({ state: "sent", note: { text: `Cancelled; ${number} in Cin7 is void` } });
    expect(after.order.stages).toContain("voided");
    expect(after.problems).toEqual([]);
    expect(after.payments).toMatchObject([{ state: "left-out", why: expect.stringContaining("Taken back") }]);
    expect(await salesOf(id)).toMatchObject([{ Status: "VOIDED" }]);
    await changed(id);
    expect([await called(id, "DELETE", "Take back the payment"), await called(id, "DELETE", "Void the sale")]).toEqual([1, 1]);
  });

  it("only later: it is finance's until then, with the figures, and goes by itself when the refund comes", async () => {
    const id = await sold();
    await cancel(id);
    const total = (await saleOf(id)).Invoices[0]?.Total.toFixed(2);
    expect(await told(id)).toMatchObject({
      area: "finance",
      title: expect.stringContaining("is not given back"),
      text: expect.stringContaining(`${total} AUD are paid`),
    });
    expect(await called(id, "DELETE", "Take back the payment")).toBe(0);
    await given(id);
    await shop.w.run(shop.c.store, [{ kind: "order.refunds", orderId: id }]);
    expect([(await saleOf(id)).Status, await kinds(id)]).toEqual(["VOIDED", []]);
  });

  it("a part, or one that the provider has not answered or has declined, is not the money", async () => {
    const id = await sold();
    await given(id, { amount: 1 });
    await given(id, { pending: true });
    await given(id, { declined: true });
    await cancel(id);
    expect(await told(id)).toMatchObject({ text: expect.stringContaining("BigCommerce shows 1.00 AUD given back") });
    expect((await saleOf(id)).Status).not.toBe("VOIDED");
  });
});

describe("something keeps it", () => {
  it("goods that have left: the sale stays, and it is no longer said that they must not leave", async () => {
    const id = await sold();
    await inCin7(id, "ship");
    await given(id);
    await cancel(id);
    expect(await told(id)).toMatchObject({ area: "warehouse", title: expect.stringMatching(/^Goods of SO-\d+ have left/) });
  });

  it("somebody else paid on it: nothing of it is deleted", async () => {
    await save((s) => {
      s.payments.on = false;
    });
    const id = await order();
    await changed(id);
    await inCin7(id, "pay", { reference: "bank feed" });
    await given(id);
    await cancel(id);
    expect(await told(id)).toMatchObject({ text: expect.stringContaining("bank feed") });
    expect((await saleOf(id)).Invoices[0]?.Payments).toHaveLength(1);
  });

  it("locked books, of which we learn by the refusal: the credit note to enter is named to the cent", async () => {
    const id = await sold();
    await given(id);
    await shop.w.control(`/cin7/${shop.c.account}/lock-date`, { date: "2027-12-31" });
    await cancel(id);
    const total = (await saleOf(id)).Invoices[0]?.Total.toFixed(2);
    expect(await told(id)).toMatchObject({ text: expect.stringContaining(`a credit note of ${total} AUD`) });
    expect((await told(id))?.text).toContain("Books are locked up to 31 Dec 2027");
    expect((await saleOf(id)).Invoices[0]?.Payments).toHaveLength(1);
  });

  it("Cin7 refuses: its sentence is told, asked again when somebody presses, and done once it takes it", async () => {
    const id = await sold();
    await given(id);
    await shop.w.control("/switches", { exportedToAccounting: true });
    await cancel(id);
    expect(await told(id)).toMatchObject({
      text: expect.stringContaining("exported to accounting software"),
      remedies: [{ label: "Look again" }, {}],
    });
    await shop.w.control("/switches", { exportedToAccounting: false });
    await changed(id, true);
    expect([(await saleOf(id)).Status, await kinds(id)]).toEqual(["VOIDED", []]);
  });

  it("refused after our payment is deleted: that is said, and it is paid again should the order be opened", async () => {
    const id = await sold();
    await given(id);
    await refuseVoid();
    await cancel(id);
    expect((await told(id))?.text).toContain("are deleted there already");
    await status(id, 11);
    await changed(id);
    expect(await kinds(id)).not.toContain("changed-after-sale");
    expect((await saleOf(id)).Invoices[0]?.Payments).toHaveLength(1);
  });
});
const refuseVoid = () =>
  shop.w.control("/faults", [{ peer: "cin7", kind: "refuse", method: "DELETE", path: "/sale$", text: "Not today", times: 1 }]);

describe("un-cancelled", () => {
  it("a voided sale is not revived: a person creates it again, whole and paid", async () => {
    const id = await sold();
    await given(id);
    await cancel(id);
    await status(id, 11);
    await changed(id);
    expect(await kinds(id)).toEqual(["open-again"]);
    await changed(id);
    expect(await salesOf(id)).toHaveLength(1);
    await changed(id, true);
    const after = await page(id);
    expect(after.order.stages).toEqual(expect.arrayContaining(["paid"]));
    expect(after.problems.map(({ kind }) => kind)).not.toContain("open-again");
    expect((await salesOf(id)).map(({ ExternalID, Status }) => [ExternalID.split(":").at(-1), Status === "VOIDED"])).toEqual([
      ["g1", true],
      ["g2", false],
    ]);
  });

  it("cancelled again it is no news any more", async () => {
    const id = await sold();
    await given(id);
    await cancel(id);
    await status(id, 11);
    await changed(id);
    await cancel(id);
    expect(await kinds(id)).toEqual([]);
  });
});

describe("nothing is paid", () => {
  it("an order without an invoice is voided by one call, its held stock let go", async () => {
    await save((s) => {
      s.sale.status = "draft";
    });
    const id = await order();
    await changed(id);
    const held = async () => (await orderOf(db(), { store: shop.c.store } as Tenant, id))?.reserved;
    expect(await held()).toHaveLength(1);
    await cancel(id);
    expect([(await saleOf(id)).Status, await kinds(id), await held()]).toEqual(["VOIDED", [], []]);
    expect(await called(id, "DELETE", "Void the sale")).toBe(1);
  });

  it("picked by a person: the warehouse is asked, and nothing is voided behind its back", async () => {
    await save((s) => {
      s.invoice.status = "none";
    });
    const id = await order();
    await changed(id);
    await pick((await saleOf(id)).ID);
    await cancel(id);
    expect(await told(id)).toMatchObject({ area: "warehouse", aside: "It has left", text: expect.stringContaining("are picked") });
    expect((await saleOf(id)).Status).not.toBe("VOIDED");
  });
});

/** Somebody picks all of it. */
async function pick(saleId: string): Promise<void> {
  const sale = (await api("GET", `/sale?ID=${saleId}`)) as { Location: string; Order: { Lines: { SKU: string; Quantity: number }[] } };
  const { Fulfilments } = (await api("GET", `/sale/fulfilment?SaleID=${saleId}`)) as { Fulfilments: { TaskID: string }[] };
  const Lines = sale.Order.Lines.map(({ SKU, Quantity }) => ({ SKU, Quantity, Location: sale.Location }));
  await api("POST", "/sale/fulfilment/pick", { TaskID: Fulfilments[0]?.TaskID ?? saleId, Status: "AUTHORISED", Lines });
}
