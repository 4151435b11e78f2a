import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Connected } from "../../../scripts/connect.ts";
import type { OrderDetail, Settings } from "../../../worker/contract/index.ts";
import type { InboxStub } from "../../../worker/inbox/client.ts";
import { until } from "../../harness/until.ts";
import { type World, world } from "../../harness/world.ts";

/** F1: each flow on or off by itself; what is off makes no call, counted at both twins. */
let w: World;
let c: Connected;
beforeEach(() => {
  w = world();
});

const LINE = { lines: [{ sku: "TEE-MER-NVY-S" }], shipping: 9 };
/** Calls to both sides, without the upkeep of the webhooks, which is the connection's. */
const calls = () =>
  w.twins.world.trace
    .all()
    .filter((e) => e.peer === "cin7" || e.peer === "bigcommerce")
    .map((e) => `${e.method} ${new URL(e.url, "http://x").pathname.replace(/^.*\/(ExternalApi\/v2|stores\/[a-z0-9]+)/, "")}`)
    .filter((call) => !call.includes("/hooks"));
const connect = async (change: (settings: Settings) => void) => {
  c = await w.connect({ change });
};
const sent = async () => {
  const id = await w.order(c.store, LINE);
  w.twins.world.trace.clear();
  await w.run(c.store, [{ kind: "order.changed", orderId: id }]);
  return id;
};
const stagesOf = async (id: number) => (await c.panel<OrderDetail>("GET", `/api/stores/${c.store}/orders/${id}`)).order.stages;

describe("what is off makes no call (F1)", () => {
  it("orders: not for a notice, not for the catch-up check, not for the look at Cin7's sales", async () => {
    await connect((s) => {
      s.orders.on = false;
    });
    const id = await w.order(c.store, LINE);
    await w.run(c.store, []);
    const account = env.INBOX.getByName(`account:${c.account}`) as unknown as InboxStub;
    await until("the account's own work to be done", async () => {
      await account.poke();
      return ((await account.status()).nextDue ?? 0) >= Date.now() + 1_000;
    });
    w.twins.world.trace.clear();
    await w.run(c.store, [{ kind: "order.changed", orderId: id }, { kind: "orders.sweep" }]);
    await account.put([{ kind: "sales.sweep" }]);
    await account.poke();
    expect(calls()).toEqual([]);
  });

  it("invoices: the sale and its order, and nothing of money", async () => {
    await connect((s) => {
      s.invoice.status = "none";
      s.payments.on = false;
      s.seen.metafield = false;
    });
    const id = await sent();
    expect(calls().filter((call) => /invoice|payment|metafields/.test(call))).toEqual([]);
    expect(await stagesOf(id)).toEqual(["sale", "ordered"]);
  });

  // An order's transactions are read all the same: money of a gateway in test mode makes no sale (M20).
  it("payments: the invoice is there and stays unpaid", async () => {
    await connect((s) => {
      s.payments.on = false;
    });
    const id = await sent();
    expect(calls().filter((call) => /payment/.test(call))).toEqual([]);
    expect(await stagesOf(id)).toEqual(["sale", "ordered", "invoiced"]);
  });

  it("the sale's number back to BigCommerce: nothing is written to the order; all others on make their calls", async () => {
    await connect((s) => {
      s.seen.metafield = false;
    });
    const id = await sent();
    expect(calls().filter((call) => call.includes("metafields"))).toEqual([]);
    expect(calls().filter((call) => /^(POST|PUT|DELETE)/.test(call))).toContain("POST /sale/payment");
    expect(await stagesOf(id)).toContain("paid");
  });
});

describe("orders paused on Home, under load", () => {
  it("an order that is mapped and not begun stays here; taken again it goes by itself, once", async () => {
    await connect(() => {});
    const at = `/api/stores/${c.store}/settings/orders`;
    const id = await w.order(c.store, LINE);
    const stateOf = async () => (await c.panel<OrderDetail>("GET", `/api/stores/${c.store}/orders/${id}`)).order.state;
    const sales = () => calls().filter((call) => call === "POST /sale").length;
    // Mapped, and kept from its first write, as in a burst before its turn at Cin7 comes.
    await w.control("/faults", [
      { peer: "cin7", method: "GET", path: "/customer", kind: "status", status: 503, when: "before", times: 99 },
    ]);
    await w.put(c.store, [{ kind: "order.changed", orderId: id }]);
    await w.put(c.store, []);
    expect(await stateOf()).not.toBe("sent");
    await c.panel("POST", at, { on: false });
    await w.control("/faults", []);
    w.twins.world.trace.clear();
    await w.run(c.store, [{ kind: "order.send", orderId: id }]);
    expect([await stateOf(), sales()]).toEqual(["pending", 0]);
    await c.panel("POST", at, { on: true });
    await w.run(c.store, []);
    expect(await stateOf()).toBe("sent");
    expect(sales()).toBe(1);
  });
});
