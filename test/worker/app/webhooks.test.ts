import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetSecrets } from "../../../worker/app/webhooks.ts";
import { sign } from "../../../worker/bigcommerce/signature.ts";
import { openCredentials, storeRow, tenantOfRow } from "../../../worker/connect/store.ts";
import type { StoreHash } from "../../../worker/lib/ids.ts";
import { STORE, type Stage, stage, there } from "../../harness/stage.ts";

let s: Stage;
beforeEach(() => {
  forgetSecrets();
  s = stage();
});
afterEach(() => vi.restoreAllMocks());

const body = (over: Record<string, unknown> = {}) =>
  JSON.stringify({ scope: "store/order/created", store_id: "1", producer: `stores/${STORE}`, data: { type: "order", id: 250 }, ...over });
const send = (text: string, secret = s.config.bigcommerce.clientSecrets[0] as string, headers: Record<string, string> = {}) => {
  const stamp = "1767225600";
  const all = { "webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": sign(secret, "msg_1", stamp, text), ...headers };
  return s.call("/webhooks/bigcommerce", { method: "POST", body: text, headers: all });
};

describe("POST /webhooks/bigcommerce (design 8.1)", () => {
  it("validly signed, however old or repeated: an empty 200 without headers, and a wake-up for the order", async () => {
    for (let i = 0; i < 2; i++) {
      const answer = await send(body());
      expect([answer.status, await answer.text(), [...answer.headers]]).toEqual([200, "", []]);
    }
    const put = { inbox: `store:${STORE}`, works: [{ kind: "order.changed", orderId: 250 }] };
    expect(s.puts).toEqual([put, put]);
  });

  it("signed by the app it asks no database", async () => {
    const prepare = vi.spyOn(s.worker.DB, "prepare");
    expect((await send(body())).status).toBe(200);
    expect(prepare).not.toHaveBeenCalled();
  });

  it.each([
    ["no signature", { "webhook-signature": "" }],
    ["another's signature", { "webhook-signature": "v1,mvlmuVxt5ePuPLAxCIqqeUu4n4onDY8Byj64zWsMkac=" }],
    ["only our secret header", { "webhook-signature": "", "x-lockstep-secret": "x" }],
    ["the time changed", { "webhook-timestamp": "1767225601" }],
  ])("%s: 401 and nothing happens", async (_, headers) => {
    expect((await send(body(), undefined, headers)).status).toBe(401);
    expect(s.puts).toEqual([]);
  });

  it("not a delivery, a scope of others, or a store that we do not know: 200", async () => {
    expect((await send("{}")).status).toBe(200);
    expect((await send("not json")).status).toBe(200);
    expect((await send(body({ scope: "store/cart/converted" }))).status).toBe(200);
    expect(s.puts).toEqual([]);
    expect((await send(body({ producer: "stores/nobody1234" }))).status).toBe(200);
    expect(s.puts).toMatchObject([{ inbox: "store:nobody1234" }]);
  });

  it("more than 64 KB is not read", async () => {
    expect((await send(body({ data: { id: 1, pad: "x".repeat(70_000) } }))).status).toBe(413);
  });

  it("an inbox that fails once is asked again; twice, BigCommerce sends again", async () => {
    s.state.inboxFails = 1;
    expect((await send(body())).status).toBe(200);
    s.state.inboxFails = 2;
    expect((await send(body())).status).toBe(500);
    expect(s.puts.length).toBe(1);
  });
});

describe("webhooks of a Store API account (bigcommerce.md 3.2)", () => {
  let secret: string;
  let header: Record<string, string>;
  beforeEach(async () => {
    const account = await s.control(`/${STORE}/api-accounts`);
    secret = String(account["client_secret"]);
    const form = { store: STORE, accessToken: account["access_token"], clientId: account["client_id"], clientSecret: secret };
    expect((await s.api("/api/stores", await s.signIn(), form)).status).toBe(201);
    const tenant = tenantOfRow(there(await storeRow(s.db, STORE as StoreHash)), STORE as StoreHash);
    header = { "x-lockstep-secret": there(await openCredentials(s.db, tenant, s.config.sealingKeys)).hookSecret };
    s.puts.length = 0;
  });

  it("are checked with that account's own secret, kept for 5 minutes", async () => {
    expect((await send(body(), secret, header)).status).toBe(200);
    const prepare = vi.spyOn(s.worker.DB, "prepare");
    expect((await send(body(), secret, header)).status).toBe(200);
    expect(prepare).not.toHaveBeenCalled();
    expect(s.puts.length).toBe(2);
  });

  it("speak for their own store only", async () => {
    expect((await send(body({ producer: "stores/inclstore1" }), secret, header)).status).toBe(401);
    expect(s.puts).toEqual([]);
  });

  it("validly signed without our header they wake up all the same, and the webhooks are looked after", async () => {
    expect((await send(body(), secret)).status).toBe(200);
    expect(s.puts[0]?.works).toEqual([{ kind: "order.changed", orderId: 250 }, { kind: "hooks.ensure" }]);
  });

  it("ever new store hashes from one address: after some hundreds nothing is read for it; what is validly signed goes on, from there too", async () => {
    const from = { "cf-connecting-ip": "203.0.113.7" };
    const guess = async (n: number, more: Record<string, string> = from) =>
      (await send(body({ producer: `stores/guess${n}` }), "a-wrong-secret-of-a-stranger", more)).status;
    expect((await send(body(), secret, header)).status).toBe(200);
    const asked: string[] = [];
    vi.spyOn(s.worker.API_LIMIT, "limit").mockImplementation(async ({ key }) => ({ success: asked.push(key) < 5 }));
    const prepare = vi.spyOn(s.worker.DB, "prepare");
    for (let n = 1; n <= 5; n++) expect(await guess(n)).toBe(401);
    expect(asked).toEqual(Array(5).fill("webhook:203.0.113.7"));
    prepare.mockClear();
    for (let n = 6; n <= 9; n++) expect(await guess(n)).toBe(429);
    expect((await send(body(), undefined, from)).status).toBe(200);
    expect((await send(body(), secret, { ...header, ...from })).status).toBe(200);
    expect(prepare).not.toHaveBeenCalled();
    expect([await guess(10, { "cf-connecting-ip": "203.0.113.8" }), prepare.mock.calls.length > 0]).toEqual([401, true]);
  });

  it("one store's deliveries from one address: a limit before the database, and another store's from there are read", async () => {
    const from = { "cf-connecting-ip": "203.0.113.7" };
    s.state.refuse.add("public:webhook:203.0.113.7:guess1");
    const guess = async (n: number) => (await send(body({ producer: `stores/guess${n}` }), "a-wrong-secret-of-a-stranger", from)).status;
    expect([await guess(1), await guess(2)]).toEqual([429, 401]);
  });

  it("a stranger's guesses cost one reading", async () => {
    await send(body(), "a-wrong-secret-of-a-stranger");
    const prepare = vi.spyOn(s.worker.DB, "prepare");
    expect((await send(body(), "a-wrong-secret-of-a-stranger")).status).toBe(401);
    expect(prepare).not.toHaveBeenCalled();
  });
});
