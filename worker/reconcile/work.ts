import { defineWork } from "../inbox/define-work.ts";
import { sweepOrders } from "./orders-flow.ts";
import type { Progress } from "./plan.ts";
import { checkSale } from "./sale-flow.ts";
import { sweepSales } from "./sales-flow.ts";

declare module "../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** A sale of the order in Cin7 is not as we left it: look at all sales with our ID. */
    "sale.check": { orderId: number };
    /**
     * The store's own sweep (K5). `from`: look again from this instant (ISO 8601), because notices were lost since. `after`: it
     * was too long and goes on here. `seen`: how far the one before it came.
     */
    "orders.sweep": { from?: string; after?: string; seen?: Progress };
    /**
     * The account's sales sweep (design 3.7). Too many sales for one run: it goes on with this page of the list since `from`;
     * `last`: the newest change seen so far.
     */
    "sales.sweep": { from?: string; page?: number; last?: string };
  }
}

export const reconcileWork = defineWork({
  "sale.check": {
    class: "sweep",
    needs: ["Cin7 Core"],
    calls: 1,
    lane: "order",
    settlesNothing: true,
    linked: (c, work) => checkSale(c, work.orderId),
  },
  "orders.sweep": {
    class: "sweep",
    needs: ["BigCommerce"],
    calls: 0,
    lane: "own",
    scheduled: true,
    // Before the store is linked there is no start line; linking puts the sweep again.
    linked: sweepOrders,
  },
  "sales.sweep": { class: "sweep", needs: ["Cin7 Core"], calls: 1, lane: "own", scheduled: true, account: sweepSales },
});
