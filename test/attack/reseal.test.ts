import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { usedKey, useKey } from "../../worker/accounts/key-store.ts";
import { connectStore, openCredentials } from "../../worker/connect/store.ts";
import { keptPlace } from "../../worker/disconnect/tables.ts";
import { recordAttempts } from "../../worker/inbox/attempts.ts";
import type { InboxStub } from "../../worker/inbox/client.ts";
import { frozenIn, frozenPlace } from "../../worker/inbox/forgotten.ts";
import { attemptOf, openAttempts } from "../../worker/inbox/sealed/recorder.ts";
import { resealPart } from "../../worker/inbox/sealed/reseal.ts";
import { gzip, type SealingKeys, seal, unseal } from "../../worker/lib/crypto.ts";
import { keptLinks } from "../../worker/lib/db/schema/tables.ts";
import { type AccountId, type StoreHash, tenantOf } from "../../worker/lib/ids.ts";
import { resealSome } from "../../worker/sealing/reseal-step.ts";
import { ACCOUNT, db, STORE, twoMerchants } from "./world.ts";

/**
 * A sealing key is retired as the runbook says: a second one is added and made the present one, everything is sealed anew, the
 * first one is taken away. Real D1, a real object's SQLite.
 */
const ONE = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE";
const TWO = "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU";
const before: SealingKeys = { current: 1, keys: { "1": ONE } };
const between: SealingKeys = { current: 2, keys: { "1": ONE, "2": TWO } };
const after: SealingKeys = { current: 2, keys: { "2": TWO } };

const AT = "2026-01-05T09:00:00.000Z";
const NAME = `store:${STORE}`;
const tenant = tenantOf(STORE as StoreHash, ACCOUNT as AccountId, 1);
const KEY = "11111111-2222-3333-4444-555555555555";

const inObject = <T>(run: (sql: SqlStorage) => T | Promise<T>): Promise<T> =>
  runInDurableObject(env.INBOX.getByName(NAME), (_, state) => run(state.storage.sql));
/** The queue as it is once the second key is deployed. */
const inbox: Pick<InboxStub, "reseal"> = { reseal: (upTo) => inObject((sql) => resealPart(sql, between, NAME, upTo)) };
const pass = () => resealSome(db(), between, () => inbox);

const exchange = (text: string) => ({
  method: "POST" as const,
  path: `/customer?Search=${text}@example.org`,
  answer: { is: "refused" as const, status: 400, message: `No ${text}`, body: null },
  request: `{"for":"${text}"}`,
  response: `[{"Exception":"No ${text}"}]`,
  ms: 1,
});
const record = (order: number, keys: SealingKeys) =>
  inObject(async (sql) =>
    recordAttempts(sql, [
      await attemptOf(keys, { inbox: NAME, orderId: order, side: "Cin7 Core", exchange: exchange(`shopper${order}`), at: 1_000 }),
    ]),
  );

async function sealAll(keys: SealingKeys): Promise<void> {
  await twoMerchants();
  await env.DB.prepare("UPDATE stores SET state = 'disconnected' WHERE hash <> ?").bind(STORE).run();
  const credentials = { hash: STORE as StoreHash, clientId: "id", token: "the-token", clientSecret: "the-client-secret" };
  await connectStore(db(), keys, { ...credentials, connection: "store-api", scopes: [], info: null, account: ACCOUNT as AccountId }, AT);
  await useKey(db(), keys, ACCOUNT as AccountId, KEY, AT);
  const sealed = await seal(keys, keptPlace(STORE, "part-1"), "the links");
  const part = { id: "part-1", storeHash: STORE, accountId: ACCOUNT, source: "orders", rows: 1, sealed, keepUntil: AT };
  await db().insert(keptLinks).values(part).run();
  for (let order = 1; order <= 250; order++) await record(order, keys);
  await inObject((sql) => frozenIn(sql, keys, NAME).keep(7, "order:7:g1:sale", { draft: "of order 7" }));
  // As a release before kept it.
  const older = await seal(keys, frozenPlace(NAME, 8, null), await gzip(JSON.stringify({ draft: "of order 8" })));
  await inObject((sql) => sql.exec("INSERT INTO drafts (order_id, draft, at) VALUES (8, ?, 1)", older));
}

async function openedAll(keys: SealingKeys): Promise<unknown> {
  const { token, clientSecret } = (await openCredentials(db(), tenant, keys)) ?? {};
  const [part] = await db().select().from(keptLinks);
  return {
    token,
    clientSecret,
    key: (await usedKey(db(), keys, ACCOUNT as AccountId))?.secret,
    links: await unseal(keys, keptPlace(STORE, "part-1"), part?.sealed ?? ""),
    draft: await inObject((sql) => frozenIn(sql, keys, NAME).newest(7, ":sale")),
    older: await inObject((sql) => frozenIn(sql, keys, NAME).newest(8, ":sale")),
    attempts: await inObject(async (sql) => (await Promise.all([1, 250].map((order) => openAttempts(sql, keys, NAME, order)))).flat()),
  };
}

describe("a sealing key", () => {
  beforeEach(() => sealAll(before));

  it("is retired: a second one, everything sealed anew, the first one away; and everything opens as before", async () => {
    const plain = await openedAll(before);
    expect(plain).toMatchObject({
      token: "the-token",
      key: KEY,
      links: "the links",
      draft: { draft: "of order 7" },
      older: { draft: "of order 8" },
    });
    expect(JSON.stringify(plain)).toContain("Search=shopper250@example.org");
    await expect(openedAll(after)).rejects.toThrow("no sealing key number 1");
    // The credentials, the key, the links, both drafts, and the calls of 250 orders.
    expect(await pass()).toEqual({ rows: 1 + 1 + 1 + 2 + 250, queuesLeft: 0 });
    expect(await openedAll(after)).toEqual(plain);
    expect(await pass()).toEqual({ rows: 0, queuesLeft: 0 });
  });

  it("goes on where it was cut off, and what is sealed is sealed once", async () => {
    let calls = 0;
    const cut = {
      reseal: (upTo: Parameters<InboxStub["reseal"]>[0]) => (++calls > 3 ? Promise.reject(new Error("gone")) : inbox.reseal(upTo)),
    };
    expect(await resealSome(db(), between, () => cut)).toMatchObject({ queuesLeft: 1 });
    expect(await pass()).toEqual({ rows: 50, queuesLeft: 0 });
    expect(await openedAll(after)).toMatchObject({ draft: { draft: "of order 7" } });
  });

  it("a queue that still runs with the former keys is not done, whatever it answers; it is visited again", async () => {
    const former: Pick<InboxStub, "reseal"> = { reseal: (upTo) => inObject((sql) => resealPart(sql, before, NAME, upTo)) };
    expect(await resealSome(db(), between, () => former)).toEqual({ rows: 1 + 1 + 1, queuesLeft: 1 });
    // Deployed midway: the part that was looked through with the former keys is looked through again.
    let parts = 0;
    const midway: Pick<InboxStub, "reseal"> = { reseal: (upTo) => (++parts > 1 ? inbox : former).reseal(upTo) };
    expect(await resealSome(db(), between, () => midway)).toMatchObject({ queuesLeft: 1 });
    expect((await pass()).queuesLeft).toBe(0);
    expect(await openedAll(after)).toMatchObject({ draft: { draft: "of order 7" }, older: { draft: "of order 8" } });
  });

  it("leaves alone what is forgotten while it is sealed anew", async () => {
    await inObject(async (sql) => {
      const part = resealPart(sql, between, NAME, { table: "order_calls", order: 0, n: 0 });
      sql.exec("UPDATE order_calls SET request = NULL, response = NULL, note = '', path = '/customer' WHERE order_id = 200");
      await part;
    });
    expect(await inObject((sql) => openAttempts(sql, after, NAME, 200))).toMatchObject([
      { request: null, response: null, note: "", path: "/customer" },
    ]);
  });

  it("with which an application key was recognised goes with it: the same key again is the same row", async () => {
    const id = (await usedKey(db(), before, ACCOUNT as AccountId))?.id;
    await pass();
    await useKey(db(), after, ACCOUNT as AccountId, KEY, AT);
    expect((await usedKey(db(), after, ACCOUNT as AccountId))?.id).toBe(id);
  });
});

it("no other column of the database is sealed: a new one needs a line in this pass", () => {
  const sealed = new Set(env.TEST_MIGRATIONS.flatMap(({ queries }) => queries.join("\n").match(/`\w*sealed\w*`/g) ?? []));
  expect([...sealed].sort()).toEqual(
    ["`sealed_client_secret`", "`sealed_hook_secret`", "`sealed_key`", "`sealed_token`", "`sealed_with`", "`sealed`"].sort(),
  );
});
