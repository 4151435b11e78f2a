import { defineProblems } from "../problems/define-problem.ts";

declare module "../problems/define-problem.ts" {
  interface ProblemKinds {
    /** The test sale (decision 1.13) could not be voided. */
    "test-sale-left": { saleNumber: string; text: string };
  }
}

export const testSaleProblems = defineProblems({
  "test-sale-left": {
    key: ({ saleNumber }) => saleNumber,
    holds: false,
    area: "warehouse",
    label: "test sale",
    urgency: "notice",
    alert: "daily",
    words: ({ saleNumber, text }) => ({
      title: `The test sale ${saleNumber} is still open in Cin7 Core.`,
      text: `Cin7 Core did not void it: "${text}" It is a draft of one charge item, so nothing is allocated and nothing is to be shipped. Void it in Cin7 Core.`,
      remedies: [],
    }),
  },
});
