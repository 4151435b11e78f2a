import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { changed, eachItsShop, inbox, inCin7, kinds, open, order, page, refuse, saleOf, salesOf, settled, shop, status } from "./shop.ts";

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
    expect(after.order).toMatchObject({ state: "not-taken", note: expect.stringMatching(/cancelled in BigCommerce; .*voided/) });
    expect(after.problems).toEqual([]);
    expect((await salesOf(id)).map((s) => s.Status)).toEqual(["VOIDED"]);
    await changed(id);
    expect((await page(id)).attempts.filter((a) => a.method === "DELETE")).toHaveLength(1);
  }, 60_000);

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
  }, 60_000);

  it("the answer to the sale is lost: what was begun is looked for before anything is concluded", async () => {
    await open();
    // Placed after the connection, though in the same second: nothing is looked for before its first write.
    await env.DB.prepare("UPDATE stores SET look_before = '2020-01-01T00:00:00.000Z'").run();
    const id = await order();
    await shop.w.control("/faults", [
      { peer: "cin7", kind: "reset", method: "POST", path: "/sale$", times: 1 },
      // Nothing can be found out before the shopper cancels.
      { peer: "cin7", kind: "status", status: 500, method: "GET", path: "/saleList", times: 1000 },
    ]);
    await inbox().put([{ kind: "order.changed", orderId: id }]);
    // Until it had its turn.
    await settled(id, (p) => p.attempts.some((a) => a.method === "POST" && a.path === "/sale"));
    await status(id, 5);
    await inbox().put([{ kind: "order.changed", orderId: id }]);
    await inbox().poke();
    await shop.w.control("/faults", []);
    const after = await settled(id, (p) => p.order.state === "not-taken");
    expect(after.order.state).toBe("not-taken");
    expect((await salesOf(id)).map((s) => s.Status)).toEqual(["VOIDED"]);
  }, 60_000);

  it("an order that is in Cin7 gets no invoice and no payment any more", async () => {
    await open({ change: (s) => void Object.assign(s.invoice, { when: "when-shipped" }) });
    const id = await order();
    await changed(id);
    await status(id, 5);
    await changed(id);
    await inCin7(id, "ship", {});
    await shop.w.run(shop.c.store, [{ kind: "order.money", orderId: id }]);
    expect((await saleOf(id)).Invoices).toEqual([]);
    expect(await kinds(id)).toEqual(["changed-after-sale"]);
  }, 60_000);
});
