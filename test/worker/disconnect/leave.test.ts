import { eq, getTableName, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bigCommerce, freshQuota } from "../../../worker/bigcommerce/client.ts";
import { ensureHooks } from "../../../worker/connect/flow.ts";
import { openCredentials, storeRow, tenantOfRow } from "../../../worker/connect/store.ts";
import type { ApiError, Disconnecting, LinkCode } from "../../../worker/contract/index.ts";
import { closeStore, restoreLinks } from "../../../worker/disconnect/flow.ts";
import { purgeKept } from "../../../worker/disconnect/purge-store.ts";
import { leaveRoutes } from "../../../worker/disconnect/routes.ts";
import { CONNECTED, DROPPED, KEPT } from "../../../worker/disconnect/tables.ts";
import type { InboxStub } from "../../../worker/inbox/client.ts";
import type { ClosingContext } from "../../../worker/inbox/flow.ts";
import type { Outcome } from "../../../worker/inbox/outcome.ts";
import * as schema from "../../../worker/lib/db/schema/tables.ts";
import type { StoreHash } from "../../../worker/lib/ids.ts";
import { ACCOUNT, OTHER_ACCOUNT, STORE, type Stage, stage, there } from "../../harness/stage.ts";
import { fill, iso } from "../connect/in-use.ts";

const HASH = STORE as StoreHash;
const NAME = "Harbour & Pine";
let s: Stage;
let panel: string;
let erased: number;
beforeEach(async () => {
  s = stage();
  s.app.use("/api/stores/:hash/*", async (c, next) => {
    c.set("inbox", { put: async (works) => void s.puts.push({ inbox: `store:${c.req.param("hash")}`, works }) } as InboxStub);
    await next();
  });
  s.app.route("/api/stores/:hash", leaveRoutes);
  erased = 0;
  panel = await s.sessionFrom(await s.install());
  await linkTo(ACCOUNT);
  await s.db.update(schema.stores).set({ name: NAME });
  await ensureHooks(await context());
  await fill(s);
  s.puts.length = 0;
});
afterEach(() => vi.restoreAllMocks());

async function linkTo(account: string) {
  const desk = await s.signIn(account);
  const { code } = await s.json<LinkCode>(await s.api("/api/link-codes", desk, {}));
  const answer = await s.api(`/api/stores/${STORE}/link`, panel, { code });
  expect(answer.status, await answer.clone().text()).toBe(200);
}
const row = async () => there(await storeRow(s.db, HASH));
async function context(): Promise<ClosingContext & { bigcommerce: ReturnType<typeof bigCommerce> }> {
  const tenant = tenantOfRow(await row(), HASH);
  const credentials = await openCredentials(s.db, tenant, s.config.sealingKeys);
  const now = () => s.state.now;
  const client = {
    apiUrl: s.config.bigcommerce.apiUrl,
    hash: HASH,
    token: credentials?.token ?? "",
    timeScale: 20,
    now,
    quota: freshQuota(),
  };
  const bigcommerce = (credentials ? bigCommerce(client) : null) as ReturnType<typeof bigCommerce>;
  const eraseQueue = async () => void erased++;
  const nothing = async () => undefined;
  const erase = { eraseQueue, eraseGates: nothing, eraseAccount: nothing };
  return { db: s.db, config: s.config, now, attempt: 1, jitter: 0.5, tenant, bigcommerce, ...erase };
}
const at = (n: number) => iso(s, n);

const ask = (choice: string, confirm: unknown = NAME, as = panel) => s.api(`/api/stores/${STORE}/disconnect`, as, { choice, confirm });
/** Runs `store.close` until it waits for nothing. */
async function close(): Promise<Outcome> {
  for (let i = 0; i < 10; i++) {
    const outcome = await closeStore(await context());
    if (outcome.is !== "later") return outcome;
    s.state.now = Math.max(outcome.at, s.state.now);
  }
  throw new Error("it does not end");
}
const everything = async () => {
  const all: Record<string, unknown[]> = {};
  for (const { table, name } of KEPT) all[name] = await s.db.select().from(table);
  for (const table of [...DROPPED, ...CONNECTED])
    all[getTableName(table)] = await s.db.all(sql`SELECT * FROM ${table} WHERE store_hash = ${STORE}`);
  return all;
};
const filled = (all: Record<string, unknown[]>) => Object.keys(all).filter((name) => (all[name]?.length ?? 0) > 0);
const hooks = () => there(s.bigcommerce.twin.state.stores[STORE]).hooks;

describe("asking for it (F12)", () => {
  it("needs the store's name typed and the right to configure; nothing happens before", async () => {
    for (const wrong of ["", "harbour", null, 7, `${NAME} x`]) {
      const answer = await ask("keep-links", wrong);
      expect([answer.status, (await s.json<ApiError>(answer)).error.fields?.["confirm"]]).toEqual([422, expect.stringContaining(NAME)]);
    }
    expect((await ask("burn-it")).status).toBe(400);
    const staff = await s.sessionFrom(await s.load(s.staff()));
    expect((await ask("keep-links", NAME, staff)).status).toBe(403);
    expect((await row()).state).toBe("active");
    expect(s.puts).toEqual([]);
  });

  it("ends every session at once, puts one work item, and says until when links are kept", async () => {
    const answer = await ask("keep-links", ` ${NAME.toUpperCase()} `);
    expect(answer.status).toBe(200);
    expect((await s.json<Disconnecting>(answer)).keptUntil).toBe(at(30 * 86_400_000));
    expect(await row()).toMatchObject({ state: "closing", epoch: 2, accountId: ACCOUNT });
    expect(s.puts).toEqual([{ inbox: `store:${STORE}`, works: [{ kind: "store.close" }] }]);
    expect((await s.api("/api/me", panel)).status).toBe(401);
    expect((await ask("keep-links")).status).toBe(401);
  });

  it("two people at once: one disconnect", async () => {
    const answers = await Promise.all([ask("keep-links"), ask("remove-everything")]);
    expect(answers.map((a) => a.status).sort()).not.toEqual([200, 200]);
    expect((await s.db.select().from(schema.disconnects)).length).toBe(1);
    expect((await row()).epoch).toBe(2);
  });

  it("waits until what was running has ended; webhooks that are gone are not asked for again", async () => {
    await ask("keep-links");
    const waits = { is: "later", at: s.state.now + 60_000 / 20, strike: false };
    expect(await closeStore(await context())).toMatchObject(waits);
    s.twins.world.faults.set([{ peer: "bigcommerce", path: "/v3/hooks", kind: "status", status: 503 }]);
    expect(await closeStore(await context())).toMatchObject(waits);
  });

  it("waits for BigCommerce's trouble only so long: personal data does not stay for it", async () => {
    await ask("keep-links");
    s.twins.world.faults.set([{ peer: "bigcommerce", path: "/v3/hooks", kind: "status", status: 503 }]);
    expect(await closeStore(await context())).toMatchObject({ is: "later", why: expect.stringContaining("BigCommerce") });
    s.state.now += (15 * 60_000) / 20;
    expect(await closeStore(await context())).toMatchObject({ is: "done" });
  });
});

describe("disconnect and reconnect (N20, decision 1.17)", () => {
  it("what is personal or secret goes at once; links stay sealed", async () => {
    await ask("keep-links");
    expect(await close()).toMatchObject({ is: "done" });
    expect(hooks()).toEqual([]);
    expect(filled(await everything())).toEqual([]);
    expect(erased).toBe(1);
    expect(await row()).toMatchObject({ state: "disconnected", accountId: null });
    const kept = await s.db.select().from(schema.keptLinks);
    expect(kept.map((k) => [k.source, k.rows]).sort()).toEqual([
      ["documents", 40],
      ["order_payments", 1],
      ["orders", 21],
      ["sale_lines", 2],
      ["settings_versions", 2],
    ]);
    expect(JSON.stringify(kept)).not.toMatch(/SO-0|sale-\d|Ana Keller|wattleandgum|@example/);
    // The account's last store: its keys, customers and sessions go too.
    expect([(await s.db.select().from(schema.accountKeys)).length, (await s.db.select().from(schema.sharedThings)).length]).toEqual([0, 0]);
    expect((await s.db.select().from(schema.audit)).map((line) => [line.by, line.what])).toEqual([
      ["olivia@wattleandgum.example", expect.stringContaining("sealed for 30 days")],
    ]);
  });

  it("connected again to the same account every link is found, without names, and older orders are looked up first", async () => {
    await s.db.update(schema.orders).set({ stages: "sale,ordered,invoiced,paid" }).where(eq(schema.orders.orderId, 20));
    await s.db.update(schema.orders).set({ stages: "sale,ordered,invoiced,part-paid" }).where(eq(schema.orders.orderId, 19));
    await s.db.update(schema.orders).set({ stages: "sale,ordered,voided" }).where(eq(schema.orders.orderId, 18));
    const before = await s.db.select().from(schema.orders).orderBy(schema.orders.orderId);
    const unpaid = before.filter((o) => o.saleId && ![18, 20].includes(o.orderId)).map((o) => o.orderId);
    unpaid.reverse();
    const ofSales = async () => [await s.db.select().from(schema.documents).all(), await s.db.select().from(schema.saleLines).all()];
    const sales = await ofSales();
    await ask("keep-links");
    await close();
    s.state.now += 86_400_000;
    panel = await s.sessionFrom(await s.install());
    await linkTo(ACCOUNT);
    expect(s.puts.flatMap((p) => p.works)).toContainEqual({ kind: "links.restore" });
    // Their sales are there; invoices and payments that the disconnect came between go on, newest first.
    // Sales that are neither paid nor void go on, those that wait to be sent are looked at again.
    const unfinished = [{ kind: "orders.release" }, ...unpaid.map((orderId) => ({ kind: "order.money", orderId }))];
    expect(await restoreLinks(await context())).toEqual({ is: "done", note: "21 orders found their sales again.", next: unfinished });
    const after = await s.db.select().from(schema.orders).orderBy(schema.orders.orderId);
    expect(after).toEqual(
      before.map((o) => ({
        ...o,
        customer: "",
        email: "",
        picture: null,
      })),
    );
    expect(await s.db.select().from(schema.orderPayments)).toHaveLength(1);
    expect(await ofSales()).toEqual(sales);
    // Another connection may have taken over meanwhile: a person switches orders on, by the checks of a first time (M22, M42).
    expect(await s.db.select().from(schema.settingsVersions).orderBy(schema.settingsVersions.version)).toMatchObject([
      { version: 1, document: { orders: { on: true } } },
      { version: 2, document: { orders: { on: false } }, changes: ["Orders: off, because the link to Cin7 Core ended"] },
    ]);
    expect((await row()).lookBefore).toBe(at(0));
    expect(await s.db.select().from(schema.keptLinks)).toEqual([]);
    // Killed before its work was kept, it runs again: no row twice, and everything unfinished goes on all the same.
    expect(await restoreLinks(await context())).toEqual({
      is: "done",
      note: "No earlier links to this account are sealed.",
      next: unfinished,
    });
  });

  it("another account finds nothing of it; after 30 days nobody does", async () => {
    await ask("keep-links");
    await close();
    panel = await s.sessionFrom(await s.install());
    await linkTo(OTHER_ACCOUNT);
    await restoreLinks(await context());
    expect(await s.db.select().from(schema.orders)).toEqual([]);
    await purgeKept(s.db, at(29 * 86_400_000));
    expect((await s.db.select().from(schema.keptLinks)).length).toBe(5);
    await purgeKept(s.db, at(31 * 86_400_000));
    expect(await s.db.select().from(schema.keptLinks)).toEqual([]);
  });

  it("a crash at any moment: it goes on where it stopped", async () => {
    await ask("keep-links");
    s.state.now += 60_000;
    const batch = s.db.batch.bind(s.db);
    let fails = 0;
    for (let after = 0; after < 12; after++) {
      let calls = 0;
      const c = await context();
      const db = Object.assign(Object.create(Object.getPrototypeOf(s.db)), s.db, {
        batch: (statements: Parameters<typeof batch>[0]) => (calls++ === after ? Promise.reject(new Error("killed")) : batch(statements)),
      });
      try {
        await closeStore({ ...c, db });
        break;
      } catch {
        fails++;
      }
    }
    expect(fails).toBeGreaterThan(0);
    await close();
    expect(await row()).toMatchObject({ state: "disconnected" });
    const kept = await s.db.select().from(schema.keptLinks);
    expect(kept.filter((k) => k.source === "orders").reduce((n, k) => n + k.rows, 0)).toBe(21);
  });

  it("a store that was connected again meanwhile is left alone", async () => {
    await ask("remove-everything");
    const stale = await context();
    s.state.now += 60_000;
    await s.install();
    expect(await closeStore(stale)).toMatchObject({ is: "skipped" });
    expect(await closeStore(await context())).toMatchObject({ is: "skipped" });
    expect(await row()).toMatchObject({ state: "active", accountId: ACCOUNT });
    expect((await s.db.select().from(schema.orders)).length).toBe(21);
  });
});

it("remove everything: nothing is left but that it happened, without a name", async () => {
  await ask("remove-everything");
  expect(await close()).toMatchObject({ is: "done" });
  expect(filled(await everything())).toEqual([]);
  expect(await s.db.select().from(schema.keptLinks)).toEqual([]);
  expect(await row()).toMatchObject({ state: "disconnected", accountId: null, name: "", domain: "" });
  expect((await s.db.select().from(schema.audit)).map((line) => line.by)).toEqual([""]);
});

it("an account with another store keeps its keys and customers", async () => {
  await s.db.insert(schema.stores).values({ ...(await row()), hash: "another1" });
  await ask("keep-links");
  await close();
  expect([(await s.db.select().from(schema.accountKeys)).length, (await s.db.select().from(schema.sharedThings)).length]).toEqual([1, 1]);
});

describe("move to another account (F6)", () => {
  it("keeps the store installed and the orders that have a sale, and ends the link", async () => {
    await ask("move");
    expect(await close()).toMatchObject({ is: "done" });
    expect(hooks().length).toBeGreaterThan(0);
    expect(await row()).toMatchObject({ state: "active", accountId: null });
    panel = await s.sessionFrom(await s.load());
    await linkTo(OTHER_ACCOUNT);
    const history = await s.db.select().from(schema.orders).where(eq(schema.orders.accountId, ACCOUNT));
    expect(history.map((o) => o.saleNumber)).toHaveLength(20);
    // With what they are made of; what was mapped and never sent goes with its order.
    expect([(await s.db.select().from(schema.documents)).length, (await s.db.select().from(schema.saleLines)).length]).toEqual([40, 1]);
    expect(await s.db.select().from(schema.problems)).toEqual([]);
    expect((await s.db.select().from(schema.settingsVersions)).map((v) => v.accountId)).toEqual([ACCOUNT, ACCOUNT]);
  });

  it("moved back, Setup is as it was with orders off, in the history under its own line", async () => {
    await ask("move");
    await close();
    panel = await s.sessionFrom(await s.load());
    await linkTo(ACCOUNT);
    await restoreLinks(await context());
    const { currentSettings } = await import("../../../worker/settings/store.ts");
    const { version, settings, savedBy } = await currentSettings(s.db, tenantOfRow(await row(), HASH));
    expect([version, settings.orders.on, savedBy, settings.tax.classes.length]).toEqual([2, false, "Lockstep", 1]);
  });
});
