import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { onCron } from "../../worker/app/cron.ts";
import type { Gate } from "../../worker/cin7/gate.ts";
import { removeUser } from "../../worker/connect/store.ts";
import { beginDisconnect } from "../../worker/disconnect/store.ts";
import type { Choice } from "../../worker/disconnect/words.ts";
import { storeInbox } from "../../worker/inbox/client.ts";
import { accountKeys, accounts, disconnects, stores, users } from "../../worker/lib/db/schema/tables.ts";
import { type AccountId, type StoreHash, tenantOf } from "../../worker/lib/ids.ts";
import { until } from "../harness/until.ts";
import { DAY, fillAll, inObjects, inSchema, iso, left, OF_ORDERS, SHOPPER, tablesLeft } from "./filled.ts";
import { ACCOUNT, bindings, db, OTHER_STORE, ROLES, STORE, tokenFor, worker } from "./world.ts";

/** Every table of D1 and of every object's SQLite, walked after each way of leaving: what is kept is what docs/privacy.md says. */
const night = (at: number) => onCron(bindings, "17 3 * * *", at);
const inbox = () => storeInbox(bindings, STORE as StoreHash);
const tenant = tenantOf(STORE as StoreHash, ACCOUNT as AccountId, 1);
const state = async () => (await db().select().from(stores).where(eq(stores.hash, STORE)).get())?.state;

/** The queue's part of it: as a minute later, when what was running has ended. BigCommerce does not answer and is not waited for. */
async function closed(): Promise<void> {
  await db()
    .update(disconnects)
    .set({ begunAt: iso(Date.now() - DAY / 24) })
    .run();
  await until("the store to be disconnected", async () => {
    await inbox().put([{ kind: "store.close" }]);
    await inbox().poke();
    return (await state()) === "disconnected";
  });
}
async function leave(choice: Choice): Promise<void> {
  expect(await beginDisconnect(db(), tenant, choice, "Ana11@example.org", iso(Date.now() - DAY / 24))).toBe(true);
  await closed();
}

/** An object that was emptied holds its own name and nothing else. */
const QUEUE = { rows: ["identity"], known: [] };
const GATE = { rows: [], known: [] };
/** Of a store that left for good: that it left, and how. */
const NOTHING = { left: [], tables: ["disconnects", "stores"], objects: { "account's queue": QUEUE, gate: GATE, "store's queue": QUEUE } };
const all = async () => ({ left: await left(), tables: await tablesLeft(), objects: await inObjects() });
/** For 30 days: what the store was called, its account, who did what; its links sealed. */
const FOR_30_DAYS = [
  ...["charge_trial", "company", "id", "tax_calculation"].map((name) => `accounts.${name}`),
  ...["account_id", "by", "what"].map((name) => `audit.${name}`),
  "disconnects.account_id",
  "kept_links.account_id",
  ...["account_id", "seen_to"].flatMap((name) => [`product_sweeps.${name}`, `sales_sweeps.${name}`]),
  ...["account_id", "cin7_id", "claimed_by", "key", "name"].map((name) => `shared_things.${name}`),
  ...["control_panel_url", "country", "differing", "domain", "name", "store_id"].map((name) => `stores.${name}`),
];

beforeEach(async () => {
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("nobody there"));
  await fillAll();
});
afterEach(() => vi.restoreAllMocks());

describe("what is left", { timeout: 120_000 }, () => {
  it("before anybody leaves: something in every table and every object, or this walk would find nothing", async () => {
    const { tables, objects } = await all();
    const apart = ["disconnects", "kept_links", "one_time_codes", "used_tokens"];
    expect(tables).toEqual(inSchema().filter((name) => !apart.includes(name)));
    for (const [name, { known }] of Object.entries(objects)) expect([name, known.length > 3]).toEqual([name, true]);
  });

  it("after *Disconnect*: links sealed without anybody's name, and for 30 days what the store was; then nothing but that it left", async () => {
    await leave("keep-links");
    const now = await all();
    const sealed = now.left.filter((name) => name.startsWith("sealed "));
    expect(now.left.filter((name) => !sealed.includes(name))).toEqual(FOR_30_DAYS.sort());
    expect(sealed.map((name) => name.slice(7)).filter((name) => !OF_ORDERS.includes(name) && !/account_id$/.test(name))).toEqual([
      "settings_versions.changes",
    ]);
    expect([now.objects["gate"], now.objects["store's queue"]]).toEqual([GATE, QUEUE]);
    await night(Date.now() + 31 * DAY);
    expect(await all()).toEqual(NOTHING);
  });

  it("after *Remove everything*: at once nothing but that it left", async () => {
    await leave("remove-everything");
    expect(await all()).toEqual({ ...NOTHING, tables: ["audit", ...NOTHING.tables] });
    await night(Date.now() + 31 * DAY);
    expect(await all()).toEqual(NOTHING);
  });

  it("after an uninstall: everything for 30 days, as *Disconnect* for 30 more, then nothing but that it left", async () => {
    const before = await left();
    await db().update(stores).set({ state: "reconnect", updatedAt: iso() }).where(eq(stores.hash, STORE)).run();
    await night(Date.now() + 29 * DAY);
    expect(await left()).toEqual(before.filter((name) => !name.startsWith("one_time_codes.") && !name.startsWith("asked_mails.")));
    await night(Date.now() + 31 * DAY);
    expect(await state()).toBe("closing");
    await closed();
    expect((await left()).filter((name) => !name.startsWith("sealed "))).toEqual(FOR_30_DAYS.sort());
    await db()
      .update(disconnects)
      .set({ endedAt: iso(Date.now() + 31 * DAY) })
      .run();
    await night(Date.now() + 62 * DAY);
    expect(await all()).toEqual(NOTHING);
  });

  it("of a key that was signed in without a store: after a day nothing", async () => {
    await leave("remove-everything");
    await db().delete(stores).run();
    for (const table of ["disconnects", "audit"]) await db().run(sql.raw(`DELETE FROM ${table}`));
    await db().insert(accounts).values({ id: ACCOUNT, company: "Ana", currency: "AUD", createdAt: iso(), updatedAt: iso() }).run();
    const key = { id: "k-9", accountId: ACCOUNT, fingerprint: "f", sealedKey: "s", createdAt: iso() };
    await db().insert(accountKeys).values(key).run();
    const gate = bindings.GATE.getByName("k-9") as unknown as DurableObjectStub<Gate>;
    await gate.ask("order", `account:${ACCOUNT}`, 1);
    await night(Date.now() + DAY / 2);
    expect(await left()).toEqual(["account_keys.account_id", "accounts.company", "accounts.id"]);
    await inObjects();
    await night(Date.now() + DAY + 1000);
    expect(await all()).toEqual({ ...NOTHING, tables: [] });
    expect(await gate.meter()).toMatchObject({ used: 0, waitingCalls: 0 });
  });

  it("of a shopper who was erased: figures and links; no name, nothing that was sent, answered or said of a refusal", async () => {
    const ofOrders = /^(orders|order_payments|documents|sale_lines|problems|shared_things)\./;
    const before = await left();
    const answer = await worker.default.fetch(`http://app.test/api/stores/${STORE}/erase`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${await tokenFor("panel", STORE, ROLES.configure)}` },
      body: JSON.stringify({ email: SHOPPER }),
    });
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ orders: 1, waiting: 0 })]);
    const now = await left();
    expect(before.filter((name) => !now.includes(name))).toEqual(["orders.customer", "orders.email", "orders.picture", "problems.facts"]);
    const rest = now.filter((name) => ofOrders.test(name) && !/account_id$|^shared_things/.test(name));
    expect(rest.filter((name) => !OF_ORDERS.includes(name))).toEqual([]);
    const queue = (await inObjects())["store's queue"]?.known ?? [];
    expect(queue.filter((name) => /^(attempts|order_calls|claims|frozen|drafts)/.test(name))).toEqual(
      ["attempts", "order_calls"].flatMap((table) => ["method", "outcome", "side", "step"].map((name) => `${table}.${name}`)),
    );
  });

  it("of a person who may no longer open the app: that they may not", async () => {
    await removeUser(db(), tenant, { id: ROLES.view, locale: "en" }, 1, iso());
    const them = (await db().select().from(users).all()).filter(
      ({ userId, storeHash }) => userId === ROLES.view && storeHash !== OTHER_STORE,
    );
    expect(them).toMatchObject([{ active: false, email: "" }]);
  });
});
