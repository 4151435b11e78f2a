import { decodeJwt, jwtVerify } from "jose";
import { expect, it } from "vitest";
import { rehearse } from "./rehearsal.ts";

async function installing(options = {}) {
  const room = rehearse(options);
  const { url } = (await room.control<{ url: string }>("/bigcommerce/demostore1/install")).body;
  const query = Object.fromEntries(new URL(url).searchParams);
  const request = {
    client_id: "lockstepclientid",
    client_secret: "lockstep-client-secret",
    code: query["code"],
    scope: query["scope"],
    context: query["context"],
    grant_type: "authorization_code",
    redirect_uri: "http://127.0.0.1:8787/auth",
  };
  type Token = { access_token: string; scope: string | null; context: string; user: { id: number }; owner: { id: number } };
  const swap = (changes: Record<string, unknown> = {}) =>
    room.call<Token>("POST", "/bigcommerce-login/oauth2/token", { ...request, ...changes });
  const channels = async (token: string) =>
    (await room.call("GET", "/bigcommerce-api/stores/demostore1/v3/channels", undefined, { "x-auth-token": token })).status;
  return { ...room, url, query, swap, channels };
}

it("install opens /auth with code, scope, context and the app owner's account (bigcommerce.md 1.1)", async () => {
  const { url, query } = await installing();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:8787\/auth\?/);
  expect(query).toMatchObject({ context: "stores/demostore1", account_uuid: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(query["scope"]?.split(" ")).toContain("store_v2_orders");
});

it("a code is swapped once (bigcommerce.md 1.2)", async () => {
  const { swap, channels } = await installing();
  const first = await swap();
  expect(first.status).toBe(200);
  expect(first.body).toMatchObject({ context: "stores/demostore1", user: { id: 4101 }, owner: { id: 4101 } });
  expect(await channels(first.body.access_token)).toBe(200);
  expect((await swap()).status).toBe(401);
});

it("the redirect_uri must be the registered one to the byte, and the credentials right (bigcommerce.md 1.2)", async () => {
  const { swap } = await installing();
  const wrong = await swap({ redirect_uri: "http://127.0.0.1:8787/auth/" });
  expect([wrong.status, JSON.stringify(wrong.body)]).toEqual([400, expect.stringContaining("redirect_uri")]);
  expect((await swap({ client_secret: "other" })).status).toBe(401);
  expect((await swap()).status).toBe(200);
});

it("without context the token has a null scope and is refused everywhere (bigcommerce.md 1.2)", async () => {
  const { swap, channels } = await installing();
  const { body } = await swap({ context: undefined });
  expect(body.scope).toBeNull();
  expect(await channels(body.access_token)).toBe(403);
});

it("changed scopes ask for consent at the next launch; the old token lives until it is given (bigcommerce.md 1.2)", async () => {
  const { swap, channels, call, control } = await installing();
  const token = (await swap()).body.access_token;
  await call("PATCH", "/control/bigcommerce/app", { scopes: ["store_v2_orders"] });
  expect(await channels(token)).toBe(200);
  const staff = await control<{ url: string }>("/bigcommerce/demostore1/launch", { userId: 4103 });
  expect(staff.body.url).toContain("/load?");
  const owner = await control<{ url: string }>("/bigcommerce/demostore1/launch");
  expect(owner.body.url).toContain("/auth?");
  expect(await channels(token)).toBe(401);
});

it("launch carries a signed payload of the acting user (bigcommerce.md 1.3)", async () => {
  const { swap, control } = await installing();
  await swap();
  const { url } = (await control<{ url: string }>("/bigcommerce/demostore1/launch", { userId: 4103 })).body;
  const jwt = new URL(url).searchParams.get("signed_payload_jwt") ?? "";
  const { payload } = await jwtVerify(jwt, new TextEncoder().encode("lockstep-client-secret"), { algorithms: ["HS256"] });
  expect(payload).toMatchObject({
    aud: "lockstepclientid",
    iss: "bc",
    sub: "stores/demostore1",
    user: { id: 4103 },
    owner: { id: 4101 },
    url: "/",
    channel_id: null,
  });
  expect(Number(payload.iat) - Number(payload.nbf)).toBe(5);
  expect(Number(payload.exp) - Number(payload.iat)).toBe(86_400);
});

it("uninstall calls the app, kills the token and takes the app's hooks along, whatever the app says (bigcommerce.md 1.1, 3.1)", async () => {
  const { swap, channels, control, call, calls, appAnswers } = await installing();
  const token = (await swap()).body.access_token;
  const hook = { scope: "store/order/*", destination: "https://app.example.com/hooks", is_active: true };
  await call("POST", "/bigcommerce-api/stores/demostore1/v3/hooks", hook, { "x-auth-token": token });
  appAnswers(500);
  expect((await control("/bigcommerce/demostore1/uninstall")).body).toEqual({ status: 500 });
  expect(new URL(calls.at(-1)?.url ?? "").pathname).toBe("/uninstall");
  expect(await channels(token)).toBe(401);
  const { body } = await call<{ bigcommerce: { stores: { demostore1: { hooks: unknown[] } } } }>("GET", "/control/state");
  expect(body.bigcommerce.stores.demostore1.hooks).toEqual([]);
});

it("remove-user tells the app who went (bigcommerce.md 1.1)", async () => {
  const { control, calls } = await installing();
  expect((await control("/bigcommerce/demostore1/remove-user", { userId: 4103 })).status).toBe(200);
  const claims = decodeJwt(new URL(calls.at(-1)?.url ?? "").searchParams.get("signed_payload_jwt") ?? "");
  expect(claims).toMatchObject({ user: { id: 4103 } });
  expect((await control("/bigcommerce/demostore1/remove-user", { userId: 4101 })).status).toBe(404);
});
