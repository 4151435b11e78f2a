import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountOf, type Connected } from "../../scripts/connect.ts";
import type { DailySales, SettingsReply } from "../../worker/contract/index.ts";
import { endAfter } from "../../worker/daily-sales/rules/day.ts";
import { booksOf, pageWhen, paidPage, placeAll } from "../journeys/judge.ts";
import { exclusiveShop } from "../journeys/setups.ts";
import { journey, type Sale, stateOf } from "../journeys/stack.ts";
import { axe, browsing, heading, launchUrl, NARROW, settled, shot, sideways, WIDE, wordsOf } from "./browser.ts";
import { Shop, saveSetup } from "./scenes/scene.ts";
import { forbiddenIn, leaksIn } from "./words.ts";

/**
 * A day (F15, F16): one sale a day is chosen in Setup; six orders of two currencies, told by webhooks, become two sales when the
 * clock says so, and the pages say what became of them.
 */
const place = journey(import.meta.filename);
const browser = browsing();
const ZONE = "Australia/Melbourne";
let c: Connected;
let page: Page;

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
  settings.customers.perCurrency = [{ currency: "USD", customer: { id: usd?.id as string, name: usd?.name as string } }];
  for (const method of settings.payments.methods) if (method.key === "stripe") method.currencies = [{ currency: "USD", account: "715" }];
  await c.panel("PUT", at("/settings"), { basedOn: version, settings });
  const shop = new Shop(place, c, (await accountOf(place)).applicationKey);
  const { CustomerList } = (await shop.cin7("GET", `/customer?ID=${settings.customers.defaultCustomer?.id}`)) as {
    CustomerList: Record<string, unknown>[];
  };
  await shop.cin7("PUT", "/customer", { ...CustomerList[0], CreditLimit: 500 });
  page = await browser.page();
});
afterAll(() => browser.closeAll());
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
const go = async (to: string) => {
  await page.goto("about:blank");
  await page.goto(await launchUrl(place, c.store, {}, to));
};

/** Accessible, nothing cut off and in the merchant's words, at both widths. */
async function sound(name: string): Promise<void> {
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    await settled(page);
    expect(await axe(page), name).toEqual([]);
    expect(await sideways(page), name).toBe(0);
    await shot(page, `${name}-${size.width}`);
  }
  const words = await wordsOf(page);
  expect([...forbiddenIn(words), ...leaksIn(words)]).toEqual([]);
  await page.setViewportSize(WIDE);
}

const TIME = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Setup: one sale a day, which ends in some hours, so that there is time to shop. Answers when. */
async function chooseDaily(): Promise<string> {
  await go("/setup/orders");
  await page.getByRole("radio", { name: "One sale a day", exact: true }).check();
  const time = TIME.format(Date.now() + 6 * 3_600_000);
  await page.getByLabel("Consolidation time").fill(time);
  await page.getByText("has a credit limit of 500 in Cin7 Core; one sale a day may be more").waitFor();
  await saveSetup(page);
  return endAfter(new Date().toISOString(), time, ZONE);
}

/** Its end is moved to the next full minute: a timestamp, which no clock of ours runs faster to. */
async function endNow(): Promise<void> {
  const { version, settings } = await c.panel<SettingsReply>("GET", at("/settings"));
  settings.orders.consolidateAt = TIME.format(Math.ceil(Date.now() / 60_000) * 60_000);
  await c.panel("PUT", at("/settings"), { basedOn: version, settings });
}

const cents = (values: readonly (number | string)[]) => values.reduce<number>((sum, value) => sum + Math.round(Number(value) * 100), 0);

it("One sale a day is chosen in Setup: six orders wait, the day ends, two sales are authorised, invoiced and paid to the cent, and stock is allocated", async () => {
  const stock = async (sku: string) => {
    const state = (await stateOf(place.twins)) as unknown as {
      cin7: { accounts: Record<string, { stock: { sku: string; allocated: number }[] }> };
    };
    return (state.cin7.accounts[c.account]?.stock ?? []).filter((row) => row.sku === sku).reduce((sum, row) => sum + row.allocated, 0);
  };
  const end = await chooseDaily();
  const before = await stock(TEE);
  const ids = (await placeAll(place, c.store, [...AUD, ...USD])).map((order) => order.id as number);
  for (const id of ids)
    expect((await pageWhen(c, id, "to wait for its day", (p) => p.order.note.is === "day")).order).toMatchObject({
      state: "pending",
      note: { at: end },
    });
  const ours = async (): Promise<Sale[]> =>
    Object.values((await booksOf(place, c.account)).sales).filter((sale) => sale.ExternalID?.startsWith(`ls:${c.store}:`));
  expect(await ours()).toEqual([]);

  await endNow();
  for (const id of ids) await paidPage(c, id);
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

  await go("/orders/daily");
  await heading(page, "Daily sales").waitFor();
  await page.getByRole("row").nth(2).waitFor();
  await sound("daily-sales");
  await page.getByRole("row", { name: /AUD/ }).getByRole("link").first().click();
  await heading(page, /^Daily sale of .+, AUD$/).waitFor();
  for (const id of ids.slice(0, 4)) await page.getByRole("link", { name: String(id), exact: true }).waitFor();
  await sound("daily-sale");
  await page.getByRole("link", { name: String(ids[0]), exact: true }).click();
  await heading(page, `Order ${ids[0]}`).waitFor();
  await page.getByText("Daily sale", { exact: true }).waitFor();
  await sound("daily-order");
  await go("/setup/orders");
  await page.getByLabel("Consolidation time").waitFor();
  await sound("daily-setup");
});
