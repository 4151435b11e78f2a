import { defineWork } from "../../inbox/define-work.ts";
import { tellRefunds } from "./refunds-flow.ts";

declare module "../../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** Money of the order may have gone back. */
    "order.refunds": { orderId: number };
  }
}

export const changesWork = defineWork({
  "order.refunds": {
    class: "sweep",
    needs: ["BigCommerce"],
    calls: 0,
    lane: "order",
    settlesNothing: true,
    linked: (c, work) => tellRefunds(c, work.orderId),
  },
});
