import { afterAll, describe, expect, it } from "vitest";
import { json, post } from "../../scripts/connect.ts";
import { until } from "../harness/until.ts";
import { journey, placeOrder, saleOf, stateOf } from "../journeys/stack.ts";
import { axe, browsing, heading, NARROW, settled, shot, sideways, WIDE, wordsOf } from "./browser.ts";
import { AUSTRALIAN, appIn, BRITISH, button, connectByCode, keysOf, link, section, setUp, signIn } from "./first-run.ts";
import { Keyboard, Mouse, type View } from "./hand.ts";

/** A merchant's first ten minutes, by the pages alone: what is clicked and filled is counted (M42). */
const place = journey(import.meta.filename);
const browser = browsing();
afterAll(() => browser.closeAll());

/** Accessible and nothing cut off, at both widths. */
async function fine(view: View, where: string): Promise<void> {
  await settled(view);
  expect(await axe(view), where).toEqual([]);
  expect(await sideways(view), where).toBe(0);
  const page = "page" in view ? view.page() : view;
  await page.setViewportSize(NARROW);
  expect(await axe(view), `${where}, narrow`).toEqual([]);
  expect(await sideways(view), `${where}, narrow`).toBe(0);
  await page.setViewportSize(WIDE);
}

const hooksThere = (store: string) =>
  until("the webhooks to be live", async () => {
    const hooks = (await stateOf(place.twins)).bigcommerce.stores[store]?.hooks as { created_at?: number }[] | undefined;
    return hooks && hooks.length >= 7 && hooks.every((hook) => Date.now() / 1000 - (hook.created_at ?? 0) > 2);
  });

describe("the first ten minutes", () => {
  it("from the marketplace to the first sale, by clicks alone", async () => {
    const hand = new Mouse();
    const panel = await browser.page();
    await panel.goto(`${place.twins}/panel/demostore1/marketplace`);
    await hand.click(button(panel, "Install"));
    const app = await appIn(panel);
    await heading(app, "Connect Cin7 Core").waitFor();
    await fine(app, "connect");
    // The page says where the code comes from, as a link that leaves the frame.
    expect(await app.getByRole("link", { name: new RegExp(new URL(place.app).host) }).getAttribute("target")).toBe("_blank");

    // In another browser: the console, with what Cin7 Core shows under Integrations, API.
    const other = await browser.page();
    const keys = await keysOf(other, place, 0);
    await other.goto(place.app);
    await fine(other, "sign in");
    await signIn(hand, other, place, keys);
    await heading(other, "Stores").waitFor();
    await fine(other, "stores without a store");

    // A wrong code says so beside the field; the right one names the company before anything is connected.
    browser.allow(/answered 422: POST .*link\/check/);
    const codeField = app.getByRole("textbox", { name: "Code" });
    await codeField.fill("AAAA2222");
    await button(app, "Check this code").click();
    await app.getByText("wrong or older than 15 minutes").waitFor();
    expect(await codeField.getAttribute("aria-invalid")).toBe("true");
    await connectByCode(hand, app, other);
    expect(await wordsOf(app)).toContain("Harbour Trading Pty Ltd");
    await fine(app, "confirm the company");
    await hand.click(button(app, "Connect to Harbour Trading Pty Ltd"));

    await heading(app, "Home").waitFor();
    await app.getByText(/^[12] of \d+ done$/).waitFor();
    await fine(app, "the checklist");
    await shot(panel, "first-ten-minutes-checklist");

    // Nothing goes on before somebody hears of trouble: it says so, and nothing that was filled in is lost. Not counted.
    browser.allow(/answered 409: PUT .*settings/);
    await link(app, "Choose a location").click();
    await app.getByRole("switch", { name: "Take orders" }).click();
    await button(app, "Save setup").click();
    await app.getByText("give two addresses for alerts under Setup, People and alerts").waitFor();
    await button(app, "Discard changes").click();
    await link(app, "Home").click();

    await setUp(hand, app, AUSTRALIAN, async () => {
      // Known without being asked: the rules by name, rate and country, an account for each method, a customer.
      for (const [field, rule] of [
        ["Default Tax Class: when tax was charged", "GST on Income"],
        ["GST free: no tax charged", "GST Free Income"],
        ["Credit Card: account in Cin7", "713"],
        ["Store Credit: account in Cin7", "841"],
      ] as const)
        expect(await app.getByLabel(field).inputValue(), field).toBe(rule);
      await app.getByText("Web customer").waitFor();
      await fine(app, "what we propose");
      await shot(panel, "first-ten-minutes-proposal");
    });
    await fine(app, "saved");

    // Both addresses got a code; nothing else goes there before somebody gives it.
    const mail = await browser.page();
    await mail.goto(`${place.twins}/mail-console`);
    for (const address of ["olivia@wattleandgum.example", "books@harbour.example"]) await mail.getByText(`${address}`).first().waitFor();
    await mail.getByText("confirms this address for alerts of Lockstep").first().waitFor();

    // The first order, in the shop.
    await hooksThere("demostore1");
    await link(panel, "Storefront").click();
    await button(panel, "Place order").click();
    const orderId = Number(/\d+$/.exec(await panel.getByRole("heading", { level: 1 }).innerText())?.[0]);
    const sale = await until("the sale with its draft invoice", async () => {
      const found = await saleOf(place.twins, keys.accountId, orderId);
      return found.Order.Total > 0 && found.Invoices.length > 0 && found;
    });

    await link(panel, "My apps").click();
    await button(panel, "Launch").click();
    const again = await appIn(panel);
    await again.getByText("Orders on", { exact: true }).waitFor();
    const row = again.getByRole("row").filter({ has: link(again, String(orderId)) });
    await row.getByText("In Cin7", { exact: true }).waitFor();
    await link(again, "Orders").click();
    await link(again, "Log").click();
    await heading(again, "Log").waitFor();
    await link(again, String(orderId)).click();
    await heading(again, `Order ${orderId}`).waitFor();
    await again
      .getByText(`$${sale.Order.Total.toFixed(2)}`)
      .first()
      .waitFor();
    await again.getByRole("link", { name: /^Open sale SO-\d+ in Cin7 Core/ }).waitFor();
    await fine(again, "the first order's page");
    await shot(panel, "first-ten-minutes-order");

    console.log(`first order: ${hand.clicks} clicks and ${hand.fields} fields from Install to orders that flow`);
    expect(hand.clicks).toBeLessThanOrEqual(15);
    expect(hand.fields).toBeLessThanOrEqual(6);
    await browser.closeAll();
  });

  it("the second way: the console adds a store by Store API credentials and sets it up, by the keyboard alone", async () => {
    const account = async (scopes?: string[]) =>
      (await json(await post(`${place.twins}/control/bigcommerce/inclstore1/api-accounts`, scopes ? { scopes } : {}))) as Record<
        "client_id" | "client_secret" | "access_token" | "api_path",
        string
      >;
    const pasted = (a: Awaited<ReturnType<typeof account>>) =>
      `ACCESS TOKEN: ${a.access_token}\nCLIENT ID: ${a.client_id}\nCLIENT SECRET: ${a.client_secret}\nAPI PATH: ${a.api_path}\n`;
    const page = await browser.page();
    const hand = new Keyboard(page);
    const keys = await keysOf(page, place, 1);
    await signIn(hand, page, place, keys);
    await heading(page, "Stores").waitFor();

    // What lacks is said beside the field that brought it.
    browser.allow(/answered 422: POST \/api\/stores/);
    const paste = page.getByLabel("Or paste what it says");
    await paste.fill(pasted(await account(["store_v2_information_read_only", "store_v2_products"])));
    expect(await paste.inputValue(), "no secret stays readable").toBe("");
    await button(page, "Add this store").click();
    await page.getByText("Orders: modify").waitFor();
    expect(await page.getByLabel("Access token").getAttribute("aria-invalid")).toBe("true");
    await fine(page, "a permission lacks");

    // Pasted by a person: the clipboard is not the page's.
    await paste.fill(pasted(await account()));
    hand.fields++;
    await hand.click(button(page, "Add this store"));
    await page.getByText("Harbour Lane Goods was added.").waitFor();
    await page.getByText("connected by a Store API account").waitFor();
    await fine(page, "stores with a store");
    await hand.click(link(page, "Harbour Lane Goods"));
    await heading(page, "Home").waitFor();
    await page.getByText(/^[12] of \d+ done$/).waitFor();
    await fine(page, "the added store");

    await setUp(hand, page, BRITISH);
    await hooksThere("inclstore1");
    const { id, total_inc_tax } = await placeOrder(place.twins, "inclstore1", { lines: [{ sku: "TEE-MER-NVY-S" }], shipping: 4 });
    const sale = await until("the sale", async () => {
      const found = await saleOf(place.twins, keys.accountId, id);
      return found.Order.Total > 0 && found;
    });
    expect(sale.Order.Total).toBe(Number(total_inc_tax));
    await hand.click(link(page, "Home"));
    await link(page, String(id)).waitFor();
    await fine(page, "Home with the first order");
    expect(await section(page, "Tax").count()).toBe(0);
    console.log(`Store API: ${hand.clicks} presses and ${hand.fields} fields from signing in to the first sale`);
    await browser.closeAll();
  });
});
