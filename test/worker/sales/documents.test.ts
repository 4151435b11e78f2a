import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { daySales, documents, orders, saleLines, stores } from "../../../worker/lib/db/schema/tables.ts";
import type { AccountId } from "../../../worker/lib/ids.ts";
import { orderOf } from "../../../worker/orders/store.ts";
import { documentsOf, reached, saveStages, waitFor, writeDocuments } from "../../../worker/sales/documents-store.ts";
import { newGeneration, startAgain } from "../../../worker/sales/generations-store.ts";
import { keepLines, mapped, saleLinesIn } from "../../../worker/sales/lines-store.ts";
import type { Written } from "../../../worker/sales/stages.ts";
import { ACCOUNT, addOrder, addStore, db, iso, NOW, tenant } from "../../harness/api.ts";
import { drafted, MUG } from "../../harness/sale.ts";

/** One row for each document in Cin7; `orders` shows what they say (house 3 A4, decision 0026). */
const SALE: Written = { kind: "sale", state: "open", cin7Id: "s-1", number: "SO-1", total: "11.00" };
const row = async (orderId = 1) => (await orderOf(db(), tenant(), orderId)) as NonNullable<Awaited<ReturnType<typeof orderOf>>>;
const told = async (orderId = 1) =>
  (await documentsOf(db(), tenant(), orderId)).map(({ kind, state, number, generation, waitsFor }) =>
    [kind, state, number, `g${generation}`, waitsFor].filter(Boolean).join(" "),
  );
const doing = () => ({ db: db(), tenant: tenant(), now: () => NOW });
const write = async (docs: Written[], to?: Parameters<typeof reached>[3]) => reached(doing(), await row(), docs, to);

beforeEach(async () => {
  await addStore();
  await addOrder(1, { state: "sending", currency: "AUD" });
});

describe("a document that was written", () => {
  it("is a row under the sale's mark, and the order shows its ID, number and stage", async () => {
    await write([SALE]);
    const [doc] = await documentsOf(db(), tenant(), 1);
    expect(doc).toMatchObject({ kind: "sale", mark: "ls:abc123:1:g1", cin7Id: "s-1", number: "SO-1", total: "11.00", currency: "AUD" });
    expect(await row()).toMatchObject({ saleId: "s-1", saleNumber: "SO-1", stages: "sale" });
  });
  it("only goes on: an older step that is told again changes nothing, and what is not told stays", async () => {
    await write([SALE, { kind: "invoice", state: "authorised", cin7Id: "t-1", number: "INV-1", day: "2026-07-01" }]);
    await write([{ kind: "invoice", state: "paid" }]);
    await write([
      { kind: "invoice", state: "draft" },
      { kind: "sale", state: "open" },
    ]);
    const docs = await documentsOf(db(), tenant(), 1);
    expect(docs.find((doc) => doc.kind === "invoice")).toMatchObject({ state: "paid", cin7Id: "t-1", number: "INV-1", day: "2026-07-01" });
    expect((await row()).invoiceNumber).toBe("INV-1");
  });
  it("costs one row, and nothing when it is known", async () => {
    const once = () => row().then((of) => writeDocuments(db(), tenant(), of, [SALE], iso()).run());
    expect((await once()).meta.rows_written).toBe(1);
    expect((await once()).meta.rows_written).toBe(0);
  });
  it("takes the order along in the same transaction where that move is legal; where it is not, only the documents go on", async () => {
    await write([SALE], { state: "sent", note: "In Cin7 Core as SO-1", reserved: [] });
    expect(await row()).toMatchObject({ state: "sent", note: "In Cin7 Core as SO-1" });
    await write([{ kind: "sale", state: "void" }], { state: "held", note: "no" });
    expect(await row()).toMatchObject({ state: "sent", note: "In Cin7 Core as SO-1", stages: "sale,voided" });
  });
  it("of a flow that outlived a disconnect is not written, nor is anything of another store", async () => {
    const of = await row();
    await db().update(stores).set({ epoch: 2 }).where(eq(stores.hash, "abc123"));
    await reached(doing(), of, [SALE]);
    await mapped(doing(), of, drafted({ lines: [MUG] }), { state: "pending", note: "" });
    expect([await told(), await saleLinesIn(db(), tenant(), of), (await row()).stages]).toEqual([[], null, ""]);
    await addStore("other1");
    expect(await documentsOf(db(), tenant("other1"), 1)).toEqual([]);
  });
  it("of a daily sale stands under the day's mark", async () => {
    const daySale = -202611220000001;
    const stem = "day-20261122-1200:AUD:3f2a9c01";
    const day = { daySale, stem, day: "2026-11-22", zone: "UTC", cut: iso(), location: "Main", members: 1 };
    await db()
      .insert(daySales)
      .values({ storeHash: "abc123", accountId: ACCOUNT, ...day });
    await addOrder(daySale, { state: "sending" });
    await reached(doing(), await row(daySale), [SALE]);
    expect((await documentsOf(db(), tenant(), daySale))[0]?.mark).toBe(`ls:abc123:${stem}:g1`);
  });
});

describe("what is waited for", () => {
  it("stands on the invoice, whether it is written yet or not, and on the order", async () => {
    await write([SALE]);
    await waitFor(db(), tenant(), await row(), "shipment", iso());
    expect([await told(), (await row()).waitsFor]).toEqual([["invoice waits g1 shipment", "sale open SO-1 g1"], "shipment"]);
    await write([{ kind: "invoice", state: "draft", cin7Id: "t-1", number: "INV-1" }]);
    await waitFor(db(), tenant(), await row(), "invoice", iso());
    await waitFor(db(), tenant(), await row(), "", iso());
    expect([await told(), (await row()).waitsFor]).toEqual([["invoice draft INV-1 g1", "sale open SO-1 g1"], ""]);
  });
});

describe("the ways back", () => {
  it("a generation that is given up stays in the history as void, and the next one begins without documents", async () => {
    await write([SALE, { kind: "invoice", state: "paid" }]);
    await newGeneration(db(), tenant(), await row(), iso());
    expect(await told()).toEqual(["invoice paid g1", "sale void SO-1 g1"]);
    expect(await documentsOf(db(), tenant(), 1, 2)).toEqual([]);
    expect(await row()).toMatchObject({ generation: 2, stages: "", saleId: null });
  });
  it("a deleted log entry forgets what was known of its documents; the sale that is there is one again", async () => {
    await write([SALE, { kind: "invoice", state: "paid" }]);
    await startAgain(db(), tenant(), await row(), { sale: { saleId: "s-9", saleNumber: "SO-9", voided: false }, note: "" }, iso());
    expect([await told(), (await row()).stages]).toEqual([["sale open SO-9 g1"], "sale"]);
  });
});

it("what the sweep of sales sees in the warehouse is a fulfilment; a row that moved meanwhile is left", async () => {
  await write([SALE, { kind: "order", state: "authorised" }]);
  const moved = { storeHash: "abc123", orderId: 1, mark: "ls:abc123:1:g1", after: "sale,ordered,picked" };
  await saveStages(db(), ACCOUNT as AccountId, [{ ...moved, before: "sale" }], iso());
  expect(await told()).toEqual(["order authorised g1", "sale open SO-1 g1"]);
  await saveStages(db(), ACCOUNT as AccountId, [{ ...moved, before: "sale,ordered" }], iso());
  expect([await told(), (await row()).stages]).toEqual([
    ["fulfilment picked g1", "order authorised g1", "sale open SO-1 g1"],
    "sale,ordered,picked",
  ]);
});

describe("what a sale is made of", () => {
  it("is one row, written with the order's move, and not again while it is the same", async () => {
    const draft = drafted({ lines: [MUG, { sku: "TEE", quantity: 2, ex: "30.00", inc: "33.00" }] });
    expect(await mapped(doing(), await row(), draft, { state: "pending", note: "" })).toBe(true);
    const lines = await saleLinesIn(db(), tenant(), { orderId: 1, generation: 1 });
    expect(lines).toMatchObject({ total: "44.00", net: "40.00", tax: "4.00", currency: "AUD", taxInclusive: false });
    expect(lines?.lines?.map(({ sku, quantity, net, tax, account, from }) => [sku, quantity, net, tax, account, from?.[0]?.line])).toEqual([
      ["MUG", "1", "10", "1", "200", 11],
      ["TEE", "2", "30", "3", "200", 12],
    ]);
    const again = await keepLines(db(), tenant(), await row(), draft).run();
    expect(again.meta.rows_written).toBe(0);
    await keepLines(db(), tenant(), await row(), drafted({ lines: [MUG] })).run();
    expect([(await db().select().from(saleLines).all()).length, (await saleLinesIn(db(), tenant(), await row()))?.total]).toEqual([
      1,
      "11.00",
    ]);
  });
  it("has one row of its own: no index doubles what is written", async () => {
    const made = await keepLines(db(), tenant(), await row(), drafted({ lines: [MUG] })).run();
    expect(made.meta.rows_written).toBe(1);
    expect([(await db().select().from(documents).all()).length, (await db().select().from(orders).all()).length]).toEqual([0, 1]);
  });
});
