import type { Frame, Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { json, post } from "../../scripts/connect.ts";
import { journey, saleOf, stateOf, until } from "../journeys/stack.ts";
import { axe, browsing, heading, settled, shot, sideways, wordsOf } from "./browser.ts";

/** A merchant's first ten minutes, by the pages alone: what is clicked and filled is counted (M42). */
const place = journey(import.meta.filename);
const browser = browsing();
const STORE = "demostore1";

/** Counts what a person does. */
class Hand {
  clicks = 0;
  fields = 0;
  async click(what: Locator) {
    this.clicks++;
    await what.click();
  }
  async fill(what: Locator, text: string) {
    this.fields++;
    await what.fill(text);
  }
  async choose(what: Locator, label: string | RegExp) {
    this.fields++;
    await what.waitFor();
    const options = await what.locator("option").allTextContents();
    const found = options.find((text) => (typeof label === "string" ? text === label : label.test(text)));
    if (found === undefined) throw new Error(`no choice ${label} among ${options.join(" | ")}`);
    await what.selectOption({ label: found });
  }
}

const link = (view: Page | Frame, name: string | RegExp) => view.getByRole("link", { name, exact: true });
const button = (view: Page | Frame, name: string | RegExp) => view.getByRole("button", { name, exact: true });

async function appIn(page: Page): Promise<Frame> {
  const frame = await (await page.locator("iframe").elementHandle())?.contentFrame();
  if (!frame) throw new Error("the control panel shows no app");
  return frame;
}

async function fine(view: Page | Frame, where: string): Promise<void> {
  await settled(view);
  expect(await axe(view), where).toEqual([]);
  expect(await sideways(view), where).toBe(0);
}

const hooksThere = () =>
  until("the webhooks to be live", async () => {
    const hooks = (await stateOf(place.twins)).bigcommerce.stores[STORE]?.hooks as { created_at?: number }[] | undefined;
    return hooks && hooks.length >= 7 && hooks.every((hook) => Date.now() / 1000 - (hook.created_at ?? 0) > 2);
  });

describe("the first ten minutes", () => {
  it("from the marketplace to the first sale, by clicks alone", async () => {
    const hand = new Hand();
    const panel = await browser.page();
    await panel.goto(`${place.twins}/panel/${STORE}/marketplace`);
    await hand.click(button(panel, "Install"));
    const app = await appIn(panel);
    await heading(app, "Connect Cin7 Core").waitFor();
    await fine(app, "connect");

    // In another browser: the console, with what Cin7 Core shows under Integrations, API.
    const other = await browser.page();
    await other.goto(`${place.twins}/cin7-console`);
    const [accountId = "", key = ""] = await other.locator(".card").first().locator("code").allTextContents();
    await other.goto(place.app);
    await fine(other, "sign in");
    await hand.fill(other.getByLabel("Account ID"), accountId);
    await hand.fill(other.getByLabel("Application key"), key);
    await hand.fill(other.getByLabel("Your name"), "Robin Operator");
    await hand.click(button(other, "Sign in"));
    await heading(other, "Stores").waitFor();
    await fine(other, "stores without a store");
    await hand.click(button(other, "Show a code"));
    const code = await other.getByLabel("Code", { exact: true }).innerText();
    expect(code).toMatch(/^[A-Z0-9-]{8,9}$/);

    // A wrong code says so beside the field; the right one names the company before anything is connected.
    browser.allow(/answered 422: POST .*link\/check/);
    const codeField = app.getByRole("textbox", { name: "Code" });
    await codeField.fill("AAAA2222");
    await button(app, "Check this code").click();
    await app.getByText("wrong or older than 15 minutes").waitFor();
    expect(await codeField.getAttribute("aria-invalid")).toBe("true");
    await hand.fill(codeField, code);
    await hand.click(button(app, "Check this code"));
    await app.getByText("Is this your company?").waitFor();
    expect(await wordsOf(app)).toContain("Harbour Trading Pty Ltd");
    await fine(app, "confirm the company");
    await hand.click(button(app, "Connect to Harbour Trading Pty Ltd"));

    await heading(app, "Home").waitFor();
    await app.getByText(/^[12] of \d+ done$/).waitFor();
    await fine(app, "the checklist");
    await shot(panel, "first-ten-minutes-checklist");

    // Setup, in the order of the checklist, saved once.
    await hand.click(link(app, "Choose a location"));
    await hand.choose(app.getByLabel("Ship from"), /Main Warehouse/);
    await hand.click(link(app, "Tax"));
    await hand.click(button(app, "Load from BigCommerce"));
    for (const name of ["Default Tax Class", "GST free"]) {
      await hand.choose(app.getByLabel(`${name}: when tax was charged`), /^GST on Income/);
      await hand.choose(app.getByLabel(`${name}: no tax charged`), /^GST Free Income/);
    }
    await hand.click(link(app, "Payments"));
    await hand.click(button(app, "Load from BigCommerce"));
    for (const name of ["Credit Card", "PayPal"]) await hand.choose(app.getByLabel(`${name}: account in Cin7`), /^713 /);
    await hand.click(link(app, "Charges and accounts"));
    await hand.click(button(app, /^Create \d charge items in Cin7$/));
    await app.getByText(/charge items are set up now/).waitFor();
    await hand.click(link(app, "Customers"));
    await hand.click(button(app, "Choose default customer"));
    await hand.fill(app.getByRole("searchbox", { name: "Name or e-mail of a Cin7 customer" }), "Web");
    await app.getByRole("search", { name: "Find a customer" }).getByRole("button", { name: "Search" }).click();
    hand.clicks++;
    await hand.click(app.getByRole("radio", { name: "Web customer", exact: true }));
    await hand.click(link(app, "Orders").last());
    // Nothing goes on before somebody hears of trouble: it says so, and nothing that was filled in is lost.
    browser.allow(/answered 409: PUT .*settings/);
    await app.getByRole("switch", { name: "Take orders" }).click();
    await button(app, "Save setup").click();
    await app.getByText("give two addresses for alerts under Setup, People and alerts").waitFor();
    await app.getByRole("switch", { name: "Take orders" }).click();
    await hand.click(link(app, "People and alerts"));
    await hand.fill(app.getByLabel("Money"), "books@harbour.example");
    await hand.click(button(app, "Save addresses"));
    await app.getByText("The addresses are saved.").waitFor();
    await fine(app, "people and alerts");
    await hand.click(link(app, "Orders").last());
    await hand.click(app.getByRole("switch", { name: "Take orders" }));
    await hand.click(button(app, "Save setup"));
    await app.getByText("Saved as version").waitFor();
    await fine(app, "saved");
    await hand.click(link(app, "Home"));
    await app.getByText("Orders on", { exact: true }).waitFor();
    const setUp = { clicks: hand.clicks, fields: hand.fields };

    // The first order, in the shop.
    await hooksThere();
    await link(panel, "Storefront").click();
    await button(panel, "Place order").click();
    const orderId = Number(/\d+$/.exec(await panel.getByRole("heading", { level: 1 }).innerText())?.[0]);
    const sale = await until("the sale with its draft invoice", async () => {
      const found = await saleOf(place.twins, accountId, orderId);
      return found.Order.Total > 0 && found.Invoices.length > 0 && found;
    });

    await link(panel, "My apps").click();
    await button(panel, "Launch").click();
    const again = await appIn(panel);
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

    await other.goto(`${place.twins}/cin7-console`);
    await link(other, "Harbour Trading Pty Ltd").click();
    await other.getByRole("cell", { name: String(orderId), exact: true }).waitFor();
    await link(other, /^SO-/).click();
    await other.getByText(`ls:${STORE}:${orderId}:g1`).waitFor();

    console.log(`first order: ${setUp.clicks} clicks and ${setUp.fields} fields from Install to "Orders on"`);
    expect(setUp.clicks).toBeLessThanOrEqual(24);
    expect(setUp.fields).toBeLessThanOrEqual(14);
    await browser.closeAll();
  });

  it("the second way: the console adds a store by Store API credentials, and says which permission lacks", async () => {
    const account = async (scopes?: string[]) =>
      (await json(await post(`${place.twins}/control/bigcommerce/inclstore1/api-accounts`, scopes ? { scopes } : {}))) as Record<
        "client_id" | "client_secret" | "access_token" | "api_path",
        string
      >;
    const pasted = (a: Awaited<ReturnType<typeof account>>) =>
      `ACCESS TOKEN: ${a.access_token}\nCLIENT ID: ${a.client_id}\nCLIENT SECRET: ${a.client_secret}\nAPI PATH: ${a.api_path}\n`;
    const page = await browser.page();
    await page.goto(`${place.twins}/cin7-console`);
    const [accountId = "", key = ""] = await page.locator(".card").first().locator("code").allTextContents();
    await page.goto(place.app);
    await page.getByLabel("Account ID").fill(accountId);
    await page.getByLabel("Application key").fill(key);
    await page.getByLabel("Your name").fill("Robin Operator");
    await page.keyboard.press("Enter");
    await heading(page, "Stores").waitFor();

    browser.allow(/answered 422: POST \/api\/stores/);
    const paste = page.getByLabel("Or paste what it says");
    await paste.fill(pasted(await account(["store_v2_information_read_only", "store_v2_products"])));
    expect(await paste.inputValue(), "no secret stays readable").toBe("");
    await button(page, "Add this store").click();
    await page.getByText("Orders: modify").waitFor();
    expect(await page.getByLabel("Access token").getAttribute("aria-invalid")).toBe("true");
    await fine(page, "a permission lacks");

    await paste.fill(pasted(await account()));
    await button(page, "Add this store").click();
    await page.getByText("Harbour Lane Goods was added.").waitFor();
    await page.getByText("connected by a Store API account").waitFor();
    await link(page, "Harbour Lane Goods").click();
    await heading(page, "Home").waitFor();
    await page.getByText(/^[12] of \d+ done$/).waitFor();
    await fine(page, "the added store");
    await browser.closeAll();
  });
});
