import { defineWork } from "../../inbox/define-work.ts";
import { receiveOrder } from "./receive-flow.ts";
import { releaseUnpaid } from "./unpaid-flow.ts";

declare module "../../inbox/work-kinds.ts" {
  interface WorkKinds {
    "order.changed": { orderId: number; pressed?: boolean };
    /** Nobody paid for it in time: its stock is given back (M31). */
    "order.unpaid": { orderId: number };
  }
}

export const captureWork = defineWork({
  "order.changed": {
    class: "order",
    // Reading an order is worth doing while Cin7 is away: its stock is held the sooner.
    needs: ["BigCommerce"],
    calls: 2,
    lane: "order",
    onlyReads: true,
    followedBy: 2,
    // Before the store is linked no order is taken: there is no start line yet (M21).
    linked: (c, work) => receiveOrder(c, work.orderId, work.pressed ?? false),
  },
  "order.unpaid": { class: "stock-up", needs: [], calls: 0, lane: "order", linked: (c, work) => releaseUnpaid(c, work.orderId) },
});
