import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connected, connect } from "../../scripts/connect.ts";
import type { Header, OrderList } from "../../worker/contract/index.ts";
import { SETUP_PAGES } from "../../worker/contract/setup-pages.ts";
import { until } from "../harness/until.ts";
import { journey, placeOrder } from "../journeys/stack.ts";
import { axe, browsing, heading, launchUrl, NARROW, settled, shot, sideways, WIDE, wordsOf } from "./browser.ts";
import { tabTo } from "./hand.ts";
import { emptyLabels, forbiddenIn, leaksIn, literalsOfUi } from "./words.ts";

/** Every page with real data, at both widths: accessible, nothing sideways, nothing complained of, only words of the merchant's. */
const place = journey(import.meta.filename);
const browser = browsing();
/** A user of the store who is not its owner: looks only. */
const STAFF = 4103;
const rendered: { page: string; text: string; labels: string[] }[] = [];
let c: Connected;
const ids = { paid: 0, coupon: 0, unpaid: 0, held: 0, status: 0 };

const at = (path: string) => `/api/stores/${c.store}${path}`;
const open = async (to: string, options: Parameters<typeof browser.page>[0] = {}, body: unknown = {}): Promise<Page> => {
  const page = await browser.page(options);
  await page.goto(await launchUrl(place, c.store, body, to));
  return page;
};
const link = (page: Page, name: string | RegExp) => page.getByRole("link", { name, exact: true }).first();
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });

async function judge(page: Page, name: string): Promise<void> {
  await settled(page);
  expect(await axe(page), `${name}: accessibility`).toEqual([]);
  expect(await sideways(page), `${name}: wider than the window`).toBe(0);
  const labels = await page.getByRole("button").allInnerTexts();
  rendered.push({ page: name, text: await wordsOf(page), labels });
  await shot(page, `${name}-${page.viewportSize()?.width}`);
}

/** Arrived by a click: the new h1 has the focus, and the title names page and store. */
async function arrived(page: Page, title: string): Promise<void> {
  await heading(page, title).waitFor();
  await page.waitForFunction((text) => document.activeElement?.tagName === "H1" && document.activeElement.textContent === text, title);
  expect(await page.title()).toBe(`${title} – Wattle & Gum Outfitters – Lockstep for Cin7 Core`);
}

beforeAll(async () => {
  c = await connect(place);
});
afterAll(() => browser.closeAll());

describe("before the first order", () => {
  it.each([WIDE, NARROW])("empty pages say what will be there ($width)", async (viewport) => {
    const page = await open("/", { viewport });
    await page.getByText("No order was placed today yet.").waitFor();
    await judge(page, "empty-home");
    await link(page, "Orders").click();
    await page.getByText("No order waits").waitFor();
    await judge(page, "empty-pending");
    await link(page, "Log").click();
    await page.getByText("No orders yet").waitFor();
    await page.getByRole("link", { name: /^Needs attention/ }).click();
    await page.getByText("Nothing needs you").waitFor();
    await judge(page, "empty-attention");
    await browser.closeAll();
  });
});

describe("with orders", () => {
  beforeAll(async () => {
    const line = (sku: string, quantity = 1) => ({ sku, quantity });
    const place_ = async (order: unknown) => (await placeOrder(place.twins, c.store, order)).id;
    ids.paid = await place_({ lines: [line("TEE-MER-NVY-S", 2)], shipping: 9, customerMessage: "Please ring twice." });
    ids.coupon = await place_({ lines: [line("TEE-MER-NVY-M"), line("TEE-MER-NVY-L", 3)], coupon: "WELCOME10", shipping: 12.5 });
    ids.unpaid = await place_({ lines: [line("TEE-MER-NVY-M")], paymentMethod: "Bank Deposit" });
    await place_({ lines: [{ ...line("MUG-BLU-NEW"), price: 12, name: "Blue enamel mug, limited edition" }] });
    ids.held = await place_({
      lines: [
        { ...line("TEE-MER-NVY-L"), address: 0 },
        { ...line("TEE-MER-NVY-M"), address: 1 },
      ],
      addresses: [{}, { city: "Sydney" }],
    });
    ids.status = await place_({ lines: [line("TEE-MER-NVY-S")], statusId: 12 });
    await until("all orders to be where they belong", async () => {
      const { waiting, held } = await c.panel<Header>("GET", at("/header"));
      const { total } = await c.panel<OrderList>("GET", at("/orders?view=log"));
      return total === 6 && waiting === 0 && held === 2;
    });
  });

  it.each([WIDE, NARROW])("every page ($width)", async (viewport) => {
    const page = await open("/", { viewport });
    await heading(page, "Home").waitFor();
    await page.getByRole("row").filter({ hasText: "Held: several addresses" }).waitFor();
    await judge(page, "home");

    await link(page, "Orders").click();
    await arrived(page, "Pending orders");
    await judge(page, "pending");
    await link(page, "Log").click();
    await arrived(page, "Log");
    await judge(page, "log");

    for (const [name, id] of Object.entries(ids)) {
      await link(page, String(id)).click();
      await arrived(page, `Order ${id}`);
      await settled(page);
      if (name === "coupon")
        for (const step of ["Create the sale", "Post the payment"]) await page.getByText(step, { exact: true }).click();
      await judge(page, `order-${name}`);
      await page.goBack();
      await arrived(page, "Log");
    }

    await page.getByRole("link", { name: /^Needs attention/ }).click();
    await arrived(page, "Needs attention");
    await judge(page, "attention");

    await link(page, "Setup").click();
    await arrived(page, "Setup: Orders");
    for (const [id, section] of SETUP_PAGES) {
      await page.getByRole("navigation", { name: "Setup" }).getByRole("link", { name: section, exact: true }).click();
      await arrived(page, `Setup: ${section}`);
      if (section === "Customers") {
        await button(page, "Change default customer").click();
        await page.getByRole("searchbox", { name: "Name or e-mail of a Cin7 customer" }).fill("Web");
        await page.keyboard.press("Enter");
        await page.getByRole("radio", { name: "Web customer USD" }).waitFor();
      }
      if (section === "Sales and invoices") await page.getByText("Orders an hour that Cin7 Core takes").waitFor();
      if (section === "Tax") {
        await button(page, "Add special rule").click();
        await judge(page, "setup-special-rule");
        await button(page, "Discard changes").click();
      }
      if (section === "Currencies") {
        await page.getByLabel("Add a currency").fill("nzd");
        await button(page, "Add currency").click();
        await page.getByRole("heading", { name: "NZD" }).waitFor();
      }
      await judge(page, `setup-${id}`);
    }
    await link(page, "Help").click();
    await arrived(page, "Help");
    await judge(page, "help");
    await page.goBack();
    await arrived(page, "Setup: History of changes");
    await browser.closeAll();
  });

  it("Setup asks both sides for its choices once a visit, not once a page", async () => {
    const page = await open("/setup/orders");
    let asked = 0;
    page.on("request", (request) => {
      if (/\/(choices|charges)$/.test(request.url())) asked++;
    });
    for (const round of [1, 2])
      for (const section of ["Tax", "Charges and accounts", "Payments", "Orders"]) {
        await page.getByRole("navigation", { name: "Setup" }).getByRole("link", { name: section, exact: true }).click();
        await heading(page, `Setup: ${section}`).waitFor();
        await settled(page);
        expect(asked, `round ${round}, ${section}`).toBeLessThanOrEqual(2);
      }
    await link(page, "Home").click();
    await heading(page, "Home").waitFor();
    await link(page, "Setup").click();
    await page.getByLabel("Ship from").waitFor();
    expect(asked, "back from Home").toBeLessThanOrEqual(2);
    await browser.closeAll();
  });

  it("the keyboard alone: open an order, sort, search, process, save Setup", async () => {
    const page = await open("/orders/log");
    await heading(page, "Log").waitFor();
    const total = page.getByRole("columnheader", { name: "Total" });
    await tabTo(page, total.getByRole("button"));
    await page.keyboard.press("Enter");
    await page.locator("th[aria-sort=ascending]", { hasText: "Total" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator("th[aria-sort=descending]", { hasText: "Total" }).waitFor();
    await settled(page);
    expect(await total.getByRole("button").evaluate((e) => e === document.activeElement), "sorting keeps the focus").toBe(true);

    await page.keyboard.press("Shift+Tab");
    await tabTo(page, link(page, String(ids.coupon)));
    await page.keyboard.press("Enter");
    await arrived(page, `Order ${ids.coupon}`);

    await page.goBack();
    await arrived(page, "Log");
    await tabTo(page, page.getByRole("searchbox", { name: "Order, customer or sale" }));
    await page.keyboard.type(String(ids.held));
    await page.keyboard.press("Enter");
    await page.getByText("1–1 of 1").waitFor();
    await tabTo(page, link(page, String(ids.held)));
    await page.keyboard.press("Enter");
    await arrived(page, `Order ${ids.held}`);
    await tabTo(page, button(page, `Process order ${ids.held}`));
    await page.keyboard.press("Enter");
    await page.getByText(`Order ${ids.held} is looked at again now.`).waitFor();

    await page.goto(await launchUrl(place, c.store, {}, "/setup/charges"));
    await tabTo(page, page.getByRole("switch", { name: "Load coupon codes" }));
    await page.keyboard.press("Space");
    await tabTo(page, button(page, "Save setup"));
    await page.keyboard.press("Enter");
    await page.getByText(/^Saved/).waitFor();
    await browser.closeAll();
  });

  it("who may only look sees why the buttons are off", async () => {
    const page = await open("/orders/pending", {}, { userId: STAFF });
    await page.getByText("You can look, but not process orders.").waitFor();
    expect(await button(page, `Process order ${ids.held}`).isDisabled()).toBe(true);
    expect(await button(page, `Process order ${ids.held}`).getAttribute("title")).toMatch(/Ask the store owner/);
    await judge(page, "view-only-pending");
    await link(page, "Setup").click();
    await page.getByText("You can look, but not change the setup.").waitFor();
    expect(await page.getByRole("switch", { name: "Take orders" }).isDisabled()).toBe(true);
    expect(await page.getByLabel("Ship from").isDisabled()).toBe(true);
    await judge(page, "view-only-setup");
    await browser.closeAll();
  });

  it("a page that is not there, an order that is not there", async () => {
    browser.allow(/answered 404: GET .*orders\/999999/);
    const page = await open("/nowhere");
    await heading(page, "There is no such page").waitFor();
    await judge(page, "not-found");
    await page.goto(await launchUrl(place, c.store, {}, "/orders/999999"));
    await page.getByText("Lockstep does not know this order.").waitFor();
    await judge(page, "no-such-order");
    await browser.closeAll();
  });
});

describe("when something is slow or away", () => {
  it("loading shows that it loads; Cin7's full minute is told calmly and tried again", async () => {
    const page = await open("/");
    await heading(page, "Home").waitFor();
    let let_go = () => {};
    const held = new Promise<void>((done) => {
      let_go = done;
    });
    await page.route("**/orders?**", async (route) => {
      await held;
      await route.continue();
    });
    await link(page, "Orders").click();
    await page.getByRole("status").filter({ hasText: "Loading" }).waitFor();
    expect(await axe(page)).toEqual([]);
    let_go();
    await link(page, String(ids.held)).waitFor();

    browser.allow(/answered 503: GET .*choices/);
    let refused = 0;
    await page.route("**/choices", async (route) => {
      if (refused++ > 0) return route.continue();
      const message = "Cin7 Core allows 60 calls a minute and orders use them just now. Try again in 5 seconds.";
      return route.fulfill({ status: 503, json: { error: { code: "busy", message, seconds: 5 } } });
    });
    await link(page, "Setup").click();
    await page.getByText("orders use them just now. There is room again in 5 seconds.").waitFor();
    expect(await page.getByRole("alert").count(), "no alarm").toBe(0);
    await judge(page, "setup-busy");
    await page.getByLabel("Ship from").waitFor();
    await browser.closeAll();
  });

  it("a side that is away is named, and the rest of the page is still there", async () => {
    const page = await open("/orders/log");
    await heading(page, "Log").waitFor();
    await settled(page);
    browser.allow(/failed: /, /answered 50\d/);
    await place.worker.stop();
    await link(page, "Pending orders").click();
    await page.getByText("Lockstep did not answer").first().waitFor();
    await button(page, "Try again").first().waitFor();
    await judge(page, "no-answer");
    await browser.closeAll();
  });
});

describe("words (M50)", () => {
  it("no page showed a word of the inside, no button says nothing", () => {
    expect(rendered.length).toBeGreaterThan(40);
    const found = rendered.flatMap(({ page, text, labels }) => [
      ...[...forbiddenIn(text), ...leaksIn(text)].map((word) => `${page}: ${word}`),
      ...emptyLabels(labels).map((label) => `${page}: button "${label}"`),
    ]);
    expect([...new Set(found)]).toEqual([]);
  });

  it("none stands in the sources of the UI", () => {
    const literals = literalsOfUi();
    expect(literals.length).toBeGreaterThan(200);
    expect(literals.flatMap(({ file, text }) => forbiddenIn(text).map((word) => `${file}: ${word}`))).toEqual([]);
  });
});
