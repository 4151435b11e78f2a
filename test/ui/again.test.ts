import type { Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { accountOf, type Connected, connect } from "../../scripts/connect.ts";
import type { OrderDetail, SettingsReply } from "../../worker/contract/index.ts";
import { until } from "../harness/until.ts";
import { control, journey, placeOrder, salesOf } from "../journeys/stack.ts";
import { axe, browsing, heading, launchUrl, settled, shot } from "./browser.ts";

/** What a person presses when an order shall be taken again (F124), when many are decided at once (K12), and when a key is replaced (design 6). */
const place = journey(import.meta.filename);
const browser = browsing();
let c: Connected;
beforeAll(async () => {
  c = await connect(place);
});
afterEach(() => browser.closeAll());

const at = (path: string) => `/api/stores/${c.store}${path}`;
const open = async (to: string): Promise<Page> => {
  const page = await browser.page();
  await page.goto(await launchUrl(place, c.store, {}, to));
  return page;
};
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });
const detail = (id: number) => c.panel<OrderDetail>("GET", at(`/orders/${id}`)).catch(() => null);
const sales = async (id: number) => (await salesOf(place.twins, c.account)).filter((s) => s.ExternalID === `ls:${c.store}:${id}:g1`).length;

describe("an order's page", () => {
  it("deletes its entry after a warning, finds the sale, and sends it again: still one sale", async () => {
    const { id } = await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] });
    await until("the order to be paid", async () => (await detail(id))?.order.stages.includes("paid"));
    const page = await open(`/orders/${id}`);
    await button(page, "Delete this entry and take the order again").click();
    await page.getByText("Its sale in Cin7 Core stays").waitFor();
    expect(await axe(page)).toEqual([]);
    await shot(page, "order-delete-entry");
    await button(page, "Delete this entry and take the order again").click();
    await page.getByRole("heading", { name: new RegExp(`^Order ${id} is in Cin7 Core already, as SO-`) }).waitFor();
    expect(await axe(page)).toEqual([]);
    await shot(page, "order-sale-exists");
    await button(page, `Send order ${id} again`).click();
    await until("the order to be paid again", async () => {
      const order = (await detail(id))?.order;
      return order?.state === "sent" && order.stages.includes("paid");
    });
    expect(await sales(id)).toBe(1);
  });
});

describe("Pending orders", () => {
  it("many at once are skipped after a warning, with their number on the button", async () => {
    const before = await c.panel<SettingsReply>("GET", at("/settings"));
    const gap = structuredClone(before.settings);
    gap.tax.classes = gap.tax.classes.filter((row) => row.classId !== 0);
    await c.panel("PUT", at("/settings"), { basedOn: before.version, settings: gap });
    const ids: number[] = [];
    for (const quantity of [1, 2]) ids.push((await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-M", quantity }] })).id);
    for (const id of ids) await until(`order ${id} to be held`, async () => (await detail(id))?.order.state === "held");
    const page = await open("/orders/pending");
    await heading(page, "Pending orders").waitFor();
    await settled(page);
    await page.getByRole("checkbox", { name: `Choose order ${ids[0]}` }).check();
    await button(page, "Process 1 order now").waitFor();
    await button(page, "Choose all 2").click();
    await button(page, "Skip 2 orders").click();
    await page.getByText("Skipped orders are not sent to Cin7 Core").waitFor();
    expect(await axe(page)).toEqual([]);
    await shot(page, "orders-bulk");
    await button(page, "Skip 2 orders").click();
    await page.getByText("2 orders are skipped.").waitFor();
    await page.getByText("No order waits").waitFor();
    for (const id of ids) expect((await detail(id))?.order.state).toBe("not-taken");
  });
});

describe("Setup, Connection", () => {
  it("says what Cin7 Core needs (F4); a wrong key is told at its field, a good one is in use at once", async () => {
    browser.allow(/answered 422: POST .*cin7-key/);
    const page = await open("/setup/connection");
    await page.getByText("The Automation module is not needed").waitFor();
    await button(page, "Replace key").click();
    const field = page.getByLabel("New application key");
    await field.fill("00000000-0000-4000-8000-000000000000");
    await button(page, "Use this key").click();
    await page.getByText("Cin7 Core does not accept this key for the account").first().waitFor();
    expect(await axe(page)).toEqual([]);
    await shot(page, "setup-replace-key");
    const second = "c0de5a1e-0002-4f6b-8a2d-93b7e4f1a702";
    await control(place.twins, `/cin7/${(await accountOf(place)).accountId}/keys`, { applicationKeys: [second] });
    await field.fill(second);
    await button(page, "Use this key").click();
    await page.getByText("The new key is in use.").waitFor();
  });
});
