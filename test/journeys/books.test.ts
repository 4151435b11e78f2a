import { beforeAll, describe, expect, it } from "vitest";
import { accountOf, type Connected, json } from "../../scripts/connect.ts";
import type { Choices, OrderDetail, Settings, SettingsReply } from "../../worker/contract/index.ts";
import { booksOf, heldPage, judge, pageWhen, paidPage, placeAll, salesFor } from "./judge.ts";
import { exclusiveShop } from "./setups.ts";
import { control, journey } from "./stack.ts";

/** What the settings of issue 4 do to real documents: who authorises, when it is invoiced, in which currency, which day. */
const place = journey(import.meta.filename);
let c: Connected;
let key: string;
beforeAll(async () => {
  c = await exclusiveShop(place);
  key = (await accountOf(place)).applicationKey;
});

const at = (path: string) => `/api/stores/${c.store}${path}`;
const LINE = { lines: [{ sku: "TEE-MER-NVY-S", quantity: 2 }], shipping: "9.95" };
const COUPON = {
  lines: [
    { sku: "TEE-MER-NVY-S", price: "99.99" },
    { sku: "HON-RAW", quantity: 3 },
  ],
  coupon: "WELCOME10",
  shipping: "9.95",
};

/** Saves a change of the settings for one test, and puts everything back afterwards. */
async function having(change: (settings: Settings) => void, run: () => Promise<void>): Promise<void> {
  const before = await c.panel<SettingsReply>("GET", at("/settings"));
  const settings = structuredClone(before.settings);
  change(settings);
  const saved = await c.panel<SettingsReply>("PUT", at("/settings"), { basedOn: before.version, settings });
  try {
    await run();
  } finally {
    await c.panel("POST", at("/settings/rollback"), { version: before.version, basedOn: saved.version });
  }
}
const order = async (form: unknown) => (await placeAll(place, c.store, [form]))[0]?.id as number;
const saleOf = async (id: number) => {
  const [sale] = salesFor(await booksOf(place, c.account), c.store, id);
  if (!sale) throw new Error(`no sale of order ${id}`);
  return sale;
};
/** What a person does in Cin7 Core. */
const inCin7 = async (id: number, what: string, body: unknown = {}) =>
  control(place.twins, `/cin7/${c.account}/sales/${(await saleOf(id)).ID}/${what}`, body);
const cin7 = async (method: string, path: string, body?: unknown) =>
  json(
    await fetch(`${place.twins}/cin7/ExternalApi/v2${path}`, {
      method,
      headers: { "content-type": "application/json", "api-auth-accountid": c.account, "api-auth-applicationkey": key },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );

describe("what the account refuses (M2, decision 1.13)", () => {
  it("the first coupon finds it out and goes all the same; the second asks no more; Setup says so", async () => {
    await control(place.twins, "/switches", { negativeCharges: "refuse" });
    try {
      const first = await order(COUPON);
      const { sale, page } = await judge(place, c, first);
      expect([...sale.Order.Lines, ...sale.Order.AdditionalCharges].filter((row) => row.Price < 0)).toEqual([]);
      expect(page.mapped?.decisions).toContainEqual(expect.objectContaining({ label: "Discount", value: "In the line prices" }));
      expect(page.attempts.filter((a) => a.outcome === "refused")).toHaveLength(1);
      const second = await judge(place, c, await order(COUPON));
      expect(second.page.attempts.filter((a) => a.outcome === "refused")).toEqual([]);
      const { warnings } = await c.panel<Choices>("GET", at("/choices"));
      expect(warnings.join(" ")).toMatch(/refuses negative charges/);
    } finally {
      await control(place.twins, "/switches", { negativeCharges: "accept" });
    }
  });
});

describe("who authorises, and when it is invoiced (M10, M11, M14, F21)", () => {
  it("a draft order waits for its authorisation in Cin7; then invoice and payment follow by themselves", async () => {
    await having(
      (s) => void Object.assign(s.sale, { status: "draft" }),
      async () => {
        const id = await order(LINE);
        const page = await pageWhen(c, id, "to be a draft", (p) => p.order.state === "sent" && p.payments[0]?.state === "waits");
        expect(page.payments[0]?.why).toMatch(/order to be authorised/);
        const { ID } = await saleOf(id);
        const { Lines, AdditionalCharges } = (await cin7("GET", `/sale/order?SaleID=${ID}`)) as Record<string, unknown>;
        await cin7("POST", "/sale/order", { SaleID: ID, Memo: "", Status: "AUTHORISED", Lines, AdditionalCharges });
        await judge(place, c, id);
      },
    );
  });
  it("invoiced when shipped, on that day; the money waits and is listed", async () => {
    await having(
      (s) => void Object.assign(s.invoice, { when: "when-shipped", date: "shipped" }),
      async () => {
        const id = await order(LINE);
        await pageWhen(c, id, "to wait for the shipment", (p) => p.payments[0]?.why.includes("shipment") ?? false);
        expect((await saleOf(id)).Invoices).toEqual([]);
        await inCin7(id, "ship", { date: "2026-11-30T00:00:00" });
        const page = await paidPage(c, id);
        const sale = await saleOf(id);
        expect(sale.Invoices).toHaveLength(1);
        expect(sale.Invoices[0]).toMatchObject({ Status: "PAID", InvoiceDate: expect.stringMatching(/^2026-11-30/) });
        expect(page.order.stages).toEqual(expect.arrayContaining(["shipped", "invoiced", "paid"]));
      },
    );
  });
  it("a draft invoice takes no payment until somebody authorises it; one that was typed in is not paid twice", async () => {
    await having(
      (s) => void Object.assign(s.invoice, { status: "draft" }),
      async () => {
        const [id, typed] = [await order(LINE), await order(LINE)];
        for (const each of [id, typed])
          await pageWhen(c, each, "to wait", (p) => p.order.stages.includes("invoice-draft") && p.payments[0]?.state === "waits");
        await inCin7(id, "invoice");
        await judge(place, c, id);
        await inCin7(typed, "invoice");
        await inCin7(typed, "pay", { reference: "typed in" });
        const page = await paidPage(c, typed);
        expect(page.payments).toMatchObject([{ state: "posted", why: "Already paid in Cin7 Core." }]);
        expect((await saleOf(typed)).Invoices[0]?.Payments).toHaveLength(1);
      },
    );
  });
  it("picked by itself when all is there, and told when it is not", async () => {
    await having(
      (s) => void Object.assign(s.sale, { fulfil: "pick" }),
      async () => {
        const { page } = await judge(place, c, await order(LINE));
        expect(page.order.stages).toContain("picked");
        const short = await paidPage(c, await order({ lines: [{ sku: "TEE-MER-NVY-S", quantity: 5000 }] }));
        expect(short.order.stages).toContain("backordered");
        expect(short.problems).toMatchObject([{ kind: "not-fulfilled", holds: false }]);
      },
    );
  });
});

describe("locked books (M13, J20)", () => {
  it("asks once for the period; the answer dates what waits and what comes later, with the true day in the memo", async () => {
    const lock = "2027-12-31";
    await control(place.twins, `/cin7/${c.account}/lock-date`, { date: lock });
    try {
      const id = await order(LINE);
      const page = await pageWhen(c, id, "to wait for its books", (p) => p.problems.some((each) => each.kind === "books-locked"));
      expect(page.problems[0]?.remedies[0]).toMatchObject({ action: "post-open", lockedTo: lock });
      expect((await saleOf(id)).Invoices).toEqual([]);
      await c.panel("POST", at("/locked-books"), { lockedTo: lock });
      const { sale, page: done } = await judge(place, c, id);
      expect(sale.Invoices[0]).toMatchObject({
        InvoiceDate: expect.stringMatching(/^2028-01-01/),
        Memo: expect.stringMatching(/^BigCommerce .*, period locked$/),
      });
      expect(done.problems).toEqual([]);
      await judge(place, c, await order(LINE));
    } finally {
      await control(place.twins, `/cin7/${c.account}/lock-date`, { date: null });
    }
  });
});

describe("other currencies, addresses, pickup (M16, M24, M25, M44)", () => {
  it("an order in US dollars: its rate on every document, a customer and an account of its currency", async () => {
    await fetch(`${place.twins}/control/bigcommerce/${c.store}/currencies/USD`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ is_transactional: true }),
    });
    await having(
      (s) => {
        for (const method of s.payments.methods) if (method.key === "stripe") method.currencies = [{ currency: "USD", account: "715" }];
      },
      async () => {
        const id = await order({ ...LINE, currency: "USD", paymentMethod: "Credit Card", address: { country_iso2: "NZ" } });
        const page = await paidPage(c, id);
        const sale = (await saleOf(id)) as unknown as Record<string, unknown> & {
          Invoices: { Payments: { Account: string; CurrencyRate: number }[] }[];
        };
        expect(page.problems).toEqual([]);
        expect(sale).toMatchObject({ CurrencyRate: 1.5152, CustomerCurrency: "USD" });
        expect(sale.Invoices[0]?.Payments).toMatchObject([{ Account: "715", CurrencyRate: 1.5152 }]);
      },
    );
  });
  it("two addresses: held, sent as one sale when somebody says so", async () => {
    const two = {
      ...LINE,
      lines: [
        { sku: "TEE-MER-NVY-S", address: 0 },
        { sku: "HON-RAW", address: 1 },
      ],
      addresses: [{}, { city: "Perth" }],
    };
    const id = await order(two);
    const held = await heldPage(c, id);
    expect(held.problems[0]?.remedies[0]).toMatchObject({ action: "send-as-one", orderId: id });
    await c.panel("POST", at(`/orders/${id}/send-as-one`));
    const { sale } = await judge(place, c, id);
    expect((sale as unknown as { Note: string }).Note).toMatch(/^SHIPS TO 2 ADDRESSES/);
  });
  it("the order in BigCommerce says number and stage, once for each change, without answering our own echo (M45)", async () => {
    await having(
      (s) => void Object.assign(s.seen, { metafield: true }),
      async () => {
        const id = await order(LINE);
        const writes = (p: OrderDetail) => p.attempts.filter((a) => a.path.includes("metafields") && a.method !== "GET");
        const page = await pageWhen(c, id, "to be told in BigCommerce", (p) => writes(p).some((a) => a.request?.includes("paid")));
        expect(writes(page)).toMatchObject([
          { method: "POST", outcome: "ok", request: expect.stringMatching(`${page.order.saleNumber}: (ordered|waits for stock), paid`) },
        ]);
        await c.panel("POST", at(`/orders/${id}/process`));
        await judge(place, c, await order(LINE));
        expect(writes(await pageWhen(c, id, "to stay", () => true))).toHaveLength(1);
      },
    );
  });
  it("the store's name, representative and prefix on the sale; a pickup order has the carrier Pickup", async () => {
    await having(
      (s) =>
        void Object.assign(s.sale, { representative: "Robin Sale", channel: { attribute: 2, text: "Mug shop" }, referencePrefix: "WEB-" }),
      async () => {
        const id = await order({ ...LINE, pickup: true });
        await paidPage(c, id);
        expect(await saleOf(id)).toMatchObject({
          SalesRepresentative: "Robin Sale",
          CustomerReference: `WEB-${id}`,
          Carrier: "Pickup",
          AdditionalAttributes: { AdditionalAttribute2: "Mug shop" },
        });
      },
    );
  });
});
