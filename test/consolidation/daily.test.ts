import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AttentionList, DailySales } from "../../worker/contract.ts";
import { cents, dailyShop, type Shop, TEE } from "./shop.ts";

/** One sale a day (F15, F16, F18, F102, F104), against both twins: each order in exactly one sale, to the cent, whatever goes wrong. */
let s: Shop;
beforeEach(async () => {
  s = await dailyShop();
}, 60_000);
afterEach(() => s.stop());

const ONE = { lines: [{ sku: TEE, quantity: 2 }], shipping: "9.95" };
const TWO = { lines: [{ sku: TEE }, { sku: "HON-RAW", quantity: 3 }], shipping: "9.95" };
const USD = { lines: [{ sku: TEE }], shipping: "5.00", currency: "USD", paymentMethod: "Credit Card" };
const LONG = 90_000;

/** Exactly one sale, invoice and set of payments for these orders, to the cent. */
function whole(ids: readonly number[], currency = "AUD") {
  const sales = s.sales().filter((sale) => sale.CustomerCurrency === currency && sale.Status !== "VOIDED");
  expect(sales, `sales in ${currency}`).toHaveLength(1);
  const [sale] = sales;
  const orders = ids.map((id) => s.order(id));
  const total = cents(orders.map((order) => order.total_inc_tax));
  expect(cents([sale?.Order.Total ?? 0])).toBe(total);
  expect(cents([sale?.Order.Tax ?? 0])).toBe(cents(orders.map((order) => order.total_tax)));
  expect(sale?.Invoices.map((invoice) => [invoice.Status, cents([invoice.Total])])).toEqual([["PAID", total]]);
  expect(cents(sale?.Invoices[0]?.Payments.map((p) => p.Amount) ?? [])).toBe(total);
  return sale;
}
/** The twin's webhooks never become active here. */
const attention = async () =>
  (await s.c.panel<AttentionList>("GET", s.at("/attention?perPage=100"))).rows.filter((problem) => problem.kind !== "hooks-refused");

it("orders are taken, their stock held, and wait; at the end of the day one sale per currency has them all", {
  timeout: LONG,
}, async () => {
  const ids = await s.take([ONE, TWO, USD]);
  for (const id of ids) {
    const { order } = await s.page(id);
    expect(order).toMatchObject({
      state: "pending",
      note: "Goes with the daily sale, …",
      when: expect.stringMatching(/Z$/),
      saleNumber: null,
    });
    expect((await s.row(id))?.["reserved"]).toContain(TEE);
  }
  expect(s.sales()).toEqual([]);
  await s.close();
  const aud = whole(ids.slice(0, 2));
  const usd = whole(ids.slice(2), "USD");
  expect([aud?.Customer, usd?.Customer]).toEqual(["Web customer", "Web customer USD"]);
  // Two of one line, one of another: one row. Two tax rules stay two.
  expect(aud?.Order.Lines.filter((line) => line.SKU === TEE)).toMatchObject([{ Quantity: 3 }]);
  expect(new Set(aud?.Order.Lines.map((line) => line.TaxRule)).size).toBe(2);
  expect(aud?.Invoices[0]?.Payments).toMatchObject([
    { Account: "713", Reference: expect.stringMatching(/2 payments of \d+ \w+ \d{4} \| ls:-\d{15}:713-\d{8}$/) },
  ]);
  expect(usd?.Invoices[0]?.Payments).toMatchObject([{ Account: "715" }]);
  for (const id of ids) {
    const { order, payments, daily } = await s.page(id);
    expect(order).toMatchObject({ state: "sent", note: expect.stringMatching(/^In Cin7 as SO-/), daySale: daily?.id });
    expect(order.stages).toContain("paid");
    expect(payments).toMatchObject([{ state: "posted", why: "Paid with its daily sale." }]);
    expect((await s.row(id))?.["reserved"]).toBe("[]");
  }
  const { rows, shown } = await s.c.panel<DailySales>("GET", s.at("/daily-sales"));
  expect([shown, rows.map((row) => [row.orders, row.sale.currency, row.sale.state]).sort()]).toEqual([
    true,
    [
      [1, "USD", "sent"],
      [2, "AUD", "sent"],
    ],
  ]);
  const day = await s.page(rows[0]?.sale.id as number);
  expect(day.daily?.orders.length).toBe(rows[0]?.orders);
  // Told again of everything: nothing comes twice.
  await s.w.run(
    s.c.store,
    [...ids, ...rows.map((row) => row.sale.id)].flatMap((orderId) => [
      { kind: "order.changed" as const, orderId },
      { kind: "order.send" as const, orderId },
      { kind: "order.money" as const, orderId },
    ]),
  );
  await s.close();
  expect(s.sales()).toHaveLength(2);
  whole(ids.slice(0, 2));
  whole(ids.slice(2), "USD");
  // Nor by deleting the entry of one of them.
  await expect(s.c.panel("POST", s.at(`/orders/${ids[0]}/delete-entry`))).rejects.toThrow(/409/);
});

describe("which day (F16)", () => {
  it("a day without orders writes nothing and asks nobody", { timeout: LONG }, async () => {
    await s.close();
    expect(s.sales()).toEqual([]);
    expect((await s.c.panel<DailySales>("GET", s.at("/daily-sales"))).rows).toEqual([]);
  });
  it("ready a moment before the end is in, exactly at the end is in the next day: each in one", { timeout: LONG }, async () => {
    const [before, at] = (await s.take([ONE, TWO])) as [number, number];
    await s.ready([before], new Date(Date.parse(s.end()) - 1).toISOString());
    await s.ready([at], s.end());
    await s.close();
    whole([before]);
    expect((await s.page(at)).order.state).toBe("pending");
    // The next day ends a minute later.
    const later = new Date(Date.parse(s.end()) + 60_000);
    const time = new Intl.DateTimeFormat("en-GB", {
      timeZone: "Australia/Melbourne",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(later);
    await s.save((settings) => {
      settings.orders.consolidateAt = time;
    });
    await s.w.run(s.c.store, [{ kind: "order.changed", orderId: at }]);
    await s.w.run(s.c.store, [{ kind: "day.close" }]);
    expect(
      s
        .sales()
        .map((sale) => cents([sale.Order.Total]))
        .sort(),
    ).toEqual([before, at].map((id) => cents([s.order(id).total_inc_tax])).sort());
  });
  it("held at the end of its day it goes with the next; its problem is named as ever", { timeout: LONG }, async () => {
    const [free, held] = (await s.take([
      ONE,
      {
        ...ONE,
        lines: [
          { sku: TEE, address: 0 },
          { sku: TEE, address: 1 },
        ],
        addresses: [{}, { city: "Perth" }],
      },
    ])) as [number, number];
    expect((await s.page(held)).order.state).toBe("held");
    await s.close();
    whole([free]);
  });
});

describe("cancelled (M28, K30)", () => {
  it("before the end it is no member; afterwards it is told with that sale's number, and nobody is told to void it", {
    timeout: LONG,
  }, async () => {
    const [gone, stays, later] = (await s.take([ONE, TWO, ONE])) as [number, number, number];
    await s.status(gone, 5);
    await s.w.run(s.c.store, [{ kind: "order.changed", orderId: gone }]);
    await s.close();
    const sale = whole([stays, later]);
    expect((await s.page(gone)).order).toMatchObject({ state: "not-taken", daySale: null });
    await s.status(later, 5);
    await s.w.run(s.c.store, [{ kind: "order.changed", orderId: later }]);
    const [told] = await attention();
    expect(told).toMatchObject({ kind: "changed-after-sale", orders: [later] });
    expect(`${told?.title} ${told?.text}`).toMatch(new RegExp(`order ${later}: .* part of the daily sale SO-.*do not void it`));
    expect(sale?.Status).not.toBe("VOIDED");
  });
  it("told while the day is being closed, it is told all the same", { timeout: LONG }, async () => {
    const [one, two] = (await s.take([ONE, TWO])) as [number, number];
    await s.status(two, 5);
    await s.close();
    await s.w.run(s.c.store, [{ kind: "order.changed", orderId: two }]);
    expect((await attention()).map((problem) => problem.kind)).toEqual(["changed-after-sale"]);
    whole([one, two]);
  });
});

describe("a crash or a lost answer at any step: no order twice, none lost (design 3.2)", () => {
  it.each(["/sale$", "/sale/order", "/sale/invoice", "/sale/payment"])(
    "%s arrives and its answer is lost",
    { timeout: LONG },
    async (path) => {
      const ids = await s.take([ONE, TWO]);
      await s.w.control("/faults", [{ peer: "cin7", method: "POST", path, kind: "reset", times: 1 }]);
      await s.close();
      for (let n = 0; n < 20 && !(await s.page(ids[0] as number)).order.stages.includes("paid"); n++) {
        await new Promise((done) => setTimeout(done, 500));
        await s.w.run(s.c.store, [{ kind: "day.close" }]);
      }
      whole(ids);
      expect(s.sales()).toHaveLength(1);
    },
  );
  it("closed and not yet put together, with the mode changed meanwhile: it goes on as a day", { timeout: LONG }, async () => {
    const ids = await s.take([ONE, TWO]);
    await s.sql(`UPDATE orders SET day_cut = '${s.end()}' WHERE waits_for = 'day'`);
    await s.save((settings) => {
      settings.orders.consolidate = "each";
    });
    await s.w.run(s.c.store, [{ kind: "day.close" }]);
    whole(ids);
  });
  it("an old database: who was in a sale is in it again, and the sale is there once", { timeout: LONG }, async () => {
    const ids = await s.take([ONE, TWO]);
    await s.close();
    const { daySale } = (await s.page(ids[0] as number)).order;
    await s.sql(
      "UPDATE orders SET day_cut = NULL, day_sale = NULL, state = 'pending', stages = '', sale_id = NULL, sale_number = NULL, waits_for = 'day' WHERE order_id > 0",
    );
    await s.sql("DELETE FROM orders WHERE order_id < 0");
    await s.sql("DELETE FROM day_sales");
    await s.sql("DELETE FROM order_payments");
    await s.w.run(
      s.c.store,
      ids.map((orderId) => ({ kind: "order.changed", orderId })),
    );
    whole(ids);
    expect(s.sales()).toHaveLength(1);
    for (const id of ids) expect((await s.page(id)).order).toMatchObject({ daySale, state: "sent" });
  });
});

describe("nothing is kept of a day that was closed (after a disconnect)", () => {
  const lost = async (ids: number[]) => {
    const { daySale } = (await s.page(ids[0] as number)).order;
    // The claims and drafts went with the queue.
    await s.w.forget(s.c.store);
    await s.sql("UPDATE stores SET look_before = '2026-01-01T00:00:00.000Z'");
    await s.w.run(s.c.store, [{ kind: "order.changed", orderId: daySale as number }]);
  };
  it("and which never came to Cin7: its orders go with the next day, once", { timeout: LONG }, async () => {
    const ids = await s.take([ONE, TWO]);
    await s.w.control("/faults", [{ peer: "cin7", method: "POST", path: "/sale$", kind: "refuse", text: "Try later", times: 1 }]);
    await s.close();
    expect(s.sales()).toEqual([]);
    await lost(ids);
    for (const id of ids) expect((await s.page(id)).order).toMatchObject({ state: "pending", daySale: null });
  });
});

describe("changing the mode", () => {
  it("from a day to each: what waits goes one by one at once", { timeout: LONG }, async () => {
    const ids = await s.take([ONE, TWO]);
    await s.save((settings) => {
      settings.orders.consolidate = "each";
    });
    await s.w.run(s.c.store, []);
    await s.close();
    expect(
      s
        .sales()
        .map((sale) => sale.ExternalID)
        .sort(),
    ).toEqual(ids.map((id) => `ls:${s.c.store}:${id}:g1`).sort());
    for (const id of ids) expect((await s.page(id)).order).toMatchObject({ state: "sent", daySale: null });
  });
  it("from each to a day: a sale that was begun is finished alone, the others wait", { timeout: LONG }, async () => {
    await s.save((settings) => {
      settings.orders.consolidate = "each";
    });
    await s.w.control("/faults", [{ peer: "cin7", method: "POST", path: "/sale/order", kind: "refuse", text: "Try later", times: 1 }]);
    const [begun] = (await s.take([ONE])) as [number];
    expect((await s.page(begun)).order.state).toBe("held");
    await s.save((settings) => {
      settings.orders.consolidate = "daily";
    });
    await s.w.run(s.c.store, []);
    const [waits] = (await s.take([TWO])) as [number];
    expect((await s.page(begun)).order).toMatchObject({ state: "sent", daySale: null });
    await s.close();
    expect(s.sales()).toHaveLength(2);
    expect((await s.page(waits)).order.daySale).not.toBeNull();
  });
});

it("what Cin7 refuses holds the day with its name; processed, it goes on where it stopped", { timeout: LONG }, async () => {
  const ids = await s.take([ONE, TWO]);
  await s.w.control("/faults", [
    { peer: "cin7", method: "POST", path: "/sale/order", kind: "refuse", text: "Product is deprecated", times: 1 },
  ]);
  await s.close();
  const [problem] = await attention();
  expect(problem?.title).toMatch(/^Cin7 Core refused the daily sale of \d{4}-\d\d-\d\d \(order\)\.$/);
  expect(problem?.remedies[0]).toMatchObject({ label: expect.stringMatching(/^Process the daily sale of/), action: "process" });
  await s.c.panel("POST", s.at(`/orders/${problem?.orders[0]}/process`));
  await s.w.run(s.c.store, []);
  whole(ids);
  expect(await attention()).toEqual([]);
});

it("voided in Cin7 it is told, and created again with the same orders and payments when somebody processes it (M28)", {
  timeout: LONG,
}, async () => {
  const ids = await s.take([ONE, TWO]);
  await s.close();
  const daySale = (await s.page(ids[0] as number)).order.daySale as number;
  await s.w.control(`/cin7/${s.c.account}/sales/${whole(ids)?.ID}/void`);
  await s.w.run(s.c.store, [{ kind: "sale.check", orderId: daySale }]);
  expect(await attention()).toMatchObject([
    { kind: "voided-after-sale", title: expect.stringMatching(/of the daily sale of .* was voided/) },
  ]);
  await s.c.panel("POST", s.at(`/orders/${daySale}/process`));
  await s.w.run(s.c.store, []);
  expect(whole(ids)?.ExternalID).toMatch(/:g2$/);
  expect(s.sales()).toHaveLength(2);
  for (const id of ids) expect((await s.page(id)).order.stages).toContain("paid");
});

it("an account that takes no negative charges: the day goes in its other form, at once (M2)", { timeout: LONG }, async () => {
  await s.w.control("/switches", { negativeCharges: "refuse" });
  const ids = await s.take([{ ...TWO, coupon: "WELCOME10" }, ONE]);
  await s.close();
  const sale = whole(ids);
  expect([...(sale?.Order.Lines ?? []), ...(sale?.Order.AdditionalCharges ?? [])].filter((row) => row.Price < 0)).toEqual([]);
});

it("a payment that comes after the day's is a payment of its own (M51)", { timeout: LONG }, async () => {
  await s.save((settings) => {
    settings.orders.captureWhen = "created";
  });
  const ids = await s.take([ONE, { ...ONE, paymentMethod: "Bank Deposit" }]);
  const [, late] = ids as [number, number];
  await s.close();
  expect(s.sales()[0]?.Invoices[0]?.Payments).toHaveLength(1);
  await s.status(late, 11);
  await s.save((settings) => {
    for (const method of settings.payments.methods) if (method.name === "Bank Deposit") method.countsAsPaid = "awaiting-fulfillment";
  });
  await s.w.run(s.c.store, [{ kind: "order.changed", orderId: late }]);
  expect(whole(ids)?.Invoices[0]?.Payments.map((p) => p.Reference.split(" | ").at(-1))).toEqual([
    expect.stringMatching(/^ls:-\d{15}:713-\d{8}$/),
    expect.stringMatching(new RegExp(`^ls:-\\d{15}:o${late}-tender-3$`)),
  ]);
});

it("without a default customer it is not saved, with the reason (F18)", { timeout: LONG }, async () => {
  const none = s.save((settings) => {
    settings.customers.defaultCustomer = null;
  });
  await expect(none).rejects.toThrow(/Choose a default customer first/);
});
