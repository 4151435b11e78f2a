import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountOf, connect } from "../../scripts/connect.ts";
import { until } from "../harness/until.ts";
import { judge, page as orderPage } from "../journeys/judge.ts";
import { journey, stateOf } from "../journeys/stack.ts";
import { axe, browsing, heading, launchUrl, NARROW, settled, shot, sideways, WIDE, wordsOf } from "./browser.ts";
import { bundles } from "./scenes/bundles.ts";
import { button, link, Shop, saveSetup } from "./scenes/scene.ts";
import { forbiddenIn, leaksIn } from "./words.ts";

/** Bundles are assembled before their order (F23, F24), from Setup to the books; and whom automatic shipping touches (F22). */
const place = journey(import.meta.filename);
const browser = browsing();
let shop: Shop;
let page: Page;
beforeAll(async () => {
  shop = new Shop(place, await connect(place, { account: 0 }), (await accountOf(place)).applicationKey);
  await bundles(shop, 90);
  page = await browser.page();
});
afterAll(() => browser.closeAll());

type Goods = { finishedGoods: { quantity: number; status: string }[]; stock: { sku: string; location: string; available: number }[] };
const goods = async () => (await stateOf(place.twins)).cin7.accounts[shop.c.account] as unknown as Goods;
const tasks = async () => (await goods()).finishedGoods.map((task) => `${task.quantity} ${task.status}`);
const available = async () =>
  (await goods()).stock.filter((row) => row.sku === "KIT-2" && row.location === "Main Warehouse").reduce((n, row) => n + row.available, 0);
const kits = (quantity: number) => shop.order({ lines: [{ sku: "KIT-2", name: "Gift set", price: 20, quantity }] });
const setup = async (viewport = WIDE): Promise<void> => {
  await page.setViewportSize(viewport);
  await page.goto("about:blank");
  await page.goto(await launchUrl(place, shop.c.store, {}, "/setup/sale"));
  await heading(page, "Setup: Sales and invoices").waitFor();
  await settled(page);
};
const radio = (name: string) => page.getByRole("radio", { name, exact: true });

async function sound(name: string): Promise<void> {
  await settled(page);
  expect(await axe(page)).toEqual([]);
  expect(await sideways(page)).toBe(0);
  const words = await wordsOf(page);
  expect([...forbiddenIn(words), ...leaksIn(words)]).toEqual([]);
  await shot(page, `${name}-${page.viewportSize()?.width}`);
}

/** F25: the order's page asks Cin7 Core and shows each location, that of the sale first, and what is short of the kit. */
async function whereGoodsAre(id: number): Promise<void> {
  for (const viewport of [WIDE, NARROW]) {
    await page.setViewportSize(viewport);
    await page.goto("about:blank");
    await page.goto(await launchUrl(place, shop.c.store, {}, `/orders/${id}`));
    await button(page, "Show where the goods are").click();
    const table = page.getByRole("table", { name: "Where the goods of this order are" });
    await table.getByText("Orders are taken from here").waitFor();
    const cells = await table.locator("tbody tr").first().locator("td,th").allInnerTexts();
    const said = cells.map((text) => text.replace(/\s+/g, " ").trim());
    expect(await table.locator("tbody tr").nth(1).innerText()).toMatch(/Shop Floor/);
    expect([said[0], said[1], said[2]]).toEqual([
      expect.stringContaining("KIT-2"),
      expect.stringContaining("2"),
      expect.stringMatching(/Main Warehouse Orders are taken from here/),
    ]);
    await page.getByText("2 × KIT-2 would be assembled now, and components are missing at Main Warehouse").waitFor();
    await page.getByText("CUP-ENAM: 4 needed, 1 there; 7 available at Shop Floor", { exact: true }).waitFor();
    await sound("order-goods");
  }
}

describe("bundles", () => {
  it("3 are owed: Setup asks for Cin7's own setting and two accounts, then an order for 2 has 5 assembled, once, though the answer was lost", async () => {
    await shop.books("/switches", { backorderCountsAsAllocated: true });
    const owed = await kits(3);
    await judge(place, shop.c, owed);
    expect([await available(), await tasks()]).toEqual([-3, []]);

    await setup();
    await radio("Only what is missing for picking").check();
    await page.getByText("Say below what Cin7 Core does by itself").waitFor();
    browser.allow(/answered 422/);
    await button(page, "Save setup").click();
    await page.getByText("Look at the setting in Cin7 Core and say what it is").first().waitFor();
    await sound("bundles-wrong");
    await page.getByLabel("What Cin7 Core assembles by itself").selectOption("ordered");
    await page.getByText('to "Minimum for picking"').waitFor();
    await sound("bundles-more");
    await page.getByLabel("What Cin7 Core assembles by itself").selectOption("never");
    await page.getByLabel("Account for work in progress").selectOption("631");
    await page.getByLabel("Account for finished goods").selectOption("630");
    await saveSetup(page);
    await setup(NARROW);
    await sound("bundles");

    await shop.faults([{ peer: "cin7", kind: "timeout-after", method: "POST", path: "/finishedGoods$", times: 1 }]);
    const id = await kits(2);
    await judge(place, shop.c, id);
    expect([await tasks(), await available()]).toEqual([["5 COMPLETED"], 0]);
    const { mapped } = await orderPage(shop.c, id);
    expect(mapped?.decisions).toContainEqual(expect.objectContaining({ label: "Assembled", value: "5 × KIT-2 (FG-00001)" }));
    await page.setViewportSize(WIDE);
    await page.goto(await launchUrl(place, shop.c.store, {}, `/orders/${id}`));
    await page.getByText("5 × KIT-2 (FG-00001)").waitFor();
    await sound("bundles-order");
  });

  it("a shortage is held with its component, and goes on by itself when the component has come", async () => {
    await shop.books("/stock", { sku: "CUP-ENAM", location: "Main Warehouse", onHand: 1 });
    const id = await kits(2);
    const held = await until("the shortage", async () => (await shop.problems()).find((row) => row.kind === "assembly-short"));
    expect(held.title).toBe(`Order ${id} is held: components are missing to assemble 2 × KIT-2.`);
    expect(held.text).toContain("CUP-ENAM: 4 needed, 1 there");
    for (const [sku, onHand] of [
      ["KIT-2", 4],
      ["CUP-ENAM", 7],
    ])
      await shop.books("/stock", { sku, location: "Shop Floor", onHand });
    await whereGoodsAre(id);
    await shop.books("/stock", { sku: "CUP-ENAM", location: "Main Warehouse", onHand: 40 });
    // 15 minutes, as fast as the clock runs here.
    await judge(
      place,
      shop.c,
      id,
      await until("it to go by itself", async () => {
        const now = await orderPage(shop.c, id);
        return now.order.stages.includes("paid") ? now : null;
      }),
    );
    expect((await tasks()).filter((task) => task.endsWith("COMPLETED"))).toEqual(["5 COMPLETED", "2 COMPLETED"]);
  });
});

describe("automatic shipping", () => {
  it("before it is switched on, Setup lists the open sales that were sent without it, with links", async () => {
    const ids = Object.keys((await stateOf(place.twins)).bigcommerce.stores[shop.c.store]?.orders ?? {}).map(Number);
    const last = Math.max(...ids);
    for (const viewport of [WIDE, NARROW]) {
      await setup(viewport);
      await radio("Pick, pack and ship").check();
      await page.getByText("3 open sales were sent without automatic shipping").waitFor();
      await sound("auto-ship");
    }
    await radio("By hand").check();
    await page.getByText("sent without automatic shipping").waitFor({ state: "detached" });
    await radio("Pick, pack and ship").check();
    await link(page, `Order ${last}`).click();
    await heading(page, new RegExp(`${last}`)).waitFor();
  });
});
