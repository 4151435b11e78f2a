import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StoreRow } from "../../../worker/api/access.ts";
import { configOf } from "../../../worker/env.ts";
import { csvLine } from "../../../worker/lib/csv.ts";
import { audit, documents, orderPayments, orders, settingsVersions, sharedThings } from "../../../worker/lib/db/schema/tables.ts";
import { shopperKey, shopperPrints } from "../../../worker/lib/shopper.ts";
import { raise } from "../../../worker/problems/store.ts";
import { lifecycleRoutes } from "../../../worker/retention/routes.ts";
import { keepLines } from "../../../worker/sales/lines-store.ts";
import { ACCOUNT, addOrder, addStore, api, db, iso, OTHER_ACCOUNT, tenant } from "../../harness/api.ts";
import type { OrderSpec } from "../../harness/builders.ts";
import { drafted, MUG } from "../../harness/sale.ts";

let store: StoreRow;
beforeEach(async () => {
  store = await addStore();
});
afterEach(() => vi.restoreAllMocks());

const picture = {
  came: [{ label: "E-mail", value: "ana@example.org" }],
  cameLines: [],
  mapped: { lines: [{ name: "Mug for Ana" }], totals: { incTax: "5.00" }, decisions: [], settingsVersion: 4, losses: [] },
};
const anas = { customer: "Ana", email: "ana@example.org", currency: "AUD", picture };

describe("evidence (M46)", () => {
  it("orders as CSV, this store's only, with nothing that a spreadsheet would run", async () => {
    await addOrder(1, { ...anas, customer: '=HYPERLINK("http://x"),Ana', state: "sent", saleNumber: "SO-1", total: "-5.00" });
    await addOrder(2, { storeHash: "zzz999", customer: "Stranger" });
    const { text } = await api(lifecycleRoutes, store);
    const file = await text("/evidence?part=orders");
    expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="lockstep-abc123-orders-\d{4}-\d\d-\d\d\.csv"$/);
    const [head, line, ...rest] = file.body.split("\r\n");
    expect(head).toBe(
      "order,placed_at,customer,status,total,currency,state,note,sale_number,sale_id,stages,invoice_number,settings_version,generation,cin7_account,updated_at",
    );
    expect(line).toContain(`"'=HYPERLINK(""http://x""),Ana"`);
    expect(line).toContain(",-5.00,AUD,sent,,SO-1,");
    expect(rest).toEqual([""]);
    expect(file.body).not.toContain("Stranger");
  });

  it("everything as NDJSON, each line naming its part; 2,500 orders are streamed in pages", async () => {
    const values = Array.from({ length: 2500 }, (_, i) => ({ id: i + 1 }));
    const { env } = await import("cloudflare:workers");
    await env.DB.prepare(
      `INSERT INTO orders (store_hash, order_id, account_id, placed_at, status_id, state, updated_at)
       SELECT 'abc123', value ->> 'id', ?, ?, 11, 'sent', ? FROM json_each(?)`,
    )
      .bind(ACCOUNT, iso(), iso(), JSON.stringify(values))
      .run();
    await db().insert(orderPayments).values({
      storeHash: "abc123",
      orderId: 1,
      accountId: ACCOUNT,
      mark: "m",
      method: "Card",
      amount: "5",
      currency: "AUD",
      reference: "r",
      paidAt: iso(),
      state: "posted",
      updatedAt: iso(),
    });
    await raise(db(), tenant(), [{ kind: "cin7-denied" }], 2, iso());
    const { text } = await api(lifecycleRoutes, store);
    const lines = (await text("/evidence")).body
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { part: string; order?: number });
    const counts: Record<string, number> = {};
    for (const line of lines) counts[line.part] = (counts[line.part] ?? 0) + 1;
    expect(counts).toEqual({ orders: 2500, payments: 1, problems: 1, audit: 1 });
    expect(new Set(lines.filter((l) => l.part === "orders").map((l) => l.order)).size).toBe(2500);
  });

  it("documents and lines of each sale: all of them, of this store and account only, and nothing that names anybody", async () => {
    const spec: OrderSpec = { lines: [{ ...MUG, raw: { name: "Mug for Ana Keller" } }], order: { customer_message: "Ring twice, Ana" } };
    const many = Array.from({ length: 1200 }, (_, i) => i + 1);
    const of = { generation: 1, mark: "m", state: "open", at: iso() };
    const rows = many.flatMap((orderId) => ["sale", "invoice"].map((kind) => ({ orderId, kind })));
    await env.DB.prepare(
      `INSERT INTO documents (store_hash, order_id, generation, kind, mark, account_id, state, at)
       SELECT 'abc123', value ->> 'orderId', 1, value ->> 'kind', 'm', ?1, 'open', ?2 FROM json_each(?3)`,
    )
      .bind(ACCOUNT, iso(), JSON.stringify(rows))
      .run();
    await keepLines(db(), tenant(), { orderId: 1, generation: 1 }, drafted(spec)).run();
    await keepLines(db(), tenant(), { orderId: 1, generation: 2 }, drafted(spec)).run();
    await db()
      .insert(documents)
      .values([
        { ...of, storeHash: "zzz999", accountId: ACCOUNT, orderId: 7, kind: "sale", number: "STRANGE" },
        { ...of, storeHash: "abc123", accountId: OTHER_ACCOUNT, orderId: 7000, kind: "sale", number: "FORMER" },
      ]);
    const { text } = await api(lifecycleRoutes, store, { mode: "console" });
    const told = (await text("/evidence?part=documents&format=ndjson")).body
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(told.map(({ order, document }) => `${order} ${document}`)).toEqual(many.flatMap((id) => [`${id} invoice`, `${id} sale`]));
    const [head, first, second, ...rest] = (await text("/evidence?part=lines")).body.split("\r\n");
    expect(head).toBe("order,generation,currency,rate,tax_inclusive,location,net,tax,total,settings_version,lines,sold,cin7_account");
    expect([first, second].map((line) => line?.split(",").slice(0, 3))).toEqual([
      ["1", "1", "AUD"],
      ["1", "2", "AUD"],
    ]);
    expect(rest).toEqual([""]);
    expect([first, JSON.stringify(told)].join()).not.toMatch(/Ana|Keller|Ring twice|Quarry|STRANGE|FORMER/);
    expect(first).toContain("MUG");
  });

  it("after a move the former account is only for who proved control of the store (design 1): Setup, audit, IDs", async () => {
    await addOrder(1, { accountId: OTHER_ACCOUNT, state: "sent", saleNumber: "SO-OLD" });
    await addOrder(2, { state: "sent", saleNumber: "SO-NEW" });
    const row = { storeHash: "abc123", accountId: OTHER_ACCOUNT };
    await db()
      .insert(settingsVersions)
      .values({ ...row, version: 1, document: {}, changes: ["old"], savedBy: "x", savedAt: iso() });
    await db()
      .insert(audit)
      .values({ ...row, at: iso(), by: "Former accountant", what: "Exported the evidence" });
    const consoles = (await (await api(lifecycleRoutes, store, { mode: "console" })).text("/evidence")).body;
    expect(consoles).toContain("SO-NEW");
    expect(consoles).not.toMatch(new RegExp(`${OTHER_ACCOUNT}|SO-OLD|Former accountant|"part":"settings"`));
    const owners = (await (await api(lifecycleRoutes, store, { mode: "panel" })).text("/evidence")).body;
    for (const found of ["SO-NEW", "SO-OLD", OTHER_ACCOUNT, "Former accountant", '"part":"settings"']) expect(owners).toContain(found);
  });

  it("needs the right to configure, and each export is in the audit", async () => {
    expect((await (await api(lifecycleRoutes, store, { role: "operate" })).get("/evidence")).status).toBe(403);
    expect((await (await api(lifecycleRoutes, store)).get("/evidence?part=secrets")).status).toBe(400);
    await (await api(lifecycleRoutes, store)).text("/evidence?part=settings");
    expect(await db().select().from(audit)).toMatchObject([{ by: "ann@example.com", what: "Exported the evidence (settings)" }]);
  });

  it.each([
    [["a", 1, null], "a,1,\r\n"],
    [['x"y', "a,b", "c\nd"], '"x""y","a,b","c\nd"\r\n'],
    [["+61 3", "@home", "-5.00", "=1+1", "-1-1"], "'+61 3,'@home,-5.00,'=1+1,'-1-1\r\n"],
  ])("csv %j", (cells, line) => expect(csvLine(cells)).toBe(line));
});

describe("erasing a shopper (M46)", () => {
  it("empties name, e-mail and what came of settled orders, and counts those still on their way", async () => {
    await addOrder(1, { ...anas, state: "sent", saleNumber: "SO-1" });
    await addOrder(2, { ...anas, state: "not-taken", email: "Ana@Example.org" });
    await addOrder(3, { ...anas, state: "held" });
    await addOrder(4, { ...anas, email: "bob@example.org", state: "sent" });
    await addOrder(1, { ...anas, storeHash: "zzz999", state: "sent" });
    const [print = ""] = await shopperPrints(configOf(env).sealingKeys, ACCOUNT, "ana@example.org");
    const key = shopperKey(print, "AUD");
    const customer = { accountId: ACCOUNT, kind: "customer" as const, cin7Id: "c", claimedBy: "x", claimedAt: iso() };
    await db()
      .insert(sharedThings)
      .values([
        { ...customer, key },
        { ...customer, key: "other" },
      ]);
    const { post, forgotten } = await api(lifecycleRoutes, store);
    expect((await post("/erase", { email: " ANA@example.org" })).body).toEqual({ orders: 2, payloads: 2, waiting: 1 });
    expect(forgotten).toEqual([[1, 2]]);
    const rows = await db().select().from(orders).orderBy(orders.storeHash, orders.orderId);
    expect(rows.map((o) => [o.storeHash, o.orderId, o.customer])).toEqual([
      ["abc123", 1, ""],
      ["abc123", 2, ""],
      ["abc123", 3, "Ana"],
      ["abc123", 4, "Ana"],
      ["zzz999", 1, "Ana"],
    ]);
    expect(rows[0]).toMatchObject({
      saleNumber: "SO-1",
      email: "",
      picture: null,
    });
    expect((await db().select().from(sharedThings)).map((t) => t.key)).toEqual(["other"]);
    expect(JSON.stringify(await db().select().from(audit))).not.toContain("ana@");
  });

  it("somebody unknown: nothing is touched; a wrong address is told beside the field; only who may configure", async () => {
    const { post, forgotten } = await api(lifecycleRoutes, store);
    expect((await post("/erase", { email: "nobody@example.org" })).body).toEqual({ orders: 0, payloads: 0, waiting: 0 });
    expect(forgotten).toEqual([]);
    expect((await post("/erase", { email: "ana" })).body.error.fields).toHaveProperty("email");
    expect((await (await api(lifecycleRoutes, store, { role: "operate" })).post("/erase", { email: "ana@example.org" })).status).toBe(403);
  });
});

it("history shows the orders of former accounts of this store, and names the account only inside the control panel (F6)", async () => {
  await addStore("other99", OTHER_ACCOUNT);
  await addOrder(1, { state: "sent", saleId: "s-1", saleNumber: "SO-1", accountId: OTHER_ACCOUNT, stages: "ordered,paid" });
  await addOrder(2, { state: "sent", saleId: "s-2", saleNumber: "SO-2" });
  await addOrder(3, { state: "sent", saleId: "s-3", storeHash: "other99", accountId: OTHER_ACCOUNT });
  const { get } = await api(lifecycleRoutes, store);
  expect((await get("/history")).body).toMatchObject({
    total: 1,
    rows: [{ id: 1, saleNumber: "SO-1", stages: ["ordered", "paid"], company: "" }],
  });
  const panel = await api(lifecycleRoutes, store, { mode: "panel" });
  expect((await panel.get("/history")).body.rows[0].company).toBe("Harbour Trading Pty Ltd");
});
