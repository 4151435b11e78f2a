import { afterEach, beforeEach, describe, expect, it } from "vitest";
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

it("an order is taken, its stock held, and waits; at the end of the day one sale per currency has them all", {
  timeout: 60_000,
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
  }
  expect(s.sales()).toEqual([]);
  await s.close();
  const sales = s.sales();
  expect(sales.map((sale) => [sale.CustomerCurrency, sale.Customer]).sort()).toEqual([
    ["AUD", "Web customer"],
    ["USD", "Web customer USD"],
  ]);
  const of = (currency: string) => sales.find((sale) => sale.CustomerCurrency === currency);
  for (const [currency, members] of [
    ["AUD", ids.slice(0, 2)],
    ["USD", ids.slice(2)],
  ] as const) {
    const sale = of(currency);
    const orders = members.map((id) => s.order(id));
    expect(cents([sale?.Order.Total ?? 0])).toBe(cents(orders.map((order) => order.total_inc_tax)));
    expect(cents([sale?.Order.Tax ?? 0])).toBe(cents(orders.map((order) => order.total_tax)));
    expect(sale?.Invoices).toHaveLength(1);
    expect(sale?.Invoices[0]?.Status).toBe("PAID");
    expect(sale?.Invoices[0]?.Payments).toHaveLength(1);
    expect(cents(sale?.Invoices[0]?.Payments.map((p) => p.Amount) ?? [])).toBe(cents(orders.map((order) => order.total_inc_tax)));
  }
  // Two of one line, one of another: one row.
  expect(of("AUD")?.Order.Lines.filter((line) => line.SKU === TEE)).toMatchObject([{ Quantity: 3 }]);
  for (const id of ids) {
    const { order, payments } = await s.page(id);
    expect(order).toMatchObject({ state: "sent", note: expect.stringMatching(/^In Cin7 as SO-/), daySale: expect.any(Number) });
    expect(order.stages).toContain("paid");
    expect(payments).toMatchObject([{ state: "posted", why: "Paid with its daily sale." }]);
  }
});
