import { beforeAll, describe, expect, it } from "vitest";
import { type Api, accountOf, type Connected, connect, openPanel, signIn, switchOnAgain } from "../../scripts/connect.ts";
import type { AttentionList, LinkCode, OrderDetail, SettingsReply } from "../../worker/contract/index.ts";
import { until } from "../harness/until.ts";
import { control, journey, placeOrder, type Sale, salesOf } from "../journeys/stack.ts";
import { axe, browsing, launchUrl, settled } from "./browser.ts";

/** Sales that are in Cin7 without all of their money when the connection ends: finished once when it is back (N20, M10). */
const place = journey(import.meta.filename);
const browser = browsing();
let c: Connected;
let panel: Api;
const drafts: number[] = [];
const at = (path: string) => `/api/stores/${c.store}${path}`;
const saleOf = async (id: number): Promise<Sale> => {
  const sales = (await salesOf(place.twins, c.account)).filter((sale) => sale.ExternalID.startsWith(`ls:${c.store}:${id}:`));
  expect(sales).toHaveLength(1);
  return sales[0] as Sale;
};
const stagesWhen = (id: number, stage: string) =>
  until(`order ${id} to be ${stage}`, async () => {
    const page = await panel<OrderDetail>("GET", at(`/orders/${id}`)).catch(() => null);
    return page?.order.stages.includes(stage as "paid") && page;
  });
const authoriseInvoice = async (id: number) => control(place.twins, `/cin7/${c.account}/sales/${(await saleOf(id)).ID}/invoice`);
const invoices = async (id: number) => (await saleOf(id)).Invoices.filter((invoice) => invoice.Status !== "VOIDED");
const payments = async (id: number) => (await invoices(id)).flatMap((invoice) => invoice.Payments);

async function disconnect(): Promise<void> {
  const name = (await panel<{ stores: { name: string }[] }>("GET", "/api/me")).stores[0]?.name;
  await panel("POST", at("/disconnect"), { confirm: name, choice: "keep-links" });
  await until("the end of the disconnect", async () =>
    openPanel(place, c.store, "launch").then(
      () => false,
      (error: Error) => error.message.includes("answered 403"),
    ),
  );
}
async function reconnect(): Promise<void> {
  panel = await openPanel(place, c.store, "install");
  const { accountId, applicationKey } = await accountOf(place);
  const console = await signIn(place, accountId, applicationKey);
  const { code } = await console<LinkCode>("POST", "/api/link-codes");
  await panel("POST", at("/link"), { code });
  await until("the settings", async () => (await panel<SettingsReply>("GET", at("/settings"))).version > 0);
  await switchOnAgain(panel, c.store);
}

beforeAll(async () => {
  c = await connect(place, {
    change: (settings) => {
      settings.invoice.status = "draft";
    },
  });
  panel = c.panel;
  for (const quantity of [1, 2, 3])
    drafts.push((await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-M", quantity }] })).id);
  for (const id of drafts) await stagesWhen(id, "invoice-draft");
  await disconnect();
});

describe("a draft invoice, then a disconnect and a reconnect", () => {
  it("authorised while nobody was connected: one payment at the reconnect, and no second invoice", async () => {
    const [id = 0] = drafts;
    await authoriseInvoice(id);
    await reconnect();
    await stagesWhen(id, "paid");
    expect([(await invoices(id)).length, (await payments(id)).length]).toEqual([1, 1]);
    expect((await payments(id))[0]?.Reference).toContain(`ls:${id}:`);
  });

  it("authorised after the reconnect: one payment, and told again of the order nothing is written twice", async () => {
    const id = drafts[1] ?? 0;
    await stagesWhen(id, "invoice-draft");
    expect(await payments(id)).toEqual([]);
    await authoriseInvoice(id);
    await stagesWhen(id, "paid");
    await panel("POST", at(`/orders/${id}/process`));
    await control(place.twins, `/bigcommerce/${c.store}/orders/${id}/status`, { status_id: 10 });
    await until("the new status", async () => (await panel<OrderDetail>("GET", at(`/orders/${id}`))).order.status === "Completed");
    expect([(await invoices(id)).length, (await payments(id)).length]).toEqual([1, 1]);
  });

  it("changed in BigCommerce meanwhile: named with what to do, nothing is written", async () => {
    const id = drafts[2] ?? 0;
    await control(place.twins, `/bigcommerce/${c.store}/orders/${id}/edit`, { lines: [{ sku: "TEE-MER-NVY-M", quantity: 5 }] });
    const told = await until("the problem", async () => {
      const list = await panel<AttentionList>("GET", at("/attention?perPage=100"));
      return list.rows.find((row) => row.kind === "sale-unfinished" && row.orders.includes(id));
    });
    expect(told.title).toContain(`order ${id} is not finished`);
    const page = await browser.page();
    await page.goto(await launchUrl(place, c.store, {}, "/attention"));
    await page.getByRole("heading", { name: told.title }).waitFor();
    await settled(page);
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: `Mark as read: ${told.title}` }).click();
    await page.getByRole("heading", { name: told.title }).waitFor({ state: "detached" });
    expect(await payments(id)).toEqual([]);
  });
});
