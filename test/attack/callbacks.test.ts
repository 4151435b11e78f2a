import { CompactSign } from "jose";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import { forgetSecrets } from "../../worker/app/webhooks.ts";
import { sign } from "../../worker/bigcommerce/signature.ts";
import { STORE, type Stage, stage } from "../harness/stage.ts";
import { db } from "./world.ts";

/** What a stranger sends where BigCommerce would: forged in every way that we know of, at every door, and what was good once, again. */
const PATHS = ["/load", "/uninstall", "/remove_user"] as const;
let s: Stage;
beforeEach(async () => {
  forgetSecrets();
  s = stage();
  await s.install();
  s.puts.length = 0;
});
afterEach(() => vi.restoreAllMocks());

const count = { forged: 0, replayed: 0, doors: 0 };
/** The README's number. */
afterAll(() =>
  console.log(
    `attack: ${count.forged} forged and ${count.replayed} replayed callbacks, sessions and deliveries at ${count.doors} doors, none let in`,
  ),
);

const base64 = (bytes: string) => btoa(bytes).replace(/=+$/, "").replace(/\+/g, "-").replace(/\//g, "_");
const part = (value: unknown) => base64(JSON.stringify(value));
const secret = () => s.config.bigcommerce.clientSecrets[0] as string;
/** By hand: a library does not sign what is no JWT. */
const signed = (claims: object, key: string | Uint8Array = secret(), head: object = {}) =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "HS256", ...head } as { alg: string })
    .sign(typeof key === "string" ? new TextEncoder().encode(key) : key);

/** A good one, each time with one thing wrong. */
async function forgeries(): Promise<string[]> {
  const good = s.claims();
  const [head = "", body = "", mac = ""] = (await signed(good)).split(".");
  const now = Math.floor(s.state.now / 1000);
  const changed = [
    ...[
      "victim1",
      "stores/",
      "stores",
      "stores/../x",
      `stores/${STORE}/x`,
      `stores/${STORE}?a`,
      `x/stores/${STORE}`,
      7,
      null,
      [`stores/${STORE}`],
    ].map((sub) => ({ sub })),
    ...["", "another-client", ["a", "b"], 7, null, { a: 1 }].map((aud) => ({ aud })),
    ...["", "BC", "bc ", "evil", 7, null, ["bc", "x"]].map((iss) => ({ iss })),
    ...[now - 61, 0, -1, "never", null].map((exp) => ({ exp })),
    ...[now + 3600, "x", 1.5, null].map((iat) => ({ iat, nbf: typeof iat === "number" ? iat : 0 })),
    ...["", 7, null, "x".repeat(201), {}].map((jti) => ({ jti })),
    ...[{ id: 0 }, { id: -1 }, { id: 1.5 }, { id: "1" }, { id: null }, {}, [], "1", null].flatMap((user) => [{ user }, { owner: user }]),
  ];
  const other = "a-secret-that-is-not-the-client-secret";
  const heads = [
    { alg: "none" },
    { alg: "None" },
    { alg: "HS256", crit: ["exp"] },
    { alg: "HS256", b64: false, crit: ["b64"] },
    { alg: "RS256" },
    { alg: "hs256" },
    {},
    [],
  ];
  return [
    ...(await Promise.all(changed.map((over) => signed({ ...good, ...over })))),
    ...(await Promise.all(["HS384", "HS512"].map((alg) => signed(good, secret().repeat(3), { alg })))),
    ...(await Promise.all(
      [other, secret().slice(1), `${secret()} `, secret().toUpperCase(), new Uint8Array(32), "\0".repeat(32)].map((key) =>
        signed(good, key),
      ),
    )),
    // A key or an address of one, brought along.
    await signed(good, other, { jwk: { kty: "oct", k: base64(other) } }),
    await signed(good, other, { jku: "https://evil.example/keys", kid: "../../dev/null" }),
    ...heads.flatMap((h) => [`${part(h)}.${body}.${mac}`, `${part(h)}.${body}.`]),
    // The claims of somebody else under a real signature; one cut, one longer, one of another alphabet.
    `${head}.${part({ ...good, sub: "stores/victim1" })}.${mac}`,
    ...[mac.slice(0, -1), mac.slice(1), `${mac}A`, mac.toLowerCase(), "", "=".repeat(43), "A".repeat(43), `${mac}.${mac}`].map(
      (m) => `${head}.${body}.${m}`,
    ),
    ...[
      "",
      " ",
      ".",
      "..",
      "...",
      "a.b",
      "a.b.c",
      "null",
      "{}",
      "%00",
      "a".repeat(8001),
      `${body}.${"0".repeat(64)}`,
      "'; DROP TABLE stores;--",
    ],
  ];
}

const everything = async () =>
  JSON.stringify(
    await Promise.all(["stores", "users", "one_time_codes", "used_tokens", "store_credentials"].map((t) => db().all(`SELECT * FROM ${t}`))),
  );

it("a forged callback is refused at each of them with the one page, and changes nothing; so it is as a session, and a session as a callback", async () => {
  const tokens = [...new Set(await forgeries())];
  const session = await s.sessionFrom(await s.load());
  const before = await everything();
  const wrong: unknown[] = [];
  const pages = new Set<string>();
  for (const token of [...tokens, session])
    for (const path of PATHS) {
      count.forged++;
      const answer = await s.call(`${path}?signed_payload_jwt=${encodeURIComponent(token)}`);
      if (answer.status !== 401 || answer.headers.get("location")) wrong.push([path, answer.status, token.slice(0, 200)]);
      pages.add(await answer.text());
    }
  for (const token of [...tokens, await s.jwt(), await signed({ ...s.claims(), aud: "lockstep-session" })]) {
    count.forged++;
    // What no header can carry is no request.
    const answer = await s.api("/api/me", token.replace(/[^\x20-\x7e]/g, ""));
    if (answer.status !== 401) wrong.push(["/api/me", answer.status, token.slice(0, 200)]);
  }
  count.doors += PATHS.length + 1;
  expect(wrong).toEqual([]);
  expect(pages.size).toBe(1);
  expect([s.puts, await everything()]).toEqual([[], before]);
});

it("a good one is good once over all doors, its one-time code once, its code of two minutes for two minutes", async () => {
  for (const first of PATHS) {
    const token = await s.jwt(s.staff());
    expect((await s.call(`${first}?signed_payload_jwt=${token}`)).status).toBeLessThan(400);
    for (const again of [...PATHS, ...PATHS]) {
      count.replayed++;
      expect([first, again, (await s.call(`${again}?signed_payload_jwt=${token}`)).status]).toEqual([first, again, 401]);
    }
  }
  const code = s.codeOf(await s.load());
  const swap = async (given: unknown) => (await s.api("/api/session", null, { code: given })).status;
  expect(await swap(code)).toBe(200);
  for (const given of [code, code, ` ${code}`, `${code}A`, [code], { code }, null, 7]) {
    count.replayed++;
    expect([given, await swap(given)]).toEqual([given, 401]);
  }
  const late = s.codeOf(await s.load());
  s.state.now += 2 * 60_000 + 1;
  count.replayed++;
  expect(await swap(late)).toBe(401);
});

it("a delivery that is forged in any part is none", async () => {
  const text = JSON.stringify({
    scope: "store/order/created",
    store_id: "1",
    producer: `stores/${STORE}`,
    data: { type: "order", id: 250 },
  });
  const stamp = "1767225600";
  const mac = sign(secret(), "msg_1", stamp, text);
  const good = { "webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": mac };
  const send = async (headers: Record<string, string>, body = text) =>
    (await s.call("/webhooks/bigcommerce", { method: "POST", body, headers })).status;
  const forged: [Record<string, string>, string?][] = [
    ...[text.replace("250", "251"), ` ${text}`, text.replace(STORE, "victim1"), ""].map((body): [Record<string, string>, string] => [
      good,
      body,
    ]),
    ...[
      "",
      "v1,",
      mac.slice(3),
      mac.replace("v1,", "v0,"),
      mac.slice(0, -2),
      mac.toLowerCase(),
      sign("x".repeat(40), "msg_1", stamp, text),
      sign(secret(), "", stamp, text),
      "v1,AAAA v1,BBBB",
    ].map((value): [Record<string, string>] => [{ ...good, "webhook-signature": value }]),
    ...["", "msg_2", "msg_1."].map((value): [Record<string, string>] => [{ ...good, "webhook-id": value }]),
    ...["", "0", "1767225601", `${stamp}.0`].map((value): [Record<string, string>] => [{ ...good, "webhook-timestamp": value }]),
    [{}],
  ];
  const wrong: unknown[] = [];
  for (const [headers, body] of forged) {
    count.forged++;
    const status = await send(headers, body);
    if (status !== 401) wrong.push([status, headers, body]);
  }
  count.doors++;
  expect([wrong, s.puts]).toEqual([[], []]);
  expect(await send(good)).toBe(200);
});
