import { setupPath } from "../contract/setup-pages.ts";
import { defineProblems, perStore } from "../problems/define-problem.ts";

declare module "../problems/define-problem.ts" {
  interface ProblemKinds {
    "hooks-refused": { scope: string; text: string };
  }
}

export const connectProblems = defineProblems({
  "hooks-refused": {
    key: perStore,
    holds: false,
    area: "shop",
    label: "notices are refused",
    urgency: "notice",
    // Orders still come, a little later.
    alert: "daily",
    words: ({ scope, text }) => ({
      title: "BigCommerce does not take our notices for changed orders.",
      text: `It says: "${text}" (${scope}). Nothing is lost: we look for changed orders every 5 minutes instead of being told at once. In BigCommerce remove tools that are no longer used, then open the app again from Apps in your control panel.`,
      remedies: [{ label: "See the connection", to: setupPath("connection") }],
    }),
  },
});
