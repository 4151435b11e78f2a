import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import type { Inbox } from "../../../worker/app/inbox-object.ts";
import type { Env } from "../../../worker/env.ts";
import { meterD1, meterSql, ORDER_BARS } from "../../harness/rows.ts";
import { world } from "../../harness/world.ts";

/** What an ordinary order costs from its first notice to its payment and the note in BigCommerce (decision 0030), as counted. */
vi.setConfig({ testTimeout: 30_000 });

it("an order, read, sent, invoiced, paid and told of, costs few statements and rows", async () => {
  const w = world();
  const c = await w.connect({ change: (settings) => void Object.assign(settings.invoice, { status: "authorised" }) });
  const place = async () => {
    const orderId = await w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }], shipping: 9 });
    await w.run(c.store, [{ kind: "order.changed", orderId }]);
    return orderId;
  };
  // The shopper is known from now on.
  await place();
  const key = await env.DB.prepare("SELECT id FROM account_keys").first<string>("id");
  const costs: Awaited<ReturnType<typeof costOf>>[] = [];
  for (let n = 0; n < 3; n++) costs.push(await costOf(`store:${c.store}`, key as string, place));
  // What else runs in this process, an alarm of another test or a late webhook, only ever adds: the least is the order's own.
  const least = (of: keyof (typeof costs)[number]) => Math.min(...costs.map((cost) => Number(cost[of])));
  expect(least("statements"), costs[0]?.texts).toBeLessThanOrEqual(ORDER_BARS.d1Queries);
  expect(least("written")).toBeLessThanOrEqual(ORDER_BARS.d1Written);
  expect(least("objectWritten")).toBeLessThanOrEqual(ORDER_BARS.objectWritten);
  expect(least("objectRead")).toBeLessThanOrEqual(ORDER_BARS.objectRead);
});

/** One order's way, counted. */
async function costOf(name: string, key: string, place: () => Promise<number>) {
  const [d1, ...rows] = [
    ...(await runInDurableObject(env.INBOX.getByName(name), async (instance, { storage: { sql } }) => {
      // Sweeps and webhooks have their own time: what runs of them ends first, and this is the order's cost alone.
      await (instance as Inbox).poke();
      sql.exec("DELETE FROM work WHERE kind <> 'kept.prune'");
      return [meterD1((instance as unknown as { env: Env }).env.DB), meterSql(sql)] as const;
    })),
    await runInDurableObject(env.GATE.getByName(key), (_, { storage: { sql } }) => meterSql(sql)),
  ] as const;
  const orderId = await place();
  const { statements, written } = d1();
  const objects = rows.map((each) => each());
  const sum = (of: "read" | "written") => objects.reduce((n, each) => n + each[of], 0);
  const row = await env.DB.prepare("SELECT state, stages FROM orders WHERE order_id = ?").bind(orderId).first();
  expect(row).toMatchObject({ state: "sent", stages: "sale,ordered,invoiced,paid" });
  const texts = statements.join("\n");
  return { statements: statements.length, texts, written, objectWritten: sum("written"), objectRead: sum("read") };
}
