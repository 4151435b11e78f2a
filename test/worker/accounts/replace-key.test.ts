import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keyRoutes } from "../../../worker/accounts/key-routes.ts";
import type { ApiError, KeyInUse, LinkCode } from "../../../worker/contract/index.ts";
import { unseal } from "../../../worker/lib/crypto.ts";
import { accountKeys, audit, stores } from "../../../worker/lib/db/schema/tables.ts";
import { type AccountId, type StoreHash, tenantOf } from "../../../worker/lib/ids.ts";
import type { Problem } from "../../../worker/problems/define-problem.ts";
import { raise } from "../../../worker/problems/store.ts";
import { iso } from "../../harness/api.ts";
import { ACCOUNT, KEY, OTHER_ACCOUNT, STORE, type Stage, stage } from "../../harness/stage.ts";

/** *Replace key* in Setup, Connection (design 6): proves the same account first, then it is the used one for every store of it. */
const FRESH = "99999999-2222-3333-4444-555555555555";
let s: Stage;
let panel: string;
beforeEach(async () => {
  s = stage();
  s.app.route("/api/stores/:hash", keyRoutes);
  panel = await s.sessionFrom(await s.install());
  const desk = await s.signIn();
  const { code } = await s.json<LinkCode>(await s.api("/api/link-codes", desk, {}));
  expect((await s.api(`/api/stores/${STORE}/link`, panel, { code })).status).toBe(200);
  s.puts.length = 0;
  s.asked.length = 0;
  s.state.keys.set(ACCOUNT, `${KEY} ${FRESH}`);
});
afterEach(() => vi.restoreAllMocks());

const replace = (applicationKey: unknown, as = panel) => s.api(`/api/stores/${STORE}/cin7-key`, as, { applicationKey });
const errorOf = async (answer: Response) => (await s.json<ApiError>(answer)).error;
const opened = async () => {
  const rows = await s.db.select().from(accountKeys);
  const place = (row: string) => ({ tenant: ACCOUNT, table: "account_keys", column: "sealed_key", row });
  return Promise.all(
    rows.map(async (row) => [row.active, row.sealedKey && (await unseal(s.config.sealingKeys, place(row.id), row.sealedKey))]),
  );
};

describe("replacing the application key", () => {
  it("is the used one from now on, the former is erased; every queue of the account asks with it at once", async () => {
    s.state.now += 60_000;
    const answer = await replace(` ${FRESH} `);
    expect(answer.status, await answer.clone().text()).toBe(200);
    expect(await s.json<KeyInUse>(answer)).toEqual({ since: new Date(s.state.now).toISOString() });
    expect(s.asked.map((a) => new URL(a.url).pathname)).toEqual(["/cin7/ExternalApi/v2/me"]);
    expect((await opened()).sort()).toEqual([
      [false, ""],
      [true, FRESH],
    ]);
    expect(s.puts).toEqual([
      { inbox: `store:${STORE}`, works: [{ kind: "key.changed" }] },
      { inbox: `account:${ACCOUNT}`, works: [{ kind: "key.changed" }] },
    ]);
    expect(await s.db.select().from(audit)).toMatchObject([
      { storeHash: STORE, accountId: ACCOUNT, by: "olivia@wattleandgum.example", what: "Replaced the application key of Cin7 Core" },
    ]);
    expect(await s.json<KeyInUse>(await s.api(`/api/stores/${STORE}/cin7-key`, panel))).toEqual({
      since: new Date(s.state.now).toISOString(),
    });
  });

  it("a key that Cin7 Core accepts no longer is not said to be in use; that a licence has ended says nothing of the key", async () => {
    const inUse = async () => s.json<KeyInUse>(await s.api(`/api/stores/${STORE}/cin7-key`, panel));
    const told = (problem: Problem) => raise(s.db, tenantOf(STORE as StoreHash, ACCOUNT as AccountId, 1), [problem], null, iso());
    await s.db.update(stores).set({ epoch: 1 });
    await told({ kind: "cin7-denied", licence: true });
    expect(await inUse()).not.toHaveProperty("refused");
    await told({ kind: "cin7-denied" });
    expect(await inUse()).toMatchObject({ refused: true });
  });
  it("given back, the former key is its own row again, so that it keeps its gate", async () => {
    const [before] = await s.db.select().from(accountKeys);
    await replace(FRESH);
    await replace(KEY);
    const rows = await s.db.select().from(accountKeys);
    expect([rows.length, rows.find((row) => row.active)?.id]).toEqual([2, before?.id]);
  });

  it("a key of another account is refused by the account itself; nothing changes", async () => {
    s.state.keys.set(OTHER_ACCOUNT, "88888888-2222-3333-4444-555555555555");
    const answer = await replace("88888888-2222-3333-4444-555555555555");
    expect([answer.status, (await errorOf(answer)).fields?.["applicationKey"]]).toEqual([
      422,
      expect.stringContaining("does not accept this key"),
    ]);
    expect([await opened(), s.puts]).toEqual([[[true, KEY]], []]);
  });

  it.each([
    ["", 422],
    ["short", 422],
    [7, 422],
  ])("%j is told at its field and asks nobody", async (key, status) => {
    expect((await replace(key)).status).toBe(status);
    expect(s.asked).toEqual([]);
  });

  it("Cin7 Core away: 503, and the key that is used stays", async () => {
    s.state.cin7Status = 503;
    expect((await replace(FRESH)).status).toBe(503);
    expect(await opened()).toEqual([[true, KEY]]);
  });

  it("as many tries as signing in, counted before Cin7 Core is asked; only who may configure", async () => {
    s.state.refuse.add("sign-in:person:");
    expect((await replace(FRESH)).status).toBe(429);
    const staff = await s.sessionFrom(await s.load(s.staff()));
    expect([(await replace(FRESH, staff)).status, (await s.api(`/api/stores/${STORE}/cin7-key`, staff)).status]).toEqual([403, 403]);
    expect(s.asked.filter((a) => a.url.includes("/me"))).toEqual([]);
  });

  it("no answer and no log line carries a key", async () => {
    const said = vi.spyOn(console, "log");
    const text = (await (await replace(FRESH)).text()) + (await (await replace("00000000-secret-3333-4444-555555555555")).text());
    expect(text + JSON.stringify(said.mock.calls)).not.toMatch(/99999999|secret-3333|11111111-2222/);
  });
});
