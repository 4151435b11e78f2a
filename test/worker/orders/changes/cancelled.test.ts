import { describe, expect, it } from "vitest";
import { changed, eachItsShop, inCin7, kinds, open, order, page, refuse, saleOf, salesOf, shop, status } from "../../first-run/shop.ts";

/** Cancelled in BigCommerce while it is on its way, with the real Worker on both twins (M28). */
eachItsShop();

describe("cancelled while it is on its way (M28)", () => {
  it("after the sale and before its order document: the sale is voided once, nothing further is written", async () => {
    await open();
    const id = await order();
    await refuse("/sale/order", "Try later");
    await changed(id);
    expect([await kinds(id), (await saleOf(id)).Order.Status]).toEqual([["cin7-refused"], "NOT AVAILABLE"]);
    await status(id, 5);
    await changed(id);
    const after = await page(id);
    expect(after.order).toMatchObject({ state: "not-taken", note: { text: expect.stringMatching(/cancelled in BigCommerce; .*voided/) } });
    expect(after.problems).toEqual([]);
    expect((await salesOf(id)).map((s) => s.Status)).toEqual(["VOIDED"]);
    await changed(id);
    expect((await page(id)).attempts.filter((a) => a.method === "DELETE")).toHaveLength(1);
  });

  it("un-cancelled, the voided sale is not revived: a person creates it again, as the text says", async () => {
    await open();
    const id = await order();
    await refuse("/sale/order", "Try later");
    await changed(id);
    await status(id, 5);
    await changed(id);
    await status(id, 11);
    await changed(id);
    expect(await kinds(id)).toEqual(["sale-voided"]);
    await changed(id, true);
    expect((await page(id)).order).toMatchObject({ state: "sent", stages: expect.arrayContaining(["paid"]) });
    expect((await salesOf(id)).map((s) => [s.ExternalID.split(":").at(-1), s.Status === "VOIDED"])).toEqual([
      ["g1", true],
      ["g2", false],
    ]);
  });

  it("an order that is in Cin7 gets no invoice and no payment any more", async () => {
    await open({ change: (s) => void Object.assign(s.invoice, { when: "when-shipped" }) });
    const id = await order();
    await changed(id);
    await inCin7(id, "ship", {});
    await status(id, 5);
    await changed(id);
    await shop.w.run(shop.c.store, [{ kind: "order.money", orderId: id }]);
    expect((await saleOf(id)).Invoices).toEqual([]);
    expect(await kinds(id)).toEqual(["changed-after-sale"]);
  });
});
