import { defineWork } from "../../inbox/define-work.ts";
import { sendOrder } from "./send-flow.ts";

declare module "../../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** `pressed`: a person wants it now. */
    "order.send": { orderId: number; pressed?: boolean };
  }
}

export const sendingWork = defineWork({
  "order.send": {
    class: "order",
    needs: ["Cin7 Core"],
    calls: 2,
    lane: "order",
    followedBy: 2,
    linked: (c, work) => sendOrder(c, work.orderId, work.pressed),
  },
});
