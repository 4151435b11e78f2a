import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { onCron } from "../../../worker/app/cron.ts";
import type { Env } from "../../../worker/env.ts";
import { disconnects, stores } from "../../../worker/lib/db/schema/tables.ts";
import { measure } from "../../../worker/lib/log.ts";
import { signsOf } from "../../../worker/operator/signs.ts";
import { raise } from "../../../worker/problems/store.ts";
import { ACCOUNT, addStore, db, iso, NOW, tenant } from "../../harness/api.ts";

const NONE = {
  storesSilent: 0,
  accountsSilent: 0,
  closing: 0,
  parked: 0,
  bigcommerceDown: 0,
  cin7Down: 0,
  refused: 0,
  hooksRefused: 0,
};

describe("the operator's alerts (design 2)", () => {
  let told: { event: string; kind: string; count?: number; key?: string }[];
  let points: AnalyticsEngineDataPoint[];
  const worker = () =>
    ({
      ...env,
      INBOX: { getByName: () => ({ put: async () => {} }) },
      EVENTS: { writeDataPoint: (point: AnalyticsEngineDataPoint) => void points.push(point) },
    }) as unknown as Env;
  beforeEach(() => {
    told = [];
    points = [];
    vi.spyOn(console, "log").mockImplementation((line) => void told.push(JSON.parse(String(line))));
  });
  afterEach(() => vi.restoreAllMocks());
  const alerts = () => told.filter((line) => line.event === "alert").map(({ kind, count, key }) => [kind, count ?? key]);

  it("nothing is told of a deployment that is well", async () => {
    await addStore();
    await db().update(stores).set({ sweptAt: iso(), hooksCheckedAt: iso(), connectedAt: iso() });
    await onCron(worker(), "*/5 * * * *", NOW);
    expect(alerts()).toEqual([]);
  });

  it("stores and accounts that are silent for an hour, a disconnect that does not end, an item that stopped", async () => {
    await addStore();
    await addStore("zzz999");
    await db()
      .update(stores)
      .set({ sweptAt: iso(NOW - 61 * 60_000), connectedAt: iso(NOW - 86_400_000) });
    await db()
      .insert(disconnects)
      .values({ storeHash: "gone11", accountId: ACCOUNT, choice: "keep-links", begunAt: iso(NOW - 31 * 60_000), endedAt: null });
    await raise(db(), tenant(), [{ kind: "parked", work: "order.send:7", orderId: 7 }], 7, iso());
    await onCron(worker(), "*/5 * * * *", NOW);
    expect(alerts()).toEqual([
      ["stores-silent", 2],
      ["accounts-silent", 1],
      ["disconnect-late", 1],
      ["items-parked", 1],
    ]);
    expect(points).toContainEqual({ indexes: [""], blobs: ["alert", "stores-silent", "", ""], doubles: [0, 0, 0, 2] });
  });

  it("a side that is away is the operator's matter from five stores on", () => {
    expect(signsOf({ ...NONE, cin7Down: 4, bigcommerceDown: 5 })).toEqual([{ kind: "bigcommerce-down", count: 5 }]);
  });

  it("a part of the cron that fails is told, and the others run", async () => {
    const broken = {
      ...worker(),
      DB: {
        ...env.DB,
        prepare: () => {
          throw new Error("away");
        },
      },
    } as unknown as Env;
    await onCron(broken, "17 3 * * *", NOW);
    expect(alerts()).toEqual([
      ["cron-failed", "purge.sessions"],
      ["cron-failed", "purge.mails"],
      ["cron-failed", "purge.uninstalled"],
      ["cron-failed", "purge.links"],
      ["cron-failed", "purge.accounts"],
    ]);
  });
});

it("a settled item is one point: index the store, blobs event, kind, outcome, reason, doubles ms, calls, attempt, count", () => {
  const points: unknown[] = [];
  const dataset = { writeDataPoint: (point: unknown) => void points.push(point) } as unknown as AnalyticsEngineDataset;
  measure(dataset, {
    event: "item",
    store: "store:abc123",
    kind: "order.send",
    key: "order.send:7",
    outcome: "done",
    ms: 90,
    calls: 2,
    attempt: 1,
  });
  expect(points).toEqual([{ indexes: ["store:abc123"], blobs: ["item", "order.send", "done", ""], doubles: [90, 2, 1, 1] }]);
  measure(undefined, { event: "item" });
});
