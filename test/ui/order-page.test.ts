import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connected, connect } from "../../scripts/connect.ts";
import type { OrderList } from "../../worker/contract/index.ts";
import { until } from "../harness/until.ts";
import { control, journey, placeOrder } from "../journeys/stack.ts";
import { axe, browsing, heading, launchUrl, settled, shot, sideways } from "./browser.ts";

/** An order's page answers: where it is on both sides, what changed since, what keeps it out and the way in. */
const place = journey(import.meta.filename);
const browser = browsing();
let c: Connected;
const ids = { paid: 0, coupon: 0, unpaid: 0 };

const open = async (to: string): Promise<Page> => {
  const page = await browser.page();
  await page.goto(await launchUrl(place, c.store, {}, to));
  return page;
};
const link = (page: Page, name: string | RegExp) => page.getByRole("link", { name, exact: true }).first();
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });
async function judge(page: Page, name: string): Promise<void> {
  await settled(page);
  expect(await axe(page), `${name}: accessibility`).toEqual([]);
  expect(await sideways(page), `${name}: wider than the window`).toBe(0);
  await shot(page, name);
}
const arrived = (page: Page, title: string) => heading(page, title).waitFor();

beforeAll(async () => {
  c = await connect(place);
  const place_ = async (order: unknown) => (await placeOrder(place.twins, c.store, order)).id;
  const line = (sku: string, quantity = 1) => ({ sku, quantity });
  ids.paid = await place_({ lines: [line("TEE-MER-NVY-S", 2)], shipping: 9, customerMessage: "Please ring twice." });
  ids.coupon = await place_({ lines: [line("TEE-MER-NVY-M"), line("TEE-MER-NVY-L", 3)], coupon: "WELCOME10", shipping: 12.5 });
  ids.unpaid = await place_({ lines: [line("TEE-MER-NVY-M")], paymentMethod: "Bank Deposit" });
  const total = async (state: string) => (await c.panel<OrderList>("GET", `/api/stores/${c.store}/orders?view=log&state=${state}`)).total;
  await until("all orders to be where they belong", async () => (await total("sent")) === 2 && (await total("not-taken")) === 1);
});
afterAll(() => browser.closeAll());

describe("an order's page", () => {
  it("an order's page leads to both sides in a rehearsal too, to the orders beside it, and back to the list as it was", async () => {
    const page = await open(`/orders/log?state=sent`);
    await link(page, String(ids.paid)).click();
    await arrived(page, `Order ${ids.paid}`);
    for (const [name, holds] of [
      [`Open order ${ids.paid} in BigCommerce`, "TEE-MER-NVY-S"],
      [/^Open sale SO-\d+ in Cin7 Core/, `${ids.paid}`],
    ] as const) {
      const href = (await page.getByRole("link", { name }).getAttribute("href")) ?? "";
      const there = await fetch(href);
      expect([there.status, (await there.text()).includes(holds)], href).toEqual([200, true]);
    }
    await link(page, /^Order \d+/).click();
    await arrived(page, `Order ${ids.coupon}`);
    await link(page, "Back to the list").click();
    await arrived(page, "Log");
    expect(new URL(page.url()).search).toBe("?state=sent");
    await browser.closeAll();
  });

  it("what BigCommerce says now stands beside what came, and what differs is named", async () => {
    const edit = { lines: [{ sku: "TEE-MER-NVY-S", quantity: 5 }], customerMessage: "Please ring once." };
    await control(place.twins, `/bigcommerce/${c.store}/orders/${ids.paid}/edit`, edit);
    const page = await open(`/orders/${ids.paid}`);
    await page.getByText("Changed in BigCommerce since its sale was made").waitFor();
    await page.getByText(/^Its total is .* instead of /).waitFor();
    const message = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "Message" }) });
    expect((await message.innerText()).replace(/\s+/g, " ")).toMatch(/Please ring twice\. .*Please ring once\. CHANGED/i);
    const now = page.getByRole("table", { name: "Lines of the order in BigCommerce now" });
    expect((await now.getByRole("row").nth(1).innerText()).replace(/\s+/g, " ")).toMatch(/TEE-MER-NVY-S .*CHANGED 5 /i);
    await judge(page, "order-changed");
    await browser.closeAll();
  });

  it("Process on an order that stays out says what keeps it out, and a person can take it all the same", async () => {
    const page = await open(`/orders/${ids.unpaid}`);
    await page.getByText("It is not paid yet").first().waitFor();
    await button(page, `Process order ${ids.unpaid}`).click();
    await page.getByText(/As BigCommerce told of it last it stays out: It is not paid yet/).waitFor();
    await button(page, `Take order ${ids.unpaid} now, unpaid`).click();
    await page.getByText(/becomes a sale in Cin7 Core although it is unpaid/).waitFor();
    await button(page, `Take order ${ids.unpaid} now, unpaid`).click();
    await page.getByRole("link", { name: /^Open sale SO-\d+ in Cin7 Core/ }).waitFor();
    await page.getByText("Nothing is in the books yet.").or(page.getByText("The invoice is authorised.")).first().waitFor();
    await judge(page, "order-taken-unpaid");
    await browser.closeAll();
  });
});
