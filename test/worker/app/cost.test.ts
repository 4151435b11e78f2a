import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import type { Inbox } from "../../../worker/app/inbox-object.ts";
import type { Env } from "../../../worker/env.ts";
import { meterD1, meterSql } from "../../harness/rows.ts";
import { world } from "../../harness/world.ts";

/** What an ordinary order costs from its first notice to its payment and the note in BigCommerce (decision 0030), as counted. */
vi.setConfig({ testTimeout: 30_000 });

const D1 = { statements: 22, written: 25 };
const OBJECTS = { read: 300, written: 50 };

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
  const inbox = env.INBOX.getByName(`store:${c.store}`);
  const gate = env.GATE.getByName(key as string);
  const [d1, ...rows] = [
    ...(await runInDurableObject(inbox, async (instance, { storage: { sql } }) => {
      // Sweeps and webhooks have their own time: what runs of them ends first, and this is the order's cost alone.
      await (instance as Inbox).poke();
      sql.exec("DELETE FROM work WHERE kind <> 'kept.prune'");
      return [meterD1((instance as unknown as { env: Env }).env.DB), meterSql(sql)] as const;
    })),
    await runInDurableObject(gate, (_, { storage: { sql } }) => meterSql(sql)),
  ] as const;
  const orderId = await place();
  const { statements, written } = d1();
  const objects = rows.map((each) => each());
  const sum = (of: "read" | "written") => objects.reduce((n, each) => n + each[of], 0);

  const row = await env.DB.prepare("SELECT state, stages FROM orders WHERE order_id = ?").bind(orderId).first();
  expect(row).toMatchObject({ state: "sent", stages: "sale,ordered,invoiced,paid" });
  expect(statements.length, statements.join("\n")).toBeLessThanOrEqual(D1.statements);
  expect(written).toBeLessThanOrEqual(D1.written);
  expect(sum("written")).toBeLessThanOrEqual(OBJECTS.written);
  expect(sum("read")).toBeLessThanOrEqual(OBJECTS.read);
});
