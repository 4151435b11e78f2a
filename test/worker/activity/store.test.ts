import { beforeEach, expect, it } from "vitest";
import { activityOf, pruneActivity, recordActivity } from "../../../worker/activity/store.ts";
import { activity } from "../../../worker/lib/db/schema/tables.ts";
import { ACCOUNT, addStore, db, iso, NOW, OTHER_ACCOUNT, tenant } from "../../harness/api.ts";

const line = (orderId: number | null, at = iso()) => ({
  at,
  kind: "order.changed",
  orderId,
  outcome: "done" as const,
  note: "Taken.",
  ms: 12.6,
  calls: 3,
});
beforeEach(async () => {
  await addStore();
  await addStore("zzz999");
});

it("F122: one line for each settled item, an order's newest first", async () => {
  await recordActivity(db(), tenant(), line(7, iso(NOW)));
  await recordActivity(db(), tenant(), { ...line(7, iso(NOW + 1)), note: "x".repeat(900) });
  await recordActivity(db(), tenant(), line(null));
  const lines = await activityOf(db(), tenant(), 7);
  expect(lines.map((l) => l.at)).toEqual([iso(NOW + 1), iso(NOW)]);
  expect(lines[0]?.note).toHaveLength(500);
  expect(lines[1]).toEqual({ ...line(7), ms: 13 });
});

it("tenancy: another store's or account's lines never show", async () => {
  await recordActivity(db(), tenant("zzz999"), line(7));
  expect(await activityOf(db(), tenant(), 7)).toEqual([]);
  expect(await activityOf(db(), tenant("zzz999", OTHER_ACCOUNT), 7)).toEqual([]);
  expect(await activityOf(db(), tenant("zzz999"), 7)).toHaveLength(1);
});

it("of an older epoch nothing is written", async () => {
  await recordActivity(db(), tenant("abc123", ACCOUNT, 0), line(7));
  expect(await db().select().from(activity).all()).toEqual([]);
});

it("lines older than 90 days are forgotten, of this store only", async () => {
  for (const t of [tenant(), tenant("zzz999")]) {
    await recordActivity(db(), t, line(1, iso(NOW - 91 * 86_400_000)));
    await recordActivity(db(), t, line(2, iso(NOW - 89 * 86_400_000)));
  }
  expect(await pruneActivity(db(), tenant(), NOW)).toBe(1);
  expect(await db().select().from(activity).all()).toHaveLength(3);
});
