import { expect } from "vitest";
import type { OrderDetail, SettingsReply } from "../../../worker/contract/index.ts";
import type { Problem } from "../../../worker/problems/define-problem.ts";
import { until } from "../../harness/until.ts";
import { NARROW, shot, sideways, WIDE } from "../browser.ts";
import { assemblyShort } from "./bundles.ts";
import { CANCELLED, done } from "./cancelled.ts";
import { button, inCin7, link, process, read, type Scene, saveSetup, sent, strangeSale, twice } from "./scene.ts";

const voided = inCin7("void");
/** What Cin7 Core says, and what people do there. */
export const OF_CIN7 = {
  "cin7-refused": {
    async cause(shop) {
      // Nothing that passes by itself, as a stocktake would.
      await shop.faults([{ peer: "cin7", kind: "refuse", method: "POST", path: "/sale/order$", text: "The customer is on credit hold" }]);
      return shop.order();
    },
    says: "Cin7 Core refused order {N} (order).",
    async remedy(shop, entry, id) {
      await shop.faults([]);
      await process(shop, entry, id);
    },
    ends: "paid",
  },
  "cin7-total-differs": {
    async cause(shop) {
      await shop.books("/switches", { automaticallyApplyDiscounts: true });
      return shop.order();
    },
    says: "Order {N} is held: the order in Cin7 Core has another total.",
    async remedy(shop, entry, id) {
      await shop.books("/switches", { automaticallyApplyDiscounts: false });
      await voided(shop, id);
      await process(shop, entry, id);
    },
    ends: sent,
  },
  "totals-differ": {
    async cause(shop) {
      await shop.books("/switches", { automaticallyApplyDiscounts: true });
      for (const _ of [1, 2, 3]) {
        const id = await shop.order();
        await until(`order ${id} to differ`, async () =>
          (await shop.problems()).some(({ kind, orders }) => kind === "cin7-total-differs" && orders.includes(id)),
        );
      }
      return shop.order();
    },
    says: "Order {N} is held: 3 orders in a row have another total in Cin7 Core.",
    async remedy(shop, entry, id) {
      await shop.books("/switches", { automaticallyApplyDiscounts: false });
      await process(shop, entry, id);
    },
    ends: sent,
  },
  "sale-voided": {
    async cause(shop) {
      return shop.unheard("/sale$", async () => {
        const id = await shop.order();
        await voided(shop, id);
        return id;
      });
    },
    says: "of order {N} was voided in Cin7 Core.",
    remedy: process,
    ends: sent,
  },
  "maybe-imported-elsewhere": {
    async cause(shop) {
      const id = await shop.order({ dateCreated: new Date(Date.now() - 172_800_000).toUTCString() });
      await strangeSale(shop, { CustomerReference: String(id) });
      await shop.c.panel("POST", shop.at("/open-orders"), { ids: [id] });
      return id;
    },
    says: "Order {N} is held: Cin7 Core has a sale with its number that is not ours.",
    async remedy(shop, entry, id) {
      const { SaleList } = (await shop.cin7("GET", `/saleList?Search=${id}&Limit=100`)) as {
        SaleList: { SaleID: string; CustomerReference: string }[];
      };
      for (const row of SaleList.filter((each) => each.CustomerReference === String(id))) await shop.books(`/sales/${row.SaleID}/void`);
      await process(shop, entry, id);
    },
    ends: "paid",
  },
  "twin-sale": {
    async cause(shop) {
      const id = await done(shop);
      await strangeSale(shop, { ExternalID: (await shop.sale(id)).ExternalID });
      return id;
    },
    says: "Order {N} has 2 sales in Cin7 Core.",
    remedy: read(async (shop, id) => {
      const second = (await shop.sales(id)).find((sale) => sale.Invoices.length === 0);
      await shop.books(`/sales/${second?.ID}/void`);
    }),
    ends: "read",
  },
  "customer-gone": {
    async cause(shop) {
      const made = (await shop.cin7("POST", "/customer", {
        Name: "Old web customer",
        Currency: "AUD",
        PaymentTerm: "30 days",
        AccountReceivable: "610",
        RevenueAccount: "200",
        TaxRule: "GST on Income",
        Status: "Active",
      })) as { CustomerList: { ID: string }[] };
      const id = made.CustomerList[0]?.ID ?? "";
      await shop.change((s) => {
        s.customers.defaultCustomer = { id, name: "Old web customer" };
      });
      await shop.books(`/customers/${id}/deprecate`);
      return shop.order({ billing: { first_name: "New", last_name: "Shopper", email: "new.shopper@example.org" } });
    },
    says: 'Order {N} is held: Cin7 Core no longer has the customer "Old web customer".',
    async remedy(_, { page, problem }) {
      await link(problem, "Choose a customer").click();
      await button(page, "Change default customer").click();
      await page.getByRole("searchbox", { name: "Name or e-mail of a Cin7 customer" }).fill("Web");
      await page.keyboard.press("Enter");
      await page.getByRole("radio", { name: "Web customer", exact: true }).check();
      await saveSetup(page);
    },
    ends: "paid",
  },
  ...CANCELLED,
  "refund-to-enter": {
    async cause(shop) {
      const id = await done(shop);
      await shop.shop(`/orders/${id}/refund`, { amount: 5, tax: 0.45 });
      return id;
    },
    says: "Order {N}: ",
    async remedy(shop, { page, problem }, id) {
      for (const [name, size] of [["narrow", NARROW] as const, ["wide", WIDE] as const]) {
        await page.setViewportSize(size);
        expect(await sideways(page), `the card fits a ${name} window`).toBe(0);
        await shot(page, `refund-${name}`);
      }
      // Its next status takes nothing away: it is there until somebody says what was done.
      await shop.shop(`/orders/${id}/status`, { statusId: 2 });
      await until(
        `order ${id} to be seen as shipped`,
        async () => (await shop.c.panel<OrderDetail>("GET", shop.at(`/orders/${id}`))).order.statusId === 2,
      );
      await button(problem, /^It is entered in Cin7 Core: /).click();
    },
    ends: "read",
  },
  "refund-declined": {
    async cause(shop) {
      const id = await done(shop);
      await shop.shop(`/orders/${id}/refund`, { amount: 5, declined: true });
      return id;
    },
    says: "for order {N} was declined",
    remedy: read(),
    ends: "read",
  },
  "voided-after-sale": {
    async cause(shop) {
      await shop.control("/switches", { undoWithPayments: "accept" });
      const id = await done(shop);
      await voided(shop, id);
      return id;
    },
    says: "of order {N} was voided in Cin7 Core.",
    remedy: read(),
    ends: "read",
  },
  "books-locked": {
    async cause(shop) {
      await shop.books("/lock-date", { date: "2027-12-31" });
      return shop.order();
    },
    says: "Books are locked up to 31 Dec 2027: a document of order {N} cannot be dated.",
    remedy: twice("Post on 1 Jan 2028", /gets the date 1 Jan 2028, with the true date in the memo/),
    ends: "paid",
    after: async (shop) => void (await shop.books("/lock-date", { date: null })),
  },
  "assembly-short": assemblyShort,
  "not-fulfilled": {
    async cause(shop) {
      await shop.change((s) => {
        s.sale.fulfil = "pick";
      });
      return shop.order({ lines: [{ sku: "TEE-MER-NVY-S", quantity: 5000 }] });
    },
    says: "of order {N} is",
    remedy: read(),
    ends: "read",
    after: (shop) =>
      shop.change((s) => {
        s.sale.fulfil = "none";
      }),
  },
  "cancel-waits": {
    async cause(shop) {
      // Authorised in Cin7, and its answer lost: nobody of ours knows yet, and the accountant invoices it meanwhile.
      return shop.unheard("/sale/order$", async () => {
        const id = await shop.order();
        await until(`order ${id} to be authorised`, async () => (await shop.sales(id))[0]?.Order.Status === "AUTHORISED");
        await inCin7("invoice")(shop, id);
        await shop.shop(`/orders/${id}/status`, { statusId: 5 });
        return id;
      });
    },
    says: "order {N} was cancelled in BigCommerce.",
    async remedy(shop, entry, id) {
      await voided(shop, id);
      await process(shop, entry, id);
    },
    ends: async (shop, id) => {
      expect((await shop.sales(id)).map((sale) => sale.Status)).toEqual(["VOIDED"]);
    },
  },
  "setting-renamed": {
    async cause(shop) {
      const { settings } = await shop.c.panel<SettingsReply>("GET", shop.at("/settings"));
      await shop.cin7("PUT", "/product", { ID: settings.charges.items.shipping?.productId, Name: "Freight" });
      return shop.order();
    },
    says: 'Cin7 Core now calls "Shipping" "Freight".',
    remedy: read(),
    ends: "paid",
  },
  "stocktake-open": {
    async cause(shop) {
      await shop.books("/stocktake", { location: "Main Warehouse", open: true });
      return shop.order();
    },
    says: "Order {N} waits: a stocktake is open at Main Warehouse.",
    // No button: it is over when the warehouse has counted.
    remedy: async (shop) => void (await shop.books("/stocktake", { location: "Main Warehouse", complete: true })),
    ends: "paid",
  },
  "written-twice": {
    async cause(shop) {
      // Cin7 commits it long after the outcome no longer counts as unknown: when it has been written anew.
      await shop.faults([{ peer: "cin7", kind: "hold", when: "before", method: "POST", path: "/sale/payment$", times: 1 }]);
      const id = await done(shop);
      await shop.control("/faults/release");
      return id;
    },
    says: "of order {N} has more payments than the order.",
    remedy: read(),
    ends: "read",
  },
  "test-sale-left": {
    async cause(shop) {
      await shop.faults([{ peer: "cin7", kind: "refuse", method: "DELETE", path: "/sale", text: "Sale can not be voided.", times: 1 }]);
      await shop.c.panel("POST", shop.at("/takes/trial"), {});
      return null;
    },
    says: "is still open in Cin7 Core.",
    remedy: read(),
    ends: "read",
  },
} satisfies Partial<Record<Problem["kind"], Scene>>;
