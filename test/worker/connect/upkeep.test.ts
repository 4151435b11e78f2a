import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bigCommerce, freshQuota } from "../../../worker/bigcommerce/client.ts";
import { HOOK_SCOPES } from "../../../worker/bigcommerce/hooks.ts";
import { checkUninstalled, type Deps, ensureHooks, refreshStore } from "../../../worker/connect/flow.ts";
import { openCredentials, storeRow, tenantOfRow } from "../../../worker/connect/store.ts";
import { stores } from "../../../worker/lib/db/schema/tables.ts";
import type { Answer } from "../../../worker/lib/http.ts";
import type { StoreHash } from "../../../worker/lib/ids.ts";
import { APP, STORE, type Stage, stage, there } from "../../harness/stage.ts";

let s: Stage;
beforeEach(async () => {
  s = stage();
  await s.install();
});
afterEach(() => vi.restoreAllMocks());

const HASH = STORE as StoreHash;
const HERE = `${APP}/webhooks/bigcommerce`;
const rowOf = async () => there(await storeRow(s.db, HASH));
const hooks = () => there(s.bigcommerce.twin.state.stores[STORE]).hooks;

async function deps(): Promise<Deps> {
  const tenant = tenantOfRow(await rowOf(), HASH);
  const credentials = await openCredentials(s.db, tenant, s.config.sealingKeys);
  const now = () => s.state.now;
  const client = {
    apiUrl: s.config.bigcommerce.apiUrl,
    hash: HASH,
    token: there(credentials).token,
    timeScale: 20,
    now,
    quota: freshQuota(),
  };
  return { db: s.db, config: s.config, now, attempt: 1, jitter: 0.5, tenant, bigcommerce: bigCommerce(client) };
}
const fault = (method: string, path: string, status: number, times = 1) =>
  s.twins.world.faults.set([{ peer: "bigcommerce", method, path, kind: "status", status, times }]);

describe("ensureHooks (F8)", () => {
  it.each([true, false])("makes every needed webhook once, with the secret header (create answers wrapped: %s)", async (hookWrapped) => {
    s.bigcommerce.switches.hookWrapped = hookWrapped;
    expect(await ensureHooks(await deps())).toMatchObject({ is: "done" });
    expect(
      hooks()
        .map((h) => h.scope)
        .sort(),
    ).toEqual([...HOOK_SCOPES].sort());
    const { hookSecret } = there(await openCredentials(s.db, (await deps()).tenant, s.config.sealingKeys));
    expect(hooks().every((h) => h.is_active && h.destination === HERE && h.headers?.["x-lockstep-secret"] === hookSecret)).toBe(true);
    expect((await rowOf()).hooksCheckedAt).toBe(new Date(s.state.now).toISOString());
    expect(await ensureHooks(await deps())).toMatchObject({ is: "done", note: "Webhooks are as they should be" });
  });

  it("answered with webhooks that are off, it makes all and asks later and later, then tells (K26)", async () => {
    const at = async (attempt: number) => {
      const given = await deps();
      const off = (answer: Answer): Answer => {
        const body = answer.is === "ok" ? structuredClone(answer.body as { data?: { is_active?: boolean } }) : null;
        if (answer.is !== "ok" || body?.data?.is_active === undefined) return answer;
        body.data.is_active = false;
        return { ...answer, body };
      };
      const { post, put } = given.bigcommerce;
      const bigcommerce = {
        ...given.bigcommerce,
        post: async (...args: Parameters<typeof post>) => off(await post(...args)),
        put: async (...args: Parameters<typeof put>) => off(await put(...args)),
      };
      return ensureHooks({ ...given, attempt, bigcommerce });
    };
    const waits: number[] = [];
    for (const attempt of [1, 2]) {
      const outcome = await at(attempt);
      if (outcome.is === "later") waits.push((outcome.at - s.state.now) * s.config.timeScale);
      for (const hook of hooks()) hook.is_active = false;
    }
    expect(hooks().length).toBe(HOOK_SCOPES.length);
    expect(waits).toEqual([2000, 4000]);
    expect(await at(3)).toMatchObject({ is: "done", notices: [{ kind: "hooks-refused" }], again: { work: { kind: "hooks.ensure" } } });
  });

  it("a connection that was never looked after finds the webhooks of its former one and makes none twice", async () => {
    await ensureHooks(await deps());
    await s.install();
    expect((await rowOf()).hooksCheckedAt).toBeNull();
    expect(await ensureHooks(await deps())).toMatchObject({ is: "done", note: "Webhooks are as they should be" });
    expect(hooks().length).toBe(HOOK_SCOPES.length);
  });

  it("switches on what BigCommerce switched off, makes what is gone, removes what is too much", async () => {
    await ensureHooks(await deps());
    there(hooks()[0]).is_active = false;
    hooks().splice(1, 1);
    hooks().push({ ...there(hooks()[0]), id: 99, scope: "store/order/*" });
    expect(await ensureHooks(await deps())).toMatchObject({ note: "Webhooks: 1 created, 1 repaired, 1 removed" });
    expect(hooks().length).toBe(HOOK_SCOPES.length);
    expect(hooks().every((h) => h.is_active)).toBe(true);
  });

  it("a refusal of store/app/uninstalled changes nothing; a refusal of an order scope is our mistake", async () => {
    s.twins.world.faults.set([{ peer: "bigcommerce", method: "POST", path: "/v3/hooks", kind: "status", status: 422, times: 2 }]);
    expect(await ensureHooks(await deps())).toMatchObject({ is: "later", strike: true });
    await ensureHooks(await deps());
    hooks().splice(0, hooks().length, ...hooks().filter((h) => h.scope !== "store/app/uninstalled"));
    fault("POST", "/v3/hooks", 422);
    expect(await ensureHooks(await deps())).toMatchObject({ is: "done" });
  });

  it.each([
    ["GET", 503, { is: "later", strike: false }],
    ["POST", 500, { is: "later", strike: false }],
    ["GET", 401, { is: "blocked", problems: [{ kind: "bigcommerce-denied", scope: null }] }],
    ["POST", 403, { is: "blocked", problems: [{ kind: "bigcommerce-denied", scope: "store/order/created" }] }],
  ])("%s answers %d: %j", async (method, status, outcome) => {
    fault(method, "/v3/hooks", status);
    expect(await ensureHooks(await deps())).toMatchObject(outcome);
  });

  it("what BigCommerce gave up is told, and the time since it was last seen to work is looked through (N13)", async () => {
    await ensureHooks(await deps());
    const sure = there((await rowOf()).hooksCheckedAt);
    await s.control(`/${STORE}/hooks/${there(hooks()[0]).id}/deactivate`);
    there(hooks()[1]).is_active = false;
    s.state.now += 3_600_000;
    const outcome = await ensureHooks(await deps());
    expect(outcome).toMatchObject({ next: [{ kind: "orders.sweep", from: sure }] });
    expect(outcome.is === "done" && outcome.told?.map(({ what, text }) => `${what}: ${text}`)).toEqual([
      "lost: The webhook order/created was given up by BigCommerce after failed deliveries.",
      "lost: The webhook order/updated was switched off.",
      "repaired: They work again. Orders changed meanwhile are looked for.",
    ]);
    expect(await ensureHooks(await deps())).toMatchObject({ next: [{ kind: "orders.sweep" }], told: [] });
  });

  it("a block of our domain cannot be repaired: it is looked at again when it is over, and the gap with it", async () => {
    await ensureHooks(await deps());
    const sure = there((await rowOf()).hooksCheckedAt);
    s.state.now += 60_000;
    const place = `${s.config.bigcommerce.clientId} ${new URL(APP).hostname}`;
    s.bigcommerce.twin.state.reputation[place] = { sent: [], blockedUntil: Date.now() + 90_000 };
    const outcome = await ensureHooks(await deps());
    expect(outcome).toMatchObject({ again: { work: { kind: "hooks.ensure", gap: sure } }, told: [{ what: "blocked" }] });
    s.bigcommerce.twin.state.reputation = {};
    expect(await ensureHooks(await deps(), sure)).toMatchObject({ next: [{ kind: "orders.sweep", from: sure }] });
  });

  it("not to be repaired at all: said after three tries, orders are looked for meanwhile, asked again in an hour", async () => {
    await ensureHooks(await deps());
    hooks().splice(0, 1);
    fault("POST", "/v3/hooks", 422, 3);
    expect(await ensureHooks(await deps())).toMatchObject({ is: "later", strike: true });
    expect(await ensureHooks({ ...(await deps()), attempt: 3 })).toMatchObject({
      is: "done",
      notices: [{ kind: "hooks-refused", scope: "store/order/created" }],
      next: [{ kind: "orders.sweep" }],
      again: { at: s.state.now + 3_600_000 / 20, work: { kind: "hooks.ensure" } },
    });
    s.twins.world.faults.set([]);
    expect(await ensureHooks(await deps())).toMatchObject({ is: "done", clears: expect.arrayContaining(["hooks-refused"]) });
  });

  it("does nothing for a store that is being disconnected, or in an older epoch", async () => {
    const old = await deps();
    await s.db.update(stores).set({ epoch: 2 });
    expect(await ensureHooks(old)).toMatchObject({ is: "skipped" });
    await s.db.update(stores).set({ state: "closing" });
    expect(await ensureHooks(await deps())).toMatchObject({ is: "skipped" });
    expect(hooks()).toEqual([]);
  });
});

describe("refreshStore", () => {
  it("reads name, currency and tax setting again", async () => {
    Object.assign(there(s.bigcommerce.twin.state.stores[STORE]), { name: "Renamed", pricesIncludeTax: true });
    expect(await refreshStore(await deps())).toMatchObject({ is: "done" });
    expect(await rowOf()).toMatchObject({ name: "Renamed", pricesIncludeTax: true });
  });

  it("a zone that the runtime does not know becomes UTC; a control panel address that is not https is left out", async () => {
    there(s.bigcommerce.twin.state.stores[STORE]).infoPatch = {
      timezone: { name: "Mars/Olympus" },
      control_panel_base_url: "javascript:alert(1)",
    };
    await refreshStore(await deps());
    expect(await rowOf()).toMatchObject({ timeZone: "UTC", controlPanelUrl: "" });
  });

  it("the answer of another store is not taken", async () => {
    there(s.bigcommerce.twin.state.stores[STORE]).infoPatch = { id: "other12345", name: "Other" };
    expect(await refreshStore(await deps())).toMatchObject({ is: "later" });
    expect((await rowOf()).name).toBe("Wattle & Gum Outfitters");
  });
});

describe("checkUninstalled: BigCommerce is asked with the stored token (design 1)", () => {
  it("uninstalled: sessions and flows end, everything is kept, nothing is purged", async () => {
    await s.db.update(stores).set({ accountId: "acc", hooksCheckedAt: "2026-01-01T00:00:00.000Z" });
    const token = await s.sessionFrom(await s.load());
    await s.control(`/${STORE}/uninstall`, { callback: false });
    expect(await checkUninstalled(await deps())).toMatchObject({ is: "done" });
    expect(await rowOf()).toMatchObject({ state: "reconnect", epoch: 2, accountId: "acc", hooksCheckedAt: null });
    expect((await s.api("/api/me", token)).status).toBe(401);
    expect((await s.db.select().from(stores)).length).toBe(1);
  });

  it("installed again after that: active, link kept, older orders looked up", async () => {
    await s.db.update(stores).set({ accountId: "acc", lookBefore: "2020-01-01T00:00:00.000Z" });
    await s.control(`/${STORE}/uninstall`, { callback: false });
    await checkUninstalled(await deps());
    s.state.now += 1000;
    await s.install();
    expect(await rowOf()).toMatchObject({ state: "active", epoch: 2, accountId: "acc", lookBefore: new Date(s.state.now).toISOString() });
  });

  it("not uninstalled: asked again in an hour, for three hours, then forgotten", async () => {
    const hour = 3_600_000 / 20;
    for (let i = 0; i < 3; i++) {
      expect(await checkUninstalled(await deps())).toMatchObject({ is: "later", at: s.state.now + hour, strike: false });
      s.state.now += hour;
    }
    expect(await checkUninstalled(await deps())).toMatchObject({ is: "done" });
    expect(await rowOf()).toMatchObject({ state: "active", epoch: 1, uninstallHintAt: null });
  });

  it("installed again while the check held the old token: the new connection stands", async () => {
    const old = await deps();
    await s.control(`/${STORE}/uninstall`, { callback: false });
    await s.install();
    expect(await checkUninstalled(old)).toMatchObject({ is: "later" });
    expect(await rowOf()).toMatchObject({ state: "active", epoch: 1 });
  });

  it("403 or trouble is no uninstall", async () => {
    fault("GET", "/v2/store", 403);
    expect(await checkUninstalled(await deps())).toMatchObject({ is: "later" });
    fault("GET", "/v2/store", 500);
    expect(await checkUninstalled(await deps())).toMatchObject({ is: "later", strike: false });
    fault("GET", "/v2/store", 401);
    expect(await checkUninstalled(await deps())).toMatchObject({ is: "later" });
    expect(await s.db.select().from(stores).where(eq(stores.state, "active"))).toHaveLength(1);
  });
});
