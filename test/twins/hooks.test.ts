import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { RETRY_SECONDS } from "./bigcommerce/deliveries.ts";
import { signWebhook } from "./bigcommerce/signature.ts";
import { rehearse } from "./rehearsal.ts";

const DESTINATION = "https://app.example.com/webhooks/bigcommerce";
const LINES = { lines: [{ sku: "CUP-ENAM" }] };

async function listening(scopes = ["store/order/*"], options = {}) {
  const room = rehearse({ switches: { inventoryNoise: false, plan: "unlimited", ...options } });
  const account = await room.connect();
  const hooks = [];
  for (const scope of scopes) {
    const { body } = await account.api<{ data: { id: number } }>("POST", "/v3/hooks", {
      scope,
      destination: DESTINATION,
      is_active: true,
      headers: { "x-shared": "s3" },
    });
    hooks.push(body.data.id);
  }
  return { ...room, account, hooks, order: () => room.control("/bigcommerce/demostore1/orders", LINES) };
}

describe("hooks", () => {
  it("of one client are invisible to another (bigcommerce.md 3.1)", async () => {
    const { account, connect } = await listening();
    expect((await account.api<{ data: unknown[] }>("GET", "/v3/hooks")).body.data).toHaveLength(1);
    expect((await (await connect()).api<{ data: unknown[] }>("GET", "/v3/hooks")).body.data).toEqual([]);
  });

  it("are one per scope and destination, and ten per scope (bigcommerce.md 3.1)", async () => {
    const { account } = await listening();
    const create = (path: string) =>
      account.api("POST", "/v3/hooks", { scope: "store/order/*", destination: `https://app.example.com${path}`, is_active: true });
    expect((await create("/webhooks/bigcommerce")).status).toBe(422);
    const statuses = [];
    for (let n = 1; n <= 10; n++) statuses.push((await create(`/${n}`)).status);
    expect(statuses).toEqual([...Array(9).fill(200), 422]);
  });

  it("need a destination over https (bigcommerce.md 3.1)", async () => {
    const { account } = await listening();
    const bad = await account.api("POST", "/v3/hooks", { scope: "store/order/created", destination: "http://app.example.com/x" });
    expect(bad.status).toBe(422);
    expect((await account.api("POST", "/v3/hooks", { scope: "store/order/created" })).body).toMatchObject({
      errors: { destination: "error.path.missing." },
    });
  });

  it("are silent until they are live (bigcommerce.md 3.1)", async () => {
    const { order, timer, calls } = await listening(undefined, { hookActivationMs: 60_000 });
    await order();
    await timer.advance(1_000);
    expect(calls).toEqual([]);
  });
});

describe("a delivery", () => {
  it("is signed with the bytes of the client's secret and carries custom headers (bigcommerce.md 3.2)", async () => {
    const { order, timer, calls, account } = await listening();
    await order();
    await timer.advance(1_000);
    const [first] = calls;
    if (!first) throw new Error("nothing arrived");
    const text = await first.text();
    const verifier = new Webhook(btoa(account.client_secret));
    expect(() => verifier.verify(text, Object.fromEntries(first.headers))).not.toThrow();
    expect(first.headers.get("x-shared")).toBe("s3");
    expect(JSON.parse(text)).toMatchObject({
      producer: "stores/demostore1",
      store_id: "1004821",
      scope: "store/order/created",
      data: { type: "order", id: 101 },
    });
  });

  it("has the signature of the test vector (bigcommerce.md 3.2)", async () => {
    const body =
      '{"producer":"stores/abc123","hash":"dd70c0976e06b67aaf671e73f49dcb79230ebf9d","created_at":1767225599,"store_id":"1025646","scope":"store/order/created","data":{"type":"order","id":250}}';
    const signature = await signWebhook("example_client_secret_123", "msg_01J0000000000000000000000", "1767225600", body);
    expect(signature).toBe("v1,mvlmuVxt5ePuPLAxCIqqeUu4n4onDY8Byj64zWsMkac=");
  });

  it("of a paid order: created, then 0 → 11, updated and the transaction (bigcommerce.md 3.5)", async () => {
    const { order, timer, hooksGot } = await listening();
    await order();
    await timer.advance(1_000);
    const got = await hooksGot();
    expect(got.map((hook) => hook.scope)).toEqual([
      "store/order/created",
      "store/order/statusUpdated",
      "store/order/updated",
      "store/order/transaction/created",
    ]);
    expect(got[1]?.data).toEqual({ type: "order", id: 101, status: { previous_status_id: 0, new_status_id: 11 } });
  });

  it("also has the channel's form (bigcommerce.md 3.4)", async () => {
    const { order, timer, hooksGot } = await listening(["store/channel/1/order/created"]);
    await order();
    await timer.advance(1_000);
    expect(await hooksGot()).toMatchObject([{ scope: "store/channel/1/order/created", data: { order_id: 101 } }]);
  });

  it("is tried again by the table, then the hook is switched off for good (bigcommerce.md 3.3)", async () => {
    const { order, timer, calls, account, hooks, appAnswers } = await listening(["store/order/created"]);
    appAnswers(500);
    await order();
    await timer.advance(1_000);
    expect(calls).toHaveLength(1);
    let tries = 1;
    for (const seconds of RETRY_SECONDS) {
      await timer.advance(seconds * 1000);
      tries += 1;
      expect(calls).toHaveLength(tries);
    }
    type Admin = { data: { hooks_list: { id: number; is_active: boolean; status: string }[] } };
    const { body } = await account.api<Admin>("GET", "/v3/hooks/admin");
    expect(body.data.hooks_list).toMatchObject([{ id: hooks[0], is_active: false, status: "deactivated" }]);
    await account.api("PUT", `/v3/hooks/${hooks[0]}`, { is_active: true });
    appAnswers(200);
    await order();
    await timer.advance(1_000);
    expect(calls).toHaveLength(tries + 1);
  });

  it("is dropped, doubled or late when a fault says so", async () => {
    const { control, order, timer, hooksGot } = await listening(["store/order/created"]);
    const fault = (kind: string) => control("/faults", [{ peer: "bigcommerce", kind, times: 1 }]);
    await fault("hooks-dropped");
    await order();
    await timer.advance(10_000);
    expect(await hooksGot()).toEqual([]);
    await fault("hooks-duplicated");
    await order();
    await timer.advance(10_000);
    const [one, two] = await hooksGot();
    expect(one).toEqual(two);
    await fault("hooks-reordered");
    await order();
    await order();
    await timer.advance(10_000);
    expect((await hooksGot()).slice(2).map((hook) => hook.data["id"])).toEqual([104, 103]);
  });

  it("stops for three minutes when a domain fails too often (bigcommerce.md 3.3)", async () => {
    const { account, order, timer, appAnswers } = await listening(["store/order/created"]);
    appAnswers(500);
    for (let n = 0; n < 100; n++) await order();
    await timer.advance(1_000);
    const { body } = await account.api<{ data: { blocked_domains: unknown[] } }>("GET", "/v3/hooks/admin");
    expect(body.data.blocked_domains).toMatchObject([{ destination: "app.example.com" }]);
  });
});
