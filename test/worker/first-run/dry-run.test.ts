import { beforeEach, describe, expect, it } from "vitest";
import { type ApiFailure, type Connected, openPanel } from "../../../scripts/connect.ts";
import type { Home, OpenOrders, OrderDetail, OtherConnection, SettingsReply, Trial } from "../../../worker/contract/index.ts";
import { LATER } from "../../../worker/first-run/dry-run.ts";
import { PLACE, type World, world } from "../../harness/world.ts";

let w: World;
let c: Connected;
beforeEach(async () => {
  w = world();
});

const at = (path: string) => `/api/stores/${c.store}${path}`;
const refusal = async (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: ApiFailure) => ({ status: error.status, ...(JSON.parse(error.body) as { error: { code: string; message: string } }).error }),
  );

const FORMS = [
  { lines: [{ sku: "TEE-MER-NVY-S", quantity: 2 }], shipping: 9 },
  { lines: [{ sku: "TEE-MER-NVY-M", quantity: 3, wrapping: 2.5 }], coupon: "WELCOME10", shipping: 12.5, handling: 3 },
  { lines: [{ custom: true, name: "Engraving", price: 7.35 }, { sku: "TEE-MER-NVY-L" }], discount: 5, customerMessage: "Ring twice" },
  { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }], address: { country: "New Zealand", country_iso2: "NZ", state: "", zip: "6011" } },
  { lines: [{ giftCertificate: true, name: "Gift certificate", price: 50 }] },
];

describe("the trial of the last orders (N4)", () => {
  it("shows the very bytes that are sent afterwards, and writes nothing anywhere", async () => {
    c = await w.connect();
    // The sweep that follows Setup finds nothing yet, and comes again only later.
    await w.run(c.store, [{ kind: "orders.sweep" }]);
    const ids = [];
    for (const form of FORMS) ids.push(await w.order(c.store, form));
    const unpaid = await w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S" }], statusId: 7, paymentMethod: "Bank Deposit" });

    const before = JSON.stringify(w.twins.cin7.state());
    w.twins.world.trace.clear();
    const trial = await c.panel<Trial>("POST", at("/trial"), {});
    const calls = w.twins.world.trace.all().filter((e) => e.peer !== "app");
    expect(new Set(calls.map((call) => call.method))).toEqual(new Set(["GET"]));
    expect(JSON.stringify(w.twins.cin7.state())).toBe(before);
    expect((await c.panel<{ total: number }>("GET", at("/orders?view=log"))).total).toBe(0);

    expect(trial.orders.map((o) => o.id)).toEqual([...ids].reverse());
    expect(trial.orders.map((o) => [o.verdict, o.tie])).toEqual(ids.map(() => ["taken", true]));
    expect([trial.taken, trial.tie]).toEqual([5, 5]);
    expect((await c.panel<Trial>("POST", at("/trial"), { ids: [unpaid, 999_999] })).orders).toMatchObject([
      { id: unpaid, verdict: "not-taken", why: [expect.stringContaining("not paid yet")], bodies: [] },
    ]);

    await w.run(
      c.store,
      ids.map((orderId) => ({ kind: "order.changed", orderId })),
    );
    let compared = 0;
    for (const order of trial.orders) {
      const page = await c.panel<OrderDetail>("GET", at(`/orders/${order.id}`));
      const sent = page.attempts.filter((a) => a.method === "POST" && a.side === "Cin7 Core" && a.path.startsWith("/sale")).reverse();
      expect(
        sent.map((a) => [a.step, a.path]),
        String(order.id),
      ).toEqual(order.bodies.map((b) => [b.step, b.path]));
      for (const [i, body] of order.bodies.entries()) {
        const real = JSON.parse(sent[i]?.request ?? "{}") as Record<string, string>;
        const filled = body.body
          .replace(LATER.customer, real["CustomerID"] ?? "")
          .replaceAll(LATER.sale, real["SaleID"] ?? "")
          .replace(LATER.invoice, real["TaskID"] ?? "");
        expect(filled, `${order.id} ${body.step}`).toBe(sent[i]?.request);
        compared++;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(19);
    // Again, now that they are sent: the same bytes, and customers that are known.
    const again = await c.panel<Trial>("POST", at("/trial"), {});
    expect(again.orders.map((o) => o.tie)).toEqual(ids.map(() => true));
    const unknown = again.orders.filter((order) => order.bodies.some(({ body }) => body.includes(LATER.customer)));
    expect(unknown.map((order) => order.id)).toEqual([]);
  });

  it("an order in another currency shows the payment on that currency's account, as it is sent (M16, N4)", async () => {
    c = await w.connect({
      change: (settings) => {
        for (const method of settings.payments.methods)
          if (method.key === "stripe") method.currencies = [{ currency: "USD", account: "715" }];
      },
    });
    await fetch(`${PLACE.twins}/control/bigcommerce/${c.store}/currencies/USD`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ is_transactional: true }),
    });
    const id = await w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S" }], shipping: 9, currency: "USD", address: { country_iso2: "NZ" } });
    const trial = await c.panel<Trial>("POST", at("/trial"), { ids: [id] });
    const shown = trial.orders[0]?.bodies.filter((b) => b.path === "/sale/payment").map((b) => JSON.parse(b.body) as { Account: string });
    expect(shown).toMatchObject([{ Account: "715" }]);
    await w.run(c.store, [{ kind: "order.changed", orderId: id }]);
    const page = await c.panel<OrderDetail>("GET", at(`/orders/${id}`));
    const sent = page.attempts.filter((a) => a.method === "POST" && a.path === "/sale/payment").map((a) => JSON.parse(a.request ?? "{}"));
    expect(sent).toMatchObject([{ Account: "715" }]);
  });

  it("says what would be held, and under which number of a person's rights it may be asked", async () => {
    c = await w.connect({ change: (settings) => void delete settings.charges.items.handling });
    await w.order(c.store, FORMS[1]);
    const trial = await c.panel<Trial>("POST", at("/trial"), {});
    expect(trial).toMatchObject({ taken: 0, tie: 0, orders: [{ verdict: "held", why: [expect.stringContaining("handling")], tie: null }] });
    const { checklist } = await c.panel<Home>("GET", at("/home"));
    expect(checklist.find((s) => s.id === "trial")?.text).toBe("0 of 1 total ties.");
    const staff = await openPanel(PLACE, c.store, "launch", { userId: 4103 });
    expect(await refusal(staff("POST", at("/trial"), {}))).toMatchObject({ status: 403 });
    expect(await refusal(c.panel("POST", at("/trial"), { ids: Array.from({ length: 21 }, (_, i) => i + 1) }))).toMatchObject({
      status: 400,
    });
  });

  it("an order with a SKU that Cin7 Core does not know would be taken, and it is said that no stock moves", async () => {
    c = await w.connect();
    const id = await w.order(c.store, { lines: [{ sku: "MUG-BLU-NEW", price: 12, name: "Blue enamel mug" }] });
    const { orders } = await c.panel<Trial>("POST", at("/trial"), { ids: [id] });
    expect(orders).toMatchObject([{ verdict: "taken", tie: true, why: [expect.stringContaining("without stock")] }]);
  });
});

describe("before orders are switched on (M22, M42)", () => {
  const off = (settings: SettingsReply["settings"]) => {
    settings.orders.on = false;
  };
  const switchOn = async () => {
    const { version, settings } = await c.panel<SettingsReply>("GET", at("/settings"));
    settings.orders.on = true;
    return c.panel<SettingsReply>("PUT", at("/settings"), { basedOn: version, settings });
  };

  it("another connection that wrote sales just now blocks it until a named person says it is off", async () => {
    c = await w.connect({ change: off });
    const id = await w.order(c.store, FORMS[0]);
    await foreignSale(id);
    const other = await c.panel<OtherConnection>("POST", at("/other-connection"), {});
    expect(other).toMatchObject({ found: [{ name: "Something else", sales: 1 }], off: null, blocks: true });
    expect(await refusal(switchOn())).toMatchObject({
      status: 409,
      code: "other-connection",
      message: expect.stringContaining("sent 1 sale"),
    });
    expect((await c.panel<SettingsReply>("GET", at("/settings"))).settings.orders.on).toBe(false);
    const said = await c.panel<OtherConnection>("POST", at("/other-connection/off"), {});
    expect(said.off?.by).toContain("@");
    expect((await switchOn()).settings.orders.on).toBe(true);
  });

  it("nobody to hear of trouble blocks it", async () => {
    c = await w.connect({ change: off });
    const { env } = await import("cloudflare:workers");
    await env.DB.prepare("DELETE FROM alert_addresses").run();
    expect(await refusal(switchOn())).toMatchObject({ status: 409, code: "no-alerts" });
  });

  it("open orders of before are listed, those in Cin7 Core left out, the chosen ones taken (M21)", async () => {
    const early = [];
    c = await w.connect({ change: off });
    const dateCreated = new Date(Date.now() - 60_000).toUTCString();
    for (const form of FORMS.slice(0, 3)) early.push(await w.order(c.store, { ...form, dateCreated }));
    await foreignSale(early[0] as number);
    await w.order(c.store, { ...FORMS[0], statusId: 2, dateCreated });
    expect(await refusal(c.panel("POST", at("/open-orders"), { ids: early }))).toMatchObject({ status: 409, code: "orders-off" });
    await c.panel("POST", at("/other-connection/off"), {});
    await switchOn();
    const open = await c.panel<OpenOrders>("GET", at("/open-orders"));
    expect(open.orders.map((o) => [o.id, o.saleNumber !== null]).sort()).toEqual([
      [early[0], true],
      [early[1], false],
      [early[2], false],
    ]);
    expect(await c.panel("POST", at("/open-orders"), { ids: [early[1], early[2]] })).toEqual({ taken: 2 });
    await w.run(c.store, []);
    const { accounts } = w.twins.cin7.state() as { accounts: Record<string, { sales: Record<string, { ExternalID: string | null }> }> };
    const marks = Object.values(accounts[c.account]?.sales ?? {}).map((sale) => sale.ExternalID ?? "");
    expect(marks.filter((mark) => mark.startsWith("ls:")).sort()).toEqual([`ls:${c.store}:${early[1]}:g1`, `ls:${c.store}:${early[2]}:g1`]);
  });

  it("a chosen order that is paid only later is taken then: what a person chose stays chosen (M21)", async () => {
    c = await w.connect({
      change: (settings) => {
        off(settings);
        for (const method of settings.payments.methods) method.countsAsPaid = "awaiting-fulfillment";
      },
    });
    const dateCreated = new Date(Date.now() - 60_000).toUTCString();
    const [chosen, other] = [await unpaid(dateCreated), await unpaid(dateCreated)];
    await c.panel("POST", at("/other-connection/off"), {});
    await switchOn();
    expect(await c.panel("POST", at("/open-orders"), { ids: [chosen] })).toEqual({ taken: 1 });
    await w.run(c.store, []);
    const states = async () =>
      Promise.all(
        [chosen, other].map(async (id) => (await c.panel<OrderDetail>("GET", at(`/orders/${id}`)).catch(() => null))?.order.state),
      );
    expect((await states())[0]).toBe("not-taken");
    for (const id of [chosen, other]) await control(`/orders/${id}/status`, { statusId: 11 });
    await w.run(
      c.store,
      [chosen, other].map((orderId) => ({ kind: "order.changed" as const, orderId })),
    );
    expect(await states()).toEqual(["sent", "not-taken"]);
  });

  const unpaid = (dateCreated: string) =>
    w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S" }], statusId: 7, paymentMethod: "Bank Deposit", dateCreated });
  const control = (path: string, body: unknown) =>
    fetch(`${PLACE.twins}/control/bigcommerce/${c.store}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  /** What another tool does: a sale with the order's number and without our mark. */
  async function foreignSale(orderId: number) {
    const keys = (await (await fetch(`${PLACE.twins}/control/cin7/${c.account}/credentials`)).json()) as { applicationKey: string };
    const { settings } = await c.panel<SettingsReply>("GET", at("/settings"));
    const headers = { "api-auth-accountid": c.account, "api-auth-applicationkey": keys.applicationKey, "content-type": "application/json" };
    const body = {
      CustomerID: settings.customers.defaultCustomer?.id,
      Location: settings.location.salesShipFrom?.name,
      CustomerReference: String(orderId),
      SkipQuote: true,
    };
    const answer = await fetch(`${PLACE.twins}/cin7/ExternalApi/v2/sale`, { method: "POST", headers, body: JSON.stringify(body) });
    expect(answer.status, await answer.clone().text()).toBe(200);
  }
});
