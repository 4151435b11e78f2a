import { beforeAll, describe, expect, it } from "vitest";
import { accountOf, type Connected, connect } from "../../scripts/connect.ts";
import type { AttentionList, Health, OrderDetail } from "../../worker/contract/index.ts";
import { until } from "../harness/until.ts";
import { control, journey, placeOrder, salesOf, stateOf } from "./stack.ts";

/** What nobody told us of arrives all the same: lost notices, dead webhooks, a side that is away (K5, K10, K26, N13). */
const place = journey(import.meta.filename);
let c: Connected;
beforeAll(async () => {
  c = await connect(place);
});

const at = (path: string) => `/api/stores/${c.store}${path}`;
const detail = (id: number) => c.panel<OrderDetail>("GET", at(`/orders/${id}`));
const health = () => c.panel<Health>("GET", at("/health"));
const order = (sku = "TEE-MER-NVY-S") => placeOrder(place.twins, c.store, { lines: [{ sku, quantity: 1 }] });
const paid = (id: number) =>
  until(`order ${id} to be paid in Cin7`, async () => (await detail(id).catch(() => null))?.order.stages.includes("paid"));
const salesFor = async (id: number) =>
  (await salesOf(place.twins, c.account)).filter((sale) => sale.ExternalID.includes(`:${id}:`) && sale.Status !== "VOIDED");

describe("the 5-minute sweep (K5)", () => {
  it("an order that nobody told us of arrives, and the webhooks are looked at", async () => {
    await control(place.twins, "/faults", [{ peer: "bigcommerce", kind: "hooks-dropped", path: "/store/" }]);
    const lost = await order();
    await paid(lost.id);
    await control(place.twins, "/faults", []);
    expect(await salesFor(lost.id)).toHaveLength(1);
  });
});

describe("dead webhooks (K26, N13)", () => {
  it("are switched on again, and what they did not tell is looked for and shown", async () => {
    const hooks = (await stateOf(place.twins)).bigcommerce.stores[c.store]?.hooks as unknown as { id: number; scope: string }[];
    for (const { id } of hooks) await control(place.twins, `/bigcommerce/${c.store}/hooks/${id}/deactivate`);
    const silent = await order("TEE-MER-NVY-M");
    await paid(silent.id);
    await until("the webhooks to be active", async () =>
      (await stateOf(place.twins)).bigcommerce.stores[c.store]?.hooks.every((hook) => hook.is_active),
    );
    const { timeline } = await until("the timeline", async () => {
      const found = await health();
      return found.timeline.some((line) => line.what === "repaired") && found;
    });
    expect(timeline.find((line) => line.what === "lost")?.text).toMatch(/order\/created.* given up by BigCommerce/);
    expect(await salesFor(silent.id)).toHaveLength(1);
  });
});

describe("the account's sales (design 3.7)", () => {
  it("a sale voided by hand, and a second sale of an order, are told within a minute", async () => {
    const [voided, doubled] = [await order(), await order("TEE-MER-NVY-L")];
    await paid(voided.id);
    await paid(doubled.id);
    const sale = (await salesFor(voided.id))[0];
    await control(place.twins, "/switches", { undoWithPayments: "accept" });
    await control(place.twins, `/cin7/${c.account}/sales/${sale?.ID}/void`);
    await copySale(doubled.id);
    const rows = await until("both problems", async () => {
      const found = await c.panel<AttentionList>("GET", at("/attention"));
      const kinds = found.rows.map((row) => row.kind);
      return kinds.includes("voided-after-sale") && kinds.includes("twin-sale") && found.rows;
    });
    expect(rows.find((row) => row.kind === "voided-after-sale")).toMatchObject({ orders: [voided.id], holds: false });
    expect(rows.find((row) => row.kind === "twin-sale")).toMatchObject({ orders: [doubled.id], holds: false });
    expect((await detail(voided.id)).order.stages).toContain("voided");
  });

  it("an invoice and a payment that Cin7 made later than the quiet period are told with what to delete, until they are gone", async () => {
    // Held at Cin7 until we have written it anew, and then carried out all the same.
    const late = (path: string) => ({ peer: "cin7", kind: "hold", when: "before", method: "POST", path, times: 1 });
    await control(place.twins, "/faults", [late("/sale/invoice$")]);
    const invoicedTwice = await order("TEE-MER-NVY-M");
    await paid(invoicedTwice.id);
    await control(place.twins, "/faults/release");
    await control(place.twins, "/faults", [late("/sale/payment$")]);
    const paidTwice = await order("TEE-MER-NVY-L");
    await paid(paidTwice.id);
    await control(place.twins, "/faults/release");
    const twice = async () => (await c.panel<AttentionList>("GET", at("/attention"))).rows.filter((row) => row.kind === "written-twice");
    const rows = await until("both problems", async () => ((await twice()).length === 2 ? twice() : null));
    const about = (id: number) => rows.find((row) => row.orders.includes(id));
    const [invoiced] = await salesFor(invoicedTwice.id);
    expect(invoiced?.Invoices.filter((invoice) => invoice.Status !== "VOIDED")).toHaveLength(2);
    expect(about(invoicedTwice.id)?.text).toMatch(/In Cin7 Core void invoice INV-\d+\./);
    expect(about(paidTwice.id)?.text).toMatch(/delete one payment of [\d.]+ ".*ls:/);

    // The accountant deletes the second payment: nobody needs to tell us.
    const { accountId, applicationKey } = await accountOf(place);
    const headers = { "api-auth-accountid": accountId, "api-auth-applicationkey": applicationKey };
    const [sale] = (await salesFor(paidTwice.id)) as unknown as { ID: string }[];
    const list = await fetch(`${place.twins}/cin7/ExternalApi/v2/sale/payment?SaleID=${sale?.ID}`, { headers });
    const [one] = (await list.json()) as { ID: string }[];
    await fetch(`${place.twins}/cin7/ExternalApi/v2/sale/payment?ID=${one?.ID}`, { method: "DELETE", headers });
    await until("it to go away", async () => (await twice()).every((row) => !row.orders.includes(paidTwice.id)));
  });

  /** Somebody else's tool makes a sale with our ID. */
  async function copySale(orderId: number): Promise<void> {
    const { accountId, applicationKey } = await accountOf(place);
    const headers = { "content-type": "application/json", "api-auth-accountid": accountId, "api-auth-applicationkey": applicationKey };
    const first = (await salesFor(orderId))[0] as unknown as Record<string, unknown>;
    const body = JSON.stringify({
      CustomerID: first["CustomerID"],
      Location: first["Location"],
      TaxRule: first["TaxRule"],
      Terms: first["Terms"],
      PriceTier: first["PriceTier"],
      SkipQuote: true,
      ExternalID: first["ExternalID"],
    });
    const answer = await fetch(`${place.twins}/cin7/ExternalApi/v2/sale`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`the second sale: ${answer.status} ${await answer.text()}`);
  }
});

describe("Cin7 Core is away and comes back (K10)", () => {
  it("one problem, every waiting order says when it is tried again, and all go once when it is back", async () => {
    await control(place.twins, "/faults", [{ peer: "cin7", kind: "status", status: 503, text: "<html>maintenance</html>" }]);
    const orders = [];
    for (const sku of ["TEE-MER-NVY-S", "TEE-MER-NVY-M", "TEE-MER-NVY-L"]) orders.push(await order(sku));
    const problems = await until("the problem", async () => {
      const { rows } = await c.panel<AttentionList>("GET", at("/attention"));
      return rows.some((row) => row.kind === "cin7-down") && rows;
    });
    expect(problems.filter((row) => row.kind === "cin7-down")).toHaveLength(1);
    for (const { id } of orders) {
      const { order: row, note } = await until(`order ${id} to say why it waits`, async () => {
        const page = await detail(id).catch(() => null);
        const note = page?.order.note;
        return note?.is === "again" && note.why === "Cin7 Core does not answer" && { ...page, note };
      });
      expect(Date.parse(note.at ?? "")).toBeGreaterThan(Date.parse(row?.placedAt ?? ""));
    }
    expect((await health()).down).toMatchObject([{ side: "Cin7 Core" }]);

    await control(place.twins, "/faults", []);
    for (const { id } of orders) await paid(id);
    await until("the problem to clear itself", async () =>
      (await c.panel<AttentionList>("GET", at("/attention"))).rows.every((each) => each.kind !== "cin7-down"),
    );
    for (const { id } of orders) expect(await salesFor(id)).toHaveLength(1);
    const { down, timeline } = await health();
    expect(down).toEqual([]);
    expect(timeline.map((line) => line.what)).toEqual(expect.arrayContaining(["down", "back"]));
  });
});
