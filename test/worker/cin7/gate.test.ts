import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { Gate, Item } from "../../../worker/cin7/gate.ts";
import { rowsOf } from "../../harness/rows.ts";

/** The gate as it runs: 55 calls in a window of 3 seconds here (TIME_SCALE 20). */
const gate = () => env.GATE.getByName(`gate-${Math.random().toString(36).slice(2, 10)}`) as unknown as DurableObjectStub<Gate>;
const CALLS = 55;
const kept = (stub: DurableObjectStub<Gate>, query: string) =>
  runInDurableObject(stub, (_, state) => state.storage.sql.exec(query).toArray());
const item = (demand: Item["demand"]): Item => ({ key: "", size: 1, begun: false, running: [], demand });
/** All in one turn of the object, so that no window passes meanwhile. */
const take = (stub: DurableObjectStub<Gate>, n: number, last?: Item["demand"]) =>
  runInDurableObject(stub, (instance) => {
    for (let i = 0; i < n; i++) expect((instance as Gate).ask("order", "a", 1, item({})).granted).toBe(true);
    return last && (instance as Gate).ask("order", "a", last.order ?? 1, item(last)).granted;
  });
/** Its rows say so: made so much later. */
const later = (stub: DurableObjectStub<Gate>, ms: number) =>
  runInDurableObject(stub, (_, state) => {
    state.storage.sql.exec("UPDATE calls SET at = at + ?", ms);
    state.storage.sql.exec("UPDATE demand SET at = at + ?", ms);
  });

it("the calls of a window outlive an eviction: none is permitted twice", async () => {
  const stub = gate();
  await take(stub, CALLS);
  await later(stub, 60_000);
  await evictDurableObject(stub as never);
  expect((await stub.meter()).used).toBe(CALLS);
  expect((await stub.ask("order", "a", 1, item({}))).granted).toBe(false);
});

it("what a refused store wants outlives an eviction; while there is room it is not written, nor when it wants no more", async () => {
  const stub = gate();
  expect(await take(stub, CALLS - 1, { order: 9, money: 4 })).toBe(true);
  expect(await kept(stub, "SELECT * FROM demand")).toEqual([]);
  expect(await take(stub, 0, { order: 8, money: 4 })).toBe(false);
  await later(stub, 60_000);
  await evictDurableObject(stub as never);
  expect((await stub.meter()).demand).toEqual([
    { cls: "order", want: 8 },
    { cls: "money", want: 4 },
  ]);
  await later(stub, -600_000);
  await evictDurableObject(stub as never);
  expect(await take(stub, 1)).toBeUndefined();
  expect(await kept(stub, "SELECT * FROM demand")).toEqual([]);
});

it("a call that has left the window leaves its row to the next: as many rows as calls fit, however many are made", async () => {
  const stub = gate();
  await take(stub, CALLS);
  await later(stub, -60_000);
  await evictDurableObject(stub as never);
  await take(stub, CALLS);
  expect(await kept(stub, "SELECT COUNT(*) AS n FROM calls")).toEqual([{ n: CALLS }]);
});

it("a permit costs one row, however many calls the window holds", async () => {
  const stub = gate();
  await take(stub, 3);
  const spent = await runInDurableObject(stub, (instance, state) =>
    rowsOf(state.storage.sql, () => void (instance as Gate).ask("order", "a", 5, item({ order: 5, money: 2 }))),
  );
  expect(spent).toEqual({ read: 1, written: 1 });
});

it("a person who waits in front of a page gets a call from a full window, four of them, and leaves no demand behind", async () => {
  const stub = gate();
  await take(stub, CALLS);
  const asked = await runInDurableObject(stub, (instance) =>
    Array.from({ length: 5 }, () => (instance as Gate).ask("order", "person:a", 1, { ...item({}), person: true }).granted),
  );
  expect(asked).toEqual([true, true, true, true, false]);
  expect(await kept(stub, "SELECT COUNT(*) AS n FROM calls WHERE cls = 'person'")).toEqual([{ n: 4 }]);
  expect(await kept(stub, "SELECT * FROM demand")).toEqual([]);
});
