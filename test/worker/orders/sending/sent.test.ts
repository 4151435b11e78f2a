import { beforeEach, describe, expect, it } from "vitest";
import type { Connected } from "../../../../scripts/connect.ts";
import type { OrderDetail } from "../../../../worker/contract/index.ts";
import { noteWith } from "../../../../worker/write-back/status-words.ts";
import { type World, world } from "../../../harness/world.ts";

/** Orders that go through the whole app to both twins: what only a real answer of Cin7 Core can show. */
let w: World;
let c: Connected;
beforeEach(() => {
  w = world();
});

// biome-ignore lint/suspicious/noExplicitAny: the twin's sales, judged by their content
type Any = any;
const books = (): Any => (w.twins.cin7.state() as Any).accounts[c.account];
const saleOf = (id: number): Any => Object.values(books().sales).find((sale: Any) => sale.ExternalID === `ls:${c.store}:${id}:g1`);
const page = (id: number) => c.panel<OrderDetail>("GET", `/api/stores/${c.store}/orders/${id}`);
const calls = (peer: string) =>
  w.twins.world.trace
    .all()
    .filter((e) => e.peer === peer)
    .map((e) => `${e.method} ${new URL(e.url, "http://x").pathname.replace(/^.*\/(ExternalApi\/v2|stores\/[a-z0-9]+)/, "")}`);
const send = async (form: unknown) => {
  const id = await w.order(c.store, form);
  w.twins.world.trace.clear();
  await w.run(c.store, [{ kind: "order.changed", orderId: id }]);
  return id;
};

describe("an order of gift certificates only (M7, J9)", () => {
  const GIFTS = {
    lines: [
      { giftCertificate: true, name: "50.00 Gift Certificate", price: 50 },
      { giftCertificate: true, name: "25.00 Gift Certificate", price: 25, quantity: 2 },
    ],
    shipping: 0,
  };
  const entries = (id: number) => {
    const { ID } = saleOf(id);
    return (books().transactions as Any[])
      .filter((t) => t.SaleID === ID)
      .map((t) => `Dr ${t.DebitAccountCode} Cr ${t.CreditAccountCode} ${t.Amount}`)
      .sort();
  };
  const JOURNAL = ["Dr 610 Cr 840 50", "Dr 610 Cr 840 50", "Dr 713 Cr 610 100"];

  it("is a Service sale in three writes: no order, an invoice on the liability account, paid", async () => {
    c = await w.connect({ change: (s) => void Object.assign(s.customers, { guests: "default-customer" }) });
    const id = await send(GIFTS);
    expect(saleOf(id)).toMatchObject({ Type: "Service Sale", Status: "COMPLETED", Invoices: [{ Status: "PAID", Total: 100 }] });
    // Placed in the very second of the connection, it is looked for before each write.
    expect(calls("cin7").filter((call) => call.startsWith("POST"))).toEqual(["POST /sale", "POST /sale/invoice", "POST /sale/payment"]);
    expect(entries(id)).toEqual(JOURNAL);
    const { order, mapped } = await page(id);
    expect([order.state, order.stages]).toEqual(["sent", ["sale", "ordered", "invoiced", "paid"]]);
    expect(mapped?.decisions).toContainEqual(expect.objectContaining({ label: "Kind of sale", value: "Service sale" }));
  });

  it("where the account makes a Simple sale of it, that one gets its order and goes on", async () => {
    c = await w.connect();
    await w.control("/switches", { serviceOnly: "ignore" });
    const id = await send(GIFTS);
    expect(saleOf(id)).toMatchObject({ Type: "Simple Sale", Order: { Status: "AUTHORISED", Total: 100 }, Invoices: [{ Total: 100 }] });
    expect(entries(id)).toEqual(JOURNAL);
    expect((await page(id)).order.stages).toContain("paid");
  });

  it("its invoice unanswered: looked for, found, never written a second time", async () => {
    c = await w.connect();
    await w.control("/faults", [
      { peer: "cin7", method: "POST", path: "/sale/invoice", kind: "status", status: 500, when: "after", times: 1 },
    ]);
    const id = await send(GIFTS);
    await w.run(c.store, [{ kind: "order.money", orderId: id }]);
    expect(saleOf(id).Invoices).toHaveLength(1);
  });
});

describe("who bought decides (M5, F30)", () => {
  it("a tax-exempt customer of a group: the rule for exempt customers, the group's representative, five reads", async () => {
    c = await w.connect({
      change: (s) => {
        s.tax.special = [{ classId: null, side: "without", taxName: "", country: "", customers: "exempt", rule: "Tax Exempt" }];
        s.sale.representatives = [{ by: "group", id: 2, name: "Wholesale", representative: "Robin Sale" }];
      },
    });
    const customer = Number(Object.keys((w.twins.bigcommerce.state() as Any).stores[c.store].customers)[0]);
    const form = { lines: [{ sku: "TEE-MER-NVY-S", quantity: 2 }], shipping: 9, customer };
    const taxed = await send(form);
    await w.control(`/bigcommerce/${c.store}/customers/${customer}`, { tax_exempt_category: "G", customer_group_id: 2 });
    const exempt = await send(form);
    // Beside it the app looks after its webhooks and its list of orders; money that waits for a permit reads its tenders again.
    expect([...new Set(calls("bigcommerce").filter((call) => !/hooks|metafields|orders$/.test(call)))]).toEqual([
      `GET /v2/orders/${exempt}`,
      `GET /v3/orders/${exempt}/transactions`,
      `GET /v2/orders/${exempt}/taxes`,
      "GET /v3/catalog/products",
      "GET /v3/customers",
    ]);
    const rules = (id: number) => [...saleOf(id).Order.Lines, ...saleOf(id).Order.AdditionalCharges].map((row: Any) => row.TaxRule);
    expect(rules(taxed)).toEqual(["GST on Income", "GST on Income"]);
    expect(rules(exempt)).toEqual(["Tax Exempt", "Tax Exempt"]);
    expect([saleOf(taxed).SalesRepresentative || null, saleOf(exempt).SalesRepresentative]).toEqual([null, "Robin Sale"]);
    expect(saleOf(exempt).Order.Tax).toBe(0);
  });
});

describe("what the order says in BigCommerce (M45)", () => {
  const LINE = { lines: [{ sku: "TEE-MER-NVY-S" }], shipping: 9 };
  const shop = () => (w.twins.bigcommerce.state() as Any).stores[c.store];
  const writes = () => calls("bigcommerce").filter((call) => !call.startsWith("GET") && !call.includes("hooks"));
  const again = async (id: number) => {
    w.twins.world.trace.clear();
    await w.run(c.store, [
      { kind: "order.changed", orderId: id },
      { kind: "order.money", orderId: id },
      { kind: "order.seen", orderId: id },
    ]);
    return writes();
  };

  it("a new shop writes a metafield after the money, in one call, and never again while nothing is new", async () => {
    c = await w.connect();
    expect(c.settings.seen).toEqual({ metafield: true, staffNote: false });
    const id = await send(LINE);
    const all = w.twins.world.trace.all().map((e) => `${e.method} ${e.url}`);
    const at = (part: string) => all.findIndex((call) => call.startsWith("POST") && call.includes(part));
    expect(at("metafields")).toBeGreaterThan(at("/sale/payment"));
    expect(writes()).toEqual([`POST /v3/orders/${id}/metafields`]);
    const { saleNumber } = (await page(id)).order;
    expect(shop().orders[id].metafields).toMatchObject([
      { namespace: "lockstep_cin7", key: "sale", value: `${saleNumber}: ordered, paid` },
    ]);
    expect(await again(id)).toEqual([]);
  });

  it("by choice a line in the staff notes, beside what people wrote; our own echo leads to no write", async () => {
    c = await w.connect({ change: (s) => void Object.assign(s.seen, { metafield: false, staffNote: true }) });
    const id = await send({ ...LINE, staffNotes: "Ring before you come" });
    const { saleNumber } = (await page(id)).order;
    expect(writes()).toEqual([`PUT /v2/orders/${id}`]);
    expect(shop().orders[id].staff_notes).toBe(`Ring before you come\nCin7 Core sale ${saleNumber}: ordered, paid`);
    expect(await again(id)).toEqual([]);
    expect((await page(id)).order.state).toBe("sent");
  });

  it("without memory the metafield that is there is changed, no second one is made", async () => {
    c = await w.connect();
    const id = await send(LINE);
    const { env } = await import("cloudflare:workers");
    const { runInDurableObject } = await import("cloudflare:test");
    await runInDurableObject(env.INBOX.getByName(`store:${c.store}`), (_, state) => {
      state.storage.sql.exec("DELETE FROM claims WHERE step LIKE '%:seen'");
    });
    w.twins.world.trace.clear();
    await w.run(c.store, [{ kind: "order.seen", orderId: id }]);
    const own = `/v3/orders/${id}/metafields`;
    expect(calls("bigcommerce").filter((call) => call.includes("metafields"))).toEqual([
      `POST ${own}`,
      `GET ${own}`,
      `PUT ${own}/${shop().orders[id].metafields[0].id}`,
    ]);
    // The contract wants the whole of it on PUT as well.
    const put = w.twins.world.trace.all().find((e) => e.method === "PUT" && e.url.includes("metafields"));
    expect(put?.requestBody).toMatchObject({ permission_set: "read", namespace: "lockstep_cin7", key: "sale" });
    expect(shop().orders[id].metafields).toHaveLength(1);
  });
});

describe("an erased shopper stays erased (M46)", () => {
  const EMAIL = "nora.new@example.com";
  const FORM = { lines: [{ sku: "TEE-MER-NVY-S" }], shipping: 9, address: { email: EMAIL, first_name: "Nora", last_name: "New" } };
  const erase = () => c.panel<{ orders: number }>("POST", `/api/stores/${c.store}/erase`, { email: EMAIL });
  const told = async (id: number) => JSON.stringify({ ...(await page(id)), attempts: [] });

  it("also when BigCommerce tells of the order again", async () => {
    c = await w.connect();
    const id = await send(FORM);
    expect(await told(id)).toContain("Nora New");
    expect(await erase()).toMatchObject({ orders: 1 });
    await w.control(`/bigcommerce/${c.store}/orders/${id}/status`, { statusId: 10 });
    await w.run(c.store, [{ kind: "order.changed", orderId: id }]);
    expect((await page(id)).order.status).toBe("Completed");
    expect(await told(id)).not.toMatch(/nora/i);
  });

  it("also when the order is taken only later: Cin7 Core gets who ordered, Lockstep shows the figures alone", async () => {
    c = await w.connect({
      change: (s) =>
        void Object.assign(s.payments.methods.find((m) => m.name === "Bank Deposit") ?? {}, { countsAsPaid: "awaiting-fulfillment" }),
    });
    const id = await send({ ...FORM, statusId: 7, paymentMethod: "Bank Deposit" });
    expect((await page(id)).order.state).toBe("not-taken");
    await erase();
    await w.control(`/bigcommerce/${c.store}/orders/${id}/status`, { statusId: 11 });
    await w.run(c.store, [{ kind: "order.changed", orderId: id }]);
    expect(saleOf(id).Customer).toBe("Nora New");
    const { order, mapped } = await page(id);
    expect([order.state, order.customer, mapped?.totals.incTax]).toEqual(["sent", "", order.total]);
    expect(await told(id)).not.toMatch(/nora/i);
  });
});

describe("our line in the staff notes (M45)", () => {
  it.each([
    ["", "Cin7 Core sale SO-1: paid"],
    ["Ring twice", "Ring twice\nCin7 Core sale SO-1: paid"],
    ["A\nCin7 Core sale SO-1: ordered\nB", "A\nCin7 Core sale SO-1: paid\nB"],
    ["A\nCin7 Core sale SO-1: paid\nB", null],
  ])("%j becomes %j", (notes, wanted) => {
    expect(noteWith(notes, "SO-1: paid")).toBe(wanted);
  });
});
