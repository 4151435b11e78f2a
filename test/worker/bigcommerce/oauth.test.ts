import { afterEach, describe, expect, it, vi } from "vitest";
import { contextStore, exchangeCode } from "../../../worker/bigcommerce/oauth.ts";

const app = {
  loginUrl: "https://login.test",
  clientId: "c",
  clientSecrets: ["s1", "s0"],
  redirectUri: "https://app.test/auth",
  timeScale: 1,
};
const given = { code: "the-code", scope: "store_v2_orders", context: "stores/abc123" };
const good = {
  access_token: "tok",
  scope: "store_v2_orders store_v2_information",
  context: "stores/abc123",
  user: { id: 1, email: "a@example.com" },
  owner: { id: 2, email: "o@example.com" },
};
afterEach(() => vi.restoreAllMocks());

const answering = (body: unknown, status = 200) =>
  vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(async () => new Response(typeof body === "string" ? body : JSON.stringify(body), { status }));

describe("the code's exchange (facts 1.2)", () => {
  it("sends code, scope and context as they came, the present secret and the registered address", async () => {
    const fetched = answering(good);
    expect(await exchangeCode(app, given)).toEqual({
      ok: true,
      value: {
        token: "tok",
        scopes: ["store_v2_orders", "store_v2_information"],
        store: "abc123",
        user: good.user,
        ownerId: 2,
        ownerEmail: "o@example.com",
      },
    });
    const [url, init] = fetched.mock.calls[0] as [string, RequestInit];
    expect(url).toBe("https://login.test/oauth2/token");
    expect(init.redirect).toBe("manual");
    expect(JSON.parse(String(init.body))).toEqual({
      client_id: "c",
      client_secret: "s1",
      grant_type: "authorization_code",
      redirect_uri: "https://app.test/auth",
      ...given,
    });
  });

  it.each<[string, unknown, number, string]>([
    ["a token for another store than the callback named", { ...good, context: "stores/victim1" }, 200, "refused"],
    ["a context that is none", { ...good, context: "abc123" }, 200, "refused"],
    ["a used code", { error: "Invalid authorization code." }, 401, "refused"],
    ["an address that is not the registered one", { error: "redirect_uri" }, 400, "refused"],
    ["too many requests", {}, 429, "trouble"],
    ["a failing server", "<html>", 502, "trouble"],
    ["a page instead of a token", "<html>", 200, "trouble"],
    ["no token in it", { ...good, access_token: "" }, 200, "trouble"],
  ])("%s", async (_, body, status, why) => {
    answering(body, status);
    expect(await exchangeCode(app, given)).toEqual({ ok: false, error: why });
  });

  it("a token without context has no scopes", async () => {
    answering({ ...good, scope: null });
    expect(await exchangeCode(app, given)).toMatchObject({ value: { scopes: [] } });
  });

  it.each([
    ["stores/ABC123", "abc123"],
    ["stores/", null],
    ["stores/../x", null],
    ["https://x/stores/abc123", null],
    [undefined, null],
  ])("context %j is store %j", (context, hash) => {
    expect(contextStore(context)).toBe(hash);
  });
});
