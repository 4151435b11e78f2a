import { beforeAll, expect, it } from "vitest";
import type { Connected } from "../../scripts/connect.ts";
import { endAfter } from "../../worker/consolidation/day.ts";
import type { DailySales, SettingsReply } from "../../worker/contract.ts";
import { booksOf, pageWhen, paidPage, placeAll } from "./judge.ts";
import { exclusiveShop } from "./setups.ts";
import { journey, type Sale, stateOf, until } from "./stack.ts";

/** A day over real HTTP (F15, F16): six orders of two currencies, told by webhooks, become two sales when the clock says so. */
const place = journey(import.meta.filename);
const ZONE = "Australia/Melbourne";
let c: Connected;
let end: string;

beforeAll(async () => {
  await fetch(`${place.twins}/control/bigcommerce/demostore1/currencies/USD`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ is_transactional: true }),
  });
  c = await exclusiveShop(place);
  const { customers } = await c.panel<{ customers: { id: string; name: string }[] }>("GET", at("/choices/customers?q=Web customer USD"));
  const [usd] = customers;
  const { version, settings } = await c.panel<SettingsReply>("GET", at("/settings"));
  // The next full minute that leaves time to shop.
  const minute = new Date(Math.ceil((Date.now() + 30_000) / 60_000) * 60_000);
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(minute);
  end = endAfter(new Date().toISOString(), time, ZONE);
  Object.assign(settings.orders, { consolidate: "daily", consolidateAt: time });
  settings.customers.perCurrency = [{ currency: "USD", customer: { id: usd?.id as string, name: usd?.name as string } }];
  for (const method of settings.payments.methods) if (method.key === "stripe") method.currencies = [{ currency: "USD", account: "715" }];
  await c.panel("PUT", at("/settings"), { basedOn: version, settings });
});
const at = (path: string) => `/api/stores/demostore1${path}`;

const TEE = "TEE-MER-NVY-S";
const AUD = [
  { lines: [{ sku: TEE, quantity: 2 }], shipping: "9.95" },
  { lines: [{ sku: TEE }, { sku: "HON-RAW", quantity: 3 }], shipping: "9.95" },
  { lines: [{ sku: "HON-RAW" }, { sku: "CUP-ENAM", price: "9.99", taxClassId: 2 }], shipping: 0, coupon: "WELCOME10" },
  { lines: [{ sku: "CUP-ENAM", quantity: 2, price: "12.50" }], shipping: 9, giftCertificate: "20.00", storeCredit: "5.00" },
];
const USD = [
  { lines: [{ sku: TEE }], shipping: "5.00", currency: "USD", paymentMethod: "Credit Card" },
  { lines: [{ sku: "CUP-ENAM", quantity: 3 }], shipping: "5.00", currency: "USD", paymentMethod: "Credit Card" },
];
const cents = (values: readonly (number | string)[]) => values.reduce<number>((sum, value) => sum + Math.round(Number(value) * 100), 0);

it("six orders wait, the day ends, two sales are authorised, invoiced and paid to the cent, and stock is allocated", {
  timeout: 240_000,
}, async () => {
  const stock = async (sku: string) => {
    const state = (await stateOf(place.twins)) as unknown as {
      cin7: { accounts: Record<string, { stock: { sku: string; allocated: number }[] }> };
    };
    return (state.cin7.accounts[c.account]?.stock ?? []).filter((row) => row.sku === sku).reduce((sum, row) => sum + row.allocated, 0);
  };
  const before = await stock(TEE);
  const ids = (await placeAll(place, c.store, [...AUD, ...USD])).map((order) => order.id as number);
  for (const id of ids)
    expect((await pageWhen(c, id, "to wait for its day", (p) => p.order.note.startsWith("Goes with"))).order).toMatchObject({
      state: "pending",
      when: end,
    });
  const ours = async (): Promise<Sale[]> =>
    Object.values((await booksOf(place, c.account)).sales).filter((sale) => sale.ExternalID?.startsWith(`ls:${c.store}:`));
  expect(Date.now(), "there was time to shop").toBeLessThan(Date.parse(end));
  expect(await ours()).toEqual([]);

  await until("the day to end", async () => Date.now() > Date.parse(end), 100_000);
  for (const id of ids) await paidPage(c, id, 60_000);
  const sales = await ours();
  expect(sales).toHaveLength(2);
  const world = (await stateOf(place.twins)) as unknown as {
    bigcommerce: { stores: Record<string, { orders: Record<string, { total_inc_tax: string; total_tax: string }> }> };
  };
  const orders = world.bigcommerce.stores[c.store]?.orders ?? {};
  for (const [currency, members] of [
    ["AUD", ids.slice(0, 4)],
    ["USD", ids.slice(4)],
  ] as const) {
    const found = sales.filter((sale) => (sale as unknown as { CustomerCurrency: string }).CustomerCurrency === currency);
    expect(found).toHaveLength(1);
    const [sale] = found as [Sale];
    const total = cents(members.map((id) => orders[id]?.total_inc_tax ?? "x"));
    expect([sale.Order.Status, cents([sale.Order.Total])]).toEqual(["AUTHORISED", total]);
    expect(cents([sale.Order.Tax])).toBe(cents(members.map((id) => orders[id]?.total_tax ?? "x")));
    expect(sale.Invoices.map((invoice) => [invoice.Status, cents([invoice.Total])])).toEqual([["PAID", total]]);
    const payments = sale.Invoices[0]?.Payments ?? [];
    expect(cents(payments.map((p) => p.Amount))).toBe(total);
    // One for each account: certificates and store credit keep theirs (M7, M8).
    expect(payments.map((p) => p.Account).sort()).toEqual(currency === "AUD" ? ["713", "840", "841"] : ["715"]);
    expect(sale.CustomerReference).toMatch(new RegExp(`^Daily \\d{4}-\\d\\d-\\d\\d ${currency}$`));
  }
  // Four of it: two, one, none, none and one.
  expect((await stock(TEE)) - before).toBe(4);
  const days = await c.panel<DailySales>("GET", at("/daily-sales"));
  expect(days.rows.map((row) => [row.sale.currency, row.orders]).sort()).toEqual([
    ["AUD", 4],
    ["USD", 2],
  ]);
});
