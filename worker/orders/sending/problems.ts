import { setupAt } from "../../contract/setup-pages.ts";
import { defineProblems, perOrder, perStore } from "../../problems/define-problem.ts";
import { cancelIt, isHeld, named, one, openOne, order, others, process, processIt, redo, stillOpen, tell } from "../../problems/phrases.ts";

declare module "../../problems/define-problem.ts" {
  interface ProblemKinds {
    "cin7-total-differs": { orderId: number; ours: string; cin7: string; currency: string; document: string };
    /** So many orders in a row have another total in Cin7 than in BigCommerce: nothing further is authorised. */
    "totals-differ": { orders: number };
    "sale-voided": { orderId: number; saleNumber: string };
    "maybe-imported-elsewhere": { orderId: number; saleNumber: string };
    "customer-gone": { customer: string };
    /** The automatic pick, pack or ship did not come as far as Setup wants (F21). */
    "not-fulfilled": { orderId: number; saleNumber: string; wanted: string; reached: string; short: boolean };
  }
}

/** What stands in the way of an order's sale in Cin7 Core. */
export const sendingProblems = defineProblems({
  "cin7-total-differs": {
    key: ({ document, orderId }) => `${document}:${orderId}`,
    holds: true,
    area: "finance",
    label: "total differs in Cin7 Core",
    urgency: "orders",
    alert: "now",
    words: ({ orderId, ours, cin7, currency, document }) => ({
      title: isHeld(named(orderId), `the ${document} in Cin7 Core has another total.`),
      text: `We sent ${ours} ${currency}, Cin7 Core has ${cin7}. Nothing further is sent for it. Look in Cin7 Core for automatic discounts or tax by total and switch them off, or for a change by hand. ${
        document === "invoice" ? "Correct the invoice there, or void the sale" : "Void the sale there"
      }; then ${processIt(orderId)}: ${document === "invoice" ? "the two are compared again, and a sale that is void is created again" : "the sale is created again"}.`,
      remedies: one(orderId),
    }),
  },
  "totals-differ": {
    key: perStore,
    holds: true,
    area: "finance",
    label: "totals differ in Cin7 Core",
    urgency: "every-order",
    alert: "now",
    endsLast: true,
    words: ({ orders }, about) => ({
      title: isHeld(order(about), `${orders} orders in a row have another total in Cin7 Core.`),
      text: `${others(about)}Something in Cin7 Core changes every order, most likely automatic discounts or its own calculation of tax, so no further one is authorised there. Stock is held. Switch it off in Cin7 Core, void the sales that differ, then process one order to try: when its total agrees, all others go by themselves.`,
      remedies: about.orders[0] === undefined ? [] : one(about.orders[0]),
    }),
  },
  "sale-voided": {
    key: perOrder,
    holds: true,
    area: "shop",
    label: "sale was voided in Cin7 Core",
    urgency: "orders",
    alert: "now",
    words: ({ orderId, saleNumber }) => ({
      title: `Sale ${saleNumber || "in Cin7 Core"} of ${named(orderId)} was voided in Cin7 Core.`,
      text: `${stillOpen(orderId)}. It is never replaced by itself. If the goods shall go, ${processIt(orderId)}: the sale is created again; if not, ${cancelIt(orderId)} in BigCommerce.`,
      remedies: redo(orderId),
    }),
  },
  "maybe-imported-elsewhere": {
    key: perOrder,
    holds: true,
    area: "shop",
    label: "may already be in Cin7 Core",
    urgency: "orders",
    alert: "now",
    words: ({ orderId, saleNumber }) => ({
      title: isHeld(named(orderId), `Cin7 Core has a sale with its number that is not ours.`),
      text: `Sale ${saleNumber} carries the same reference, so another connection may have sent it. Nothing was created, so that there is no second sale. If ${saleNumber} is this order, there is nothing to do; if not, change its reference in Cin7 Core, then ${processIt(orderId)}.`,
      remedies: one(orderId),
    }),
  },
  "customer-gone": {
    key: ({ customer }) => customer.toLowerCase(),
    holds: true,
    area: "shop",
    label: "customer",
    urgency: "orders",
    alert: "now",
    words: ({ customer }, about) => ({
      title: isHeld(order(about), `Cin7 Core no longer has the customer "${customer}".`),
      text: tell(about, "Choose another default customer, or make this one active again in Cin7 Core"),
      remedies: [{ label: "Choose a customer", to: setupAt("customers.defaultCustomer") }, ...process(about)],
    }),
  },
  "not-fulfilled": {
    key: perOrder,
    holds: false,
    area: "warehouse",
    label: "not picked",
    urgency: "notice",
    // The warehouse sees it where it works.
    alert: "shown",
    words: ({ orderId, saleNumber, wanted, reached, short }) => ({
      title: `${saleNumber || "The sale"} of ${named(orderId)} is ${reached}, not ${wanted}.`,
      text: short
        ? "Not all of its stock is there, so Cin7 Core did not pick it by itself. It waits for stock; pick it in Cin7 Core when the goods have come."
        : "Cin7 Core did not go as far as Setup asks, for example because a product has batches or the sale became an advanced one. Go on with it in Cin7 Core by hand.",
      remedies: openOne(orderId),
    }),
  },
});
