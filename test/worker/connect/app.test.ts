import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { unseal } from "../../../worker/lib/crypto.ts";
import { oneTimeCodes, storeCredentials, stores, users } from "../../../worker/lib/db/schema/tables.ts";
import { APP, OWNER, STAFF, STORE, type Stage, stage, there } from "../../harness/stage.ts";

let s: Stage;
beforeEach(() => {
  s = stage();
});
afterEach(() => vi.restoreAllMocks());

const rowOf = async () => there(await s.db.select().from(stores).where(eq(stores.hash, STORE)).get());
const userOf = async (id: number) => s.db.select().from(users).where(eq(users.userId, id)).get();
const me = async (token: string) => s.api("/api/me", token);

describe("/auth (F8)", () => {
  it("installs: store, owner, sealed token, hooks to be made, and a session by a one-time code", async () => {
    const answer = await s.install();
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toMatch(/^\/#code=[\w-]{43}$/);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(await rowOf()).toMatchObject({
      connection: "app",
      state: "active",
      name: "Wattle & Gum Outfitters",
      currency: "AUD",
      timeZone: "Australia/Melbourne",
      epoch: 1,
      accountId: null,
    });
    expect(await userOf(OWNER)).toMatchObject({ role: "configure", owner: true, active: true });
    expect(s.puts).toEqual([{ inbox: `store:${STORE}`, works: [{ kind: "hooks.ensure" }] }]);
    const mine = await s.json(await me(await s.sessionFrom(answer)));
    expect(mine).toMatchObject({
      mode: "panel",
      user: { role: "configure", owner: true },
      account: null,
      stores: [{ hash: STORE, missingScopes: [] }],
    });
  });

  it("seals the token for its own row: elsewhere it does not open, and nowhere is it readable", async () => {
    await s.install();
    const row = there(await s.db.select().from(storeCredentials).get());
    const place = { tenant: STORE, table: "store_credentials", column: "sealed_token", row: STORE };
    const token = await unseal(s.config.sealingKeys, place, row.sealedToken);
    expect(s.bigcommerce.twin.state.stores[STORE]?.tokens[token]).toBeDefined();
    expect(JSON.stringify(row)).not.toContain(token);
    for (const wrong of [
      { ...place, tenant: "other1234" },
      { ...place, row: "other1234" },
      { ...place, column: "sealed_hook_secret" },
    ]) {
      await expect(unseal(s.config.sealingKeys, wrong, row.sealedToken)).rejects.toThrow();
    }
  });

  it("a re-consent keeps link, role and epoch, and replaces the token that died", async () => {
    await s.install();
    await s.db.update(stores).set({ accountId: "acc", lookBefore: "2020-01-01T00:00:00.000Z" });
    const before = there(await s.db.select().from(storeCredentials).get());
    await s.install();
    const after = there(await s.db.select().from(storeCredentials).get());
    expect(after.sealedToken).not.toBe(before.sealedToken);
    expect(after.sealedHookSecret).toBe(before.sealedHookSecret);
    expect(await rowOf()).toMatchObject({ accountId: "acc", epoch: 1, lookBefore: "2020-01-01T00:00:00.000Z" });
  });

  it("a reinstall after a disconnect looks older orders up first", async () => {
    await s.install();
    await s.db.update(stores).set({ state: "disconnected", lookBefore: "2020-01-01T00:00:00.000Z" });
    await s.install();
    expect(await rowOf()).toMatchObject({ state: "active", lookBefore: new Date(s.state.now).toISOString() });
  });

  it("an install during a running disconnect ends that one's epoch", async () => {
    await s.install();
    await s.db.update(stores).set({ state: "closing" });
    await s.install();
    expect(await rowOf()).toMatchObject({ state: "active", epoch: 2 });
  });

  it("BigCommerce in trouble after the swap: the token is kept, the rest is read later", async () => {
    s.twins.world.faults.set([{ peer: "bigcommerce", method: "GET", path: "/v2/store", kind: "status", status: 503, times: 1 }]);
    expect((await s.install()).status).toBe(302);
    expect(await rowOf()).toMatchObject({ state: "active", name: "" });
    expect(s.puts[0]?.works).toEqual([{ kind: "hooks.ensure" }, { kind: "store.refresh" }]);
  });

  it("a token without the essential scopes is not accepted, and nothing is stored", async () => {
    s.bigcommerce.twin.state.app.scopes = ["store_v2_products"];
    const answer = await s.install();
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("Orders and Information");
    expect(await s.db.select().from(stores)).toEqual([]);
  });

  it("a missing scope that is not essential is listed", async () => {
    s.bigcommerce.twin.state.app.scopes = ["store_v2_orders", "store_v2_information"];
    const mine = await s.json<{ stores: { missingScopes: { scope: string }[] }[] }>(await me(await s.sessionFrom(await s.install())));
    expect(mine.stores[0]?.missingScopes.map((m) => m.scope)).toContain("store_inventory");
  });

  it.each([
    ["a used code", "?code=nope&scope=x&context=stores/demostore1", 401],
    ["no code", "?scope=x&context=stores/demostore1", 400],
    ["a hostile context", "?code=x&scope=x&context=stores/../../x", 400],
    ["a context that is a URL", "?code=x&scope=x&context=https://evil.example/stores/abc123", 400],
    ["the merchant's refusal", "?error=access_denied", 400],
  ])("%s: the page says to open the app again, and nothing else", async (_, query, status) => {
    const answer = await s.call(`/auth${query}`);
    expect(answer.status).toBe(status);
    const page = await answer.text();
    expect(page).toContain("Open the app again from Apps");
    expect(page).not.toMatch(/nope|evil|script|style=/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await s.db.select().from(stores)).toEqual([]);
  });

  it("the login host in trouble: 502, nothing stored", async () => {
    s.twins.world.faults.set([{ peer: "bigcommerce-login", method: "POST", path: "/oauth2/token", kind: "status", status: 500, times: 1 }]);
    expect((await s.install()).status).toBe(502);
  });

  it("too many tries from one address: 429 before anything is asked", async () => {
    s.state.refuse.add("public:callback:");
    expect((await s.call("/auth?code=x&scope=x&context=stores/abc123")).status).toBe(429);
    expect((await s.load()).status).toBe(429);
    expect(s.asked).toEqual([]);
  });
});

describe("/load", () => {
  it("the owner may configure, others first seen may look (M47)", async () => {
    await s.install();
    expect(await s.json(await me(await s.sessionFrom(await s.load())))).toMatchObject({ user: { role: "configure" } });
    expect(await s.json(await me(await s.sessionFrom(await s.load(s.staff()))))).toMatchObject({
      user: { role: "view", owner: false, name: "priya@example.com", locale: "en-AU" },
    });
    expect((await s.db.select().from(users)).length).toBe(2);
  });

  it("a role that was given is kept, and a new owner takes the former one's", async () => {
    await s.install();
    await s.load(s.staff());
    await s.db.update(users).set({ role: "operate" }).where(eq(users.userId, STAFF));
    await s.load(s.staff());
    expect(await userOf(STAFF)).toMatchObject({ role: "operate" });
    const staff = s.staff()["user"];
    const old = await s.jwt();
    await s.load({ user: staff, owner: staff });
    expect(await userOf(STAFF)).toMatchObject({ role: "configure", owner: true });
    expect(await userOf(OWNER)).toMatchObject({ role: "view", owner: false });
    // The former owner's launch from before, never used: it would make the store theirs again.
    expect((await s.call(`/load?signed_payload_jwt=${old}`)).status).toBe(401);
    s.state.now += 2000;
    const owner = { id: STAFF, email: "priya@example.com" };
    expect((await s.load({ owner })).status).toBe(302);
    expect(await userOf(OWNER)).toMatchObject({ role: "view", owner: false });
  });

  it("goes where the link says, when that is a path of ours", async () => {
    await s.install();
    expect((await s.load({ url: "/orders/250" })).headers.get("location")).toMatch(/^\/#code=[\w-]{43}&to=%2Forders%2F250$/);
    expect((await s.load({ url: "//evil.example" })).headers.get("location")).toMatch(/^\/#code=[\w-]{43}$/);
  });

  it("a JWT counts once", async () => {
    await s.install();
    const jwt = await s.jwt();
    expect((await s.call(`/load?signed_payload_jwt=${jwt}`)).status).toBe(302);
    const again = await s.call(`/load?signed_payload_jwt=${jwt}`);
    expect(again.status).toBe(401);
    expect(await again.text()).toContain("Open the app again from Apps");
  });

  it.each([
    ["forged", () => s.jwt({}, "a-secret-that-is-not-the-client-secret")],
    ["expired", () => s.jwt({ exp: Math.floor(s.state.now / 1000) - 100 })],
    ["for another audience", () => s.jwt({ aud: "another-app" })],
    ["missing", () => ""],
  ])("%s: 401 and one page for all of them", async (_, token) => {
    await s.install();
    const answer = await s.call(`/load?signed_payload_jwt=${await token()}`);
    expect(answer.status).toBe(401);
    expect(await answer.text()).toBe(await (await s.call("/load")).text());
  });

  it("a store that is not connected is told to install", async () => {
    const answer = await s.load();
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("Install Lockstep");
    await s.install();
    await s.db.update(stores).set({ state: "disconnected" });
    expect((await s.load()).status).toBe(403);
  });

  it("the code is good for 2 minutes and one use; only its hash is stored", async () => {
    await s.install();
    await s.db.delete(oneTimeCodes);
    const code = s.codeOf(await s.load());
    expect(JSON.stringify(await s.db.select().from(oneTimeCodes))).not.toContain(code);
    expect((await s.api("/api/session", null, { code })).status).toBe(200);
    expect((await s.api("/api/session", null, { code })).status).toBe(401);
    const late = s.codeOf(await s.load());
    s.state.now += 120_001;
    expect((await s.api("/api/session", null, { code: late })).status).toBe(401);
    for (const wrong of ["", "x", 5, null, "'".repeat(43)]) expect((await s.api("/api/session", null, { code: wrong })).status).toBe(401);
  });
});

describe("/remove_user", () => {
  it("ends the person's sessions at once, and a launch signed before does not bring them back", async () => {
    await s.install();
    const before = await s.jwt(s.staff());
    const token = await s.sessionFrom(await s.load(s.staff()));
    expect((await me(token)).status).toBe(200);
    expect((await s.control(`/${STORE}/remove-user`, { userId: STAFF }))["status"]).toBe(200);
    expect((await me(token)).status).toBe(401);
    expect((await s.api("/api/session/renew", token, {})).status).toBe(401);
    expect((await s.call(`/load?signed_payload_jwt=${before}`)).status).toBe(401);
  });

  it("let in again by BigCommerce later, the person begins with the least", async () => {
    await s.install();
    await s.load(s.staff());
    await s.db.update(users).set({ role: "configure" }).where(eq(users.userId, STAFF));
    await s.call(`/remove_user?signed_payload_jwt=${await s.jwt(s.staff())}`);
    s.state.now += 5000;
    expect((await s.load(s.staff())).status).toBe(302);
    expect(await userOf(STAFF)).toMatchObject({ active: true, role: "view" });
  });

  it("one never seen before cannot use an older launch either", async () => {
    await s.install();
    const before = await s.jwt(s.staff());
    await s.call(`/remove_user?signed_payload_jwt=${await s.jwt(s.staff())}`);
    expect((await s.call(`/load?signed_payload_jwt=${before}`)).status).toBe(401);
  });

  it("the owner's own launch JWT replayed there removes nobody", async () => {
    await s.install();
    expect((await s.call(`/remove_user?signed_payload_jwt=${await s.jwt()}`)).status).toBe(200);
    expect(await userOf(OWNER)).toMatchObject({ active: true, owner: true });
  });
});

describe("/uninstall", () => {
  it("is a hint: a check is queued, nothing changes by itself", async () => {
    await s.install();
    s.puts.length = 0;
    const answer = await s.call(`/uninstall?signed_payload_jwt=${await s.jwt()}`);
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(s.puts).toEqual([{ inbox: `store:${STORE}`, works: [{ kind: "uninstall.check" }] }]);
    expect(await rowOf()).toMatchObject({ state: "active", epoch: 1 });
  });

  it("a /load JWT at /uninstall changes nothing: it was used up", async () => {
    await s.install();
    const jwt = await s.jwt(s.staff());
    await s.call(`/load?signed_payload_jwt=${jwt}`);
    s.puts.length = 0;
    const before = await rowOf();
    expect((await s.call(`/uninstall?signed_payload_jwt=${jwt}`)).status).toBe(401);
    expect(s.puts).toEqual([]);
    expect(await rowOf()).toEqual(before);
  });
});

it("callbacks follow no redirect and ask only the configured hosts", async () => {
  await s.install();
  expect(new Set(s.asked.map((a) => new URL(a.url).host))).toEqual(new Set(["127.0.0.1:8788"]));
  expect(APP).toMatch(/^https:/);
});
