import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connected, ConnectOptions } from "../../scripts/connect.ts";
import type { AttentionList, OrderDetail, Settings, SettingsReply } from "../../worker/contract.ts";
import type { InboxStub } from "../../worker/inbox/client.ts";
import { PLACE, type World, world } from "./world.ts";

/** Each text says a way out: these tests go it, with the real Worker on both twins (design 9, M28, M11, M12, M27). */
let w: World;
let c: Connected;
beforeEach(() => {
  w = world();
}, 30_000);
afterEach(() => w.stop(c.store));

type Sale = {
  ID: string;
  ExternalID: string;
  Status: string;
  Customer: string;
  Location: string;
  Order: { Status: string; Lines: { SKU: string }[]; AdditionalCharges: { Description: string }[] };
  Invoices: { Status: string; Total: number; InvoiceDate: string; InvoiceDueDate: string; Payments: { Amount: number }[] }[];
};
type Books = {
  sales: Record<string, Sale>;
  customers: Record<string, { ID: string; Name: string }>;
  locations: { ID: string; Name: string }[];
};
const books = async () => {
  const state = (await (await fetch(`${PLACE.twins}/control/state`)).json()) as { cin7: { accounts: Record<string, Books> } };
  return state.cin7.accounts[c.account] as Books;
};
const at = (path: string) => `/api/stores/${c.store}${path}`;
const FORM = { lines: [{ sku: "TEE-MER-NVY-S", quantity: 2 }], shipping: "9.95" };
const page = (id: number) => c.panel<OrderDetail>("GET", at(`/orders/${id}`));
const salesOf = async (id: number) => Object.values((await books()).sales).filter((s) => s.ExternalID.startsWith(`ls:${c.store}:${id}:`));
const saleOf = async (id: number) => (await salesOf(id)).at(-1) as Sale;
const inCin7 = async (id: number, what: string, body: unknown = {}) =>
  w.control(`/cin7/${c.account}/sales/${(await saleOf(id)).ID}/${what}`, body);
const status = (id: number, statusId: number) => w.control(`/bigcommerce/${c.store}/orders/${id}/status`, { statusId });
const changed = (orderId: number, pressed = false) => w.run(c.store, [{ kind: "order.changed", orderId, ...(pressed ? { pressed } : {}) }]);
const refuse = (path: string, text: string, times = 1) =>
  w.control("/faults", [{ peer: "cin7", kind: "refuse", method: "POST", path: `${path}$`, text, times }]);
const kinds = async (id: number) => (await page(id)).problems.map((p) => p.kind);
async function save(change: (settings: Settings) => void): Promise<void> {
  const { version, settings } = await c.panel<SettingsReply>("GET", at("/settings"));
  change(settings);
  await c.panel("PUT", at("/settings"), { basedOn: version, settings });
}
/** The queue until nothing is due, scheduled checks too. */
async function settled(orderId: number, wanted: (p: OrderDetail) => boolean): Promise<OrderDetail> {
  const inbox = env.INBOX.getByName(`store:${c.store}`) as unknown as InboxStub;
  const end = Date.now() + 25_000;
  for (;;) {
    await inbox.poke();
    const now = await page(orderId);
    if (wanted(now) || Date.now() > end) return now;
    await new Promise((done) => setTimeout(done, 200));
  }
}
const open = (options: ConnectOptions = {}) => w.connect(options);
const order = async (form: unknown = FORM) => w.order(c.store, form);

describe("cancelled while it is on its way (M28)", () => {
  it("after the sale and before its order document: the sale is voided once, nothing further is written", async () => {
    c = await open();
    const id = await order();
    await refuse("/sale/order", "Try later");
    await changed(id);
    expect([await kinds(id), (await saleOf(id)).Order.Status]).toEqual([["cin7-refused"], "NOT AVAILABLE"]);
    await status(id, 5);
    await changed(id);
    const after = await page(id);
    expect(after.order).toMatchObject({ state: "not-taken", note: expect.stringMatching(/cancelled in BigCommerce; .*voided/) });
    expect(after.problems).toEqual([]);
    expect((await salesOf(id)).map((s) => s.Status)).toEqual(["VOIDED"]);
    await changed(id);
    expect((await page(id)).attempts.filter((a) => a.method === "DELETE")).toHaveLength(1);
  }, 60_000);

  it("un-cancelled, the voided sale is not revived: a person creates it again, as the text says", async () => {
    c = await open();
    const id = await order();
    await refuse("/sale/order", "Try later");
    await changed(id);
    await status(id, 5);
    await changed(id);
    await status(id, 11);
    await changed(id);
    expect(await kinds(id)).toEqual(["sale-voided"]);
    await changed(id, true);
    expect((await page(id)).order).toMatchObject({ state: "sent", stages: expect.arrayContaining(["paid"]) });
    expect((await salesOf(id)).map((s) => [s.ExternalID.split(":").at(-1), s.Status === "VOIDED"])).toEqual([
      ["g1", true],
      ["g2", false],
    ]);
  }, 60_000);

  it("the answer to the sale is lost: what was begun is looked for before anything is concluded", async () => {
    c = await open();
    const id = await order();
    await w.control("/faults", [{ peer: "cin7", kind: "reset", method: "POST", path: "/sale$", times: 1 }]);
    const inbox = env.INBOX.getByName(`store:${c.store}`) as unknown as InboxStub;
    await inbox.put([{ kind: "order.changed", orderId: id }]);
    await inbox.poke();
    await status(id, 5);
    await inbox.put([{ kind: "order.changed", orderId: id }]);
    const after = await settled(id, (p) => p.order.state === "not-taken");
    expect(after.order.state).toBe("not-taken");
    expect((await salesOf(id)).map((s) => s.Status)).toEqual(["VOIDED"]);
  }, 60_000);

  it("an order that is in Cin7 gets no invoice and no payment any more", async () => {
    c = await open({ change: (s) => void Object.assign(s.invoice, { when: "when-shipped" }) });
    const id = await order();
    await changed(id);
    await status(id, 5);
    await changed(id);
    await inCin7(id, "ship", {});
    await w.run(c.store, [{ kind: "order.money", orderId: id }]);
    expect((await saleOf(id)).Invoices).toEqual([]);
    expect(await kinds(id)).toEqual(["changed-after-sale"]);
  }, 60_000);
});

describe("what Cin7 refuses for a name or an ID of yesterday", () => {
  it("a renamed location and a renamed charge item: Setup follows by ID, and the order goes by itself", async () => {
    c = await open();
    const before = c.settings.location.salesShipFrom as { id: string; name: string };
    await w.control(`/cin7/${c.account}/locations/${before.id}/rename`, { name: "Melbourne" });
    const first = await order();
    await changed(first);
    const sent = await settled(first, (p) => p.order.stages.includes("paid"));
    expect(sent.order).toMatchObject({ state: "sent", stages: expect.arrayContaining(["paid"]) });
    expect(await saleOf(first)).toMatchObject({ Location: "Melbourne" });
    const { rows } = await c.panel<AttentionList>("GET", at("/attention"));
    expect(rows.filter((row) => row.kind === "setting-renamed").map((row) => row.title)).toEqual([
      `Cin7 Core now calls "${before.name}" "Melbourne".`,
    ]);

    const { productId } = c.settings.charges.items.shipping as { productId: string };
    await api("PUT", "/product", { ID: productId, Name: "Freight" });
    const second = await order();
    await changed(second);
    const done = await settled(second, (p) => p.order.stages.includes("paid"));
    expect(done.order).toMatchObject({ state: "sent", stages: expect.arrayContaining(["paid"]) });
    expect((await saleOf(second)).Order.AdditionalCharges.map((charge) => charge.Description)).toEqual(["Freight"]);
    expect(await salesOf(second)).toHaveLength(1);
  }, 90_000);

  it("a known shopper whose customer was deprecated gets another one (M27)", async () => {
    c = await open();
    await w.control("/switches", { deprecatedCustomer: "refuse" });
    const shopper = { ...FORM, billing: { email: "ana.k@example.org", first_name: "Ana", last_name: "Keller" } };
    const first = await order(shopper);
    await changed(first);
    const { Customer } = await saleOf(first);
    const known = Object.values((await books()).customers).find((row) => row.Name === Customer) as { ID: string };
    await w.control(`/cin7/${c.account}/customers/${known.ID}/deprecate`);
    const [second, third] = [await order(shopper), await order(shopper)];
    await changed(second);
    expect((await page(second)).order.state).toBe("sent");
    await changed(third);
    const [a, b] = [(await saleOf(second)).Customer, (await saleOf(third)).Customer];
    expect([a !== Customer, a === b]).toEqual([true, true]);
    expect((await page(third)).attempts.filter((x) => x.outcome === "refused")).toEqual([]);
  }, 60_000);
});

describe("ways out of a total that differs or a refused order (M1)", () => {
  it("an order document that was refused is mapped anew by today's Setup, on the same sale", async () => {
    c = await open();
    const id = await order();
    await refuse("/sale/order", "Tax rule is not allowed here");
    await changed(id);
    expect(await kinds(id)).toEqual(["cin7-refused"]);
    await save((s) => void Object.assign(s.invoice, { revenueAccount: "200" }));
    await changed(id);
    const after = await page(id);
    expect(after.order).toMatchObject({ state: "sent", stages: expect.arrayContaining(["paid"]) });
    expect(after.mapped?.settingsVersion).toBe((await c.panel<SettingsReply>("GET", at("/settings"))).version);
    expect((await salesOf(id)).map((s) => s.ExternalID.split(":").at(-1))).toEqual(["g1"]);
  }, 60_000);

  it("a draft order that somebody changed: void the sale, process the order, and it is created and paid again", async () => {
    c = await open({ change: (s) => void Object.assign(s.sale, { status: "draft" }) });
    const id = await order();
    await changed(id);
    const { ID } = await saleOf(id);
    await edit(ID, 1);
    await w.run(c.store, [{ kind: "order.money", orderId: id }]);
    expect(await kinds(id)).toEqual(["cin7-total-differs"]);
    expect((await page(id)).problems[0]?.text).toMatch(/Void the sale there; then process the order: the sale is created again/);
    await save((s) => void Object.assign(s.sale, { status: "authorised" }));
    await inCin7(id, "void");
    await changed(id, true);
    const after = await page(id);
    expect(after.order).toMatchObject({ state: "sent", stages: expect.arrayContaining(["paid"]) });
    expect(after.problems).toEqual([]);
    expect((await salesOf(id)).map((s) => s.Status === "VOIDED")).toEqual([true, false]);
  }, 60_000);

  it("an invoice of another total: corrected in Cin7 it is compared again and paid", async () => {
    c = await open({ change: (s) => void Object.assign(s.invoice, { status: "draft" }) });
    const id = await order();
    await changed(id);
    const { ID } = await saleOf(id);
    const invoice = await api("GET", `/sale/invoice?SaleID=${ID}`);
    const [{ TaskID, Lines }] = invoice["Invoices"] as [{ TaskID: string; Lines: Record<string, number>[] }];
    const wrong = Lines.map((line) => ({ ...line, Price: 1, Total: line["Quantity"] as number, Tax: 0.2 }));
    await api("PUT", "/sale/invoice", { SaleID: ID, TaskID, Lines: wrong });
    await inCin7(id, "invoice");
    await w.run(c.store, [{ kind: "order.money", orderId: id }]);
    expect(await kinds(id)).toEqual(["cin7-total-differs"]);
    expect((await page(id)).problems[0]?.text).toMatch(/Correct the invoice there, or void the sale; then process the order/);
    // Corrected: undone, put right, authorised again.
    await api("DELETE", `/sale?ID=${ID}&Void=false`);
    const order_ = await api("GET", `/sale/order?SaleID=${ID}`);
    await api("POST", "/sale/order", {
      SaleID: ID,
      Memo: "",
      Status: "AUTHORISED",
      Lines: order_["Lines"],
      AdditionalCharges: order_["AdditionalCharges"],
    });
    await api("PUT", "/sale/invoice", { SaleID: ID, TaskID, Lines });
    await inCin7(id, "invoice");
    await changed(id, true);
    const after = await page(id);
    expect(after.problems).toEqual([]);
    expect(after.order.stages).toContain("paid");
  }, 60_000);

  it("a paid sale that was voided by mistake: Process creates it again with its payment", async () => {
    c = await open();
    const id = await order();
    await changed(id);
    await inCin7(id, "void");
    await w.run(c.store, [{ kind: "sale.check", orderId: id }]);
    await changed(id, true);
    const living = (await salesOf(id)).filter((s) => s.Status !== "VOIDED");
    expect(living.map((s) => s.Invoices[0]?.Payments.length)).toEqual([1]);
    expect((await page(id)).order.stages).toEqual(expect.arrayContaining(["invoiced", "paid"]));
  }, 60_000);
});

describe("invoices that somebody else makes, and when they are due", () => {
  it("no invoice: the payment waits, is listed, and follows the invoice that is made in Cin7 (M11, F117)", async () => {
    c = await open({ change: (s) => void Object.assign(s.invoice, { status: "none" }) });
    const id = await order();
    await changed(id);
    expect((await page(id)).payments).toMatchObject([{ state: "waits", why: expect.stringContaining("invoice to be made") }]);
    await inCin7(id, "invoice");
    await w.run(c.store, [{ kind: "order.money", orderId: id }]);
    expect((await page(id)).payments).toMatchObject([{ state: "posted" }]);
    expect((await saleOf(id)).Invoices.map((i) => [i.Status, i.Payments.length])).toEqual([["PAID", 1]]);
  }, 60_000);

  it("what is not paid yet is due by the customer's terms, what is paid at once (M12), and the trial shows the same day", async () => {
    c = await open({
      change: (s) => {
        s.orders.captureWhen = "created";
        s.customers.guests = "default-customer";
      },
    });
    const customer = c.settings.customers.defaultCustomer as { id: string };
    await api("PUT", "/customer", { ID: customer.id, PaymentTerm: "30 days" });
    const open_ = await order({ ...FORM, paymentMethod: "Bank Deposit", statusId: 7, billing: { email: "new.a@example.org" } });
    const paid = await order({ ...FORM, billing: { email: "new.b@example.org" } });
    const trial = await c.panel<{ orders: { id: number; bodies: { path: string; body: string }[] }[] }>("POST", at("/trial"), {
      ids: [open_],
    });
    const shown = trial.orders[0]?.bodies.find((b) => b.path === "/sale/invoice")?.body ?? "{}";
    await changed(open_);
    await changed(paid);
    const days = async (id: number) => {
      const invoice = (await saleOf(id)).Invoices[0];
      return (Date.parse(invoice?.InvoiceDueDate ?? "") - Date.parse(invoice?.InvoiceDate ?? "")) / 86_400_000;
    };
    expect([await days(open_), await days(paid)]).toEqual([30, 0]);
    expect((JSON.parse(shown) as { InvoiceDueDate: string }).InvoiceDueDate).toContain(
      (await saleOf(open_)).Invoices[0]?.InvoiceDueDate.slice(0, 10),
    );
  }, 60_000);
});

/** Somebody at work in Cin7 Core. */
async function api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const credentials = await fetch(`${PLACE.twins}/control/cin7/${c.account}/credentials`);
  const { applicationKey } = (await credentials.json()) as { applicationKey: string };
  const headers = { "content-type": "application/json", "api-auth-accountid": c.account, "api-auth-applicationkey": applicationKey };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${PLACE.twins}/cin7/ExternalApi/v2${path}`, init);
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

/** Somebody changes the quantity of a draft order and authorises it. */
async function edit(saleId: string, quantity: number): Promise<void> {
  const order = (await api("GET", `/sale/order?SaleID=${saleId}`)) as { Lines: Record<string, number>[]; AdditionalCharges: unknown[] };
  const Lines = order.Lines.map((line) => ({ ...line, Quantity: quantity, Total: (line["Price"] as number) * quantity, Tax: 1 }));
  await api("POST", "/sale/order", { SaleID: saleId, Memo: "", Status: "AUTHORISED", Lines, AdditionalCharges: order.AdditionalCharges });
}
