import type { Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Connected, connect } from "../../scripts/connect.ts";
import type { AttentionList, SettingsReply } from "../../worker/contract/index.ts";
import { until } from "../harness/until.ts";
import { paidPage } from "../journeys/judge.ts";
import { control, journey, placeOrder, saleOf } from "../journeys/stack.ts";
import { axe, browsing, heading, launchUrl, NARROW, settled, shot, sideways, WIDE, wordsOf } from "./browser.ts";
import { forbiddenIn, leaksIn } from "./words.ts";

/**
 * *Needs attention* as an inbox: the most urgent first, answered where it stands, by keyboard alone in few keys; what was read
 * can be taken back; the focus never falls to the body.
 */
const place = journey(import.meta.filename);
const browser = browsing();
let c: Connected;

const at = (path: string) => `/api/stores/${c.store}${path}`;
const listed = () => c.panel<AttentionList>("GET", at("/attention"));
const open = async (to: string, viewport = WIDE): Promise<Page> => {
  const page = await browser.page({ viewport });
  await page.goto(await launchUrl(place, c.store, {}, to));
  await settled(page);
  return page;
};
const onBody = (page: Page) => page.evaluate(() => document.activeElement === document.body || document.activeElement === null);

/** Counts what a person presses. */
function keysOf(page: Page) {
  let pressed = 0;
  return {
    get pressed() {
      return pressed;
    },
    async press(...keys: string[]) {
      for (const key of keys) {
        pressed++;
        await page.keyboard.press(key);
      }
    },
    async type(text: string) {
      pressed += text.length;
      await page.keyboard.type(text);
    },
  };
}

async function withoutRuleForTaxed(): Promise<void> {
  const { version, settings } = await c.panel<SettingsReply>("GET", at("/settings"));
  settings.tax.classes = settings.tax.classes.filter((row) => row.classId !== 0);
  await c.panel("PUT", at("/settings"), { basedOn: version, settings });
}

beforeAll(async () => {
  c = await connect(place);
});
afterEach(() => browser.closeAll());

describe("the most urgent first", () => {
  it("a parcel that must not leave stands above everything else, in the words of what depends on it", async () => {
    const cancelled = (await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] })).id;
    const { order } = await paidPage(c, cancelled);
    await placeOrder(place.twins, c.store, { lines: [{ sku: "NOT-THERE", price: 12, name: "Unlisted mug" }] });
    await withoutRuleForTaxed();
    const held = (await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-M", quantity: 1 }] })).id;
    // Changed after its sale: BigCommerce tells, the sale stays.
    await control(place.twins, `/bigcommerce/${c.store}/orders/${cancelled}/refund`, { amount: 5 });
    const kinds = await until("all three", async () => {
      const found = (await listed()).rows.map((row) => row.kind);
      return ["refund-to-enter", "tax-unmapped", "sku-unknown"].every((kind) => found.includes(kind)) && found;
    });
    expect(kinds).toEqual(["refund-to-enter", "tax-unmapped", "sku-unknown"]);

    for (const viewport of [WIDE, NARROW]) {
      const page = await open("/attention", viewport);
      await page.locator("article.problem").nth(2).waitFor();
      await page.getByLabel("Default Tax Class, when tax was charged").waitFor();
      const heads = await page.getByRole("heading", { level: 2 }).allInnerTexts();
      expect(heads).toEqual(["Before the parcel leaves 1", "Orders wait 1", "Good to know 1"]);
      const [first] = await page.locator("article.problem").all();
      expect(await first?.getByRole("link", { name: /in BigCommerce/ }).getAttribute("href")).toMatch(
        new RegExp(`/${c.store}/orders/${cancelled}$`),
      );
      expect(await first?.getByRole("link", { name: `${order.saleNumber} in Cin7` }).getAttribute("href")).toMatch(
        /\/sales\/[0-9a-f-]{36}$/,
      );
      await shot(page, `inbox-${viewport.width}`);
      expect(await axe(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);
      const words = await wordsOf(page);
      expect([...forbiddenIn(words), ...leaksIn(words)]).toEqual([]);
      // Only a remedy is a filled button: a page to look at is none.
      expect(await first?.locator(".primary").count()).toBe(0);
    }
    expect((await listed()).rows.find((row) => row.kind === "tax-unmapped")?.orders).toEqual([held]);
  });
});

describe("by keyboard alone", () => {
  it("a held tax is answered in at most 15 keys, from Home to the order that goes", async () => {
    const held = (await listed()).rows.find((row) => row.kind === "tax-unmapped")?.orders[0] as number;
    const page = await open("/");
    const keys = keysOf(page);
    await keys.press("g", "n");
    await heading(page, "Needs attention").waitFor();
    await settled(page);
    await page.getByLabel("Default Tax Class, when tax was charged").waitFor();
    await keys.press("j", "j", "Enter");
    await keys.type("GST o");
    expect(await page.getByLabel("Default Tax Class, when tax was charged").inputValue()).toBe("GST on Income");
    await keys.press("Tab", "Enter");
    await page.getByText(/^Saved\./).waitFor();
    expect(keys.pressed).toBeLessThanOrEqual(15);
    await saleOf(place.twins, c.account, held);
    await page.getByLabel("Default Tax Class, when tax was charged").waitFor({ state: "detached" });
    expect(await onBody(page)).toBe(false);
  });

  it("read, taken back, read again: the focus stays in the list, and what was read has a list of its own", async () => {
    const page = await open("/attention");
    const keys = keysOf(page);
    const sku = page.locator("article.problem").filter({ hasText: "NOT-THERE" });
    await sku.focus();
    await keys.press("e");
    await sku.waitFor({ state: "detached" });
    expect(await onBody(page)).toBe(false);
    await keys.press("u");
    await sku.waitFor();
    await sku.getByRole("button", { name: /^Mark as read/ }).focus();
    await keys.press("Enter");
    await sku.waitFor({ state: "detached" });
    expect(await onBody(page)).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
    await page.getByRole("link", { name: "Read", exact: true }).click();
    await sku.waitFor();
    await settled(page);
    expect(await axe(page)).toEqual([]);
    await shot(page, "inbox-read");
    await sku.getByRole("button", { name: /^Put back/ }).click();
    await page.getByText("Nothing was put aside").waitFor();
    expect(await onBody(page)).toBe(false);
    expect((await listed()).rows.map((row) => row.kind)).toContain("sku-unknown");
  });

  it("single keys can be switched off, for who dictates", async () => {
    const page = await open("/help");
    await page.getByRole("checkbox", { name: "Use these keys" }).uncheck();
    await page.getByRole("heading", { level: 1 }).focus();
    await page.keyboard.press("g");
    await page.keyboard.press("n");
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Help");
    expect(await axe(page)).toEqual([]);
    await page.getByRole("checkbox", { name: "Use these keys" }).check();
    await page.getByRole("heading", { level: 1 }).focus();
    await page.keyboard.press("g");
    await page.keyboard.press("n");
    await heading(page, "Needs attention").waitFor();
  });
});
