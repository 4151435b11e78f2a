import { beforeAll, describe, expect, it } from "vitest";
import { accountOf, type Connected } from "../../scripts/connect.ts";
import type { SettingsReply } from "../../worker/contract/index.ts";
import { until } from "../harness/until.ts";
import { type Case, EXCLUSIVE, INCLUSIVE } from "./cases.ts";
import {
  attention,
  booksOf,
  callsTo,
  forgetCalls,
  heldPage,
  invoiceJournal,
  judge,
  page,
  paidPage,
  paymentJournal,
  placeAll,
  salesFor,
} from "./judge.ts";
import { exclusiveShop, guestsOnDefault, inclusiveShop } from "./setups.ts";
import { journey } from "./stack.ts";

const place = journey(import.meta.filename);
let au: Connected;
let gb: Connected;

const TEE = { sku: "TEE-MER-NVY-S", quantity: 1 };
const COFFEE = { sku: "COF-SING-250", quantity: 1 };
const placed: Record<"au" | "gb", number[]> = { au: [], gb: [] };
beforeAll(async () => {
  au = await exclusiveShop(place);
  gb = await inclusiveShop(place, { change: guestsOnDefault });
  const [first, second] = await Promise.all([
    placeAll(
      place,
      au.store,
      EXCLUSIVE.map((each) => each.form),
    ),
    placeAll(
      place,
      gb.store,
      INCLUSIVE.map((each) => each.form),
    ),
  ]);
  placed.au = first.map((order) => order.id);
  placed.gb = second.map((order) => order.id);
});

async function prove(c: Connected, id: number, each: Case): Promise<void> {
  const judged = await judge(place, c, id);
  const books = await booksOf(place, c.account);
  if (each.journal) expect(invoiceJournal(books, judged.sale)).toEqual(each.journal);
  if (each.paid) expect(paymentJournal(books, judged.sale)).toEqual(each.paid);
  each.see?.(judged);
}

describe("prices without tax: draft, order, sale and invoice are one figure, tax by rule is BigCommerce's by class (M1 to M3)", () => {
  it.each(EXCLUSIVE.map((each, n) => [each.name, n] as const))("%s", async (_, n) =>
    prove(au, placed.au[n] as number, EXCLUSIVE[n] as Case),
  );
});

describe("prices with tax: the same", () => {
  it.each(INCLUSIVE.map((each, n) => [each.name, n] as const))("%s", async (_, n) =>
    prove(gb, placed.gb[n] as number, INCLUSIVE[n] as Case),
  );
});

describe("who buys (F17, M27)", () => {
  const shopper = { email: "new.shopper@example.org", first_name: "Nora", last_name: "Shopper" };
  const withEmail = async (email: string) =>
    Object.values((await booksOf(place, au.account)).customers).filter((who) =>
      who.Contacts.some((contact) => contact.Email.toLowerCase() === email),
    );

  it("two orders of one new shopper at the same moment make one customer in Cin7", async () => {
    const orders = await placeAll(
      place,
      au.store,
      [1, 2, 3].map((quantity) => ({ lines: [{ ...TEE, quantity }], billing: shopper })),
    );
    for (const { id } of orders) await judge(place, au, id);
    const [only, ...others] = await withEmail(shopper.email);
    expect(others).toEqual([]);
    expect(only?.Name).toBe("Nora Shopper");
    const books = await booksOf(place, au.account);
    expect(orders.map(({ id }) => salesFor(books, au.store, id)[0]?.Customer)).toEqual(["Nora Shopper", "Nora Shopper", "Nora Shopper"]);
  });

  it("a shopper whom we know costs no call about customers; the whole order takes four writes", async () => {
    await forgetCalls(place);
    const [order] = await placeAll(place, au.store, [{ lines: [TEE], billing: shopper }]);
    await judge(place, au, order?.id as number);
    // The account's sales are looked at once a minute, which is three seconds here, whoever ordered meanwhile.
    const calls = (await callsTo(place, "cin7")).filter((call) => call !== "GET /saleList");
    expect(calls).toEqual(["POST /sale", "POST /sale/order", "POST /sale/invoice", "POST /sale/payment"]);
  });

  it("somebody else's name is kept apart by the e-mail in brackets", async () => {
    const [order] = await placeAll(place, au.store, [{ lines: [TEE], billing: { ...shopper, email: "other.nora@example.org" } }]);
    const { sale } = await judge(place, au, order?.id as number);
    expect(sale.Customer).toBe("Nora Shopper (other.nora@example.org)");
  });

  it("guests go on the default customer where the shop wants that", async () => {
    const books = await booksOf(place, gb.account);
    expect(placed.gb.map((id) => salesFor(books, gb.store, id)[0]?.Customer)).toEqual(placed.gb.map(() => "Web customer"));
    expect(Object.values(books.customers)).toHaveLength(1);
  });
});

describe("a SKU that Cin7 does not know, with the setting *hold* (decision 1.8, F116)", () => {
  it("holds the order with one problem; made in Cin7 and processed, it goes and the problem clears", async () => {
    const { settings, version } = await au.panel<SettingsReply>("GET", `/api/stores/${au.store}/settings`);
    settings.orders.unknownSku = "hold";
    await au.panel("PUT", `/api/stores/${au.store}/settings`, { basedOn: version, settings });
    const [order] = await placeAll(place, au.store, [{ lines: [TEE, { sku: "LAMP-OAK", name: "Oak lamp", price: "80.00" }] }]);
    const id = order?.id as number;
    const held = await heldPage(au, id);
    expect(held.problems).toMatchObject([{ kind: "sku-unknown", holds: true, orders: [id] }]);
    expect(held.order).toMatchObject({ state: "held", note: { is: "said", text: "SKU" } });
    expect(salesFor(await booksOf(place, au.account), au.store, id)).toEqual([]);

    const key = await accountOf(place, 0);
    const made = await fetch(`${place.twins}/cin7/ExternalApi/v2/product`, {
      method: "POST",
      headers: { "content-type": "application/json", "api-auth-accountid": key.accountId, "api-auth-applicationkey": key.applicationKey },
      body: JSON.stringify({
        SKU: "LAMP-OAK",
        Name: "Oak lamp",
        Category: "Other",
        Type: "Stock",
        CostingMethod: "FIFO",
        UOM: "Item",
        Status: "Active",
        PriceTier1: 80,
      }),
    });
    expect(made.status).toBe(200);
    await au.panel("POST", `/api/stores/${au.store}/orders/${id}/process`);
    await paidPage(au, id);
    const { sale } = await judge(place, au, id);
    expect(sale.Order.Lines.map((line) => line.SKU)).toContain("LAMP-OAK");
    await until("the problem to clear itself", async () =>
      (await attention(au.panel, au.store)).every((row) => row.kind !== "sku-unknown" || !row.holds),
    );
    expect((await page(au, id)).problems).toEqual([]);
  });

  it("two people press Process at once: the same answer twice, one sale (F107)", async () => {
    const [order] = await placeAll(place, au.store, [{ lines: [{ sku: "LAMP-ELM", name: "Elm lamp", price: "70.00" }] }]);
    const id = order?.id as number;
    await heldPage(au, id);
    const { settings, version } = await au.panel<SettingsReply>("GET", `/api/stores/${au.store}/settings`);
    settings.orders.unknownSku = "service-line";
    await au.panel("PUT", `/api/stores/${au.store}/settings`, { basedOn: version, settings });
    const process = () => au.panel<{ queued: boolean }>("POST", `/api/stores/${au.store}/orders/${id}/process`);
    expect(await Promise.all([process(), process(), process()])).toEqual([{ queued: true }, { queued: true }, { queued: true }]);
    await judge(place, au, id);
  });
});

describe("an order that no sale may be made of", () => {
  it("in a currency that the account does not have, or to two addresses, it is held with its reason, nothing is written", async () => {
    const two = [{ city: "Melbourne" }, { city: "Geelong" }];
    const orders = await placeAll(place, au.store, [
      {
        lines: [
          { ...TEE, address: 0 },
          { ...COFFEE, address: 1 },
        ],
        addresses: two,
        shipping: [5, 6],
      },
    ]);
    const held = await heldPage(au, orders[0]?.id as number);
    expect(held.problems.map((p) => p.kind)).toEqual(["several-addresses"]);
    expect(salesFor(await booksOf(place, au.account), au.store, orders[0]?.id as number)).toEqual([]);
  });
});
