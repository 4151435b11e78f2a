import { beforeEach, describe, expect, it } from "vitest";
import type { AttentionList, DailySales } from "../../../worker/contract/index.ts";
import { until } from "../../harness/until.ts";
import { cents, dailyShop, type Shop, TEE, whole } from "./shop.ts";

/** One sale a day (F15, F16, F18, F102, F104), against both twins: each order in exactly one sale, to the cent, whatever goes wrong. */
let s: Shop;
beforeEach(async () => {
  s = await dailyShop();
});

const ONE = { lines: [{ sku: TEE, quantity: 2 }], shipping: "9.95" };
const TWO = { lines: [{ sku: TEE }, { sku: "HON-RAW", quantity: 3 }], shipping: "9.95" };
const USD = { lines: [{ sku: TEE }], shipping: "5.00", currency: "USD", paymentMethod: "Credit Card" };

/** The twin's webhooks never become active here. */
const attention = async () =>
  (await s.c.panel<AttentionList>("GET", s.at("/attention?perPage=100"))).rows.filter((problem) => problem.kind !== "hooks-refused");

it("orders are taken, their stock held, and wait; at the end of the day one sale per currency has them all", async () => {
  const ids = await s.take([ONE, TWO, USD]);
  for (const id of ids) {
    const { order } = await s.page(id);
    expect(order).toMatchObject({
      state: "pending",
      note: { is: "day", at: expect.stringMatching(/Z$/) },
      saleNumber: null,
    });
    expect((await s.row(id))?.["reserved"]).toContain(TEE);
  }
  expect(s.sales()).toEqual([]);
  await s.close();
  const aud = whole(s, ids.slice(0, 2));
  const usd = whole(s, ids.slice(2), "USD");
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
    expect(order).toMatchObject({
      state: "sent",
      note: { is: "said", text: expect.stringMatching(/^In Cin7 as SO-/) },
      daySale: daily?.id,
    });
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
  whole(s, ids.slice(0, 2));
  whole(s, ids.slice(2), "USD");
  // Nor by deleting the entry of one of them.
  await expect(s.c.panel("POST", s.at(`/orders/${ids[0]}/delete-entry`))).rejects.toThrow(/409/);
});

describe("which day (F16)", () => {
  it("a day without orders writes nothing and asks nobody", async () => {
    await s.close();
    expect(s.sales()).toEqual([]);
    expect((await s.c.panel<DailySales>("GET", s.at("/daily-sales"))).rows).toEqual([]);
  });
  it("ready a moment before the end is in, exactly at the end is in the next day: each in one", async () => {
    const [before, at] = (await s.take([ONE, TWO])) as [number, number];
    await s.ready([before], new Date(Date.parse(s.end()) - 1).toISOString());
    await s.ready([at], s.end());
    await s.close();
    whole(s, [before]);
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
  it("held at the end of its day it goes with the next; its problem is named as ever", async () => {
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
    whole(s, [free]);
  });
});

describe("cancelled (M28, K30)", () => {
  it("before the end it is no member; afterwards it is told with that sale's number, and nobody is told to void it", async () => {
    const [gone, stays, later] = (await s.take([ONE, TWO, ONE])) as [number, number, number];
    await s.status(gone, 5);
    await s.w.run(s.c.store, [{ kind: "order.changed", orderId: gone }]);
    await s.close();
    const sale = whole(s, [stays, later]);
    expect((await s.page(gone)).order).toMatchObject({ state: "not-taken", daySale: null });
    await s.status(later, 5);
    await s.w.run(s.c.store, [{ kind: "order.changed", orderId: later }]);
    const [told] = await attention();
    expect(told).toMatchObject({ kind: "changed-after-sale", orders: [later] });
    expect(`${told?.title} ${told?.text}`).toMatch(new RegExp(`order ${later}: .* part of the daily sale SO-.*do not void it`));
    expect(sale?.Status).not.toBe("VOIDED");
  });
  it("told while the day is being closed, it is told all the same", async () => {
    const [one, two] = (await s.take([ONE, TWO])) as [number, number];
    await s.status(two, 5);
    await s.close();
    await s.w.run(s.c.store, [{ kind: "order.changed", orderId: two }]);
    expect((await attention()).map((problem) => problem.kind)).toEqual(["changed-after-sale"]);
    whole(s, [one, two]);
  });
});

it("what Cin7 refuses holds the day with its name; processed, it goes on where it stopped", async () => {
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
  whole(s, ids);
  expect(await attention()).toEqual([]);
});

it("voided in Cin7 it is told, and created again with the same orders and payments when somebody processes it (M28)", async () => {
  // Cin7 voids no sale that has payments.
  await s.save((settings) => {
    settings.payments.on = false;
  });
  const ids = await s.take([ONE, TWO]);
  await s.close();
  const daySale = (await s.page(ids[0] as number)).order.daySale as number;
  await s.w.control(`/cin7/${s.c.account}/sales/${s.sales()[0]?.ID}/void`);
  // A look at the sale waits for its turn among the calls of this minute.
  await until("it to be told", async () => {
    await s.w.run(s.c.store, [{ kind: "sale.check", orderId: daySale }]);
    return (await attention()).length > 0;
  });
  expect(await attention()).toMatchObject([
    { kind: "voided-after-sale", title: expect.stringMatching(/of the daily sale of .* was voided/) },
  ]);
  await s.save((settings) => {
    settings.payments.on = true;
  });
  await s.c.panel("POST", s.at(`/orders/${daySale}/process`));
  await s.w.run(s.c.store, []);
  expect(whole(s, ids)?.ExternalID).toMatch(/:g2$/);
  expect(s.sales()).toHaveLength(2);
  for (const id of ids) expect((await s.page(id)).order.stages).toContain("paid");
});

it("an account that takes no negative charges: the day goes in its other form, at once (M2)", async () => {
  await s.w.control("/switches", { negativeCharges: "refuse" });
  const ids = await s.take([{ ...TWO, coupon: "WELCOME10" }, ONE]);
  await s.close();
  const sale = whole(s, ids);
  expect([...(sale?.Order.Lines ?? []), ...(sale?.Order.AdditionalCharges ?? [])].filter((row) => row.Price < 0)).toEqual([]);
});

it("a payment that comes after the day's is a payment of its own (M51)", async () => {
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
  expect(whole(s, ids)?.Invoices[0]?.Payments.map((p) => p.Reference.split(" | ").at(-1))).toEqual([
    expect.stringMatching(/^ls:-\d{15}:713-\d{8}$/),
    expect.stringMatching(new RegExp(`^ls:-\\d{15}:o${late}-tender-3$`)),
  ]);
});

it("without a default customer it is not saved, with the reason (F18)", async () => {
  const none = s.save((settings) => {
    settings.customers.defaultCustomer = null;
  });
  await expect(none).rejects.toThrow(/Choose a default customer first/);
});

it("money of an order in it that was unclear is told, and told no more when its transaction shows", async () => {
  const [other] = await s.take([TWO]);
  const id = await s.w.order(s.c.store, ONE);
  // biome-ignore lint/suspicious/noExplicitAny: the twins' own records
  const { transactions } = (s.w.twins.bigcommerce.state() as any).stores[s.c.store].orders[id];
  const taken = transactions.splice(0);
  await s.w.run(s.c.store, [{ kind: "order.changed", orderId: id }]);
  await s.ready([id], new Date(Date.parse(s.end()) - 60_000).toISOString());
  await s.close();
  const unclear = async () => (await attention()).filter(({ kind }) => kind === "payment-unclear").map(({ title }) => title);
  expect(await unclear()).toEqual([expect.stringContaining(String(id))]);
  transactions.push(...taken);
  const { daily } = await s.page(id);
  await s.w.run(s.c.store, [{ kind: "order.money", orderId: daily?.id as number }]);
  whole(s, [other as number, id]);
  expect(await unclear()).toEqual([]);
});
