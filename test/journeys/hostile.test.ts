import { beforeAll, describe, expect, it } from "vitest";
import { type Connected, connect, json, openPanel } from "../../scripts/connect.ts";
import type { AttentionList, StoreSummary } from "../../worker/contract/index.ts";
import { until } from "../harness/until.ts";
import { callbackClaims, callbackJwt, deliverTo, type Hook, sign } from "./forge.ts";
import { booksOf, faults, judge, page, placeAll, salesFor } from "./judge.ts";
import { journey } from "./stack.ts";

const place = journey(import.meta.filename);
let c: Connected;
beforeAll(async () => {
  c = await connect(place);
});

const TEE = { sku: "TEE-MER-NVY-S", quantity: 1 };
const calm = () => fetch(`${place.twins}/control/faults`, { method: "DELETE" });
const salesOfOrder = async (id: number) => salesFor(await booksOf(place, c.account), c.store, id);

// ---- webhooks --------------------------------------------------------------------------------------------------

const deliver = (hook: Hook) => deliverTo(place, hook);
const event = (data: unknown, producer = `stores/${c.store}`) =>
  JSON.stringify({ scope: "store/order/updated", store_id: "1004821", data, hash: "0", created_at: 1, producer });
/** Nobody tells us of an order, and the list in which the sweep would find it is empty: until the next `faults` or `calm`. */
const UNTOLD = [
  { peer: "bigcommerce", kind: "hooks-dropped" },
  { peer: "bigcommerce", kind: "status", method: "GET", path: "/v2/orders$", status: 200, text: "[]" },
];
const quietly = async (form: unknown): Promise<number> => {
  await faults(place, UNTOLD);
  const [order] = await placeAll(place, c.store, [form]);
  return order?.id as number;
};

describe("a webhook is believed only with the signature of a secret that we share with BigCommerce (K26)", () => {
  it("unsigned, wrongly signed, or signed for other words: 401, and nothing is done", async () => {
    const id = await quietly({ lines: [TEE] });
    const body = event({ type: "order", id });
    const now = Math.floor(Date.now() / 1000);
    const good = sign(place.secrets.BIGCOMMERCE_CLIENT_SECRET as string, "m1", now, body);
    const tries: Hook[] = [
      { body, headers: {} },
      { body, secret: "another-secret-0123456789" },
      { body, headers: { "webhook-id": "m1", "webhook-timestamp": String(now), "webhook-signature": "" } },
      { body, headers: { "webhook-id": "m1", "webhook-timestamp": String(now), "webhook-signature": "v1," } },
      { body, headers: { "webhook-id": "m1", "webhook-timestamp": String(now), "webhook-signature": "v1,AAAA v2,BBBB" } },
      { body: `${body} `, headers: { "webhook-id": "m1", "webhook-timestamp": String(now), "webhook-signature": good } },
      { body, headers: { "webhook-id": "m2", "webhook-timestamp": String(now), "webhook-signature": good } },
      { body, headers: { "webhook-id": "m1", "webhook-timestamp": "NaN", "webhook-signature": good } },
    ];
    for (const hook of tries) expect((await deliver(hook)).status).toBe(401);
    expect((await deliver({ body: "x".repeat(70_000) })).status).toBe(413);
    expect(await page(c, id).catch(() => "unknown")).toBe("unknown");
    await calm();
    // Old and repeated, but truly signed: wake-ups, and one sale.
    const old = { id: "m9", at: now - 172_800, body };
    expect([(await deliver(old)).status, (await deliver(old)).status, (await deliver({ body })).status]).toEqual([200, 200, 200]);
    await judge(place, c, id);
  });

  it("signed nonsense is answered 200 and disturbs nobody", async () => {
    const bodies = [
      "",
      "null",
      "[]",
      "{",
      '"text"',
      event(null),
      event({ type: "order", id: "1; DROP TABLE orders" }),
      event({ type: "order", id: -1 }),
      event({ type: "order", id: 1e300 }),
      event({ type: "order", id: 999_999 }),
      event({ type: "order", id: 1 }, "stores/https://evil.example"),
      event({ type: "order", id: 1 }, "stores/nosuchstore"),
      event({ type: "order", id: 1 }, "stores/../../x"),
    ];
    for (const body of bodies) expect([body, (await deliver({ body })).status]).toEqual([body, 200]);
    const [order] = await placeAll(place, c.store, [{ lines: [TEE] }]);
    await judge(place, c, order?.id as number);
  });
});

// ---- callbacks and sessions ------------------------------------------------------------------------------------

const jwt = (over: Record<string, unknown> = {}, secret?: string) => callbackJwt(place, c.store, over, secret);
const call = (path: string, token: string) => fetch(`${place.app}${path}?signed_payload_jwt=${token}`, { redirect: "manual" });

describe("callbacks with a JWT", () => {
  it("forged, unsigned, expired, for another app, from another issuer, or about no store: refused, with a page that says nothing of why", async () => {
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify(callbackClaims(place, c.store))).toString("base64url")}.`;
    const past = Math.floor(Date.now() / 1000) - 7200;
    const bad = [
      "",
      "x",
      "a.b.c",
      none,
      await jwt({}, "another-secret-0123456789"),
      await jwt({ exp: past, iat: past - 60 }),
      await jwt({ aud: "another-app" }),
      await jwt({ iss: "evil" }),
      await jwt({ sub: "stores/https://evil.example" }),
      await jwt({ sub: "demostore1" }),
      await jwt({ sub: "stores/../../etc" }),
      await jwt({ user: null }),
      await jwt({ jti: "" }),
      await jwt({ user: { id: "4101" } }),
    ];
    for (const path of ["/load", "/uninstall", "/remove_user"]) {
      for (const token of bad) {
        const answer = await call(path, token);
        expect([path, answer.status, answer.headers.get("location")]).toEqual([path, 401, null]);
        const text = await answer.text();
        expect(text).toContain("Open the app again");
        expect(text).not.toMatch(/signature|expired|audience|Error:|at \w+ \(/i);
      }
    }
    expect((await (await openPanel(place, c.store, "launch"))<{ mode: string }>("GET", "/api/me")).mode).toBe("panel");
  });

  it("a JWT counts once over all callbacks: a launch's own one neither launches again nor uninstalls nor removes", async () => {
    const token = await jwt();
    expect((await call("/load", token)).status).toBe(302);
    for (const path of ["/load", "/uninstall", "/remove_user"]) expect((await call(path, token)).status).toBe(401);
  });

  it("an uninstall that is not true changes nothing, the owner is never removed, and a deep link stays ours", async () => {
    expect((await call("/uninstall", await jwt())).status).toBe(200);
    expect((await call("/remove_user", await jwt())).status).toBe(200);
    const answer = await call("/load", await jwt({ url: "https://evil.example/x" }));
    expect(answer.headers.get("location")).toMatch(/^\/(?!\/)/);
    const [order] = await placeAll(place, c.store, [{ lines: [TEE] }]);
    await judge(place, c, order?.id as number);
    const { stores } = await c.panel<{ stores: StoreSummary[] }>("GET", "/api/stores");
    expect(stores).toMatchObject([{ hash: c.store, state: "active" }]);
  });
});

const bare = async (method: string, path: string, headers: Record<string, string> = {}, body?: string) => {
  const answer = await fetch(`${place.app}${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, text: await answer.text() };
};
/** An answer of the API to what it does not like: a code and a sentence for people, nothing of our insides. */
const sentence = (text: string) => {
  const { error } = JSON.parse(text) as { error: { code: string; message: string } };
  expect(error.code).toMatch(/^[a-z0-9-]+$/);
  expect(error.message).toMatch(/^[A-Z0-9][^<>]{8,}[.!?]$/);
  expect(text).not.toMatch(/stack|TypeError|node_modules|worker\//);
};

describe("the API and odd requests", () => {
  it("answers a sentence to every odd store, token, code and body", async () => {
    const { token } = await sessionToken();
    const mine = { authorization: `Bearer ${token}` };
    for (const hash of ["https:%2F%2Fevil.example", "..%2F..", "nosuchstore", "inclstore1", "%00", "a".repeat(300), "%27%20OR%201=1"]) {
      const answer = await bare("GET", `/api/stores/${hash}/home`, mine);
      expect([hash, answer.status]).toEqual([hash, 404]);
      sentence(answer.text);
    }
    expect((await bare("GET", "/api/stores/DEMOSTORE1/header", mine)).status).toBe(200);
    for (const bearer of ["", "x", "a.b.c", token.slice(0, -2), await jwt()]) {
      const answer = await bare("GET", "/api/me", { authorization: `Bearer ${bearer}` });
      expect(answer.status).toBe(401);
      sentence(answer.text);
    }
    for (const body of ["", "{", "null", "[]", '{"code":5}', '{"code":"ZZZZ"}', JSON.stringify({ code: "x".repeat(9000) })]) {
      const answer = await bare("POST", "/api/session", {}, body);
      expect([400, 401, 413, 422]).toContain(answer.status);
      sentence(answer.text);
    }
    for (const [method, path, body] of [
      ["PUT", "settings", "{"],
      ["PUT", "settings", "{}"],
      ["PUT", "settings", '{"basedOn":1,"settings":{"orders":null}}'],
      ["POST", "orders/abc/process", "{}"],
      ["GET", "orders/99999999999999999999", undefined],
      ["POST", "charges", '{"create":[{"key":"x"}]}'],
      ["POST", "attention/dismiss", '{"key":5}'],
    ] as const) {
      const answer = await bare(method, `/api/stores/${c.store}/${path}`, mine, body);
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
      sentence(answer.text);
    }
    for (const query of ["q='%3B--", "sort=evil", "page=-1", "page=1e9&perPage=1e9", "view=zzz", "dir=up"]) {
      const answer = await bare("GET", `/api/stores/${c.store}/orders?${query}`, mine);
      expect(answer.status).toBeLessThan(500);
    }
  });
});

async function sessionToken(): Promise<{ token: string }> {
  const answer = await call("/load", await jwt());
  const code = new URLSearchParams(new URL(answer.headers.get("location") ?? "", place.app).hash.slice(1)).get("code");
  return (await json(
    await fetch(`${place.app}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code }),
    }),
  )) as { token: string };
}

// ---- orders that are not as they should be ---------------------------------------------------------------------

describe("an order that BigCommerce shows in an odd shape", () => {
  const shapes: [string, (whole: Record<string, unknown>) => string][] = [
    ["an empty object", () => "{}"],
    ["null", () => "null"],
    ["a list", () => "[]"],
    ["without its total", ({ total_inc_tax: _, ...rest }) => JSON.stringify(rest)],
    ["its total is a word", (whole) => JSON.stringify({ ...whole, total_inc_tax: "twelve" })],
    ["its total is null", (whole) => JSON.stringify({ ...whole, total_tax: null })],
    ["its date is none", (whole) => JSON.stringify({ ...whole, date_created: "yesterday" })],
    ["its lines are a word", (whole) => JSON.stringify({ ...whole, consignments: "none" })],
    ["no billing address", (whole) => JSON.stringify({ ...whole, billing_address: null })],
    ["another order's body", (whole) => JSON.stringify({ ...whole, id: 1 })],
    ["a status that nobody knows", (whole) => JSON.stringify({ ...whole, status_id: 77 })],
  ];
  it.each(shapes)("%s: held or not taken with a reason, nothing written; read again, it goes", async (_, shape) => {
    const id = await quietly({ lines: [TEE] });
    const state = (await json(await fetch(`${place.twins}/control/state`))) as {
      bigcommerce: { stores: Record<string, { orders: Record<string, Record<string, unknown>> }> };
    };
    await faults(place, [
      ...UNTOLD,
      {
        peer: "bigcommerce",
        kind: "status",
        status: 200,
        text: shape(state.bigcommerce.stores[c.store]?.orders[id] ?? {}),
        path: `/v2/orders/${id}`,
      },
    ]);
    expect((await deliver({ body: event({ type: "order", id }) })).status).toBe(200);
    const told = await until(`a word about order ${id}`, async () => {
      const { rows } = await c.panel<AttentionList>("GET", `/api/stores/${c.store}/attention?perPage=100`);
      const shown = await page(c, id).catch(() => null);
      return (
        rows.find((row) => row.orders.includes(id))?.title ??
        (shown?.order.state === "not-taken" && shown.order.note.is === "said" && shown.order.note.text)
      );
    });
    expect(told).toMatch(/^[A-Z].{10,}/);
    expect(await salesOfOrder(id)).toEqual([]);
    await calm();
    expect((await deliver({ body: event({ type: "order", id }) })).status).toBe(200);
    await judge(place, c, id);
    expect((await page(c, id)).problems).toEqual([]);
  });

  it("extreme texts and amounts arrive, trimmed where Cin7 has less room, and exact", async () => {
    const long = "Ünïcödé 山 ".repeat(400);
    const orders = await placeAll(place, c.store, [
      {
        lines: [{ ...TEE, name: long, options: [{ name: "Engraving", value: long }] }],
        customerMessage: long,
        staffNotes: "\u202Egnp.exe\u0007",
      },
      { lines: [{ sku: "TNT-2P", quantity: 9999, price: "9999.99" }] },
      { lines: Array.from({ length: 120 }, (_, n) => ({ sku: "TOO-CARB", quantity: 1 + (n % 3), price: `${n}.37` })) },
      {
        lines: [TEE],
        billing: {
          first_name: "",
          last_name: "",
          company: "",
          email: "not an e-mail",
          street_1: "",
          city: "",
          zip: "",
          state: "",
          phone: "",
        },
      },
    ]);
    for (const { id } of orders) await judge(place, c, id);
  });
});
