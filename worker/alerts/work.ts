import { defineWork } from "../inbox/define-work.ts";
import { sendAlerts } from "./flow.ts";

declare module "../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** New problems that hold orders are told of by mail, at most every 10 minutes (M42). */
    "alerts.send": object;
  }
}

export const alertsWork = defineWork({
  "alerts.send": { class: "sweep", needs: [], calls: 0, lane: "own", scheduled: true, store: sendAlerts },
});
