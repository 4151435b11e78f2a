import { beforeEach, expect, it } from "vitest";
import { restoreDay } from "../../../../worker/daily-sales/rules/members-store.ts";
import { makeDay } from "../../../../worker/daily-sales/rules/store.ts";
import { daySales, orders } from "../../../../worker/lib/db/schema/tables.ts";
import { ACCOUNT, addStore, db, iso, tenant } from "../../../harness/api.ts";
import { drafted, MUG } from "../../../harness/sale.ts";

const day = {
  daySale: -202611220000001,
  day: "2026-11-22",
  zone: "Australia/Melbourne",
  cut: iso(),
  stem: "day-20261122-1200:AUD:3f2a9c01",
  location: "Main",
};
const order = {
  placedAt: iso(),
  customer: "Web",
  currency: "AUD",
  total: "10",
  totalSort: 100_000,
  updatedAt: iso(),
  picture: { came: [] },
};
const draft = drafted({ lines: [MUG] });
const kept = async () => ({ days: await db().select().from(daySales).all(), rows: await db().select().from(orders).all() });
beforeEach(() => addStore());

it("a daily sale of an older epoch is not written: its store was disconnected meanwhile (design 5)", async () => {
  const old = tenant("abc123", ACCOUNT, 0);
  await makeDay(db(), old, { day, order: { ...order, state: "pending", statusId: 0 }, draft, memberIds: [], memberNote: "" });
  await restoreDay(db(), old, { ...day, members: 0 }, order, draft);
  expect(await kept()).toEqual({ days: [], rows: [] });
});

it("one that is there is not made a second time, and a restored one stays as it is", async () => {
  const made = { day, order: { ...order, state: "pending" as const, statusId: 0 }, draft, memberIds: [], memberNote: "" };
  await makeDay(db(), tenant(), made);
  await expect(makeDay(db(), tenant(), made)).rejects.toThrow();
  await restoreDay(db(), tenant(), { ...day, members: 9 }, { ...order, total: "99" }, draft);
  expect(await kept()).toMatchObject({ days: [{ members: 0 }], rows: [{ orderId: day.daySale, total: "10", picture: { came: [] } }] });
});
