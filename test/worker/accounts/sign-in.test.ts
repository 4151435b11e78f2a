import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ApiError, SessionReply } from "../../../worker/contract/index.ts";
import { unseal } from "../../../worker/lib/crypto.ts";
import { accountKeys, accounts } from "../../../worker/lib/db/schema/tables.ts";
import { readSession, signSession } from "../../../worker/lib/token.ts";
import { ACCOUNT, KEY, OTHER_ACCOUNT, type Stage, stage, there } from "../../harness/stage.ts";

let s: Stage;
beforeEach(() => {
  s = stage();
});
afterEach(() => vi.restoreAllMocks());

const good = { accountId: ACCOUNT, applicationKey: KEY, name: "Ada" };
const signIn = (over: Record<string, unknown> = {}) => s.api("/api/sign-in", null, { ...good, ...over });
const errorOf = async (answer: Response) => (await s.json<ApiError>(answer)).error;

describe("POST /api/sign-in (design 1)", () => {
  it("proves account and key at /me, in one call, and gives a console session", async () => {
    const answer = await signIn({ accountId: ` ${ACCOUNT.toUpperCase()} `, applicationKey: ` ${KEY}\n` });
    expect(answer.status).toBe(200);
    const reply = await s.json<SessionReply>(answer);
    expect(reply.mode).toBe("console");
    expect(s.asked.map((a) => new URL(a.url).pathname)).toEqual(["/cin7/ExternalApi/v2/me"]);
    expect(await s.db.select().from(accounts)).toMatchObject([{ id: ACCOUNT, company: "Harbour Trading Pty Ltd", currency: "AUD" }]);
    expect(await s.json(await s.api("/api/me", reply.token))).toEqual({
      mode: "console",
      user: { name: "Ada", role: "configure", owner: true, locale: "en-US" },
      account: { id: ACCOUNT, company: "Harbour Trading Pty Ltd" },
      stores: [],
    });
  });

  it("wrong account, wrong key, and a key of another account: one status and one wording", async () => {
    s.state.keys.set(OTHER_ACCOUNT, "99999999-2222-3333-4444-555555555555");
    const answers = await Promise.all([
      signIn({ applicationKey: "00000000-2222-3333-4444-555555555555" }),
      signIn({ accountId: "ffffffff-0000-4000-8000-00000000aaaa" }),
      signIn({ accountId: OTHER_ACCOUNT }),
    ]);
    const texts = await Promise.all(answers.map((a) => a.text()));
    expect(answers.map((a) => a.status)).toEqual([401, 401, 401]);
    expect(new Set(texts).size).toBe(1);
    expect(await s.db.select().from(accounts)).toEqual([]);
    expect(await s.db.select().from(accountKeys)).toEqual([]);
  });

  it.each([
    [{ accountId: "not a guid" }, "accountId"],
    [{ applicationKey: "" }, "applicationKey"],
    [{ applicationKey: `${KEY} x` }, "applicationKey"],
    [{ applicationKey: `${KEY}\r\nx-evil: 1` }, "applicationKey"],
    [{ name: "  " }, "name"],
    [{ name: "x".repeat(81) }, "name"],
  ])("%j is told at its field and asks nobody", async (over, field) => {
    const answer = await signIn(over);
    expect(answer.status).toBe(422);
    expect(Object.keys((await errorOf(answer)).fields ?? {})).toEqual([field]);
    expect(s.asked).toEqual([]);
  });

  it("5 a minute per address and per account ID: over it, 429 before Cin7 Core is asked", async () => {
    s.state.refuse.add(`sign-in:account:${ACCOUNT}`).add(`slow:account:${ACCOUNT}`);
    expect((await signIn()).status).toBe(429);
    expect((await signIn({ accountId: OTHER_ACCOUNT })).status).toBe(200);
    s.asked.length = 0;
    s.state.refuse.add("sign-in:address:");
    expect((await signIn({ accountId: OTHER_ACCOUNT })).status).toBe(429);
    expect(s.asked).toEqual([]);
  });

  it("the deployment's own limit is 5 a minute for each key", async () => {
    const key = crypto.randomUUID();
    const tries = [];
    for (let i = 0; i < 7; i++) tries.push((await env.SIGN_IN_LIMIT.limit({ key })).success);
    expect(tries).toEqual([true, true, true, true, true, false, false]);
    expect((await env.SIGN_IN_LIMIT.limit({ key: `${key}-other` })).success).toBe(true);
  });

  it.each([429, 500, 503, 200])("Cin7 Core answering %d with a page: 503, nothing is stored", async (status) => {
    s.state.cin7Status = status;
    expect((await signIn()).status).toBe(503);
    expect(await s.db.select().from(accounts)).toEqual([]);
  });

  it("the same key again is the same row, so that it keeps its gate; another key is another", async () => {
    await signIn();
    const [first] = await s.db.select().from(accountKeys);
    await Promise.all([signIn(), signIn({ applicationKey: KEY.toUpperCase() })]);
    expect((await s.db.select().from(accountKeys)).map((k) => k.id)).toEqual([first?.id]);
    s.state.keys.set(ACCOUNT, "99999999-2222-3333-4444-555555555555");
    await signIn({ applicationKey: "99999999-2222-3333-4444-555555555555" });
    expect((await s.db.select().from(accountKeys)).length).toBe(2);
  });

  const SECOND = "99999999-2222-3333-4444-555555555555";
  const used = async () => (await s.db.select().from(accountKeys)).filter((k) => k.active);

  it("a second good key signs in and changes nothing of what is used: the account's calls stay on their own (design 6)", async () => {
    await signIn();
    const before = await s.db.select().from(accountKeys);
    s.state.keys.set(ACCOUNT, `${KEY} ${SECOND}`);
    expect((await signIn({ applicationKey: SECOND })).status).toBe(200);
    expect(await s.db.select().from(accountKeys)).toEqual(before);
  });

  it("the used key was withdrawn: who signs in with an older good one makes it the used one, and queues go on", async () => {
    await signIn();
    s.state.keys.set(ACCOUNT, SECOND);
    await signIn({ applicationKey: SECOND });
    s.state.keys.set(ACCOUNT, KEY);
    s.puts.length = 0;
    expect((await signIn()).status).toBe(200);
    const [now, ...more] = await used();
    const place = { tenant: ACCOUNT, table: "account_keys", column: "sealed_key", row: there(now).id };
    expect([await unseal(s.config.sealingKeys, place, there(now).sealedKey), more]).toEqual([KEY, []]);
    expect(
      (await s.db.select().from(accountKeys)).filter((k) => !k.active).map((k) => k.sealedKey),
      "erased",
    ).toEqual([""]);
    expect(s.puts).toEqual([{ inbox: `account:${ACCOUNT}`, works: [{ kind: "key.changed" }] }]);
  });

  it("two people at once with the same first key: one row", async () => {
    await Promise.all([signIn(), signIn()]);
    expect(await used()).toHaveLength(1);
  });

  it("the key is sealed for its own row, and its fingerprint does not tell it", async () => {
    await signIn();
    const row = there(await s.db.select().from(accountKeys).get());
    const place = { tenant: ACCOUNT, table: "account_keys", column: "sealed_key", row: row.id };
    expect(await unseal(s.config.sealingKeys, place, row.sealedKey)).toBe(KEY);
    await expect(unseal(s.config.sealingKeys, { ...place, tenant: OTHER_ACCOUNT }, row.sealedKey)).rejects.toThrow();
    expect(JSON.stringify(row)).not.toContain(KEY);
  });

  it("answers and logs carry no key and no name", async () => {
    const said = vi.spyOn(console, "log");
    const text = await (await signIn({ applicationKey: "00000000-secret-3333-4444-555555555555" })).text();
    await signIn();
    const all = text + JSON.stringify(said.mock.calls);
    expect(all).not.toMatch(/secret-3333|11111111-2222|Ada/);
  });
});

describe("sessions (design 1)", () => {
  const me = (token: string) => s.api("/api/me", token);

  it("renewed, a session keeps its launch: 24 hours at most", async () => {
    const { token } = await s.json<SessionReply>(await signIn());
    s.state.now += 14 * 60_000;
    const renewed = await s.json<SessionReply>(await s.api("/api/session/renew", token, {}));
    const claims = await readSession(s.config.sessionKeys, renewed.token, s.state.now);
    expect(claims?.launchedAt).toBe(Math.floor((s.state.now - 14 * 60_000) / 1000));
    const day = { ...there(claims), launchedAt: Math.floor(s.state.now / 1000) - 24 * 3600 + 60 };
    const last = await signSession(s.config.sessionKeys[0] as string, day, s.state.now);
    expect(Date.parse(last.expiresAt) - s.state.now).toBeLessThanOrEqual(61_000);
    s.state.now += 61_000;
    expect((await s.api("/api/session/renew", last.token, {})).status).toBe(401);
  });

  it("after 15 minutes without renewal it is over", async () => {
    const { token } = await s.json<SessionReply>(await signIn());
    s.state.now += 15 * 60_000 + 1000;
    expect((await me(token)).status).toBe(401);
  });

  it("the account's epoch ends all its sessions", async () => {
    const { token } = await s.json<SessionReply>(await signIn());
    expect((await me(token)).status).toBe(200);
    await s.db.update(accounts).set({ epoch: 2 });
    expect((await me(token)).status).toBe(401);
    expect((await s.api("/api/session/renew", token, {})).status).toBe(401);
  });

  it.each([
    ["none", null],
    ["not a token", "x".repeat(50)],
    ["hostile", "../../etc/passwd' OR 1=1"],
  ])("%s: 401", async (_, token) => {
    expect((await s.api("/api/me", token)).status).toBe(401);
  });

  it("a token under another key, and a callback's JWT used as a session: 401", async () => {
    await s.install();
    const claims = {
      mode: "console",
      id: "s1",
      subject: ACCOUNT,
      user: 0,
      name: "x",
      epoch: 1,
      launchedAt: Math.floor(s.state.now / 1000),
    } as const;
    const forged = await signSession("another-session-key-0123456789", claims, s.state.now);
    expect((await me(forged.token)).status).toBe(401);
    expect((await me(await s.jwt())).status).toBe(401);
    const byClientSecret = await signSession(s.config.bigcommerce.clientSecrets[0] as string, claims, s.state.now);
    expect((await me(byClientSecret.token)).status).toBe(401);
  });
});
