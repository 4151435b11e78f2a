import { defineWork } from "../inbox/define-work.ts";
import { releaseOrders } from "./release-flow.ts";

declare module "../inbox/work-kinds.ts" {
  interface WorkKinds {
    "orders.release": object;
  }
}

export const ordersWork = defineWork({
  "orders.release": { class: "order", needs: [], calls: 0, lane: "own", store: releaseOrders },
});
