import { defineWork } from "../inbox/define-work.ts";
import { askAgain } from "./key-flow.ts";

declare module "../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** Another application key is used now: Cin7 is asked with it at once (design 6). */
    "key.changed": object;
  }
}

export const accountsWork = defineWork({
  "key.changed": {
    class: "order",
    // Not kept back while Cin7 counts as away: its call is what tells that it is back.
    needs: [],
    calls: 1,
    lane: "own",
    linked: (c) => askAgain(c, [{ kind: "orders.release" }]),
    account: (c) => askAgain(c, [{ kind: "sales.sweep" }]),
  },
});
