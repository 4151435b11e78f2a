import { beforeEach, describe, expect, it } from "vitest";
import { until } from "../../harness/until.ts";
import { clock, dailyShop, type Shop, TEE, whole } from "./shop.ts";

/** One sale a day, exactly once (F15, design 3): lost answers, crashes, an old database, a change of the mode. */
let s: Shop;
beforeEach(async () => {
  s = await dailyShop();
});

const ONE = { lines: [{ sku: TEE, quantity: 2 }], shipping: "9.95" };
const TWO = { lines: [{ sku: TEE }, { sku: "HON-RAW", quantity: 3 }], shipping: "9.95" };

describe("a crash or a lost answer at any step: no order twice, none lost (design 3.2)", () => {
  it.each(["/sale$", "/sale/order", "/sale/invoice", "/sale/payment"])("%s arrives and its answer is lost", async (path) => {
    const ids = await s.take([ONE, TWO]);
    await s.w.control("/faults", [{ peer: "cin7", method: "POST", path, kind: "reset", times: 1 }]);
    await s.close();
    await until("the orders to be paid", async () => {
      await s.w.run(s.c.store, [{ kind: "day.close" }]);
      return (await s.page(ids[0] as number)).order.stages.includes("paid");
    });
    whole(s, ids);
    expect(s.sales()).toHaveLength(1);
  });
  it("closed and not yet put together, with the mode changed meanwhile: it goes on as a day", async () => {
    const ids = await s.take([ONE, TWO]);
    await s.sql(`UPDATE orders SET day_cut = '${s.end()}' WHERE waits_for = 'day'`);
    await s.save((settings) => {
      settings.orders.consolidate = "each";
    });
    await s.w.run(s.c.store, [{ kind: "day.close" }]);
    whole(s, ids);
  });
  it("an old database: who was in a sale is in it again, and the sale is there once", async () => {
    const ids = await s.take([ONE, TWO]);
    await s.close();
    const { daySale } = (await s.page(ids[0] as number)).order;
    await s.sql(
      "UPDATE orders SET day_cut = NULL, day_sale = NULL, state = 'pending', stages = '', sale_id = NULL, sale_number = NULL, waits_for = 'day' WHERE order_id > 0",
    );
    await s.sql("DELETE FROM orders WHERE order_id < 0");
    await s.sql("DELETE FROM day_sales");
    await s.sql("DELETE FROM order_payments");
    await s.w.run(
      s.c.store,
      ids.map((orderId) => ({ kind: "order.changed", orderId })),
    );
    whole(s, ids);
    expect(s.sales()).toHaveLength(1);
    for (const id of ids) expect((await s.page(id)).order).toMatchObject({ daySale, state: "sent" });
  });
  describe("an old database, and another day ends: nobody of the first one is in a second sale", () => {
    const FORGET =
      "UPDATE orders SET day_cut = NULL, day_sale = NULL, state = 'pending', stages = '', sale_id = NULL, sale_number = NULL, waits_for = 'day'";
    it.each([
      ["their orders are known and not read again yet", [FORGET, "DELETE FROM orders WHERE order_id < 0"], false],
      ["their orders were never seen", ["DELETE FROM orders"], true],
    ] as const)("%s", async (_, statements, told) => {
      const ids = await s.take([ONE, TWO]);
      await s.close();
      const end = Date.parse(s.end()) + 60_000;
      await s.save(({ orders }) => {
        orders.consolidateAt = clock(end);
      });
      await s.w.run(s.c.store, []);
      for (const statement of [...statements, "DELETE FROM day_sales", "DELETE FROM order_payments"]) await s.sql(statement);
      const again = ids.map((orderId) => ({ kind: "order.changed" as const, orderId }));
      if (told) await s.w.run(s.c.store, again);
      await s.ready(ids, s.end());
      await s.w.run(s.c.store, [{ kind: "day.close", from: s.end() }]);
      whole(s, ids);
      for (const id of ids) expect((await s.page(id)).order).toMatchObject({ state: "sent" });
    });
  });
});

describe("nothing is kept of a day that was closed (after a disconnect)", () => {
  const lost = async (ids: number[]) => {
    const { daySale } = (await s.page(ids[0] as number)).order;
    // The claims and drafts went with the queue.
    await s.w.forget(s.c.store);
    await s.sql("UPDATE stores SET look_before = '2026-01-01T00:00:00.000Z'");
    await s.w.run(s.c.store, [{ kind: "order.changed", orderId: daySale as number }]);
  };
  it("and which never came to Cin7: its orders go with the next day, once", async () => {
    const ids = await s.take([ONE, TWO]);
    await s.w.control("/faults", [{ peer: "cin7", method: "POST", path: "/sale$", kind: "refuse", text: "Try later", times: 1 }]);
    await s.close();
    expect(s.sales()).toEqual([]);
    await lost(ids);
    for (const id of ids) expect((await s.page(id)).order).toMatchObject({ state: "pending", daySale: null });
  });
});

describe("changing the mode", () => {
  it("from a day to each: what waits goes one by one at once", async () => {
    const ids = await s.take([ONE, TWO]);
    await s.save((settings) => {
      settings.orders.consolidate = "each";
    });
    await s.w.run(s.c.store, []);
    await s.close();
    expect(
      s
        .sales()
        .map((sale) => sale.ExternalID)
        .sort(),
    ).toEqual(ids.map((id) => `ls:${s.c.store}:${id}:g1`).sort());
    for (const id of ids) expect((await s.page(id)).order).toMatchObject({ state: "sent", daySale: null });
  });
  it("from each to a day: a sale that was begun is finished alone, the others wait", async () => {
    await s.save((settings) => {
      settings.orders.consolidate = "each";
    });
    await s.w.control("/faults", [{ peer: "cin7", method: "POST", path: "/sale/order", kind: "refuse", text: "Try later", times: 1 }]);
    const [begun] = (await s.take([ONE])) as [number];
    expect((await s.page(begun)).order.state).toBe("held");
    await s.save((settings) => {
      settings.orders.consolidate = "daily";
    });
    await s.w.run(s.c.store, []);
    const [waits] = (await s.take([TWO])) as [number];
    expect((await s.page(begun)).order).toMatchObject({ state: "sent", daySale: null });
    await s.close();
    expect(s.sales()).toHaveLength(2);
    expect((await s.page(waits)).order.daySale).not.toBeNull();
  });
});
