import type { OrderDetail } from "../../../worker/contract/index.ts";
import type { Problem } from "../../../worker/problems/define-problem.ts";
import { until } from "../../harness/until.ts";
import { judge } from "../../journeys/judge.ts";
import { button, inCin7, link, process, read, type Scene, saveSetup, sent, twice } from "./scene.ts";

/** What an order has that Setup, BigCommerce or the shopper must answer for. */
export const OF_ORDERS = {
  "setup-incomplete": {
    async cause(shop) {
      await shop.change((s) => {
        s.customers.defaultCustomer = null;
      });
      return shop.order();
    },
    says: "Order {N} is held: Setup is not complete.",
    async remedy(_, { page, problem }) {
      await link(problem, "Open the steps").click();
      await link(page, "Choose customers").click();
      await page.getByRole("searchbox", { name: "Name or e-mail of a Cin7 customer" }).fill("Web");
      await page.keyboard.press("Enter");
      await page.getByRole("radio", { name: "Web customer", exact: true }).check();
      await saveSetup(page);
    },
    ends: "paid",
  },
  "tax-unmapped": {
    async cause(shop) {
      await shop.change((s) => {
        s.tax.classes = s.tax.classes.filter((row) => row.classId !== 0);
      });
      return shop.order();
    },
    says: 'Order {N} is held: no Cin7 tax rule for "Default Tax Class".',
    async remedy(_, { page, problem }) {
      await problem.getByLabel("Default Tax Class, when tax was charged").selectOption("GST on Income");
      await button(problem, "Save 1 tax rule").click();
      await page.getByText(/^Saved\./).waitFor();
    },
    ends: "paid",
    after: (shop) =>
      shop.change((s) => {
        for (const row of s.tax.classes) row.withoutTax ??= "GST Free Income";
      }),
  },
  "charge-missing": {
    async cause(shop) {
      await shop.change((s) => void delete s.charges.items.handling);
      return shop.order({ handling: 4 });
    },
    says: "Order {N} is held: no charge item in Cin7 for handling.",
    async remedy(_, { page, problem }) {
      await link(problem, "Set up charges").click();
      await button(page, "Use 1 charge item from Cin7").click();
      await page.getByText("1 charge item is set up now.").waitFor();
    },
    ends: "paid",
  },
  "sku-unknown": {
    async cause(shop) {
      await shop.change((s) => {
        s.orders.unknownSku = "hold";
      });
      return shop.order({ lines: [{ sku: "MUG-BLU-NEW", price: 12, name: "Blue enamel mug" }] });
    },
    says: 'Order {N} is held: Cin7 Core has no product with SKU "MUG-BLU-NEW".',
    async remedy(_, { page, problem }) {
      await link(problem, "Choose what happens with unknown SKUs").click();
      await page.getByRole("radio", { name: "Take it as an unlisted product" }).check();
      await saveSetup(page);
    },
    ends: "paid",
  },
  "total-differs": {
    cause: (shop) =>
      shop.oddOrder((order) => {
        order["total_inc_tax"] = (Number(order["total_inc_tax"]) + 0.62).toFixed(4);
      }),
    says: "Order {N} is held: the total differs by",
    async remedy(shop, entry, id) {
      await shop.faults([]);
      await process(shop, entry, id);
    },
    ends: "paid",
  },
  "order-malformed": {
    cause: (shop) =>
      shop.oddOrder((order) => {
        order["total_inc_tax"] = "a lot";
      }),
    says: "Order {N} is held: BigCommerce's answer about it could not be understood.",
    async remedy(shop, entry, id) {
      await shop.faults([]);
      await process(shop, entry, id);
    },
    ends: "paid",
  },
  "below-zero": {
    async cause(shop) {
      const id = await shop.order({ statusId: 0 });
      type Whole = Record<string, unknown> & { consignments: { shipping: { line_items: Record<string, unknown>[] }[] } };
      const order = (await shop.answerOf(`/v2/orders/${id}?include=consignments.line_items,fees&consignment_structure=object`)) as Whole;
      Object.assign(order, { status_id: 11, status: "Awaiting Fulfillment", payment_status: "captured" });
      Object.assign(order.consignments.shipping[0]?.line_items[0] ?? {}, { total_ex_tax: "-5.0000", total_inc_tax: "-5.5000" });
      await shop.lie(`/v2/orders/${id}`, order);
      await shop.shop(`/orders/${id}/status`, { statusId: 11 });
      return id;
    },
    says: "is below zero.",
    async remedy(shop, entry, id) {
      await shop.faults([]);
      await process(shop, entry, id);
    },
    ends: "paid",
  },
  "currency-customer-missing": {
    async cause(shop) {
      await fetch(`${shop.place.twins}/control/bigcommerce/${shop.c.store}/currencies/USD`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ is_transactional: true }),
      });
      await shop.change((s) => {
        s.customers.guests = "default-customer";
        for (const method of s.payments.methods) if (method.key === "stripe") method.currencies = [{ currency: "USD", account: "715" }];
      });
      return shop.order({ currency: "USD", address: { country_iso2: "NZ" } });
    },
    says: "Order {N} is held: no default customer is chosen for USD.",
    async remedy(_, { page, problem }) {
      await link(problem, "Choose a customer").click();
      await page.getByLabel("Find a customer with USD").fill("Web");
      await page.getByLabel("Default customer for USD").selectOption({ label: "Web customer USD" });
      await saveSetup(page);
    },
    ends: "paid",
    after: (shop) =>
      shop.change((s) => {
        s.customers.guests = "per-email";
      }),
  },
  "several-addresses": {
    cause: (shop) =>
      shop.order({
        lines: [
          { sku: "TEE-MER-NVY-S", address: 0 },
          { sku: "HON-RAW", address: 1 },
        ],
        addresses: [{}, { city: "Perth" }],
      }),
    says: "Order {N} is held: it ships to 2 addresses.",
    remedy: twice("Send as one sale", /SHIPS TO 2 ADDRESSES/),
    ends: "paid",
  },
  "status-hold": {
    async cause(shop) {
      await shop.change((s) => {
        s.orders.captureWhen = "created";
      });
      return shop.order({ statusId: 12 });
    },
    says: "Order {N} is held: its status in BigCommerce is Manual Verification Required.",
    // No button: its next status in BigCommerce lets it go.
    remedy: async (shop, _, id) => void (await shop.shop(`/orders/${id}/status`, { statusId: 11 })),
    ends: sent,
    after: (shop) =>
      shop.change((s) => {
        s.orders.captureWhen = "paid";
      }),
  },
  "test-payment": {
    cause: (shop) => shop.order({ paymentMethod: "Test Payment Gateway" }),
    says: "Order {N} is held: it was paid with a test payment.",
    remedy: process,
    // No money came in, so nothing is posted as paid.
    ends: sent,
  },
  "payment-unmapped": {
    async cause(shop) {
      await shop.change((s) => {
        for (const method of s.payments.methods) if (method.key === "stripe") method.account = null;
      });
      return shop.order();
    },
    says: 'No account is chosen for the payment method "Credit Card".',
    async remedy(_, { page, problem }) {
      await link(problem, "Choose the account").click();
      await page.getByLabel("Credit Card: account in Cin7").selectOption("713");
      await saveSetup(page);
    },
    // Later orders are paid; this one's payment is entered by hand, as the text says.
    ends: async (shop, id) => {
      await inCin7("pay")(shop, id);
      await judge(shop.place, shop.c, await shop.order());
    },
  },
  "payment-differs": {
    async cause(shop) {
      const [other, id] = [await shop.order(), await shop.order({ statusId: 0 })];
      const of = (order: number) => `/v3/orders/${order}/transactions`;
      const answer = (await shop.answerOf(of(other))) as { data: { amount: number; order_id: string }[] };
      for (const row of answer.data) Object.assign(row, { amount: 5, order_id: String(id) });
      await shop.lie(of(id), answer);
      await shop.shop(`/orders/${id}/status`, { statusId: 11 });
      return id;
    },
    says: "The payments of order {N} do not make its total.",
    remedy: read(),
    ends: "read",
    after: async (shop) => void (await shop.faults([])),
  },
  "payment-unclear": {
    async cause(shop) {
      const [other, id] = [await shop.order(), await shop.order({ statusId: 0 })];
      const of = (order: number) => `/v3/orders/${order}/transactions`;
      const answer = (await shop.answerOf(of(other))) as { data: Record<string, unknown>[] };
      for (const row of answer.data) Object.assign(row, { status: "error", order_id: String(id) });
      await shop.lie(of(id), answer);
      await shop.shop(`/orders/${id}/status`, { statusId: 11 });
      return id;
    },
    says: "Order {N} was paid, and",
    remedy: read(),
    ends: "read",
    after: async (shop) => void (await shop.faults([])),
  },
  "unpaid-released": {
    async cause(shop) {
      const placed = Date.now() - 3 * 86_400_000;
      await shop.change((s) => {
        s.orders.takeFrom = new Date(placed - 60_000).toISOString();
        s.payments.unpaidDays = 60;
      });
      const id = await shop.order({ statusId: 7, paymentMethod: "Bank Deposit", dateCreated: new Date(placed).toUTCString() });
      await until(`the stock of order ${id} to be held`, async () => {
        const note = (await shop.c.panel<OrderDetail>("GET", shop.at(`/orders/${id}`)).catch(() => null))?.order.note;
        return note?.is === "said" && note.text.includes("held until");
      });
      await shop.change((s) => {
        s.payments.unpaidDays = 1;
      });
      return id;
    },
    says: "Order {N} was not paid within 1 day: its stock is for sale again.",
    remedy: read(),
    ends: "read",
    // The start line is again where connecting put it.
    after: (shop) =>
      shop.change((s) => {
        s.orders.takeFrom = shop.c.settings.orders.takeFrom;
        s.payments.unpaidDays = 7;
      }),
  },
  "sale-exists": {
    async cause(shop) {
      const id = await shop.order();
      await judge(shop.place, shop.c, id);
      await shop.c.panel("POST", shop.at(`/orders/${id}/delete-entry`));
      return id;
    },
    says: "Order {N} is in Cin7 Core already, as SO-",
    remedy: (_, { problem }, id) => button(problem, `Send order ${id} again`).click(),
    ends: "paid",
  },
} satisfies Partial<Record<Problem["kind"], Scene>>;
