import { describe, expect, it } from "vitest";
import type { ApiFailure, Connected } from "../../../../scripts/connect.ts";
import type { AttentionList, BulkDone, OrderDetail } from "../../../../worker/contract/index.ts";
import { at, eachConnected, shop } from "../../first-run/shop.ts";

/** A log entry is deleted to take the order again (F124, decision 1.7), and many orders are decided at once (K12): never a second sale by itself. */
eachConnected();

const page = (id: number) => shop.c.panel<OrderDetail>("GET", at(`/orders/${id}`));
const press = (id: number, what: string) => shop.c.panel("POST", at(`/orders/${id}/${what}`));
type Sale = { ID: string; ExternalID: string; Status: string; Invoices: { Status: string; Payments: unknown[] }[] };
const sales = (id: number): Sale[] => {
  const state = shop.w.twins.cin7.state() as unknown as { accounts: Record<string, { sales: Record<string, Sale> }> };
  return Object.values(state.accounts[shop.c.account]?.sales ?? {}).filter((sale) =>
    sale.ExternalID.startsWith(`ls:${shop.c.store}:${id}:`),
  );
};
/** Generation, void or not, invoices and payments of each sale of an order. */
const books = (id: number) =>
  sales(id)
    .map((sale) => {
      const invoices = sale.Invoices.filter((each) => each.Status !== "VOIDED");
      return [
        sale.ExternalID.split(":").at(-1),
        sale.Status === "VOIDED",
        invoices.length,
        invoices.flatMap((each) => each.Payments).length,
      ];
    })
    .sort();
const paid = async () => {
  const id = await shop.w.order(shop.c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 2 }], shipping: 9 });
  await shop.w.run(shop.c.store, [{ kind: "order.changed", orderId: id }]);
  expect([(await page(id)).order.state, books(id)]).toEqual(["sent", [["g1", false, 1, 1]]]);
  return id;
};
const problems = async (id: number) => (await page(id)).problems.map((problem) => problem.kind);
const status = (promise: Promise<unknown>) =>
  promise.then(
    () => 200,
    (error: ApiFailure) => error.status,
  );

/** Two minutes, in the twenty times faster world of the tests. */
const QUIET_MS = 6000;

describe("a deleted log entry (F124)", () => {
  it("the sale is found first and the order waits for a choice; sent again, nothing comes twice", async () => {
    const id = await paid();
    await press(id, "delete-entry");
    await shop.w.run(shop.c.store, []);
    const held = await page(id);
    expect([held.order.state, held.problems.map((p) => p.kind), held.payments]).toEqual(["held", ["sale-exists"], []]);
    expect(held.problems[0]?.remedies.map((r) => r.label)).toEqual([
      `Send order ${id} again`,
      `Void ${held.order.saleNumber} and create it again`,
      `Open order ${id}`,
    ]);
    // Nor by any notice, check or item that waited.
    await shop.w.run(shop.c.store, [
      { kind: "order.changed", orderId: id },
      { kind: "order.send", orderId: id },
      { kind: "order.money", orderId: id },
      { kind: "orders.release" },
    ]);
    expect([await problems(id), books(id)]).toEqual([["sale-exists"], [["g1", false, 1, 1]]]);

    await press(id, "process");
    await shop.w.run(shop.c.store, []);
    const after = await page(id);
    expect([after.order.state, after.order.stages.includes("paid"), after.problems, after.payments.length]).toEqual(["sent", true, [], 1]);
    expect(books(id)).toEqual([["g1", false, 1, 1]]);
  });

  it("voided and created again, the old sale is void and the new one has all its documents once", async () => {
    await shop.w.control(`/cin7/${shop.c.account}/switches`, { undoWithPayments: "accept" });
    const id = await paid();
    expect(await status(press(id, "void-and-create")), "only where a sale waits for it").toBe(409);
    await press(id, "delete-entry");
    await shop.w.run(shop.c.store, []);
    await press(id, "void-and-create");
    await shop.w.run(shop.c.store, []);
    expect(books(id)).toEqual([
      ["g1", true, 0, 0],
      ["g2", false, 1, 1],
    ]);
    expect([(await page(id)).order.state, await problems(id)]).toEqual(["sent", []]);
  });

  it("a void that was not answered is not asked for again before the quiet time is over, and looked at first (design 3.2)", async () => {
    await shop.w.control(`/cin7/${shop.c.account}/switches`, { undoWithPayments: "accept" });
    const id = await paid();
    await press(id, "delete-entry");
    await shop.w.run(shop.c.store, []);
    await shop.w.control("/faults", [{ peer: "cin7", method: "DELETE", path: "/sale", kind: "status", status: 503, times: 1 }]);
    await press(id, "void-and-create");
    await shop.w.run(shop.c.store, []);
    const voids = shop.w.twins.world.trace.all().filter((call) => call.method === "DELETE" && call.url.includes("/ExternalApi/v2/sale?"));
    const [first, second] = voids.map((call) => Date.parse(call.at));
    expect([voids.length, Number(second) - Number(first) >= QUIET_MS]).toEqual([2, true]);
    expect(books(id).map(([generation, voided]) => [generation, voided])).toEqual([
      ["g1", true],
      ["g2", false],
    ]);
  });

  it("Cin7 does not void it: its own sentence, and the sale stays the only one", async () => {
    await shop.w.control(`/cin7/${shop.c.account}/switches`, { undoWithPayments: "refuse" });
    const id = await paid();
    await press(id, "delete-entry");
    await shop.w.run(shop.c.store, []);
    await press(id, "void-and-create");
    await shop.w.run(shop.c.store, []);
    expect([await problems(id), books(id)]).toEqual([["cin7-refused"], [["g1", false, 1, 1]]]);
    await press(id, "process");
    await shop.w.run(shop.c.store, []);
    expect([(await page(id)).order.state, books(id)]).toEqual(["sent", [["g1", false, 1, 1]]]);
  });

  it("a sale that was voided by hand is created again only by Process; one on its way cannot be deleted", async () => {
    await shop.w.control(`/cin7/${shop.c.account}/switches`, { undoWithPayments: "accept" });
    const id = await paid();
    await shop.w.control(`/cin7/${shop.c.account}/sales/${sales(id)[0]?.ID}/void`);
    await press(id, "delete-entry");
    await shop.w.run(shop.c.store, []);
    expect([await problems(id), books(id).length]).toEqual([["sale-voided"], 1]);
    await press(id, "process");
    await shop.w.run(shop.c.store, []);
    expect(books(id).map(([generation, voided]) => [generation, voided])).toEqual([
      ["g1", true],
      ["g2", false],
    ]);
    expect(await status(press(999_999, "delete-entry"))).toBe(404);
  });
});

describe("many orders at once (K12)", () => {
  it("skipped ones stay out whatever BigCommerce tells, free their stock, and come by Process; what is in Cin7 is left", async () => {
    const sent = await paid();
    const before = await shop.c.panel<{ version: number; settings: Connected["settings"] }>("GET", at("/settings"));
    const gap = structuredClone(before.settings);
    gap.tax.classes = gap.tax.classes.filter((row) => row.classId !== 0);
    await shop.c.panel("PUT", at("/settings"), { basedOn: before.version, settings: gap });
    const ids = [];
    for (const quantity of [1, 2]) ids.push(await shop.w.order(shop.c.store, { lines: [{ sku: "TEE-MER-NVY-M", quantity }] }));
    const look = ids.map((orderId) => ({ kind: "order.changed" as const, orderId }));
    await shop.w.run(shop.c.store, look);
    expect((await page(ids[0] as number)).order.state).toBe("held");

    expect(await shop.c.panel<BulkDone>("POST", at("/orders/bulk"), { ids: [...ids, sent, 999_999], action: "skip" })).toEqual({
      done: 2,
      left: 2,
    });
    await shop.w.run(shop.c.store, []);
    expect((await page(ids[0] as number)).order).toMatchObject({
      state: "not-taken",
      note: { is: "said", text: expect.stringMatching(/^Skipped by /) },
    });
    expect((await shop.c.panel<AttentionList>("GET", at("/attention"))).rows.filter((row) => row.kind === "tax-unmapped")).toEqual([]);
    await shop.c.panel("PUT", at("/settings"), { basedOn: before.version + 1, settings: before.settings });
    await shop.w.run(shop.c.store, look);
    expect(ids.flatMap(sales)).toEqual([]);

    expect(await shop.c.panel<BulkDone>("POST", at("/orders/bulk"), { ids, action: "process" })).toEqual({ done: 2, left: 0 });
    await shop.w.run(shop.c.store, []);
    for (const id of ids) expect([(await page(id)).order.state, books(id)]).toEqual(["sent", [["g1", false, 1, 1]]]);
    // Asked once: from now on it is an order like every other.
    await shop.w.run(shop.c.store, look);
    expect((await page(ids[0] as number)).order.state).toBe("sent");
  });
});
