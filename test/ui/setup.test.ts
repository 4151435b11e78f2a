import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Connected, connect } from "../../scripts/connect.ts";
import type { OrderList, Roundings, StoreSummary } from "../../worker/contract/index.ts";
import { until } from "../harness/until.ts";
import { control, journey, placeOrder } from "../journeys/stack.ts";
import { axe, browsing, heading, launchUrl, NARROW, settled, shot, sideways, WIDE, wordsOf } from "./browser.ts";
import { forbiddenIn, leaksIn } from "./words.ts";

/** What Setup says before and after something is saved, at both widths. */
const place = journey(import.meta.filename);
const browser = browsing();
let c: Connected;
let unpaid = 0;
const at = (path: string) => `/api/stores/${c.store}${path}`;
const open = async (to: string, viewport = WIDE): Promise<Page> => {
  const page = await browser.page({ viewport });
  await page.goto(await launchUrl(place, c.store, {}, to));
  return page;
};
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });
async function judge(page: Page, name: string): Promise<void> {
  await settled(page);
  expect(await axe(page), `${name}: accessibility`).toEqual([]);
  expect(await sideways(page), `${name}: wider than the window`).toBe(0);
  const words = await wordsOf(page);
  expect([...forbiddenIn(words), ...leaksIn(words)], `${name}: words`).toEqual([]);
  await shot(page, `${name}-${page.viewportSize()?.width}`);
}

beforeAll(async () => {
  c = await connect(place, {
    change: (settings) => {
      for (const method of settings.payments.methods) if (method.key === "stripe") method.account = null;
    },
  });
  unpaid = (await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] })).id;
  await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }], statusId: 12 });
  await until("the payment to be left out", async () => (await c.panel<OrderList>("GET", at("/orders?view=log&state=unpaid"))).total === 1);
});
afterEach(() => browser.closeAll());

describe.each([WIDE, NARROW])("at $width", (viewport) => {
  it("F13: another moment of taking says which orders it takes, before it is saved", async () => {
    const page = await open("/setup/orders", viewport);
    await page.getByLabel("Take orders from").fill("2027-01-01");
    await page.getByText("When you save: 1 order is no longer taken").waitFor();
    await judge(page, "setup-preview");
    await button(page, "Discard changes").click();
    await page.getByText(/^When you save/).waitFor({ state: "detached" });
  });

  it("M4, F152: roundings by month and size, with their sum", async () => {
    const page = await open("/setup/orders", viewport);
    await page.getByLabel("Ship from").waitFor();
    // Months of trading, as the server sums them (test/settings/rounding.test.ts).
    const months = [
      { month: "2026-11", currency: "AUD", sum: "-0.0197", orders: 1204, sizes: [1100, 100, 3, 1] },
      { month: "2026-10", currency: "NZD", sum: "0.0003", orders: 1, sizes: [1, 0, 0, 0] },
    ];
    const json = { sizes: ["0.01", "0.02", "0.05", "1"], months } satisfies Roundings;
    await page.route("**/settings/rounding", (route) => route.fulfill({ json }));
    await page.getByRole("link", { name: "Charges and accounts", exact: true }).click();
    await page.getByText("-0.0197 AUD").waitFor();
    await judge(page, "setup-rounding");
  });

  it("F47: Setup leads to the sales whose payment is not in Cin7 Core, each with method and amount", async () => {
    const page = await open("/setup/payments", viewport);
    await page.getByText("1 sale has a payment that is not in Cin7 Core").waitFor();
    await judge(page, "setup-payments-unpaid");
    await page.getByRole("link", { name: "See amounts, methods and sales" }).click();
    await heading(page, "Log").waitFor();
    const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: String(unpaid), exact: true }) });
    await row.getByText("Credit Card").waitFor();
    expect(await row.innerText()).toMatch(/SO-\d+/);
    const saved = page.waitForEvent("download");
    await button(page, "Download payments as CSV").click();
    expect(readFileSync(await (await saved).path(), "utf8")).toMatch(new RegExp(`^order,.*\r\n${unpaid},.*,Credit Card,\\d+\\.\\d\\d,`));
    await judge(page, "log-unpaid");
  });
});

it("F26: All warns by name of a place for other goods; a subset says where orders are taken from, is saved, and is in the history", async () => {
  await control(place.twins, `/cin7/${c.account}/locations/Shop%20Floor/rename`, { name: "Returns" });
  for (const viewport of [NARROW, WIDE]) {
    const page = await open("/setup/orders", viewport);
    await button(page, "Refresh").click();
    await page.getByText('"Returns" looks like a place for other goods').waitFor();
    await judge(page, "setup-stock-all");
    await page.getByRole("radio", { name: "Only these", exact: true }).check();
    await page.getByRole("checkbox", { name: "Returns", exact: true }).check();
    await page.getByText('What is at "Returns" counts, but has to be moved there first.').waitFor();
    await judge(page, "setup-stock-chosen");
    if (viewport === NARROW) continue;
    for (const name of ["Returns", "Main Warehouse"]) await page.getByRole("checkbox", { name, exact: true }).uncheck();
    browser.allow(/answered 422: PUT .*settings/);
    await button(page, "Save setup").click();
    await page.getByText("Choose all locations, or at least one of them.").first().waitFor();
    await page.getByRole("checkbox", { name: "Main Warehouse", exact: true }).check();
    await button(page, "Save setup").click();
    await page.getByText(/^Saved/).waitFor();
    await page.goto(await launchUrl(place, c.store, {}, "/setup/history"));
    await page.getByText("Stock locations: all → Main Warehouse").waitFor();
  }
});

it("F152: prices that include tax now are told in Setup, Tax, and confirmed there", async () => {
  await fetch(`${place.twins}/control/bigcommerce/${c.store}/store`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ is_price_entered_with_tax: true }),
  });
  await until(
    "the new price basis",
    async () => (await c.panel<{ stores: StoreSummary[] }>("GET", "/api/stores")).stores[0]?.pricesIncludeTax,
  );
  for (const viewport of [NARROW, WIDE]) {
    const page = await open("/setup/tax", viewport);
    await page.getByText("The shop's prices now include tax").waitFor();
    await judge(page, "setup-price-basis");
    if (viewport === NARROW) continue;
    await button(page, "Confirm: prices include tax").click();
    await button(page, "Save setup").click();
    await page.getByText(/^Saved/).waitFor();
    await page.getByText("The shop's prices now include tax").waitFor({ state: "detached" });
  }
});

it("the location cannot be taken away while orders are on: the field says why", async () => {
  browser.allow(/answered 422: PUT .*settings/);
  const page = await open("/setup/orders");
  await page.getByLabel("Ship from").selectOption("");
  await button(page, "Save setup").click();
  await page.getByText("Orders are on, and each sale ships from a location.").first().waitFor();
  await judge(page, "setup-location-refused");
});
