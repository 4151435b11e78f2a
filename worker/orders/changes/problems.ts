import { defineProblems, type ProblemOf, perOrder, type Said } from "../../problems/define-problem.ts";
import { Named, named, one, openOne, processIt, stays } from "../../problems/phrases.ts";

declare module "../../problems/define-problem.ts" {
  interface ProblemKinds {
    "changed-after-sale": {
      orderId: number;
      saleNumber: string;
      what: "cancelled" | "refunded" | "total";
      assembled?: string;
      /** Its sale holds other orders too. */
      daily?: boolean;
    };
    /** Cancelled in BigCommerce while it was on its way; `why`: what keeps its sale from being voided by us, in words (M28). */
    "cancel-waits": { orderId: number; saleNumber: string; why: string; assembled?: string };
  }
}

/** What happened to an order in BigCommerce after its sale was made. */
export const changesProblems = defineProblems({
  "changed-after-sale": {
    key: perOrder,
    holds: false,
    area: ({ what }) => (what === "total" ? "finance" : "warehouse"),
    label: "changed after the sale",
    // Goods may leave that must not.
    alert: "now",
    words: (problem) => ({ ...(problem.daily ? inDailySale(problem) : inItsSale(problem)), remedies: openOne(problem.orderId) }),
  },
  "cancel-waits": {
    key: perOrder,
    holds: true,
    area: "warehouse",
    label: "cancelled in BigCommerce",
    alert: "now",
    words: ({ orderId, saleNumber, why, assembled }) => ({
      title: `Do not ship ${saleNumber || "its sale"}: ${named(orderId)} was cancelled in BigCommerce.`,
      text: `Nothing further is sent for it, but ${saleNumber || "its sale"} is still open in Cin7 Core: ${why}. If nothing has left, void the sale there; if goods have left, credit it when they come back. Then ${processIt(orderId)}: once the sale is void it leaves this list.${stays(assembled)}`,
      remedies: one(orderId),
    }),
  },
});

type Changed = ProblemOf<"changed-after-sale">;

function inItsSale({ orderId, saleNumber, what, assembled }: Changed): Pick<Said, "title" | "text"> {
  const sale = saleNumber || "its sale";
  switch (what) {
    case "cancelled":
      return {
        title: `Do not ship ${sale}: ${named(orderId)} was cancelled in BigCommerce.`,
        text: `The sale is still open in Cin7 Core. If nothing has left, void it there; if goods have left, credit it when they come back.${stays(assembled)}`,
      };
    case "refunded":
      return {
        title: `${Named(orderId)} was refunded in BigCommerce after ${sale} was made.`,
        text: "The sale in Cin7 Core is as it was. Hold back what has not left, and enter the credit note in Cin7 Core.",
      };
    case "total":
      return {
        title: `${Named(orderId)} was changed in BigCommerce after ${sale} was made.`,
        text: "Its total is another one now; the sale in Cin7 Core is as it was. Compare the two and correct the sale in Cin7 Core.",
      };
  }
}

/** A daily sale holds others too, so it is never voided for one (F15). */
function inDailySale({ orderId, saleNumber, what }: Changed): Pick<Said, "title" | "text"> {
  const sale = saleNumber ? `the daily sale ${saleNumber}` : "its daily sale";
  switch (what) {
    case "cancelled":
      return {
        title: `Do not ship order ${orderId}: it was cancelled in BigCommerce and is part of ${sale}.`,
        text: "That sale holds other orders too, so do not void it. In Cin7 Core take out what has not left, and enter a credit note for this order's lines and payment.",
      };
    case "refunded":
      return {
        title: `Order ${orderId} was refunded in BigCommerce after ${sale} was made.`,
        text: "The daily sale in Cin7 Core is as it was. Hold back what has not left, and enter the credit note for this order's lines there.",
      };
    case "total":
      return {
        title: `Order ${orderId} was changed in BigCommerce after ${sale} was made.`,
        text: "Its total is another one now; the daily sale in Cin7 Core is as it was. Compare the two and correct this order's lines there.",
      };
  }
}
