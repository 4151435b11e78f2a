import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keyRoutes } from "../../worker/accounts/key-routes.ts";
import { networkOf } from "../../worker/api/limits.ts";
import type { KeyInUse, LinkCode, SessionReply } from "../../worker/contract/index.ts";
import { ACCOUNT, KEY, OTHER_ACCOUNT, STORE, type Stage, stage } from "../harness/stage.ts";

/** Sessions that outlive their reason, and limits that a stranger uses up for others. */
const FRESH = "99999999-2222-3333-4444-555555555555";
let s: Stage;
beforeEach(() => {
  s = stage();
  s.app.route("/api/stores/:hash", keyRoutes);
});
afterEach(() => vi.restoreAllMocks());

const me = async (token: string) => (await s.api("/api/me", token)).status;
const from = (address: string, path: string, body: unknown) =>
  s.call(path, {
    method: "POST",
    headers: { "content-type": "application/json", "cf-connecting-ip": address },
    body: JSON.stringify(body),
  });
const signInFrom = (address: string, accountId = ACCOUNT) => from(address, "/api/sign-in", { accountId, applicationKey: KEY, name: "Ada" });

describe("a key that was replaced", () => {
  it("ends every session that was opened with the one before, at once; who replaced it goes on with a new one", async () => {
    const panel = await s.sessionFrom(await s.install());
    const [thief, desk] = [await s.signIn(), await s.signIn()];
    const other = await s.signIn(OTHER_ACCOUNT);
    const { code } = await s.json<LinkCode>(await s.api("/api/link-codes", desk, {}));
    expect((await s.api(`/api/stores/${STORE}/link`, panel, { code })).status).toBe(200);
    s.state.keys.set(ACCOUNT, `${KEY} ${FRESH}`);
    const reply = await s.json<KeyInUse>(await s.api(`/api/stores/${STORE}/cin7-key`, desk, { applicationKey: FRESH }));
    expect([await me(thief), await me(desk), (await s.api("/api/session/renew", thief, {})).status]).toEqual([401, 401, 401]);
    expect(await me(reply.session?.token as string)).toBe(200);
    // Nobody else's: the store's own people were let in by BigCommerce, not by the key.
    expect([await me(panel), await me(other), await me(await s.signIn())]).toEqual([200, 200, 200]);
  });

  it("the same key again ends nothing", async () => {
    const panel = await s.sessionFrom(await s.install());
    const desk = await s.signIn();
    const { code } = await s.json<LinkCode>(await s.api("/api/link-codes", desk, {}));
    await s.api(`/api/stores/${STORE}/link`, panel, { code });
    expect((await s.api(`/api/stores/${STORE}/cin7-key`, desk, { applicationKey: KEY })).status).toBe(200);
    expect(await me(desk)).toBe(200);
  });
});

describe("signing out", () => {
  it("ends the session on the server, with every token that it was renewed to; others of the same person go on", async () => {
    const token = await s.signIn();
    const renewed = await s.json<SessionReply>(await s.api("/api/session/renew", token, {}));
    const elsewhere = await s.signIn();
    expect((await s.api("/api/session/end", renewed.token, {})).status).toBe(200);
    expect([await me(token), await me(renewed.token), await me(elsewhere)]).toEqual([401, 401, 200]);
    const panel = await s.sessionFrom(await s.install());
    await s.api("/api/session/end", panel, {});
    expect(await me(panel)).toBe(401);
  });
});

describe("a launch that nobody used", () => {
  it("lets in for five minutes after it was signed, then never, though BigCommerce signed it for a day", async () => {
    await s.install();
    const iat = (minutes: number) => ({ iat: Math.floor(s.state.now / 1000) - minutes * 60 });
    expect((await s.load(iat(4))).status).toBe(302);
    const late = await s.load(iat(6));
    expect([late.status, late.headers.get("location")]).toEqual([401, null]);
    expect(await late.text()).toContain("Open the app again");
  });
});

describe("limits", () => {
  it("a stranger who knows an account ID locks nobody out: its people still have tries of their own there", async () => {
    s.state.refuse.add(`sign-in:account:${ACCOUNT}`);
    expect((await signInFrom("192.0.2.1")).status).toBe(200);
    s.state.refuse.add(`slow:account:${ACCOUNT}:198.51.100.7`);
    expect((await signInFrom("198.51.100.7")).status).toBe(429);
    expect((await signInFrom("192.0.2.1")).status).toBe(200);
  });

  it("nor who is signed in: *Replace key* counts the person, not the address and not the account", async () => {
    const panel = await s.sessionFrom(await s.install());
    const desk = await s.signIn();
    const { code } = await s.json<LinkCode>(await s.api("/api/link-codes", desk, {}));
    await s.api(`/api/stores/${STORE}/link`, panel, { code });
    for (const full of ["sign-in:address:", "sign-in:account:", "slow:"]) s.state.refuse.add(full);
    expect((await s.api(`/api/stores/${STORE}/cin7-key`, desk, { applicationKey: KEY })).status).toBe(200);
    s.state.refuse.add("sign-in:person:");
    expect((await s.api(`/api/stores/${STORE}/cin7-key`, desk, { applicationKey: KEY })).status).toBe(429);
  });

  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002:ffff::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["local", "local"],
    [`${"x".repeat(100)}`, "x".repeat(45)],
  ])("%s is counted as %s: who has an IPv6 address has 2^64 of them", (address, network) => expect(networkOf(address)).toBe(network));

  it("one /64 is one at the door", async () => {
    s.state.refuse.add("sign-in:address:2001:db8:1:2::/64");
    expect((await signInFrom("2001:db8:1:2:aaaa::1")).status).toBe(429);
    expect((await signInFrom("2001:db8:1:2:bbbb::2")).status).toBe(429);
    expect((await signInFrom("2001:db8:1:3::1")).status).toBe(200);
  });

  it("callbacks are counted for the store that BigCommerce signed for; forged ones for the sender alone", async () => {
    await s.install();
    s.state.refuse.add("public:callback:local:inclstore1");
    for (const path of ["/load", "/uninstall", "/remove_user"]) {
      const call = async (over = {}) => (await s.call(`${path}?signed_payload_jwt=${await s.jwt(over)}`)).status;
      expect([path, await call({ sub: "stores/inclstore1" })]).toEqual([path, 429]);
      expect([path, (await call(s.staff())) < 400]).toEqual([path, true]);
      expect([path, (await s.call(`${path}?signed_payload_jwt=${await s.jwt({}, "another-secret-0123456789abcdef")}`)).status]).toEqual([
        path,
        401,
      ]);
    }
    s.state.refuse.add("public:callback:local");
    for (const path of ["/uninstall", "/remove_user"]) expect((await s.call(`${path}?signed_payload_jwt=x`)).status).toBe(429);
  });
});
