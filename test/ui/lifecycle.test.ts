import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connected, connect } from "../../scripts/connect.ts";
import { control, journey, placeOrder, stateOf } from "../journeys/stack.ts";
import { axe, browsing, heading, launchUrl, NARROW, settled, shot, sideways, WIDE, wordsOf } from "./browser.ts";
import { pagesOfStore } from "./page-list.ts";
import { emptyLabels, forbiddenIn, leaksIn } from "./words.ts";

/** The pages of the first run and of the end: people, alerts, trial, other connection, open orders, evidence, disconnect. */
const place = journey(import.meta.filename);
const browser = browsing();
const NAME = "Wattle & Gum Outfitters";
let c: Connected;
let order: number;
beforeAll(async () => {
  c = await connect(place);
  order = (await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 2 }], shipping: 9 })).id;
});
afterAll(() => browser.closeAll());

const open = async (to: string, viewport = WIDE, body: unknown = {}): Promise<Page> => {
  const page = await browser.page({ viewport });
  await page.goto(await launchUrl(place, c.store, body, to));
  return page;
};
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });

async function judge(page: Page, name: string): Promise<void> {
  await settled(page);
  expect(await axe(page), `${name}: accessibility`).toEqual([]);
  expect(await sideways(page), `${name}: wider than the window`).toBe(0);
  expect(emptyLabels(await page.getByRole("button").allInnerTexts())).toEqual([]);
  // What Cin7 Core would get is shown in its own words.
  const payloads = (await page.locator("pre").allInnerTexts()).join("\n");
  const text = (await wordsOf(page)).replace(payloads, "");
  expect([...forbiddenIn(text), ...leaksIn(text)], name).toEqual([]);
  await shot(page, `${name}-${page.viewportSize()?.width}`);
}

describe.each([WIDE, NARROW])("the pages of the first run ($width)", (viewport) => {
  it("people and alerts: a new user is told of on Home and gets a role; a test message goes out", async () => {
    await browser.closeAll();
    await open("/", viewport, { userId: 4103 });
    const page = await open("/", viewport);
    await heading(page, "Home").waitFor();
    if (viewport === WIDE) await button(page, /^Let .* process orders$/).waitFor();
    await judge(page, "home-new-person");
    if (viewport === WIDE) {
      await button(page, /^Let .* process orders$/).click();
      await page.getByText(/: can process orders\.$/).waitFor();
      await button(page, /^Let .* process orders$/).waitFor({ state: "detached" });
    }
    const setup = await open("/setup/people", viewport);
    await setup.getByRole("rowheader").first().waitFor();
    await judge(setup, "people");
    // The two windows share an hour's three messages: what is confirmed in the first stays so.
    if (viewport === WIDE) {
      await button(setup, "Send the code again to orders@harbour.example").click();
      await setup.getByText("A code is on its way to orders@harbour.example.").waitFor();
      const { mail } = (await stateOf(place.twins)) as unknown as { mail: { subject: string }[] };
      await setup.getByLabel("Code from the message").fill(/^\S+/.exec(mail[0]?.subject ?? "")?.[0] ?? "");
      await button(setup, "Confirm the address").click();
      await setup.getByText("The address is confirmed.").waitFor();
    }
    await button(setup, "Send a test message to orders@harbour.example").click();
    await setup.getByText("A test message is on its way to orders@harbour.example.").waitFor();
    browser.allow(/answered 422: PUT .*alerts/);
    await setup.getByLabel("Money").fill("books@localhost");
    await button(setup, "Save addresses").click();
    await setup.getByText("Enter one e-mail address").waitFor();
    await judge(setup, "people-error");
    await browser.closeAll();
  });

  it("the trial shows what Cin7 Core would get and that totals tie; another connection and open orders are looked for", async () => {
    const page = await open("/first-run/trial", viewport);
    await button(page, "Try the last 20 orders").click();
    await page.getByText("1 of 1 total ties").waitFor();
    await page.getByText(/^What Cin7 Core would get for order/).click();
    await page.getByText("Create the sale").waitFor();
    await judge(page, "trial");
    const other = await open("/first-run/other-connection", viewport);
    await button(other, "Look now").click();
    await other.getByText(/^Nothing found/).waitFor();
    await judge(other, "other-connection");
    const orders = await open("/first-run/open-orders", viewport);
    await orders.getByText("No open orders of before").waitFor();
    await judge(orders, "open-orders");
    const history = await open("/history", viewport);
    await history.getByText("There are none").waitFor();
    await judge(history, "history");
    await browser.closeAll();
  });

  it("the end is asked for by typing the store's name, and can be left by Escape", async () => {
    const page = await open("/setup/connection", viewport);
    await heading(page, "Setup: Connection").waitFor();
    await judge(page, "leave");
    const wanted = page.waitForEvent("download");
    await button(page, "Orders and sales (CSV)").click();
    expect((await wanted).suggestedFilename()).toMatch(/^lockstep-demostore1-orders-\d{4}-\d\d-\d\d\.csv$/);
    const ask = button(page, `Disconnect ${NAME}`).first();
    await ask.click();
    const dialog = page.getByRole("dialog", { name: `Disconnect ${NAME}?` });
    await dialog.waitFor();
    await judge(page, "disconnect-dialog");
    browser.allow(/answered 422: POST .*disconnect/);
    await dialog.getByLabel(`Type ${NAME} to confirm`).fill("something else");
    await page.keyboard.press("Enter");
    await dialog.getByText("Type the store's name as it is shown").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await ask.evaluate((element) => element === document.activeElement)).toBe(true);
    await browser.closeAll();
  });
});

it("no script runs: what answers an installation or a launch is ours, in our look, with what comes next and what to do", async () => {
  const page = await browser.page({ scripts: false });
  // What the page would load beforehand, this browser refuses.
  browser.allow(/^failed: GET \/assets\/\S+\.js csp$/);
  await page.goto(await launchUrl(place, c.store, {}, "/"));
  await heading(page, "Lockstep for Cin7 Core").waitFor();
  await page.getByText("the first step is to connect your Cin7 Core account").waitFor();
  // A browser that is told to run none still reads the page as one that could: this part stands in it unread.
  expect(await page.content()).toContain("Lockstep needs JavaScript.");
  // In the middle of the window, as only our styles put it.
  const box = await heading(page, "Lockstep for Cin7 Core").boundingBox();
  expect(Math.abs((box?.x ?? 0) + (box?.width ?? 0) / 2 - WIDE.width / 2)).toBeLessThan(10);
  await shot(page, "no-script");
});

it("no page of the router escapes, as somebody who may only look and reads German", async () => {
  await control(place.twins, `/bigcommerce/${c.store}/users`, { email: "greta@wattleandgum.example", locale: "de-DE" });
  const { users } = (await stateOf(place.twins)).bigcommerce.stores[c.store] as unknown as { users: { id: number; email: string }[] };
  const userId = users.find((user) => user.email.startsWith("greta"))?.id;
  const page = await browser.page();
  browser.allow(/answered 403: GET .*open-orders/);
  for (const path of pagesOfStore(order)) {
    // From a page at "/" another launch would only change what stands behind the #.
    await page.goto("about:blank");
    await page.goto(await launchUrl(place, c.store, { userId }, path));
    await page.locator("main h1:not(.vh)").waitFor();
    expect(new URL(page.url()).pathname).toBe(path);
    for (const viewport of [WIDE, NARROW]) {
      await page.setViewportSize(viewport);
      await judge(page, `looks-${path.replaceAll("/", "-").slice(1) || "home"}`);
    }
    await page.setViewportSize(WIDE);
    expect(await page.getByText("There is no such page").count(), path).toBe(0);
    expect(await page.locator("main button:not([disabled]).primary").count(), `${path}: nothing to press for who may only look`).toBe(0);
    if (path !== "/orders/log") continue;
    const total = page
      .getByRole("row")
      .filter({ has: page.getByRole("link", { name: String(order), exact: true }) })
      .getByRole("cell", { name: /,\d\d\s/ });
    expect((await total.first().innerText()).replace(/\s/g, " ")).toMatch(/^\d+,\d\d AU\$$/);
  }
  await browser.closeAll();
});

it("disconnected: the page says what happens and until when links are kept", async () => {
  const page = await open("/setup/connection");
  await button(page, `Disconnect ${NAME}`).first().click();
  await page.getByRole("dialog").getByLabel(`Type ${NAME} to confirm`).fill(NAME.toLowerCase());
  browser.allow(/answered 401/);
  await page.keyboard.press("Enter");
  await heading(page, "This store is being disconnected").waitFor();
  expect(await page.getByText(/stay sealed until/).count()).toBe(1);
  expect(await axe(page)).toEqual([]);
  await shot(page, "farewell");
});
