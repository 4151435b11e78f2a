import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StoreRow } from "../../../../worker/api/access.ts";
import type { OrderNow, Role, WayIn } from "../../../../worker/contract/index.ts";
import { audit, orderPayments, orders, saleLines } from "../../../../worker/lib/db/schema/tables.ts";
import { decidedOf } from "../../../../worker/orders/decisions-store.ts";
import { factsOf } from "../../../../worker/orders/order-facts.ts";
import { orderRoutes } from "../../../../worker/orders/pages/routes.ts";
import { raise } from "../../../../worker/problems/store.ts";
import { saveSettings } from "../../../../worker/settings/store.ts";
import { ACCOUNT, addOrder, addStore, api, db, iso, NOW, OTHER_ACCOUNT, ready, Status, set, tenant } from "../../../harness/api.ts";
import { aSnapshot } from "../../../harness/builders.ts";

let store: StoreRow;
beforeEach(async () => {
  store = await addStore();
});
afterEach(() => vi.restoreAllMocks());

describe("an order's page", () => {
  it("shows what came, what was mapped, payments, problems, attempts and both links", async () => {
    const mapped = { lines: [], totals: { exTax: "34.00", tax: "3.40", incTax: "37.40" }, decisions: [], settingsVersion: 2, losses: [] };
    await addOrder(1042, {
      picture: { came: [{ label: "Status", value: "Awaiting Fulfillment" }], cameLines: [], mapped },
      note: "tax",
    });
    await raise(db(), tenant(), [{ kind: "tax-unmapped", classId: 1, className: "Reduced", side: "with" }], 1042, iso());
    await raise(db(), tenant(), [{ kind: "tax-unmapped", classId: 1, className: "Reduced", side: "with" }], 7, iso());
    const paid = {
      storeHash: "abc123",
      orderId: 1042,
      accountId: ACCOUNT,
      mark: "ls:1042:9",
      method: "Stripe",
      amount: "37.40",
      currency: "AUD",
      account: "713",
    };
    await db()
      .insert(orderPayments)
      .values({ ...paid, reference: "ch_1 / ls:1042:9", paidAt: iso(NOW), state: "waits", why: "Waits for the invoice.", updatedAt: iso() })
      .run();
    const attempt = {
      id: 1,
      at: iso(),
      step: "Read the order",
      side: "BigCommerce" as const,
      method: "GET",
      path: "/v2/orders/1042",
      status: 200,
      outcome: "ok" as const,
      ms: 80,
      note: "",
      request: null,
      response: "{}",
    };
    const { get } = await api(orderRoutes, store, { role: "view", attempts: [attempt] });
    const { body } = await get("/orders/1042");
    expect(body).toMatchObject({
      order: { id: 1042, problems: 1 },
      came: [{ label: "Status", value: "Awaiting Fulfillment" }],
      mapped,
      payments: [
        {
          method: "Stripe",
          amount: "37.40",
          account: "713",
          reference: "ch_1 / ls:1042:9",
          at: iso(NOW),
          state: "waits",
          why: "Waits for the invoice.",
        },
      ],
      attempts: [attempt],
      bigcommerceUrl: "https://store-abc123.mybigcommerce.com/manage/orders/1042",
    });
    expect(body.problems[0]).toMatchObject({ title: 'Order 1042 is held: no Cin7 tax rule for "Reduced".', orders: [1042], orderCount: 2 });
  });

  it("an order that was never read has an empty picture; an unknown one is 404", async () => {
    await addOrder(5);
    const { get } = await api(orderRoutes, store);
    expect((await get("/orders/5")).body).toMatchObject({ came: [], cameLines: [], mapped: null, payments: [], problems: [] });
    for (const bad of ["6", "abc", "1e3", "-1"]) expect((await get(`/orders/${bad}`)).status).toBe(404);
  });

  describe("as BigCommerce says it now", () => {
    const { order, lines } = aSnapshot({
      lines: [{ sku: "MUG-BLU", quantity: 3, ex: "37.50", inc: "41.25" }],
      shipping: { ex: "9.00", inc: "9.90" },
    });
    const answers = { "GET /v2/orders/1042": order, "GET /v2/orders/1042/products": lines };
    const sold = [{ line: 11, sku: "MUG-BLU", quantity: 2, total: "25.00" }];
    const sale = {
      ...{ storeHash: "abc123", orderId: 1042, generation: 1, accountId: ACCOUNT, currency: "AUD", rate: "1", taxInclusive: false },
      ...{ location: "Main", net: "34.00", tax: "3.40", total: "37.40", settingsVersion: 1, lines: null, sold },
    };

    it("of a sale what changed since is said, a sentence each", async () => {
      await addOrder(1042, { state: "sent", saleId: "s-1", saleNumber: "SO-1", currency: "AUD" });
      await db().insert(saleLines).values(sale).run();
      const { get } = await api(orderRoutes, store, { role: "operate", answers });
      expect((await get("/orders/1042/now")).body).toMatchObject({
        at: iso(),
        changes: ["MUG-BLU: 3 instead of 2.", "Its total is 51.15 AUD instead of 37.40 AUD."],
        cameTotals: [{ label: "Lines" }, { label: "Shipping" }, { label: "Total", incTax: "51.15" }],
      });
    });
    it("an order that is not taken shows its lines and addresses, to who may only look covered; of an erased shopper figures only", async () => {
      await addOrder(1042, { state: "not-taken", currency: "AUD", facts: factsOf(order) });
      const now = async (role: Role) => (await (await api(orderRoutes, store, { role, answers })).get("/orders/1042/now")).body as OrderNow;
      const whole = await now("operate");
      expect(whole.changes).toBeNull();
      expect(whole.cameLines).toMatchObject([{ sku: "MUG-BLU", quantity: "3" }]);
      expect(JSON.stringify(whole)).toContain("Quarry");
      const seen = JSON.stringify(await now("view"));
      expect(seen).not.toMatch(/Ana|Keller|Quarry|0491|example\.org/);
      expect(seen).toContain("MUG-BLU");
      await db().update(orders).set({ erasedAt: iso() }).where(eq(orders.orderId, 1042)).run();
      expect(await now("configure")).toMatchObject({ came: [], cameLines: [], cameTotals: [] });
    });
    it("what BigCommerce does not tell is a sentence, and another store's order is not asked for", async () => {
      await addOrder(1042);
      const { get, calls } = await api(orderRoutes, store, { answers: { "GET /v2/orders/1042": new Status(503, "busy") } });
      expect(await get("/orders/1042/now")).toMatchObject({ status: 503, body: { error: { code: "no-answer" } } });
      expect((await get("/orders/7/now")).status).toBe(404);
      expect(calls.every(({ path }) => path === "/v2/orders/1042")).toBe(true);
      const { get: gone } = await api(orderRoutes, store);
      expect(await gone("/orders/1042/now")).toMatchObject({
        status: 404,
        body: { error: { message: "BigCommerce does not know this order any more." } },
      });
    });
  });

  it("the orders beside it by number are named, of this account only", async () => {
    await addOrder(3);
    await addOrder(5);
    await addOrder(9);
    await addOrder(6, { accountId: OTHER_ACCOUNT });
    const { get } = await api(orderRoutes, store);
    expect((await get("/orders/5")).body).toMatchObject({ previous: 3, next: 9 });
    expect((await get("/orders/3")).body).toMatchObject({ previous: null, next: 5 });
    expect((await get("/orders/9")).body).toMatchObject({ previous: 5, next: null });
  });

  it("Process on an order that stays out says what keeps it out; taking it now is a person's decision, named in the history", async () => {
    const unpaid = { status_id: 7, status: "Awaiting Payment", custom_status: "Awaiting Payment", payment_status: "" };
    const facts = factsOf(aSnapshot({ lines: [{ sku: "MUG", ex: "10.00", inc: "11.00" }], order: unpaid }).order);
    await addOrder(1042, { state: "not-taken", facts });
    await addOrder(1043, { state: "held" });
    const settings = ready(set("orders.on", true));
    await saveSettings(db(), tenant(), { basedOn: 0, settings, changes: [], by: "x", at: iso(), lookBefore: false });
    const { get, post, put } = await api(orderRoutes, store, { role: "operate" });
    expect((await get("/orders/1042")).body.keptOut.ways.map((way: WayIn) => way.is)).toEqual(["shop", "page", "take-now"]);
    expect((await post("/orders/1042/process")).body).toEqual({ queued: true, keptOut: expect.stringMatching(/^It is not paid yet/) });
    expect((await post("/orders/1043/take-now")).status, "it is not out").toBe(409);
    put.length = 0;
    expect((await post("/orders/1042/take-now")).body).toEqual({ queued: true });
    expect(put).toEqual([[{ kind: "order.changed", orderId: 1042, pressed: true }]]);
    expect([...(await decidedOf(db(), tenant(), 1042))]).toContainEqual(["take-now", "ann@example.com"]);
    expect(await db().select({ what: audit.what }).from(audit)).toEqual([{ what: "Took order 1042 before its moment has come" }]);
    const { post: viewer } = await api(orderRoutes, store, { role: "view" });
    expect((await viewer("/orders/1042/take-now")).status).toBe(403);
  });

  it("Process wakes the order up, for who may operate (F107)", async () => {
    await addOrder(5);
    const { post, put } = await api(orderRoutes, store, { role: "operate" });
    expect((await post("/orders/5/process")).body).toEqual({ queued: true });
    expect(put).toEqual([[{ kind: "order.changed", orderId: 5, pressed: true }]]);
    const { post: viewer } = await api(orderRoutes, store, { role: "view" });
    expect((await viewer("/orders/5/process")).status).toBe(403);
  });
});
