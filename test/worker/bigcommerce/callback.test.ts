import { SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { localPath, readCallback } from "../../../worker/bigcommerce/callback.ts";

const NOW = Date.UTC(2026, 10, 21, 12);
const AT = NOW / 1000;
const SECRET = "the-present-client-secret";
const OLD = "the-former-client-secret";
const app = { clientId: "client-1", clientSecrets: [SECRET, OLD] };
const good = {
  aud: "client-1",
  iss: "bc",
  iat: AT,
  nbf: AT - 5,
  exp: AT + 86_400,
  jti: "j-1",
  sub: "stores/abc123",
  url: "/",
  channel_id: null,
  user: { id: 7, email: "a@example.com", locale: "en-AU" },
  owner: { id: 9, email: "o@example.com" },
};
const sign = (claims: Record<string, unknown>, secret = SECRET, alg = "HS256") =>
  new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
const part = (value: unknown) => btoa(JSON.stringify(value)).replace(/=+$/, "").replace(/\+/g, "-").replace(/\//g, "_");
const without = (name: keyof typeof good) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));

describe("signed_payload_jwt (facts 1.3)", () => {
  it("a good one names the store, the person and whether the person is the owner", async () => {
    const read = await readCallback(app, await sign(good), NOW);
    expect(read).toMatchObject({
      ok: true,
      value: { store: "abc123", jti: "j-1", owner: false, ownerId: 9, user: { id: 7, locale: "en-AU" }, to: null },
    });
    expect(await readCallback(app, await sign({ ...good, user: good.owner }), NOW)).toMatchObject({ value: { owner: true } });
  });

  it("signed with the former client secret it still counts", async () => {
    expect((await readCallback(app, await sign(good, OLD), NOW)).ok).toBe(true);
  });

  const cases: [string, () => Promise<string> | string, string][] = [
    ["missing", () => "", "no-token"],
    ["forged: another secret", () => sign(good, "somebody else's secret of some length"), "signature"],
    [
      "forged: claims changed under a real signature",
      async () => {
        const [head, , signature] = (await sign(good)).split(".");
        return `${head}.${part({ ...good, sub: "stores/victim1" })}.${signature}`;
      },
      "signature",
    ],
    ["alg none", () => `${part({ alg: "none" })}.${part(good)}.`, "malformed"],
    [
      "alg none, with the signature of another",
      async () => `${part({ alg: "none" })}.${part(good)}.${(await sign(good)).split(".")[2]}`,
      "malformed",
    ],
    ["another algorithm under the right secret", () => sign(good, SECRET.repeat(3), "HS512"), "malformed"],
    ["expired by more than the skew", () => sign({ ...good, exp: AT - 61 }), "expired"],
    ["not yet valid by more than the skew", () => sign({ ...good, nbf: AT + 61 }), "expired"],
    ["for another audience", () => sign({ ...good, aud: "client-2" }), "claims"],
    ["of another issuer", () => sign({ ...good, iss: "evil" }), "claims"],
    ["without jti, which could be replayed", () => sign(without("jti")), "claims"],
    ["without exp", () => sign(without("exp")), "claims"],
    ["without a user", () => sign(without("user")), "claims"],
    ["a store hash that is a path", () => sign({ ...good, sub: "stores/abc/../x" }), "claims"],
    ["a subject that is no store", () => sign({ ...good, sub: "abc123" }), "claims"],
    ["a legacy signed_payload", () => `${part(good)}.${"0123456789abcdef".repeat(4)}`, "malformed"],
    ["as large as a page", () => "a".repeat(9000), "malformed"],
    ["not text of a JWT", () => "'; DROP TABLE stores;--", "malformed"],
  ];
  it.each(cases)("%s is refused", async (_, token, why) => {
    expect(await readCallback(app, await token(), NOW)).toEqual({ ok: false, error: why });
  });

  it("60 s of skew pass both ways", async () => {
    expect((await readCallback(app, await sign({ ...good, exp: AT - 59 }), NOW)).ok).toBe(true);
    expect((await readCallback(app, await sign({ ...good, nbf: AT + 59 }), NOW)).ok).toBe(true);
  });

  it.each([
    ["/orders/250", "/orders/250"],
    ["/setup/tax?x=1#y", "/setup/tax?x=1#y"],
    ["/", null],
    ["//evil.example/x", null],
    ["/\\evil.example", null],
    ["https://evil.example", null],
    ["javascript:alert(1)", null],
    ["/a\nb", null],
    ["/a b", null],
    ["", null],
  ])("deep link %j leads to %j", (url, path) => {
    expect(localPath(url)).toBe(path);
  });
});
