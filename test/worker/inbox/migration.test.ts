import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import type { InboxStub } from "../../../worker/inbox/client.ts";

afterEach(() => vi.restoreAllMocks());

const NAME = "store:broken1";
const object = () => env.INBOX.getByName(NAME);
const inbox = () => object() as unknown as InboxStub;
const exec = (query: string) => runInDurableObject(object(), (_, state) => state.storage.sql.exec(query).toArray());
const told = (spy: { mock: { calls: unknown[][] } }) =>
  spy.mock.calls.map(([line]) => JSON.parse(String(line)) as { event: string; kind?: string; store?: string });

it("a migration that fails: the queue stays readable, takes work in, runs none of it, and the operator is told; mended, it goes on", async () => {
  await inbox().put([{ kind: "order.changed", orderId: 7 }], { delayMs: 3_600_000_000 });
  // The newest entry is to be applied again, and cannot be: its column is there.
  await exec("DELETE FROM migrations WHERE id = (SELECT MAX(id) FROM migrations)");
  const spy = vi.spyOn(console, "log").mockImplementation(() => {});
  await evictDurableObject(object());

  expect(await inbox().status()).toMatchObject({ waiting: 1, calls: 4 });
  expect(await inbox().attempts(7)).toEqual([]);
  expect(told(spy)).toContainEqual({ event: "alert", kind: "migration-failed", store: NAME });
  await inbox().put([{ kind: "order.changed", orderId: 8 }]);
  await inbox().poke();
  expect((await inbox().status()).waiting).toBe(2);
  expect(told(spy).filter((line) => line.event === "item")).toEqual([]);

  await exec("ALTER TABLE identity DROP COLUMN erased_at");
  await inbox().poke();
  expect(
    told(spy)
      .filter((line) => line.event === "item")
      .map((line) => line.kind),
  ).toEqual(["order.changed"]);
  expect((await inbox().status()).waiting).toBe(1);
  await inbox().erase();
});
