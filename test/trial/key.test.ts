import { afterEach, beforeEach, expect, it } from "vitest";
import type { Connected } from "../../scripts/connect.ts";
import type { AttentionList, OrderDetail } from "../../worker/contract.ts";
import { HARBOUR } from "../twins/cin7/constants.ts";
import { type World, world } from "./world.ts";

let w: World;
let c: Connected;
beforeEach(async () => {
  w = world();
  c = await w.connect();
}, 30_000);
afterEach(() => w.stop(c.store));

const at = (path: string) => `/api/stores/${c.store}${path}`;
const kinds = async () =>
  (await c.panel<AttentionList>("GET", at("/attention"))).rows
    .filter((row) => row.kind === "cin7-denied")
    .map((row) => [row.kind, row.title]);
const order = async (id: number) => (await c.panel<OrderDetail>("GET", at(`/orders/${id}`))).order;

it("a key that was withdrawn pauses the orders, told once; replaced, they go on at once and the problem is gone (design 6)", async () => {
  await w.control(`/cin7/${c.account}/keys`, { applicationKeys: [HARBOUR.secondKey] });
  const ids: number[] = [];
  for (const quantity of [1, 2, 3, 4]) ids.push(await w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity }] }));
  await w.put(
    c.store,
    ids.map((orderId) => ({ kind: "order.changed", orderId })),
  );
  expect(await kinds()).toEqual([["cin7-denied", "Cin7 Core no longer accepts our application key."]]);
  expect((await Promise.all(ids.map(order))).map((row) => row.state)).not.toContain("sent");

  await c.panel("POST", at("/cin7-key"), { applicationKey: HARBOUR.secondKey });
  // What is due now, and nothing later: not the next probe.
  await w.put(c.store, []);
  expect((await Promise.all(ids.map(order))).map((row) => row.state)).toEqual(["sent", "sent", "sent", "sent"]);
  expect(await kinds()).toEqual([]);
}, 60_000);

it("a licence that has ended keeps the queue and says so in the merchant's words; renewed, everything goes by itself (F4)", async () => {
  const ended = { peer: "cin7", path: "/sale", kind: "refuse", text: "Your subscription has expired. Please contact sales.", times: 99 };
  await w.control("/faults", [ended]);
  const id = await w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] });
  await w.put(c.store, [{ kind: "order.changed", orderId: id }]);
  expect(await kinds()).toEqual([["cin7-denied", "Cin7 Core says that its licence or subscription has ended."]]);
  expect((await order(id)).state).toBe("pending");
  await w.control("/faults", []);
  await w.run(c.store, [{ kind: "orders.release" }]);
  expect([(await order(id)).state, await kinds()]).toEqual(["sent", []]);
}, 60_000);
