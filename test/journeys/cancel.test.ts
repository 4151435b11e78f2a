import { beforeAll, describe, expect, it } from "vitest";
import { accountOf, type Connected } from "../../scripts/connect.ts";
import type { OrderDetail, SettingsReply } from "../../worker/contract/index.ts";
import { until } from "../harness/until.ts";
import { booksOf, faults, page, pageWhen, paidPage, placeAll, salesFor } from "./judge.ts";
import { exclusiveShop } from "./setups.ts";
import { control, journey } from "./stack.ts";

/** Cancelled in BigCommerce at every stage of its sale (table M28): BigCommerce tells, the Worker answers in Cin7 Core, once. */
const place = journey(import.meta.filename);
let c: Connected;
beforeAll(async () => {
  c = await exclusiveShop(place);
});

const LINE = { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }], shipping: "9.95" };
const at = (path: string) => `/api/stores/${c.store}${path}`;
const shop = (id: number, what: string, body: unknown) => control(place.twins, `/bigcommerce/${c.store}/orders/${id}/${what}`, body);
const cancel = (id: number) => shop(id, "status", { statusId: 5 });
const place1 = async (form: object = LINE): Promise<number> => (await placeAll(place, c.store, [form]))[0]?.id as number;
const sold = async (): Promise<number> => {
  const id = await place1();
  await paidPage(c, id);
  return id;
};
const sales = async (id: number) => salesFor(await booksOf(place, c.account), c.store, id);
const saleOf = async (id: number) => (await sales(id)).at(-1) as Awaited<ReturnType<typeof sales>>[number];
const refund = async (id: number) => shop(id, "refund", { amount: (await saleOf(id)).Invoices[0]?.Total, statusId: null });
const inCin7 = async (id: number, what: string, body: unknown = {}) =>
  control(place.twins, `/cin7/${c.account}/sales/${(await saleOf(id)).ID}/${what}`, body);
const toldOf = (p: OrderDetail) => p.problems.find(({ kind }) => kind === "changed-after-sale");
const told = async (id: number, says: string) => {
  const seen = await pageWhen(c, id, `to say "${says}"`, (p) => toldOf(p)?.text.includes(says) || toldOf(p)?.title.includes(says) || false);
  return toldOf(seen);
};
/** Void in Cin7 and here, with nothing left to do; nothing of it is in the books, as if it had never been sold (J13). */
async function voided(id: number): Promise<void> {
  const seen = await pageWhen(c, id, "to be void", (p) => p.order.stages.includes("voided") && p.problems.length === 0);
  const sale = await saleOf(id);
  expect(sale.Status).toBe("VOIDED");
  expect(seen.order).toMatchObject({ state: "sent", note: { text: expect.stringMatching(/^Cancelled; SO-\d+ in Cin7 is void$/) } });
  const { transactions } = await booksOf(place, c.account);
  expect(transactions.filter(({ SaleID }) => SaleID === sale.ID)).toEqual([]);
}
async function change(of: (settings: SettingsReply["settings"]) => void): Promise<void> {
  const { version, settings } = await c.panel<SettingsReply>("GET", at("/settings"));
  of(settings);
  await c.panel("PUT", at("/settings"), { basedOn: version, settings });
}
const called = async (id: number, step: string) => (await page(c, id)).attempts.filter((each) => each.step === step).length;

describe("the table", () => {
  it("not sent: the pending order is not taken, and no sale is made", async () => {
    const id = await place1({ ...LINE, statusId: 12 });
    await pageWhen(c, id, "to be held", (p) => p.order.state === "held");
    await cancel(id);
    await pageWhen(c, id, "to be left out", (p) => p.order.state === "not-taken");
    expect(await sales(id)).toEqual([]);
  });

  it("paid only by us, and the money went back: payment deleted, then voided", async () => {
    const id = await sold();
    await refund(id);
    await cancel(id);
    await voided(id);
    expect([await called(id, "Take back the payment"), await called(id, "Void the sale")]).toEqual([1, 1]);
  });

  it("paid and not given back: finance's, until the refund comes", async () => {
    const id = await sold();
    await cancel(id);
    expect(await told(id, "its money is not given back")).toMatchObject({ area: "finance" });
    expect((await saleOf(id)).Status).not.toBe("VOIDED");
    await refund(id);
    await voided(id);
  });

  it("picked by a person: the warehouse is asked", async () => {
    const id = await sold();
    await pick((await saleOf(id)).ID);
    await refund(id);
    await cancel(id);
    expect(await told(id, "are picked in Cin7 Core")).toMatchObject({ area: "warehouse", aside: "It has left" });
    expect((await saleOf(id)).Invoices[0]?.Payments).toHaveLength(1);
  });

  it("anything shipped: it stays, and is credited when it comes back", async () => {
    const id = await sold();
    await inCin7(id, "ship");
    await refund(id);
    await cancel(id);
    expect(await told(id, "have left")).toMatchObject({ area: "warehouse" });
    expect((await saleOf(id)).Status).not.toBe("VOIDED");
  });

  it("invoiced and unpaid, or not invoiced: voided by one call", async () => {
    const before = (await c.panel<SettingsReply>("GET", at("/settings"))).settings;
    await change((s) => {
      s.payments.on = false;
    });
    const id = await place1();
    await pageWhen(c, id, "to be invoiced", (p) => p.order.stages.includes("invoiced"));
    await cancel(id);
    await voided(id);
    await change((s) => {
      s.invoice.status = "none";
    });
    const other = await place1();
    await pageWhen(c, other, "to be in Cin7", (p) => p.order.stages.includes("ordered"));
    await cancel(other);
    await voided(other);
    expect(await called(other, "Void the sale")).toBe(1);
    await change((s) => {
      Object.assign(s, { payments: before.payments, invoice: before.invoice });
    });
  });

  it("un-cancelled: never revived by itself; a person creates it again", async () => {
    const id = await sold();
    await refund(id);
    await cancel(id);
    await voided(id);
    await shop(id, "status", { statusId: 11 });
    const seen = await pageWhen(c, id, "to be open again", (p) => p.problems.some(({ kind }) => kind === "open-again"));
    expect(seen.problems[0]?.remedies[0]).toMatchObject({ label: "Create the sale again", action: "process" });
    expect(await sales(id)).toHaveLength(1);
    await c.panel("POST", at(`/orders/${id}/process`));
    await until(`a second sale of ${id}`, async () => (await sales(id)).length === 2);
    await pageWhen(c, id, "to be in Cin7 once more", (p) => p.order.stages.includes("invoiced") && !p.order.stages.includes("voided"));
    expect((await page(c, id)).problems.map(({ kind }) => kind)).not.toContain("open-again");
  });
});

describe("exactly once, whatever is lost on the way", () => {
  it.each([
    ["timeout-before", "/sale/payment$"],
    ["timeout-after", "/sale/payment$"],
    ["timeout-before", "/sale$"],
    ["timeout-after", "/sale$"],
  ])("%s of DELETE %s", async (kind, path) => {
    const id = await sold();
    await refund(id);
    await faults(place, [{ peer: "cin7", kind, method: "DELETE", path, times: 1 }]);
    await cancel(id);
    // Told at once, while nobody knows yet what became of it.
    await told(id, "hold its goods back");
    await voided(id);
    const step = path === "/sale$" ? "Void the sale" : "Take back the payment";
    expect(await called(id, step), "what was applied is not asked for a second time").toBe(kind === "timeout-after" ? 1 : 2);
    await faults(place, []);
  });
});

// Last: that they are open again is read once a day.
describe("the table, with books that are locked", () => {
  it("books are locked: the credit note that is to be entered is told", async () => {
    const id = await sold();
    await refund(id);
    await control(place.twins, `/cin7/${c.account}/lock-date`, { date: "2027-12-31" });
    await cancel(id);
    await told(id, "Books are locked up to 31 Dec 2027");
    expect((await saleOf(id)).Invoices[0]?.Payments).toHaveLength(1);
  });
});

/** Somebody in the warehouse picks all of it. */
async function pick(saleId: string): Promise<void> {
  const { applicationKey } = await accountOf(place);
  const headers = { "content-type": "application/json", "api-auth-accountid": c.account, "api-auth-applicationkey": applicationKey };
  const cin7 = async (method: string, path: string, body?: unknown) => {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return (await (await fetch(`${place.twins}/cin7/ExternalApi/v2${path}`, init)).json()) as never;
  };
  const sale: { Location: string; Order: { Lines: { SKU: string; Quantity: number }[] } } = await cin7("GET", `/sale?ID=${saleId}`);
  const { Fulfilments }: { Fulfilments: { TaskID: string }[] } = await cin7("GET", `/sale/fulfilment?SaleID=${saleId}`);
  const Lines = sale.Order.Lines.map(({ SKU, Quantity }) => ({ SKU, Quantity, Location: sale.Location }));
  await cin7("POST", "/sale/fulfilment/pick", { TaskID: Fulfilments[0]?.TaskID ?? saleId, Status: "AUTHORISED", Lines });
}
