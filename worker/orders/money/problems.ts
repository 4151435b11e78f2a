import { defineProblems, type ProblemKinds, perOrder } from "../../problems/define-problem.ts";
import { named, one, open, openOne, order, others } from "../../problems/phrases.ts";

declare module "../../problems/define-problem.ts" {
  interface ProblemKinds {
    /** Documents of these books wait: one for each period (M13). `lockedTo`: YYYY-MM-DD, itself locked; `openDay`: the day after. */
    "books-locked": { lockedTo: string; openDay: string };
    /** Nothing was kept to finish the sale with, and reading the order again did not give the same. `what`: how it differs. */
    "sale-unfinished": { orderId: number; saleNumber: string; why: "gone" | "cancelled" | "unmapped" | "differs"; what: string };
  }
}

/** Invoices and payments that wait, or that nobody can finish but a person. */
export const moneyProblems = defineProblems({
  "books-locked": {
    key: ({ lockedTo }) => lockedTo,
    holds: true,
    area: "finance",
    label: ({ lockedTo }) => `books locked up to ${lockedTo}`,
    urgency: "orders",
    alert: "now",
    words: ({ lockedTo, openDay }, about) => ({
      title: `Books are locked up to ${lockedTo}: ${about.orderCount === 1 ? "a document" : "documents"} of ${about.orderCount === 1 ? order(about) : `${about.orderCount} orders`} cannot be dated.`,
      text: `${others(about)}The sale is in Cin7 Core, its invoice or payment is not. Open the period in Cin7 Core and process the orders, or post on ${openDay}: the true date then stands in the memo.`,
      remedies: [
        {
          label: `Post on ${openDay}`,
          action: "post-open",
          lockedTo,
          warning: `Every invoice and payment dated up to ${lockedTo} gets the date ${openDay}, with the true date in the memo. This also counts for later ones of the same period.`,
        },
        ...open(about),
      ],
    }),
  },
  "sale-unfinished": {
    key: perOrder,
    holds: false,
    area: "finance",
    label: "sale not finished",
    urgency: "books",
    alert: "daily",
    words: ({ orderId, saleNumber, why, what }) => ({
      title: `${saleNumber || "The sale"} of ${named(orderId)} is not finished: its invoice or payment may be missing in Cin7 Core.`,
      text: `${UNFINISHED[why](what)} Nothing more is written by itself, so that nothing is booked twice. Compare the sale with the order and enter in Cin7 Core what is missing.`,
      remedies: why === "gone" ? openOne(orderId) : one(orderId),
    }),
  },
});

const UNFINISHED: Record<ProblemKinds["sale-unfinished"]["why"], (what: string) => string> = {
  gone: () => "What we kept of it is erased, and BigCommerce no longer shows the order.",
  cancelled: () => "What we kept of it is erased, and the order was cancelled in BigCommerce meanwhile.",
  unmapped: () => "What we kept of it is erased, and the order can no longer be worked out as it was sent.",
  differs: (what) => `What we kept of it is erased, and read again the order is not what was sent: ${what}.`,
};
