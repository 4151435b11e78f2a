import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { linkCode, readLinkCode, shown } from "../../../worker/accounts/link-code.ts";
import type { ApiError, LinkCode } from "../../../worker/contract/index.ts";
import { oneTimeCodes, stores, users } from "../../../worker/lib/db/schema/tables.ts";
import { ACCOUNT, OTHER_ACCOUNT, OTHER_STORE, STAFF, STORE, type Stage, stage } from "../../harness/stage.ts";

let s: Stage;
let panel: string;
let desk: string;
beforeEach(async () => {
  s = stage();
  panel = await s.sessionFrom(await s.install());
  desk = await s.signIn();
  s.puts.length = 0;
});
afterEach(() => vi.restoreAllMocks());

const newCode = async (as = desk) => (await s.json<LinkCode>(await s.api("/api/link-codes", as, {}))).code;
const check = (code: unknown, as = panel, store = STORE) => s.api(`/api/stores/${store}/link/check`, as, { code });
const link = (code: unknown, as = panel, store = STORE) => s.api(`/api/stores/${store}/link`, as, { code });
const errorOf = async (answer: Response) => (await s.json<ApiError>(answer)).error;
const linked = async (hash = STORE) => (await s.db.select().from(stores).where(eq(stores.hash, hash)).get())?.accountId;

describe("link codes (design 1)", () => {
  it("are 8 unambiguous characters, 15 minutes, stored as a hash", async () => {
    const answer = await s.json<LinkCode>(await s.api("/api/link-codes", desk, {}));
    expect(answer.code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
    expect(answer.expiresAt).toBe(new Date(s.state.now + 900_000).toISOString());
    const rows = JSON.stringify(await s.db.select().from(oneTimeCodes).where(eq(oneTimeCodes.purpose, "link")));
    expect(rows).not.toContain(answer.code);
    expect(rows).not.toContain(answer.code.replace("-", ""));
    expect((await s.api("/api/link-codes", panel, {})).status).toBe(403);
  });

  it("are read as people type them", () => {
    expect(readLinkCode(" abcd-2345 ")).toBe("ABCD2345");
    for (const wrong of ["ABCD234", "ABCD-2345-6", "ABCD234O", "", null, "x".repeat(100), { code: 1 }])
      expect(readLinkCode(wrong)).toBeNull();
    expect(linkCode(new Uint8Array(64).fill(255))).toBeNull();
    expect(shown(linkCode(new Uint8Array(8).fill(0)) as string)).toBe("2222-2222");
  });

  it("check names the account and does not use the code up; link does, once", async () => {
    const code = await newCode();
    expect(await s.json(await check(code))).toEqual({
      accountId: ACCOUNT,
      company: "Harbour Trading Pty Ltd",
      currency: "AUD",
      timeZone: "AUS Eastern Standard Time",
    });
    expect((await check(code.toLowerCase())).status).toBe(200);
    expect(await linked()).toBeNull();
    expect(await s.json(await link(code))).toMatchObject({ hash: STORE, account: { id: ACCOUNT, company: "Harbour Trading Pty Ltd" } });
    expect(s.puts).toEqual([
      { inbox: `account:${ACCOUNT}`, works: [{ kind: "products.mirror", page: 1 }, { kind: "sales.sweep" }] },
      { inbox: `store:${STORE}`, works: [{ kind: "links.restore" }, { kind: "hooks.ensure" }] },
    ]);
    const other = await s.sessionFrom(await s.install(OTHER_STORE));
    expect((await link(code, other, OTHER_STORE)).status).toBe(422);
    expect(await linked(OTHER_STORE)).toBeNull();
  });

  it("the same press twice, also at once, is one link", async () => {
    const code = await newCode();
    const answers = await Promise.all([link(code), link(code)]);
    expect(answers.map((a) => a.status)).toEqual([200, 200]);
    expect((await link(code)).status).toBe(200);
    expect((await link(await newCode())).status).toBe(200);
    expect(await linked()).toBe(ACCOUNT);
  });

  it("one code given to two stores at once links one of them", async () => {
    const other = await s.sessionFrom(await s.install(OTHER_STORE));
    const code = await newCode();
    const answers = await Promise.all([link(code), link(code, other, OTHER_STORE)]);
    expect(answers.map((a) => a.status).sort()).toEqual([200, 422]);
    expect([await linked(), await linked(OTHER_STORE)].filter(Boolean)).toEqual([ACCOUNT]);
  });

  it("expire after 15 minutes", async () => {
    const code = await newCode();
    s.state.now += 899_000;
    const fresh = await s.sessionFrom(await s.load());
    expect((await check(code, fresh)).status).toBe(200);
    s.state.now += 1_001;
    expect((await check(code, fresh)).status).toBe(422);
    expect((await link(code, fresh)).status).toBe(422);
  });

  it("five wrong tries in 15 minutes, then even the right one waits; also when tried all at once", async () => {
    const code = await newCode();
    const answers = await Promise.all(Array.from({ length: 12 }, () => check("2222-3333")));
    expect(answers.filter((a) => a.status === 422).length).toBe(5);
    expect(answers.filter((a) => a.status === 429).length).toBe(7);
    const waits = await link(code);
    expect([waits.status, waits.headers.get("retry-after")]).toEqual([429, "900"]);
    expect(await linked()).toBeNull();
    s.state.now += 900_001;
    const fresh = await s.sessionFrom(await s.load());
    expect((await check(await newCode(await s.signIn()), fresh)).status).toBe(200);
  });

  it("right codes are no wrong tries", async () => {
    const code = await newCode();
    for (let i = 0; i < 8; i++) expect((await check(code)).status).toBe(200);
  });
});

describe("a store linked elsewhere (F6)", () => {
  it("is refused with the name of the present link, and the code stays good for its own store", async () => {
    await link(await newCode());
    const code = await newCode(await s.signIn(OTHER_ACCOUNT));
    for (const answer of [await check(code), await link(code)]) {
      expect(answer.status).toBe(409);
      expect(await errorOf(answer)).toMatchObject({
        code: "linked-elsewhere",
        message: expect.stringContaining("Harbour Trading Pty Ltd"),
      });
    }
    expect(await linked()).toBe(ACCOUNT);
    const other = await s.sessionFrom(await s.install(OTHER_STORE));
    expect((await link(code, other, OTHER_STORE)).status).toBe(200);
  });

  it("linking sets look_before, so that older orders are looked up first", async () => {
    await s.db.update(stores).set({ lookBefore: "2020-01-01T00:00:00.000Z" });
    await link(await newCode());
    expect((await s.db.select().from(stores).get())?.lookBefore).toBe(new Date(s.state.now).toISOString());
  });
});

describe("who may link", () => {
  it("only a person with configure, in the store's own app", async () => {
    const code = await newCode();
    const looker = await s.sessionFrom(await s.load(s.staff()));
    expect((await link(code, looker)).status).toBe(403);
    await s.db.update(users).set({ role: "operate" }).where(eq(users.userId, STAFF));
    expect((await check(code, looker)).status).toBe(403);
    await s.db.update(users).set({ role: "configure" }).where(eq(users.userId, STAFF));
    expect((await link(code, looker)).status).toBe(200);
    expect((await link(await newCode(), desk)).status).toBe(403);
  });

  it("another store's session sees 404, as for a store that does not exist", async () => {
    const other = await s.sessionFrom(await s.install(OTHER_STORE));
    const theirs = await (await link("2222-3333", other)).text();
    expect(theirs).toBe(await (await link("2222-3333", other, "nosuchstore1")).text());
    expect((await s.api("/api/stores/STORES%2F..%2Fx/link", other, { code: "x" })).status).toBe(404);
  });
});
