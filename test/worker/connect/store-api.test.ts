import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bigCommerce, freshQuota } from "../../../worker/bigcommerce/client.ts";
import { SCOPES } from "../../../worker/bigcommerce/scopes.ts";
import { ensureHooks } from "../../../worker/connect/flow.ts";
import { openCredentials, storeRow, tenantOfRow } from "../../../worker/connect/store.ts";
import type { ApiError, StoreSummary } from "../../../worker/contract/index.ts";
import { storeCredentials, stores } from "../../../worker/lib/db/schema/tables.ts";
import type { StoreHash } from "../../../worker/lib/ids.ts";
import { ACCOUNT, OTHER_ACCOUNT, OTHER_STORE, STORE, type Stage, stage, there } from "../../harness/stage.ts";

let s: Stage;
let token: string;
beforeEach(async () => {
  s = stage();
  token = await s.signIn();
  s.asked.length = 0;
});
afterEach(() => vi.restoreAllMocks());

type Account = { client_id: string; client_secret: string; access_token: string };
const apiAccount = async (more: Record<string, unknown> = {}, hash = STORE) =>
  (await s.control(`/${hash}/api-accounts`, more)) as unknown as Account;
const form = (a: Account, store: unknown = STORE) => ({
  store,
  accessToken: a.access_token,
  clientId: a.client_id,
  clientSecret: a.client_secret,
});
const add = async (body: unknown, as = token) => s.api("/api/stores", as, body);
const fieldsOf = async (answer: Response) => (await s.json<ApiError>(answer)).error.fields ?? {};
const hooks = () => there(s.bigcommerce.twin.state.stores[STORE]).hooks;

async function hooksNow() {
  const tenant = tenantOfRow(there(await storeRow(s.db, STORE as StoreHash)), STORE as StoreHash);
  const { token: bearer } = there(await openCredentials(s.db, tenant, s.config.sealingKeys));
  const now = () => s.state.now;
  const bigcommerce = bigCommerce({
    apiUrl: s.config.bigcommerce.apiUrl,
    hash: tenant.store,
    token: bearer,
    timeScale: 20,
    now,
    quota: freshQuota(),
  });
  return ensureHooks({ db: s.db, config: s.config, now, attempt: 1, jitter: 0, tenant, bigcommerce });
}

describe("POST /api/stores (F9)", () => {
  it("connects the store to the account, with hooks and products on their way", async () => {
    const answer = await add(form(await apiAccount(), `https://api.bigcommerce.com/stores/${STORE.toUpperCase()}/v3/`));
    expect(answer.status).toBe(201);
    expect(await s.json<StoreSummary>(answer)).toMatchObject({
      hash: STORE,
      connection: "store-api",
      state: "active",
      missingScopes: [],
      account: { id: ACCOUNT, company: "Harbour Trading Pty Ltd" },
      ordersOn: false,
      attention: 0,
    });
    expect(s.puts).toEqual([
      { inbox: `store:${STORE}`, works: [{ kind: "links.restore" }, { kind: "hooks.ensure" }] },
      { inbox: `account:${ACCOUNT}`, works: [{ kind: "products.mirror", page: 1 }, { kind: "sales.sweep" }] },
    ]);
    expect(await s.json(await s.api("/api/stores", token))).toMatchObject({ stores: [{ hash: STORE }] });
    expect(await s.json(await s.api("/api/me", token))).toMatchObject({
      mode: "console",
      account: { id: ACCOUNT },
      stores: [{ hash: STORE }],
    });
  });

  it("credentials pasted with blanks and line ends are trimmed, and sealed", async () => {
    const a = await apiAccount();
    const padded = {
      store: STORE,
      accessToken: ` ${a.access_token}\r\n`,
      clientId: `\t${a.client_id}`,
      clientSecret: `${a.client_secret} `,
    };
    expect((await add(padded)).status).toBe(201);
    const row = JSON.stringify(await s.db.select().from(storeCredentials).get());
    expect(row).not.toContain(a.access_token);
    expect(row).not.toContain(a.client_secret);
  });

  it("twice at once is one connection (F11)", async () => {
    const a = await apiAccount();
    const answers = await Promise.all([add(form(a)), add(form(a))]);
    expect(answers.map((r) => r.status)).toEqual([201, 201]);
    expect([(await s.db.select().from(stores)).length, (await s.db.select().from(storeCredentials)).length]).toEqual([1, 1]);
    await hooksNow();
    expect(new Set(hooks().map((h) => h.scope)).size).toBe(hooks().length);
  });

  it("every scope is tested, each that lacks is named, and the rest works", async () => {
    const scopes = SCOPES.map((n) => n.scope).filter((n) => n !== "store_inventory" && n !== "store_v2_customers_read_only");
    const answer = await add(form(await apiAccount({ scopes })));
    expect((await s.json<StoreSummary>(answer)).missingScopes.map((m) => m.scope)).toEqual([
      "store_v2_customers_read_only",
      "store_inventory",
    ]);
    expect(s.asked.filter((a) => a.url.includes("bigcommerce-api")).length).toBe(SCOPES.length + 1);
  });

  it.each([
    ["orders", ["store_v2_information"], /"Orders: modify"/],
    ["information", ["store_v2_orders", "store_v2_products"], /"Information & settings: read-only"/],
    ["everything", [], /"Information & settings: read-only" and "Orders: modify".* also lacks "Products: modify"/],
  ])("a token without %s is refused, and the sentence names it", async (_, scopes, sentence) => {
    const answer = await add(form(await apiAccount({ scopes })));
    expect(answer.status).toBe(422);
    expect((await fieldsOf(answer))["accessToken"]).toMatch(sentence);
    expect(await s.db.select().from(stores)).toEqual([]);
  });

  it("a wrong token, and one of another store, are refused alike; nothing is stored", async () => {
    const a = await apiAccount();
    expect(await fieldsOf(await add({ ...form(a), accessToken: "tok-wrong-123456" }))).toHaveProperty("accessToken");
    expect(await fieldsOf(await add(form(a, OTHER_STORE)))).toHaveProperty("accessToken");
    expect(await fieldsOf(await add(form(a, "nosuchstore1")))).toHaveProperty("accessToken");
    expect(await s.db.select().from(stores)).toEqual([]);
  });

  it.each([["https://evil.example/stores/demostore1"], ["../../demostore1"], ["demostore1' OR 1=1"], [""], [null]])(
    "store %j: 422 at the field, and nobody is asked",
    async (store) => {
      const answer = await add(form(await apiAccount(), store));
      expect(answer.status).toBe(422);
      expect(Object.keys(await fieldsOf(answer))).toEqual(["store"]);
      expect(s.asked).toEqual([]);
    },
  );

  it("all fields that are wrong are told at once, and not repeated", async () => {
    const answer = await add({ store: "", accessToken: "has blank inside", clientId: "", clientSecret: "a\nb-secret-secret" });
    const text = await answer.clone().text();
    expect(Object.keys(await fieldsOf(answer)).sort()).toEqual(["accessToken", "clientId", "clientSecret", "store"]);
    expect(text).not.toContain("has blank inside");
  });

  it("BigCommerce in trouble: 503, nothing stored", async () => {
    const a = await apiAccount();
    s.twins.world.faults.set([{ peer: "bigcommerce", method: "GET", path: "/v3/customers", kind: "status", status: 500, times: 1 }]);
    expect((await add(form(a))).status).toBe(503);
    expect(await s.db.select().from(stores)).toEqual([]);
  });

  it("a store linked elsewhere is refused; the present link is named only to who holds a good token (F6)", async () => {
    await add(form(await apiAccount()));
    const stranger = await s.signIn(OTHER_ACCOUNT);
    const guess = await (await add({ ...form(await apiAccount()), accessToken: "tok-wrong-123456" }, stranger)).text();
    expect(guess).not.toMatch(/Harbour|linked/);
    const answer = await add(form(await apiAccount()), stranger);
    expect(answer.status).toBe(409);
    expect((await s.json<ApiError>(answer)).error).toMatchObject({
      code: "linked-elsewhere",
      message: expect.stringContaining(`Harbour Trading Pty Ltd (account ID ${ACCOUNT})`),
    });
    expect((await s.db.select().from(stores).get())?.accountId).toBe(ACCOUNT);
    expect((await s.api("/api/stores", stranger)).status).toBe(200);
    expect(await s.json(await s.api("/api/stores", stranger))).toEqual({ stores: [] });
  });

  it("replaces the app's credentials after deleting their hooks: never both (design 1)", async () => {
    await s.install();
    await hooksNow();
    const appHooks = hooks().map((h) => h.client_id);
    expect(appHooks.length).toBeGreaterThan(0);
    const a = await apiAccount();
    expect((await add(form(a))).status).toBe(201);
    expect(hooks()).toEqual([]);
    await hooksNow();
    expect(new Set(hooks().map((h) => h.client_id))).toEqual(new Set([a.client_id]));
    await s.install();
    await hooksNow();
    expect(new Set(hooks().map((h) => h.client_id))).toEqual(new Set([s.config.bigcommerce.clientId]));
    expect(await s.db.select().from(stores).get()).toMatchObject({ connection: "app", accountId: ACCOUNT });
  });

  it("only from a console session", async () => {
    const panel = await s.sessionFrom(await s.install());
    expect((await add(form(await apiAccount()), panel)).status).toBe(403);
    expect((await s.api("/api/stores", null, {})).status).toBe(401);
  });
});
