import { getTableName } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { onCron } from "../../worker/app/cron.ts";
import { configOf } from "../../worker/env.ts";
import { accountInbox, storeInbox } from "../../worker/inbox/client.ts";
import * as schema from "../../worker/lib/db/schema/tables.ts";
import type { AccountId, StoreHash } from "../../worker/lib/ids.ts";
import { shopperKey, shopperPrints } from "../../worker/lib/shopper.ts";
import { iso, SHOPPER, tables } from "./filled.ts";
import { ACCOUNT, apiRoutes, bindings, db, OTHER, ROLES, STORE, tokenFor, twoMerchants, worker } from "./world.ts";

/** What is known of people, who sees it, and what is left of it in every table after each way of leaving. */
const A_DAY = 86_400_000;
/** The number of a daily sale. */
const DAY = -202601050000000;
async function everything(): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const table of tables) all[getTableName(table)] = JSON.stringify(await db().select().from(table).all());
  return all;
}
const holding = async (word: RegExp) => Object.entries(await everything()).flatMap(([name, rows]) => (word.test(rows) ? [name] : []));

const picture = {
  came: [
    { label: "Customer", value: "Ana Keller" },
    { label: "E-mail", value: SHOPPER },
    { label: "Phone", value: "+61 400 000 000" },
    { label: "Billing address", value: "1 Secret Street, Hobart" },
    { label: "Ship to", value: "2 Secret Street, Hobart" },
    { label: "Message", value: "Ring twice, Ana" },
    { label: "Total", value: "12.00 AUD" },
  ],
  cameLines: [{ sku: "TEE", name: "Tee", quantity: "1", price: "12.00", tax: "0", total: "12.00" }],
  mapped: {
    lines: [],
    totals: { exTax: "12.00", tax: "0.00", incTax: "12.00" },
    decisions: [{ label: "Customer", value: "Ana Keller", why: `Matched by ${SHOPPER}.` }],
    settingsVersion: 1,
    losses: ["Contact was cut: Ana Keller"],
  },
};
const order = (more: Partial<typeof schema.orders.$inferInsert> = {}) =>
  db()
    .insert(schema.orders)
    .values({
      storeHash: STORE,
      accountId: ACCOUNT,
      orderId: 7,
      placedAt: iso(),
      statusId: 11,
      state: "sent",
      saleId: "s-7",
      saleNumber: "SO-7",
      customer: "Ana Keller",
      email: SHOPPER,
      currency: "AUD",
      total: "12.00",
      picture,
      updatedAt: iso(),
      ...more,
    })
    .run();
async function customer(currency: string, claimedAt = iso()): Promise<void> {
  const [print = ""] = await shopperPrints(configOf(bindings).sealingKeys, ACCOUNT as AccountId, SHOPPER);
  const row = {
    accountId: ACCOUNT,
    kind: "customer" as const,
    key: shopperKey(print, currency),
    cin7Id: "c-1",
    claimedBy: `${STORE}:7`,
    claimedAt,
  };
  await db().insert(schema.sharedThings).values(row).run();
}
const ask = async (role: keyof typeof ROLES, path: string, body?: unknown) =>
  worker.default.fetch(`http://app.test/api/stores/${STORE}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${await tokenFor("panel", STORE, ROLES[role])}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const WHO = /Ana|Keller|ana\.keller|400 000|Secret/;

beforeEach(twoMerchants);

describe("who may only look", { timeout: 60_000 }, () => {
  it("gets no list in the order of what is covered for it: that would tell who bought what", async () => {
    const names = ["Mia", "Zoe", "Ana", "Mia"];
    for (const [n, customer] of names.entries()) await order({ orderId: 101 + n, customer });
    const ids = async (role: keyof typeof ROLES, dir: string) =>
      ((await (await ask(role, `/orders?sort=customer&dir=${dir}`)).json()) as { rows: { id: number }[] }).rows.map((row) => row.id);
    expect(await ids("operate", "asc")).toEqual([103, 101, 104, 102]);
    expect([await ids("view", "asc"), await ids("view", "desc")]).toEqual([
      [101, 102, 103, 104],
      [104, 103, 102, 101],
    ]);
  });

  it("sees no shopper in any answer of the router's own table, of an order or of a daily sale; figures, SKUs and numbers stay", async () => {
    await order({ daySale: DAY });
    await order({ orderId: DAY, email: "" });
    const day = { daySale: DAY, day: "2026-01-05", zone: "UTC", cut: iso(), stem: "x", location: "Main", members: 1 };
    await db()
      .insert(schema.daySales)
      .values({ storeHash: STORE, accountId: ACCOUNT, ...day })
      .run();
    const told: string[] = [];
    const told404: string[] = [];
    for (const route of apiRoutes.filter(({ method, path }) => method === "GET" && path.startsWith("/api/stores/:hash/")))
      for (const id of route.path.includes(":id") ? [7, DAY] : [""])
        for (const query of ["", "?q=SO-7", "?q=keller", "?q=TEE", "?kind=tax"]) {
          const path = `${route.path.replace("/api/stores/:hash", "").replace(/:id/, String(id))}${query}`;
          const text = await (await ask("view", path)).text();
          if (WHO.test(text)) told.push(`${path}: ${WHO.exec(text)?.[0]}`);
          if (/no-such-route/.test(text)) told404.push(path);
        }
    expect([told, told404]).toEqual([[], []]);
    expect(await (await ask("view", "/orders/7")).text()).toContain("12.00 AUD");
    for (const path of ["/orders", "/orders/7", `/orders/${DAY}`, "/daily-sales", "/home"])
      expect([path, WHO.test(await (await ask("operate", path)).text())]).toEqual([path, true]);
  });

  it("cannot try out who bought: a search for a name or an e-mail finds nothing, that of others does", async () => {
    await order();
    const total = async (role: keyof typeof ROLES, q: string) =>
      ((await (await ask(role, `/orders?q=${encodeURIComponent(q)}`)).json()) as { total: number }).total;
    expect([await total("view", "keller"), await total("view", SHOPPER), await total("view", "SO-7")]).toEqual([0, 0, 1]);
    expect([await total("operate", "keller"), await total("operate", SHOPPER)]).toEqual([1, 1]);
  });

  it("nor sees the customers of the account's other stores: they are for who configures", async () => {
    for (const role of ["view", "operate"] as const) expect((await ask(role, "/choices/customers?q=a")).status).toBe(403);
  });
});

describe("what a customer in Cin7 Core is known by", () => {
  it("says nothing of the person without our keys: no name, no e-mail, no hash that anybody could make", async () => {
    await customer("AUD");
    const [row] = await db().select().from(schema.sharedThings).all();
    expect(row?.name).toBeNull();
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${ACCOUNT}|${SHOPPER}|AUD`));
    const guess = [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");
    expect(row?.key).not.toContain(guess);
  });

  it("an erased shopper is erased in every currency, also when no order names them any more", async () => {
    for (const currency of ["AUD", "USD", "NZD"]) await customer(currency);
    await order({ customer: "", email: "", picture: null });
    expect((await ask("configure", "/erase", { email: SHOPPER.toUpperCase() })).status).toBe(200);
    expect(await db().select().from(schema.sharedThings).all()).toEqual([]);
  });
});

it("exporting the evidence twelve times leaves one line an hour in the audit, not twelve", async () => {
  for (let n = 0; n < 12; n++) await (await ask("configure", "/evidence?part=orders")).text();
  expect(await db().select().from(schema.audit).all()).toHaveLength(1);
});

describe("an account and a store that left", { timeout: 60_000 }, () => {
  const night = (at: number) => onCron(bindings, "17 3 * * *", at);

  it("a key signed in without a store is gone after a day, with company and all", async () => {
    await db().delete(schema.stores).run();
    await db().insert(schema.accountKeys).values({ id: "k-1", accountId: OTHER, fingerprint: "f", sealedKey: "s", createdAt: iso() }).run();
    await db().update(schema.accounts).set({ updatedAt: iso() }).run();
    await night(Date.now() + A_DAY / 2);
    expect(await holding(/Harbour Trading|k-1/)).toEqual(["accounts", "account_keys"]);
    await night(Date.now() + A_DAY + 1000);
    expect(await holding(/Harbour Trading|k-1/)).toEqual([]);
  });

  it("uninstalled for 30 days: it is disconnected with its links kept; 30 days later nothing is left of company or staff", async () => {
    await order();
    await db().update(schema.stores).set({ state: "reconnect", name: "Wattle", updatedAt: iso() }).run();
    await night(Date.now() + 29 * A_DAY);
    expect((await db().select().from(schema.stores).all()).map((row) => row.state)).toEqual(["reconnect", "reconnect"]);
    await night(Date.now() + 31 * A_DAY);
    expect((await db().select().from(schema.stores).all()).map((row) => row.state)).toEqual(["closing", "closing"]);
    // The queue does the rest within the minute in which what was running ends; here its last step is set by hand.
    await db().update(schema.stores).set({ state: "disconnected", accountId: null }).run();
    await db().update(schema.disconnects).set({ endedAt: iso() }).run();
    await night(Date.now() + 62 * A_DAY);
    expect(await holding(/Wattle|Harbour Trading/)).toEqual([]);
  });

  it("its objects forget, too: the account's queue and the call times of its keys", async () => {
    const inbox = accountInbox(bindings, OTHER as AccountId);
    await inbox.put([{ kind: "sales.sweep" }], { delayMs: A_DAY });
    await db().delete(schema.stores).run();
    await db()
      .update(schema.accounts)
      .set({ updatedAt: iso(Date.now() - 2 * A_DAY) })
      .run();
    await night(Date.now());
    expect((await inbox.status()).waiting).toBe(0);
    expect((await storeInbox(bindings, STORE as StoreHash).status()).waiting).toBe(0);
  });
});
