import { describe, expect, it } from "vitest";
import { assembledFor } from "../../../worker/assembly/assembly-store.ts";
import { afterSent } from "../../../worker/orders/changes/after-sent-flow.ts";
import { stopCancelled } from "../../../worker/orders/changes/cancel-flow.ts";
import { orderRoutes } from "../../../worker/orders/pages/routes.ts";
import { type OrderRow, orderOf } from "../../../worker/orders/store.ts";
import { saleKept } from "../../../worker/sales/kept-store.ts";
import { api, db, tenant } from "../../harness/api.ts";
import { aSnapshot } from "../../harness/builders.ts";
import { kitShop, MAIN } from "./kits.ts";

const POST = "POST /finishedGoods";
const posts = (calls: readonly string[]) => calls.filter((call) => call === POST).length;
const row = async (id: number) => (await orderOf(db(), tenant(), id)) as OrderRow;
const SHELF = "GET /ref/productavailability";

describe("bundles are assembled before their order is authorised (F23 to F25), against the twin", () => {
  it("off: no call, and Cin7 waits for stock as ever", async () => {
    const s = await kitShop({ mode: "never" });
    await s.order(1042, 2);
    expect(await s.send(1042)).toMatchObject({ is: "done", note: expect.stringContaining("waits for stock") });
    expect(s.calls).toEqual(["POST /sale", "POST /sale/order"]);
  });

  it("an order without a bundle costs no call more", async () => {
    const s = await kitShop();
    const cup = Object.values(
      (Object.values(s.shop.state().accounts)[0] as { products: Record<string, { ID: string; SKU: string }> }).products,
    ).find((p) => p.SKU === "CUP-ENAM");
    await s.mirror(cup as { ID: string; SKU: string }, "", false);
    await s.order(1042, 1, "CUP-ENAM", cup?.ID);
    expect(await s.send(1042)).toMatchObject({ is: "done" });
    expect(s.calls).toEqual(["POST /sale", "POST /sale/order"]);
  });

  it("3 are owed and 2 are ordered: 5 are assembled, components leave, and the order is allocated", async () => {
    const s = await kitShop({ switches: { backorderCountsAsAllocated: true } });
    await s.stock("CUP-ENAM", 90);
    s.settings.sale.assembly.mode = "never";
    await s.order(1041, 3);
    await s.send(1041);
    expect(s.there("KIT-2").available).toBe(-3);
    s.settings.sale.assembly.mode = "missing";
    await s.order(1042, 2);
    s.calls.length = 0;
    expect(await s.send(1042)).toMatchObject({ is: "done", note: expect.not.stringContaining("waits for stock") });
    expect(s.calls).toEqual(["POST /sale", SHELF, POST, "POST /sale/order"]);
    expect(s.tasks()).toEqual(["5 × KIT-2 COMPLETED"]);
    expect([s.there("KIT-2").onHand, s.there("CUP-ENAM").onHand]).toEqual([5, 80]);
    const { body } = await (await api(orderRoutes, s.context.store)).get("/orders/1042");
    const why = "At Main Warehouse, before the order was authorised, as Setup asks.";
    expect(body.mapped.decisions).toContainEqual({ label: "Assembled", value: "5 × KIT-2 (FG-00001)", why });
  });

  it("exactly enough on the shelf assembles none; stock elsewhere does not count (F25)", async () => {
    const s = await kitShop();
    await s.stock("CUP-ENAM", 90);
    await s.stock("KIT-2", 2);
    await s.order(1041, 2);
    await s.send(1041);
    expect(s.tasks()).toEqual([]);
    await s.stock("KIT-2", 9, "Shop Floor");
    await s.order(1042, 2);
    await s.send(1042);
    expect(s.tasks()).toEqual(["2 × KIT-2 COMPLETED"]);
  });

  it("for the ordered quantity nobody looks at the stock (F23)", async () => {
    const s = await kitShop({ mode: "ordered" });
    await s.stock("CUP-ENAM", 90);
    await s.stock("KIT-2", 7);
    await s.order(1042, 2);
    await s.send(1042);
    expect(s.calls).toEqual(["POST /sale", POST, "POST /sale/order"]);
    expect(s.there("KIT-2").onHand).toBe(9);
  });

  it.each([
    ["Cin7 does the same: nothing is added", "missing", "missing", "short", 0, 0, 2],
    ["Cin7 makes the ordered quantity as well: nothing is added", "ordered", "ordered", "ordered", 0, 0, 2],
    ["Cin7 makes none: ours makes what is missing", "missing", "never", "never", 0, 2, 2],
    ["Cin7 would make less, because one is there: ours makes all", "ordered", "missing", "short", 1, 2, 3],
  ] as const)("products with auto-assembly: %s", async (_, mode, cin7, autoAssembly, shelf, ours, there) => {
    const s = await kitShop({ mode, cin7, auto: true, switches: { autoAssembly } });
    await s.stock("CUP-ENAM", 90);
    if (shelf) await s.stock("KIT-2", shelf);
    await s.order(1042, 2);
    expect(await s.send(1042)).toMatchObject({ is: "done", note: expect.not.stringContaining("waits for stock") });
    expect(s.tasks()).toEqual(ours ? [`${ours} × KIT-2 COMPLETED`] : []);
    expect(s.there("KIT-2").onHand).toBe(there);
  });

  it("a kit that an older release read is asked for once", async () => {
    const s = await kitShop();
    await s.stock("CUP-ENAM", 90);
    await s.mirror(s.kit, null);
    await s.order(1042, 1);
    await s.send(1042);
    await s.order(1043, 1);
    await s.send(1043);
    expect(s.calls.filter((call) => call === "GET /product")).toHaveLength(1);
    expect(s.tasks()).toEqual(["1 × KIT-2 COMPLETED", "1 × KIT-2 COMPLETED"]);
  });
});

describe("each assembly is written exactly once (design 3.2)", () => {
  it("an answer that is lost is looked for by our mark: one assembly", async () => {
    const s = await kitShop();
    await s.stock("CUP-ENAM", 90);
    await s.order(1042, 2);
    s.lose.push(POST);
    expect(await s.send(1042)).toMatchObject({ is: "later" });
    expect(await s.send(1042)).toMatchObject({ is: "done" });
    expect([posts(s.calls), s.tasks()]).toEqual([1, ["2 × KIT-2 COMPLETED"]]);
    expect(s.calls).toContain("GET /finishedGoodsList");
  });

  it("told twice, sent twice: one assembly; a lost answer of the order document assembles nothing more", async () => {
    const s = await kitShop({ mode: "ordered" });
    await s.stock("CUP-ENAM", 90);
    await s.order(1042, 2);
    s.lose.push("POST /sale/order");
    expect(await s.send(1042)).toMatchObject({ is: "later" });
    expect(await s.send(1042)).toMatchObject({ is: "done" });
    expect(await s.send(1042)).toMatchObject({ is: "done" });
    expect([posts(s.calls), s.tasks()]).toEqual([1, ["2 × KIT-2 COMPLETED"]]);
  });

  it("what is not remembered is looked for first: an order that is authorised already gets nothing more", async () => {
    const s = await kitShop({ mode: "ordered" });
    await s.stock("CUP-ENAM", 90);
    await s.order(1042, 2);
    s.lose.push("POST /sale/order");
    await s.send(1042);
    s.claims.all.clear();
    Object.assign(s.context.store, { lookBefore: "2026-12-01T00:00:00.000Z" });
    s.clock.now += 30 * 86_400_000;
    expect(await s.send(1042)).toMatchObject({ is: "done" });
    expect([posts(s.calls), s.tasks()]).toEqual([1, ["2 × KIT-2 COMPLETED"]]);
  });

  it("two orders never count the same stock: the second waits until the first one's units are allocated", async () => {
    const s = await kitShop();
    await s.stock("CUP-ENAM", 90);
    await s.order(1041, 2);
    await s.order(1042, 3);
    s.lose.push("POST /sale/order");
    expect(await s.send(1041)).toMatchObject({ is: "later" });
    expect(await s.send(1042)).toMatchObject({ is: "later", why: expect.stringContaining("KIT-2") });
    expect(await s.send(1041)).toMatchObject({ is: "done" });
    expect(await s.send(1042)).toMatchObject({ is: "done" });
    expect(s.tasks()).toEqual(["2 × KIT-2 COMPLETED", "3 × KIT-2 COMPLETED"]);
  });
  it("an answer that is lost keeps the turn until it was looked for: what it made is nobody else's", async () => {
    const s = await kitShop();
    await s.stock("CUP-ENAM", 90);
    await s.order(1041, 2);
    await s.order(1042, 3);
    s.lose.push("POST /finishedGoods");
    expect(await s.send(1041)).toMatchObject({ is: "later" });
    s.clock.now += 130_000;
    expect(await s.send(1042)).toMatchObject({ is: "later", why: expect.stringContaining("KIT-2") });
    expect(await s.send(1041)).toMatchObject({ is: "done" });
    expect(await s.send(1042)).toMatchObject({ is: "done" });
    expect(s.tasks()).toEqual(["2 × KIT-2 COMPLETED", "3 × KIT-2 COMPLETED"]);
  });
});

describe("components that are short hold the order (F23)", () => {
  it.each(["partial", "refuse"])(
    "%s: named with what is there, nothing half made, and it goes on when they have come",
    async (shortComponents) => {
      const s = await kitShop({ mode: "ordered", switches: { shortComponents } });
      await s.stock("CUP-ENAM", 3);
      await s.order(1042, 2);
      const held = await s.send(1042);
      const part = { sku: "CUP-ENAM", needs: "4", there: "3", made: false };
      const problem = { kind: "assembly-short", orderId: 1042, sku: "KIT-2", quantity: "2", location: MAIN, parts: [part] };
      expect(held).toMatchObject({
        is: "blocked",
        problems: [problem],
        again: { at: s.clock.now + 900_000, work: { kind: "order.send", orderId: 1042 } },
      });
      expect(await row(1042)).toMatchObject({ state: "held", note: "components of KIT-2" });
      expect(s.tasks().filter((task) => !task.endsWith("VOIDED"))).toEqual([]);
      expect(s.calls).not.toContain("POST /sale/order");
      // Still short: Cin7 is not asked to assemble again.
      expect(await s.send(1042)).toMatchObject({ is: "blocked", problems: [problem] });
      expect(posts(s.calls)).toBe(1);
      await s.stock("CUP-ENAM", 4);
      expect(await s.send(1042)).toMatchObject({ is: "done" });
      expect(s.tasks().filter((task) => !task.endsWith("VOIDED"))).toEqual(["2 × KIT-2 COMPLETED"]);
      expect(await row(1042)).toMatchObject({ state: "sent" });
    },
  );

  it("assembled by hand meanwhile: the order goes on and nothing is made twice", async () => {
    const s = await kitShop({ mode: "ordered" });
    await s.stock("CUP-ENAM", 0);
    await s.order(1042, 2);
    expect(await s.send(1042)).toMatchObject({ is: "blocked" });
    await s.stock("KIT-2", 2);
    expect(await s.send(1042)).toMatchObject({ is: "done" });
    expect(s.tasks()).toEqual(["2 × KIT-2 VOIDED"]);
    expect(s.sale(1042).Order.Lines[0].BackorderQuantity).toBe(0);
  });

  it("a component that is assembled itself is named so: only the top product is ours", async () => {
    const s = await kitShop({ mode: "ordered" });
    const box = await s.post("BOX", s.bom("KIT-2", 1));
    await s.mirror(box, "asked");
    await s.stock("CUP-ENAM", 90);
    await s.order(1042, 2, "BOX", box.ID);
    expect(await s.send(1042)).toMatchObject({
      is: "blocked",
      problems: [{ sku: "BOX", parts: [{ sku: "KIT-2", needs: "2", there: "0", made: true }] }],
    });
    expect(s.tasks()).toEqual(["2 × BOX VOIDED"]);
  });

  it("of two bundles the one that can be made is made, once, and its page says so while the other one holds the order", async () => {
    const s = await kitShop({ mode: "ordered" });
    const tub = await s.post("TUB", s.bom("HON-RAW", 1));
    await s.mirror(tub, "asked");
    await s.stock("CUP-ENAM", 90);
    await s.stock("HON-RAW", 0);
    await s.order(1042, 1, "KIT-2", s.kit.ID, [["TUB", tub.ID]]);
    expect(await s.send(1042)).toMatchObject({ is: "blocked", problems: [{ sku: "TUB" }] });
    expect(await assembledFor(db(), tenant(), 1042)).toBe("1 × KIT-2 (FG-00001)");
    await s.stock("HON-RAW", 1);
    expect(await s.send(1042)).toMatchObject({ is: "done" });
    expect(await assembledFor(db(), tenant(), 1042)).toMatch(/^1 × KIT-2 \(FG-00001\), 1 × TUB|^1 × TUB .*, 1 × KIT-2 \(FG-00001\)/);
    expect(s.tasks().filter((task) => task.endsWith("COMPLETED"))).toHaveLength(2);
  });

  it("another refusal is told in Cin7's words, and a stocktake waits as one", async () => {
    const s = await kitShop({ mode: "ordered" });
    await s.stock("CUP-ENAM", 90);
    await s.order(1042, 2);
    s.settings.sale.assembly.account = "999";
    expect(await s.send(1042)).toMatchObject({
      is: "blocked",
      problems: [{ kind: "cin7-refused", step: "assembly", text: expect.stringContaining("999") }],
    });
    s.settings.sale.assembly.account = "630";
    await s.shop.control("/stocktake", { location: MAIN, open: true });
    expect(await s.send(1042)).toMatchObject({ is: "blocked", problems: [{ kind: "stocktake-open", location: MAIN }] });
    await s.shop.control("/stocktake", { location: MAIN, complete: true });
    expect(await s.send(1042)).toMatchObject({ is: "done" });
    expect(s.tasks()).toEqual(["2 × KIT-2 COMPLETED"]);
  });
});

describe("an order that is cancelled after its bundles were assembled", () => {
  it("says what stays in stock, where its sale is voided and where it cannot be", async () => {
    const s = await kitShop();
    await s.stock("CUP-ENAM", 90);
    await s.order(1042, 2);
    await s.send(1042);
    const sent = await row(1042);
    const cancelled = { ...aSnapshot({ lines: [] }).order, id: 1042, status_id: 5 };
    expect(await afterSent(s.context, sent, cancelled, null)).toMatchObject({
      notices: [{ what: "cancelled", assembled: "2 × KIT-2 (FG-00001)" }],
    });
    const kept = await saleKept(s.context, 1042);
    expect(await stopCancelled(s.context, sent, kept?.draft as NonNullable<typeof kept>["draft"])).toMatchObject({
      is: "skipped",
      why: { text: expect.stringContaining("stays in stock: 2 × KIT-2 (FG-00001)") },
    });
  });
});
