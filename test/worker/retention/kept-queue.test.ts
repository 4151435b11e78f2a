import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import type { Connected } from "../../../scripts/connect.ts";
import type { OrderDetail } from "../../../worker/contract/index.ts";
import type { InboxStub } from "../../../worker/inbox/client.ts";
import { type World, world } from "../../harness/world.ts";
import type { Sale } from "../../journeys/stack.ts";

/** What the queues keep of shoppers, with the whole app and both twins in one isolate (M46, F140). */
// The whole app for each test: more than one moment on a busy machine.

let w: World;
let c: Connected;
beforeEach(async () => {
  w = world();
  c = await w.connect({
    change: (settings) => {
      settings.invoice.status = "authorised";
    },
  });
});

const rowsIn = (name: string, query: string) =>
  runInDurableObject(env.INBOX.getByName(name), (_, state) => state.storage.sql.exec(query).toArray());
const shopper = { email: "erase.me@example.org", first_name: "Erase", last_name: "Me" };
const order = async () => {
  const id = await w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S" }], billing: shopper });
  await w.run(c.store, [{ kind: "order.changed", orderId: id }]);
  return id;
};
const page = (id: number) => c.panel<OrderDetail>("GET", `/api/stores/${c.store}/orders/${id}`);
const moneyOf = (id: number) => {
  const state = w.twins.cin7.state() as { accounts: Record<string, { sales: Record<string, Sale> }> };
  const sales = Object.values(state.accounts[c.account]?.sales ?? {}).filter((s) => s.ExternalID.includes(`:${id}:`));
  const invoices = sales.flatMap((sale) => sale.Invoices.filter((i) => i.Status !== "VOIDED"));
  return [sales.length, invoices.length, invoices.flatMap((i) => i.Payments).length];
};

it("no queue keeps what lists and sweeps answered: a call for no order leaves nothing, an order's own list its size", async () => {
  const id = await order();
  const account = env.INBOX.getByName(`account:${c.account}`) as unknown as InboxStub;
  await account.put([{ kind: "sales.sweep" }]);
  await account.poke();
  await w.run(c.store, [{ kind: "orders.sweep" }]);
  expect(await rowsIn(`account:${c.account}`, "SELECT * FROM order_calls")).toEqual([]);
  expect(await rowsIn(`store:${c.store}`, "SELECT * FROM order_calls WHERE order_id IS NULL")).toEqual([]);
  const { attempts } = await page(id);
  const looked = attempts.find((a) => a.method === "GET" && a.path.startsWith("/customer"));
  expect(looked).toMatchObject({ response: null, note: expect.stringMatching(/^A list of \d+ characters, not kept\.$/) });
  expect(attempts.find((a) => a.method === "POST" && a.path === "/sale")?.response).toContain("ExternalID");
});

it("a finished order that is kept long enough leaves no draft, claim or message; told of it again nothing is written twice", async () => {
  const id = await order();
  expect(moneyOf(id)).toEqual([1, 1, 1]);
  const old = new Date(Date.now() - 31 * 86_400_000);
  await env.DB.prepare("UPDATE orders SET updated_at = ?, stages = 'sale,ordered,invoiced'").bind(old.toISOString()).run();
  await w.run(c.store, [{ kind: "kept.prune" }]);
  const name = `store:${c.store}`;
  expect(await rowsIn(name, "SELECT order_id FROM frozen UNION ALL SELECT order_id FROM drafts")).toEqual([]);
  expect(await rowsIn(name, "SELECT step FROM claims WHERE step LIKE 'order:%'")).toEqual([]);
  const shown = await page(id);
  expect(JSON.stringify(shown)).not.toMatch(/erase\.me|Erase Me/);
  expect(shown.attempts.every((a) => a.request === null && a.response === null && !a.path.includes("?"))).toBe(true);
  expect(shown.order.saleNumber).toMatch(/^SO-/);
  // Its last stage is forgotten too: everything is looked for before it is written.
  await w.run(c.store, [{ kind: "order.changed", orderId: id }]);
  expect(moneyOf(id)).toEqual([1, 1, 1]);
  expect((await page(id)).order.stages).toContain("paid");
});

const loseWhatIsKept = async (id: number, set: string) => {
  const row = env.DB.prepare(`UPDATE orders SET updated_at = '2020-01-01T00:00:00.000Z', ${set} WHERE order_id = ?`);
  await row.bind(id).run();
  await w.run(c.store, [{ kind: "kept.prune" }]);
};

it("an order that was cancelled since is not finished by itself: it is named, and nothing is written", async () => {
  const id = await order();
  await loseWhatIsKept(id, "stages = 'sale,ordered'");
  const before = moneyOf(id);
  await w.control(`/bigcommerce/${c.store}/orders/${id}/status`, { status_id: 5 });
  await w.run(c.store, [{ kind: "order.money", orderId: id }]);
  const found = (await page(id)).problems.find((problem) => problem.kind === "sale-unfinished");
  expect(found).toMatchObject({ holds: false, title: expect.stringContaining(`order ${id} is not finished`) });
  expect(moneyOf(id)).toEqual(before);
});

it("sent with no invoice wanted, an order is finished: neither side is asked, whatever Setup says since", async () => {
  const id = await order();
  await env.DB.prepare("UPDATE settings_versions SET document = json_set(document, '$.invoice.status', 'none')").run();
  await loseWhatIsKept(id, "stages = 'sale,ordered', invoice_task_id = NULL");
  w.twins.world.trace.clear();
  await w.run(c.store, [{ kind: "order.money", orderId: id }]);
  const asked = w.twins.world.trace.all().map((exchange) => exchange.url);
  expect(asked.filter((url) => /transactions|taxes|\/sale/.test(url))).toEqual([]);
});

it("every queue forgets by itself once a day: the item is there after the first run, and stays", async () => {
  await order();
  const rows = () => rowsIn(`store:${c.store}`, "SELECT key FROM work WHERE key = 'kept.prune' AND parked = 0");
  expect(await rows()).toHaveLength(1);
  await w.run(c.store, [{ kind: "kept.prune" }]);
  expect(await rows()).toHaveLength(1);
});
