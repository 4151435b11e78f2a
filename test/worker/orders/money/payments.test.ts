import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Connected } from "../../../../scripts/connect.ts";
import type { OrderDetail } from "../../../../worker/contract/index.ts";
import { open } from "../../../../worker/lib/db/open.ts";
import { type AccountId, type Linked, type StoreHash, tenantOf } from "../../../../worker/lib/ids.ts";
import { paymentsOf, savePayment } from "../../../../worker/orders/payments-store.ts";
import { type World, world } from "../../../harness/world.ts";
import { attention } from "../../../journeys/judge.ts";

/** Money through the whole app to the twin of Cin7 Core: what only its answers can show. */
let w: World;
let c: Connected;
beforeEach(async () => {
  w = world();
  c = await w.connect();
});

// biome-ignore lint/suspicious/noExplicitAny: the twins' own records
type Any = any;
const record = (id: number): Any => (w.twins.bigcommerce.state() as Any).stores[c.store].orders[id];
const saleOf = (id: number): Any => {
  const books = (w.twins.cin7.state() as Any).accounts[c.account];
  return Object.values(books.sales).find((sale: Any) => sale.ExternalID === `ls:${c.store}:${id}:g1`);
};
const page = (id: number) => c.panel<OrderDetail>("GET", `/api/stores/${c.store}/orders/${id}`);
const ordered = () => w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S" }], shipping: 9.95 });
const run = (id: number) => w.run(c.store, [{ kind: "order.changed", orderId: id }]);
const problems = async () => (await attention(c.panel, c.store)).map((row) => row.kind).filter((kind) => kind.startsWith("payment"));

describe("money that does not fit", () => {
  it("an overpayment that Cin7 Core refuses is posted up to the balance: the invoice is closed, the rest is told with both figures", async () => {
    await w.control(`/cin7/${c.account}/switches`, { overpayment: "refuse" });
    const id = await ordered();
    const [row] = record(id).transactions;
    const total = Number(record(id).total_inc_tax);
    row.amount = total + 10;
    await run(id);
    expect(saleOf(id).Invoices).toMatchObject([{ Status: "PAID", Payments: [{ Amount: total }] }]);
    const { payments, order } = await page(id);
    expect(payments).toMatchObject([{ state: "posted", amount: total.toFixed(2), why: expect.stringContaining((total + 10).toFixed(2)) }]);
    expect(order.stages).toContain("paid");
    expect(await problems()).toEqual(["payment-differs"]);
    // Looked at again, nothing of it becomes the tender's whole amount.
    await w.run(c.store, [{ kind: "order.money", orderId: id }]);
    const kept = await env.DB.prepare("SELECT total FROM documents WHERE order_id = ? AND kind = 'payment'").bind(id).all();
    expect(kept.results).toEqual([{ total: total.toFixed(2) }]);
    expect((await page(id)).payments).toMatchObject([{ state: "posted", amount: total.toFixed(2) }]);
    expect(await problems()).toEqual(["payment-differs"]);
  });

  it("a tender that waited and was then posted in part is listed with what was posted, and stays so", async () => {
    const id = await ordered();
    await run(id);
    const { epoch } = (await env.DB.prepare("SELECT epoch FROM stores WHERE hash = ?").bind(c.store).first<{ epoch: number }>()) as {
      epoch: number;
    };
    const [db, tenant] = [open(env), tenantOf(c.store as StoreHash, c.account as AccountId, epoch) as Linked];
    const tender = {
      orderId: id,
      mark: "m",
      method: "Card",
      currency: "AUD",
      account: "713",
      reference: "m",
      paidAt: "",
      cin7PaymentId: null,
    };
    const kept = (amount: string, state: "waits" | "posted") =>
      savePayment(db, tenant, { ...tender, amount, state, why: "", updatedAt: "2026-01-01T00:00:00.000Z" });
    const amount = async () => (await paymentsOf(db, tenant, id)).find(({ mark }) => mark === "m")?.amount;
    await kept("60.00", "waits");
    await kept("49.50", "posted");
    expect(await amount()).toBe("49.50");
    await kept("60.00", "waits");
    expect(await amount()).toBe("49.50");
  });

  it("captured and without a transaction: invoiced, listed and told; once the transaction shows, it is paid and listed once", async () => {
    const id = await ordered();
    const { transactions } = record(id);
    const taken = transactions.splice(0);
    await run(id);
    const total = Number(record(id).total_inc_tax).toFixed(2);
    expect(saleOf(id).Invoices).toMatchObject([{ Status: "AUTHORISED", Payments: [] }]);
    expect((await page(id)).payments).toMatchObject([{ state: "left-out", amount: total, currency: "AUD" }]);
    expect(await problems()).toEqual(["payment-unclear"]);

    transactions.push(...taken);
    await run(id);
    expect(saleOf(id).Invoices).toMatchObject([{ Status: "PAID", Payments: [{ Amount: Number(total) }] }]);
    expect((await page(id)).payments).toMatchObject([{ state: "posted", amount: total }]);
    expect(await problems()).toEqual([]);
  });
});
