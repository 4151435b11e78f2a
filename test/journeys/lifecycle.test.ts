import { beforeAll, describe, expect, it } from "vitest";
import { type Api, accountOf, type Connected, connect, openPanel, signIn } from "../../scripts/connect.ts";
import type {
  AttentionList,
  Disconnecting,
  Home,
  LinkCode,
  OrderDetail,
  OrderList,
  People,
  SettingsReply,
} from "../../worker/contract/index.ts";
import { until } from "../harness/until.ts";
import { confirmAddresses, mails } from "./judge.ts";
import { journey, placeOrder, salesOf, stateOf } from "./stack.ts";

/** From the first alert to the end of a connection and back, over real HTTP. */
const place = journey(import.meta.filename);
let c: Connected;
beforeAll(async () => {
  c = await connect(place);
});

const at = (path: string) => `/api/stores/${c.store}${path}`;
const STORE_NAME = async (api: Api) => (await api<{ stores: { name: string }[] }>("GET", "/api/me")).stores[0]?.name ?? "";
const inCin7 = (id: number, api = c.panel) =>
  until(`order ${id} to be paid in Cin7`, async () => {
    const page = await api<OrderDetail>("GET", at(`/orders/${id}`)).catch(() => null);
    return page?.order.stages.includes("paid") && page;
  });
const salesPerOrder = async () => {
  const counts = new Map<string, number>();
  for (const sale of await salesOf(place.twins, c.account))
    if (sale.ExternalID?.startsWith("ls:") && sale.Status !== "VOIDED") counts.set(sale.ExternalID, (counts.get(sale.ExternalID) ?? 0) + 1);
  return [...counts.values()];
};

describe("people and alerts", () => {
  it("a test message reaches the address; a new problem that holds an order is told of once (M42)", async () => {
    await confirmAddresses(place, c);
    await c.panel("POST", at("/alerts/test"), { area: "orders" });
    expect((await mails(place))[0]).toMatchObject({ to: ["orders@harbour.example"], subject: "Test message of Lockstep" });
    const before = await c.panel<SettingsReply>("GET", at("/settings"));
    const gap = structuredClone(before.settings);
    gap.tax.classes = gap.tax.classes.filter((row) => row.classId !== 0);
    const saved = await c.panel<SettingsReply>("PUT", at("/settings"), { basedOn: before.version, settings: gap });
    const order = await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] });
    const told = await until("the alert", async () =>
      (await mails(place)).find((m) => m.to.includes("books@harbour.example") && !m.subject.includes("confirms")),
    );
    expect(told.subject).toContain(`Order ${order.id} is held`);
    await c.panel("PUT", at("/settings"), { basedOn: saved.version, settings: before.settings });
    await inCin7(order.id);
    expect((await c.panel<AttentionList>("GET", at("/attention"))).total).toBe(0);
  });

  it("a new user can only look; Home tells the owner, whose answer acts at once (M47)", async () => {
    const staff = await openPanel(place, c.store, "launch", { userId: 4103 });
    const process = () =>
      staff("POST", at("/orders/100/process")).then(
        () => 200,
        (error: { status: number }) => error.status,
      );
    expect(await process()).toBe(403);
    const [person] = (await c.panel<Home>("GET", at("/home"))).newPeople;
    await c.panel("PUT", at(`/people/${person?.id}`), { role: "operate" });
    expect(await process()).not.toBe(403);
    expect((await c.panel<People>("GET", at("/people"))).people.map((p) => p.role)).toEqual(
      expect.arrayContaining(["configure", "operate"]),
    );
  });
});

describe("disconnect and reconnect (N20)", () => {
  it("0 duplicates and 0 lost links: every order finds its sale, orders of the time between come once", async () => {
    const ids: number[] = [];
    for (const quantity of [1, 2, 3])
      ids.push((await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-M", quantity }] })).id);
    for (const id of ids) await inCin7(id);
    const evidence = await fetch(`${place.app}${at("/evidence?part=orders")}`).then((r) => r.status);
    expect(evidence, "not without a session").toBe(401);
    const sales = (await salesPerOrder()).length;

    const reply = await c.panel<Disconnecting>("POST", at("/disconnect"), { confirm: await STORE_NAME(c.panel), choice: "keep-links" });
    expect(reply.keptUntil).not.toBeNull();
    // An order comes while it closes.
    const between = await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-L", quantity: 1 }] });
    await expect(c.panel("GET", "/api/me")).rejects.toMatchObject({ status: 401 });
    await until("the webhooks to be gone", async () => (await stateOf(place.twins)).bigcommerce.stores[c.store]?.hooks.length === 0);
    await until("the end of the disconnect", async () =>
      openPanel(place, c.store, "launch").then(
        () => false,
        (error: Error) => error.message.includes("answered 403"),
      ),
    );
    expect((await salesPerOrder()).length).toBe(sales);

    const panel = await openPanel(place, c.store, "install");
    const { accountId, applicationKey } = await accountOf(place);
    const console = await signIn(place, accountId, applicationKey);
    const { code } = await console<LinkCode>("POST", "/api/link-codes");
    await panel("POST", at("/link"), { code });
    const settings = await until("the settings", async () => {
      const found = await panel<SettingsReply>("GET", at("/settings"));
      return found.version > 0 && found;
    });
    // Setup is as it was, orders are off: a person switches them on, by the checks of a first time (M22, M42).
    expect([settings.settings.orders.on, settings.settings.tax]).toEqual([false, c.settings.tax]);
    const on = { ...settings.settings, orders: { ...settings.settings.orders, on: true } };
    const save = () => panel<SettingsReply>("PUT", at("/settings"), { basedOn: settings.version, settings: on });
    await expect(save()).rejects.toMatchObject({ status: 409 });
    await panel("PUT", at("/alerts"), { orders: "orders@harbour.example", money: "books@harbour.example" });
    await save();
    const log = await until("the orders in the log", async () => {
      const { rows } = await panel<OrderList>("GET", at("/orders?view=log&perPage=100"));
      return ids.every((id) => rows.some((row) => row.id === id)) && rows;
    });
    for (const id of ids) expect(log.find((row) => row.id === id)).toMatchObject({ state: "sent", customer: "" });
    // The one of the time between is found by the catch-up check.
    await panel("POST", at("/open-orders"), { ids });
    await inCin7(between.id, panel);
    const after = await salesPerOrder();
    expect(after.length).toBe(sales + 1);
    expect(after.every((n) => n === 1)).toBe(true);
    const invoices = (await salesOf(place.twins, c.account))
      .filter((s) => s.ExternalID?.startsWith("ls:"))
      .map((s) => s.Invoices.filter((i) => i.Status !== "VOIDED").length);
    expect(invoices.every((n) => n === 1)).toBe(true);
    c = { ...c, panel, console };
  });

  it("a shopper is erased: what was sent for them is gone, the sale stays (M46)", async () => {
    const order = await placeOrder(place.twins, c.store, {
      lines: [{ sku: "TEE-MER-NVY-S" }],
      customer: { email: "erase.me@example.org", first_name: "Erase", last_name: "Me" },
    });
    const page = await inCin7(order.id);
    expect(JSON.stringify(page)).toContain("erase.me@example.org");
    expect(await c.panel("POST", at("/erase"), { email: "Erase.Me@example.org" })).toMatchObject({ orders: 1, waiting: 0 });
    const after = await c.panel<OrderDetail>("GET", at(`/orders/${order.id}`));
    expect(JSON.stringify(after)).not.toContain("erase.me");
    expect(after.order.saleNumber).toBe(page.order.saleNumber);
  });

  it("moving to another account keeps the store installed and its history (F6)", async () => {
    const known = (await c.panel<OrderList>("GET", at("/orders?view=log"))).total;
    await c.panel("POST", at("/disconnect"), { confirm: c.store, choice: "move" });
    const panel = await until("the link to end", async () => {
      // A link that was made before the end of the former connection is not taken after it.
      const api = await openPanel(place, c.store, "launch").catch(() => null);
      const me = api && (await api<{ stores: { state: string; account: unknown }[] }>("GET", "/api/me").catch(() => null));
      return me?.stores[0]?.state === "active" && me.stores[0].account === null && api;
    });
    const { accountId, applicationKey } = await accountOf(place, 1);
    const console = await signIn(place, accountId, applicationKey);
    const { code } = await console<LinkCode>("POST", "/api/link-codes");
    await panel("POST", at("/link"), { code });
    expect(await panel("GET", at("/history"))).toMatchObject({ total: known });
    expect((await panel<OrderList>("GET", at("/orders?view=log"))).total).toBe(0);
    expect((await panel<SettingsReply>("GET", at("/settings"))).version).toBe(0);
  });
});
