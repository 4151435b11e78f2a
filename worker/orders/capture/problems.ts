import type { Remedy } from "../../contract/index.ts";
import { setupAt } from "../../contract/setup-pages.ts";
import { defineProblems, perOrder } from "../../problems/define-problem.ts";
import { isHeld, Named, named, openOne, redo, sentenceStart } from "../../problems/phrases.ts";

declare module "../../problems/define-problem.ts" {
  interface ProblemKinds {
    "status-hold": { orderId: number; statusId: number; status: string };
    "test-payment": { orderId: number };
    /** Its entry in the log was deleted, its sale is there (decision 1.7). `shipped`: the goods have left, so it is not voided from here. */
    "sale-exists": { orderId: number; saleNumber: string; shipped?: boolean };
    /** Not paid in time: its stock is for sale again (M31). */
    "unpaid-released": { orderId: number; days: number };
  }
}

/** Orders that are not taken yet, and why. */
export const captureProblems = defineProblems({
  "status-hold": {
    key: perOrder,
    holds: true,
    area: "shop",
    label: ({ status }) => status,
    urgency: "orders",
    alert: "now",
    words: ({ orderId, status }) => ({
      title: isHeld(named(orderId), `its status in BigCommerce is ${status}.`),
      text: "Orders in this status are not sent to Cin7 Core until somebody has looked at them. Stock is held. Give the order its next status in BigCommerce: it goes by itself.",
      remedies: openOne(orderId),
    }),
  },
  "test-payment": {
    key: perOrder,
    holds: true,
    area: "shop",
    label: "test payment",
    urgency: "orders",
    alert: "now",
    words: ({ orderId }) => ({
      title: isHeld(named(orderId), `it was paid with a test payment.`),
      text: "No money came in, so it is not sent by itself. Process it if it shall become a sale in Cin7 Core all the same.",
      remedies: redo(orderId),
    }),
  },
  "sale-exists": {
    key: perOrder,
    holds: true,
    area: "shop",
    label: ({ saleNumber }) => `is in Cin7 Core as ${saleNumber || "a sale"}`,
    urgency: "orders",
    alert: "now",
    words: ({ orderId, saleNumber, shipped }) => {
      const sale = saleNumber || "the sale";
      const again: Remedy = { label: `Send ${named(orderId)} again`, action: "process", orderId };
      const anew: Remedy = {
        label: `Void ${sale} and create it again`,
        action: "void-and-create",
        orderId,
        warning: `${sentenceStart(sale)} is voided in Cin7 Core with its invoice and payments; goods that are picked go back to stock. Then a new sale is created from the order as it is now.`,
      };
      return {
        title: `${Named(orderId)} is in Cin7 Core already, as ${sale}.`,
        text: `Its entry in the log was deleted, the sale was not. Nothing was created, so that there is no second sale. Send the order again: what is there stays, and what is missing is added.${shipped ? " Goods have left already, so the sale is not voided from here: enter a return in Cin7 Core." : " Or void the sale, and it is created again from the order as it is now."}`,
        remedies: [again, ...(shipped ? [] : [anew]), ...openOne(orderId)],
      };
    },
  },
  "unpaid-released": {
    key: perOrder,
    holds: false,
    area: "shop",
    label: "not paid",
    urgency: "notice",
    alert: "daily",
    words: ({ orderId, days }) => ({
      title: `${Named(orderId)} was not paid ${days === 0 ? "in time" : `within ${days === 1 ? "1 day" : `${days} days`}`}: its stock is for sale again.`,
      text: "No sale was made for it, and none is lost: if it is paid later, it goes to Cin7 Core as ever, as long as the goods are there. If the shopper will not pay, cancel it in BigCommerce. How long unpaid orders hold their stock is set in Setup.",
      remedies: [...openOne(orderId), { label: "Change the days", to: setupAt("payments.unpaidDays") }],
    }),
  },
});
