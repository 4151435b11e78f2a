import { defineWork } from "../../inbox/define-work.ts";
import { moneyOrder } from "./invoice-and-pay-flow.ts";

declare module "../../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** Invoice and payments of a sale. */
    "order.money": { orderId: number };
  }
}

export const moneyWork = defineWork({
  "order.money": {
    class: "money",
    needs: ["BigCommerce", "Cin7 Core"],
    calls: 2,
    lane: "order",
    linked: (c, work) => moneyOrder(c, work.orderId),
  },
});
