import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Connected } from "../../../../scripts/connect.ts";
import type { AttentionList, OrderDetail, OrderList } from "../../../../worker/contract/index.ts";
import { type World, world } from "../../../harness/world.ts";

/** Whatever BigCommerce told of has a row, a page and a clock (M54). */
let w: World;
let c: Connected;
beforeEach(async () => {
  w = world();
  c = await w.connect();
}, 60_000);

const at = (path: string) => `/api/stores/${c.store}${path}`;
const page = (id: number) => c.panel<OrderDetail>("GET", at(`/orders/${id}`));
const inLists = async (view: string) => (await c.panel<OrderList>("GET", at(`/orders?view=${view}&perPage=100`))).rows.map((row) => row.id);
/** Forms that BigCommerce never gave, written over its own answers. */
const hostile = new Map<number, Record<string, unknown>>();
function corrupt(): void {
  const mock = vi.mocked(fetch);
  const inner = mock.getMockImplementation() as typeof fetch;
  mock.mockImplementation(async (input, init) => {
    const answer = await inner(input, init);
    const id = /\/v2\/orders\/(\d+)\?/.exec(input instanceof Request ? input.url : String(input))?.[1];
    const forms = hostile.get(Number(id));
    return forms && answer.ok ? Response.json({ ...((await answer.json()) as object), ...forms }, { headers: answer.headers }) : answer;
  });
}
const place = () => w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] });

const FIELDS = [
  ...["total_inc_tax", "total_ex_tax", "total_tax", "subtotal_ex_tax", "subtotal_inc_tax", "shipping_cost_ex_tax", "handling_cost_inc_tax"],
  ...["wrapping_cost_tax", "discount_amount", "coupon_discount", "store_credit_amount", "billing_address", "date_created", "status_id"],
  ...["items_total", "items_shipped", "channel_id", "customer_id", "is_deleted", "payment_method"],
];
const FORMS = [{}, [], "\u0000not what it was"];

describe("an order that cannot be read", () => {
  it("in each hostile form of each field is in one list, opens, and can be processed; readable again, it goes", async () => {
    corrupt();
    const ids: number[] = [];
    for (const field of FIELDS) {
      for (const form of FORMS) {
        const id = await place();
        hostile.set(id, { [field]: form });
        ids.push(id);
      }
    }
    await w.run(
      c.store,
      ids.map((orderId) => ({ kind: "order.changed", orderId })),
    );
    for (const id of ids) {
      const { order } = await page(id);
      expect([order.id, ["held", "sent", "not-taken"].includes(order.state)]).toEqual([id, true]);
      await c.panel("POST", at(`/orders/${id}/process`));
    }
    expect((await inLists("log")).filter((id) => ids.includes(id)).sort()).toEqual([...ids].sort());
    const told = (await c.panel<AttentionList>("GET", at("/attention?perPage=100"))).rows.filter((row) => row.kind === "order-malformed");
    expect(told.length).toBeGreaterThan(FIELDS.length);
    const held = told.flatMap((row) => row.orders);
    expect(await inLists("pending")).toEqual(expect.arrayContaining(held));
    hostile.clear();
    await w.run(
      c.store,
      held.map((orderId) => ({ kind: "order.changed", orderId })),
    );
    expect(await Promise.all(held.map(async (id) => (await page(id)).order.state))).toEqual(held.map(() => "sent"));
  }, 240_000);

  it("because BigCommerce answers 500 for it: it waits in the list with when it is tried again, and goes when it can be read", async () => {
    const id = await place();
    await w.control("/faults", [{ peer: "bigcommerce", method: "GET", path: `/v2/orders/${id}`, kind: "status", status: 500, times: 2 }]);
    await w.put(c.store, [{ kind: "order.changed", orderId: id }]);
    const { order } = await page(id);
    expect([order.state, order.placedAt, order.total, await inLists("pending")]).toEqual(["pending", "", "", [id]]);
    await w.control("/faults", []);
    await w.run(c.store, [{ kind: "order.changed", orderId: id }]);
    const now = (await page(id)).order;
    expect([now.state, now.placedAt === "", now.total === ""]).toEqual(["sent", false, false]);
  }, 120_000);
});
