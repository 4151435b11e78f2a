import { defineWork } from "../inbox/define-work.ts";
import { tellOrder } from "./status-flow.ts";

declare module "../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** The sale's number and stage are written to the order in BigCommerce (M45). */
    "order.seen": { orderId: number };
  }
}

export const writeBackWork = defineWork({
  "order.seen": {
    class: "sweep",
    needs: ["BigCommerce"],
    calls: 0,
    lane: "order",
    settlesNothing: true,
    linked: (c, work) => tellOrder(c, work.orderId),
  },
});
