import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { onCron } from "../../../worker/app/cron.ts";
import type { Env } from "../../../worker/env.ts";
import type { Work } from "../../../worker/inbox/work.ts";
import { productSweeps, salesSweeps, stores } from "../../../worker/lib/db/schema/tables.ts";
import { pruneTimeline, tell } from "../../../worker/reconcile/health-store.ts";
import { healthRoutes } from "../../../worker/reconcile/routes.ts";
import { ACCOUNT, addStore, api, db, iso, NOW, tenant } from "../../harness/api.ts";

afterEach(() => vi.restoreAllMocks());

describe("GET health (N13)", () => {
  it("shows when each side was last looked at, and what happened, newest first, of this store only", async () => {
    const store = await addStore();
    await addStore("zzz999");
    await tell(db(), tenant(), [{ side: "BigCommerce", what: "lost", text: "The webhook was switched off." }], iso(NOW - 60_000));
    await tell(db(), tenant(), [{ side: "BigCommerce", what: "repaired", text: "It works again." }], iso());
    await tell(db(), tenant("zzz999"), [{ side: "Cin7 Core", what: "down", text: "x" }], iso());
    // Of an older epoch nothing is written.
    await tell(db(), tenant("abc123", undefined, 0), [{ side: "Cin7 Core", what: "down", text: "x" }], iso());
    await db().insert(salesSweeps).values({ accountId: ACCOUNT, seenTo: iso(), sweptAt: iso() });
    const { get } = await api(healthRoutes, { ...store, hooksCheckedAt: iso(), sweptAt: iso(NOW - 5000) }, { role: "view" });
    expect((await get("/health")).body).toEqual({
      down: [],
      bigcommerce: { hooksAt: iso(), sweptAt: iso(NOW - 5000) },
      cin7: { sweptAt: iso() },
      timeline: [
        { at: iso(), side: "BigCommerce", what: "repaired", text: "It works again." },
        { at: iso(NOW - 60_000), side: "BigCommerce", what: "lost", text: "The webhook was switched off." },
      ],
    });
    await pruneTimeline(db(), tenant(), NOW + 90 * 86_400_000 + 1);
    expect((await get("/health")).body.timeline).toEqual([]);
  });
});

describe("crons only watch (design 2)", () => {
  let puts: { inbox: string; works: Work[] }[] = [];
  let broken = "";
  const worker = {
    ...env,
    INBOX: {
      getByName: (name: string) => ({
        put: async (works: Work[]) => {
          if (name === broken) throw new Error("away");
          puts.push({ inbox: name, works });
        },
      }),
    },
  } as unknown as Env;
  beforeEach(() => {
    puts = [];
    broken = "";
  });
  const set = async (hash: string, more: Partial<typeof stores.$inferInsert>, account: string | null = ACCOUNT) => {
    await addStore(hash, account);
    const { eq } = await import("drizzle-orm");
    await db()
      .update(stores)
      .set({ hooksCheckedAt: iso(), sweptAt: iso(), ...more })
      .where(eq(stores.hash, hash));
  };
  const tick = async () => {
    await onCron(worker, "*/5 * * * *", NOW);
    return puts.map(({ inbox, works }) => `${inbox} ${works.map((work) => work.kind).join("+")}`).sort();
  };

  it("pokes stores and accounts whose sweeps were not heard of for 15 minutes, and webhooks not looked at for a day", async () => {
    await set("fresh1", {});
    await set("silent1", { sweptAt: iso(NOW - 16 * 60_000) });
    await set("never1", { sweptAt: null, hooksCheckedAt: null });
    await set("unhooked1", { hooksCheckedAt: iso(NOW - 25 * 3_600_000) });
    await set("away1", { sweptAt: null, state: "disconnected" });
    await set("alone1", { sweptAt: null }, null);
    expect(await tick()).toEqual([
      `account:${ACCOUNT} sales.sweep+products.refresh`,
      "store:never1 orders.sweep+hooks.ensure",
      "store:silent1 orders.sweep",
      "store:unhooked1 hooks.ensure",
    ]);
  });

  it("one store's trouble is not the others'; a swept account is left alone", async () => {
    await set("silent1", { sweptAt: null });
    await set("silent2", { sweptAt: null });
    await db().insert(salesSweeps).values({ accountId: ACCOUNT, seenTo: iso(), sweptAt: iso() });
    await db().insert(productSweeps).values({ accountId: ACCOUNT, seenTo: iso(), wholeAt: iso(), sweptAt: iso() });
    broken = "store:silent1";
    expect(await tick()).toEqual(["store:silent2 orders.sweep"]);
  });
});
