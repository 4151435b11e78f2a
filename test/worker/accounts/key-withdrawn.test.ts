import { expect, it } from "vitest";
import type { AttentionList, OrderDetail } from "../../../worker/contract/index.ts";
import { HARBOUR } from "../../twins/cin7/constants.ts";
import { at, eachConnected, shop } from "../first-run/shop.ts";

eachConnected();

const kinds = async () =>
  (await shop.c.panel<AttentionList>("GET", at("/attention"))).rows
    .filter((row) => row.kind === "cin7-denied")
    .map((row) => [row.kind, row.title]);
const order = async (id: number) => (await shop.c.panel<OrderDetail>("GET", at(`/orders/${id}`))).order;

it("a key that was withdrawn pauses the orders, told once; replaced, they go on at once and the problem is gone (design 6)", async () => {
  await shop.w.control(`/cin7/${shop.c.account}/keys`, { applicationKeys: [HARBOUR.secondKey] });
  const ids: number[] = [];
  for (const quantity of [1, 2, 3, 4]) ids.push(await shop.w.order(shop.c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity }] }));
  await shop.w.put(
    shop.c.store,
    ids.map((orderId) => ({ kind: "order.changed", orderId })),
  );
  expect(await kinds()).toEqual([["cin7-denied", "Cin7 Core no longer accepts our application key."]]);
  expect((await Promise.all(ids.map(order))).map((row) => row.state)).not.toContain("sent");

  await shop.c.panel("POST", at("/cin7-key"), { applicationKey: HARBOUR.secondKey });
  // What is due now, and nothing later: not the next probe.
  await shop.w.put(shop.c.store, []);
  expect((await Promise.all(ids.map(order))).map((row) => row.state)).toEqual(["sent", "sent", "sent", "sent"]);
  expect(await kinds()).toEqual([]);
});

it("a licence that has ended keeps the queue and says so in the merchant's words; renewed, everything goes by itself (F4)", async () => {
  const ended = { peer: "cin7", path: "/sale", kind: "refuse", text: "Your subscription has expired. Please contact sales.", times: 99 };
  await shop.w.control("/faults", [ended]);
  const id = await shop.w.order(shop.c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] });
  await shop.w.put(shop.c.store, [{ kind: "order.changed", orderId: id }]);
  expect(await kinds()).toEqual([["cin7-denied", "Cin7 Core says that its licence or subscription has ended."]]);
  expect((await order(id)).state).toBe("pending");
  await shop.w.control("/faults", []);
  await shop.w.run(shop.c.store, [{ kind: "orders.release" }]);
  expect([(await order(id)).state, await kinds()]).toEqual(["sent", []]);
});
