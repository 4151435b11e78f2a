import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import type { OrderDetail } from "../../../../worker/contract/index.ts";
import { world } from "../../../harness/world.ts";

it("an order that a restored database has never seen goes on when its page can be drawn: it waits while BigCommerce does not answer, and stays no empty page", async () => {
  const w = world();
  const c = await w.connect();
  const id = await w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] });
  await w.run(c.store, [{ kind: "order.changed", orderId: id }]);
  const page = () => c.panel<OrderDetail>("GET", `/api/stores/${c.store}/orders/${id}`);
  const before = await page();
  expect(before.order.state).toBe("sent");
  for (const table of ["orders", "documents", "sale_lines", "order_payments"])
    await env.DB.prepare(`DELETE FROM ${table} WHERE store_hash = ? AND order_id = ?`).bind(c.store, id).run();

  const mock = vi.mocked(fetch);
  const inner = mock.getMockImplementation() as typeof fetch;
  const answer = { away: 0 };
  mock.mockImplementation(async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.includes(`/v2/orders/${id}/`)) return inner(input, init);
    answer.away++;
    return new Response("", { status: 503 });
  });
  await w.put(c.store, [{ kind: "order.changed", orderId: id }]);
  expect([answer.away > 0, (await page()).came]).toEqual([true, []]);

  mock.mockImplementation(inner);
  await w.run(c.store, []);
  const after = await page();
  expect(after.order.state).toBe("sent");
  expect(after.came).toEqual(before.came);
});
