import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { pruneActivity } from "../../../worker/activity/store.ts";
import { pruneTold } from "../../../worker/alerts/store.ts";
import type { StoreRow } from "../../../worker/api/access.ts";
import { activity, alertsSent, decisions, orders } from "../../../worker/lib/db/schema/tables.ts";
import { raise } from "../../../worker/problems/store.ts";
import { pruneKept } from "../../../worker/retention/keep-flow.ts";
import { lifecycleRoutes } from "../../../worker/retention/routes.ts";
import { ACCOUNT, addOrder, addStore, api, db, iso, NOW, tenant } from "../../harness/api.ts";
import { aContext } from "../../harness/context.ts";

const DAY = 86_400_000;
let store: StoreRow;
let kept: { closed: number[]; forgotten: number[]; pruned: number[] };
beforeEach(async () => {
  store = await addStore();
  kept = { closed: [], forgotten: [], pruned: [] };
});

const prune = (days = 30, prunes: Parameters<typeof pruneKept>[2] = [], now = NOW) =>
  pruneKept(
    aContext({
      store,
      now: () => now,
      keeping: {
        close: (ids) => void kept.closed.push(...ids),
        forget: (ids) => kept.forgotten.push(...ids),
        prune: (n) => void kept.pruned.push(n),
      },
    }),
    days,
    prunes,
  );
const picture = {
  came: [{ label: "E-mail", value: "ana@example.org" }],
  cameLines: [],
  mapped: { lines: [{ name: "Mug for Ana" }], totals: { incTax: "5.00" }, decisions: [], settingsVersion: 4, losses: [] },
};
const anas = { customer: "Ana", email: "ana@example.org", currency: "AUD", picture };
const old = iso(NOW - 31 * DAY);
const named = async () => (await db().select().from(orders).orderBy(orders.orderId)).filter((o) => o.customer !== "").map((o) => o.orderId);

describe("what is kept of finished orders (design 5, F140)", () => {
  it("older than Setup keeps them: the link and the figures stay, the shopper goes from the order and from the queue", async () => {
    await addOrder(1, { ...anas, state: "sent", saleNumber: "SO-1", updatedAt: old });
    await addOrder(2, { ...anas, state: "not-taken", updatedAt: old });
    await addOrder(3, { ...anas, state: "held", updatedAt: old });
    await addOrder(4, { ...anas, state: "sent", waitsFor: "invoice", updatedAt: old });
    await addOrder(5, { ...anas, state: "sent", updatedAt: iso(NOW - 29 * DAY) });
    await addOrder(1, { ...anas, storeHash: "zzz999", state: "sent", updatedAt: old });
    expect(await prune()).toMatchObject({ is: "done", again: { at: NOW + DAY, work: { kind: "kept.prune" } } });
    expect(await named()).toEqual([1, 3, 4, 5]);
    expect(kept).toEqual({ closed: [1], forgotten: [2], pruned: [30] });
    const [first] = await db().select().from(orders).where(eq(orders.customer, ""));
    expect(first).toMatchObject({
      orderId: 1,
      saleNumber: "SO-1",
      email: "",
      updatedAt: old,
      picture: null,
    });
    await prune();
    expect(kept.closed, "found once only").toEqual([1]);
    await prune(28);
    expect(kept.closed).toEqual([1, 5]);
  });

  it("twelve thousand old lines of the log go in one night, and what was told of problems that are gone", async () => {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
       INSERT INTO activity (store_hash, account_id, at, kind, outcome, note, ms, calls) SELECT 'abc123', ?, ?, 'x', 'done', '', 1, 1 FROM n`,
    )
      .bind(ACCOUNT, iso(NOW - 91 * DAY))
      .run();
    await raise(db(), tenant(), [{ kind: "cin7-denied" }], null, iso());
    const told = (key: string) => ({ storeHash: "abc123", key, accountId: ACCOUNT, raisedAt: iso(), sentAt: iso() });
    await db()
      .insert(alertsSent)
      .values([told("cin7-denied"), told("tax-unmapped:0:with")]);
    expect(await prune(30, [pruneActivity, pruneTold])).toMatchObject({
      note: expect.stringContaining("12001 old lines"),
      again: { at: NOW + DAY },
    });
    expect(await db().select().from(activity)).toEqual([]);
    expect((await db().select().from(alertsSent)).map((row) => row.key)).toEqual(["cin7-denied"]);
  });

  it("more than one run can take is gone on with at once", async () => {
    expect(await prune(30, [async () => 5000])).toMatchObject({ again: { at: NOW } });
  });
});

describe("a shopper is erased whose orders are on their way (M46)", () => {
  it("each goes by itself when it is finished, the other account of the same person is left alone", async () => {
    await addOrder(1, { ...anas, state: "sent", waitsFor: "invoice" });
    await addOrder(2, { ...anas, state: "pending" });
    await addOrder(3, { ...anas, email: "bob@example.org", state: "sent" });
    const { post } = await api(lifecycleRoutes, store);
    expect((await post("/erase", { email: "ana@example.org" })).body).toEqual({ orders: 0, payloads: 0, waiting: 2 });
    await prune();
    expect(await named()).toEqual([1, 2, 3]);
    await db().update(orders).set({ waitsFor: "" }).where(eq(orders.orderId, 1));
    await prune();
    expect([await named(), kept.forgotten]).toEqual([[2, 3], [1]]);
    await db().update(orders).set({ state: "not-taken" }).where(eq(orders.orderId, 2));
    await prune();
    expect([await named(), kept.forgotten]).toEqual([[3], [1, 2]]);
    expect(await db().select().from(decisions)).toEqual([]);
  });
});
