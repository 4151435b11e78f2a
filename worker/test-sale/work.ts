import { defineWork } from "../inbox/define-work.ts";
import { trialSale } from "./test-sale-flow.ts";

declare module "../inbox/work-kinds.ts" {
  interface WorkKinds {
    /** A test sale that finds out what the account takes; asked for then (ISO 8601), once (decision 1.13). */
    "account.trial": { askedAt: string };
  }
}

export const testSaleWork = defineWork({
  "account.trial": { class: "sweep", needs: ["Cin7 Core"], calls: 4, lane: "own", linked: (c, work) => trialSale(c, work.askedAt) },
});
