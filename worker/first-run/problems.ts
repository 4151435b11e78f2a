import { defineProblems, perStore } from "../problems/define-problem.ts";

declare module "../problems/define-problem.ts" {
  interface ProblemKinds {
    /** Something else writes sales for this store's orders (M22). */
    "other-connection": { found: { name: string; sales: number }[] };
  }
}

export const firstRunProblems = defineProblems({
  "other-connection": {
    key: perStore,
    holds: false,
    area: "shop",
    label: "another connection",
    urgency: "goods",
    alert: "now",
    words: ({ found }) => {
      const sales = found.reduce((sum, one) => sum + one.sales, 0);
      return {
        title: `${found.map((one) => one.name).join(" and ") || "Something else"} sends orders of this shop to Cin7 Core too.`,
        text: `We look once a week and found ${sales === 1 ? "1 sale" : `${sales} sales`} since the last time. An order that comes twice would be shipped twice. Switch the other connection off; the page says how. Then void in Cin7 Core the sales that are there twice.`,
        remedies: [{ label: "See what was found", to: "/first-run/other-connection" }],
      };
    },
  },
});
