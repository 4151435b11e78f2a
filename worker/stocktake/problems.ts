import { defineProblems } from "../problems/define-problem.ts";
import { go, open, order, others, sentenceStart } from "../problems/phrases.ts";

declare module "../problems/define-problem.ts" {
  interface ProblemKinds {
    /** Orders and invoices of this location wait, all for one problem (M36). */
    "stocktake-open": { location: string };
  }
}

export const stocktakeProblems = defineProblems({
  "stocktake-open": {
    key: ({ location }) => location.trim().toLowerCase(),
    holds: true,
    area: "warehouse",
    label: ({ location }) => `stocktake at ${location}`,
    urgency: "orders",
    alert: "now",
    endsLast: true,
    words: ({ location }, about) => ({
      title: `${sentenceStart(order(about))} waits: a stocktake is open at ${location}.`,
      text: `${others(about)}Until it is over, Cin7 Core authorises no order and no invoice of this location. Stock is held, nothing is lost. Complete or void the stocktake in Cin7 Core: we look every 5 minutes, then ${go(about)}.`,
      remedies: open(about),
    }),
  },
});
