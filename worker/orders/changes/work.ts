import { defineWork } from "../../inbox/define-work.ts";
import { tellRefunds } from "./refunds-flow.ts";
import { voidCancelled } from "./void-cancelled-flow.ts";

declare module "../../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** Money of the order may have gone back. */
    "order.refunds": { orderId: number };
    /** The order was cancelled when its sale was whole. */
    "order.cancel": { orderId: number };
  }
}

export const changesWork = defineWork({
  "order.cancel": {
    // Before anything else is written: goods may leave that must not.
    class: "cancel",
    needs: ["BigCommerce", "Cin7 Core"],
    calls: 3,
    lane: "order",
    linked: (c, work) => voidCancelled(c, work.orderId),
  },
  "order.refunds": {
    class: "sweep",
    needs: ["BigCommerce"],
    calls: 0,
    lane: "order",
    settlesNothing: true,
    linked: (c, work) => tellRefunds(c, work.orderId),
  },
});
