import { defineProblems, type ProblemOf, perOrder, type Said } from "../../problems/define-problem.ts";
import { Named, named, one, openOne, processIt, stays } from "../../problems/phrases.ts";
import { cancelledWords, type Keeps } from "./cancelled-words.ts";

declare module "../../problems/define-problem.ts" {
  interface ProblemKinds {
    "changed-after-sale": {
      orderId: number;
      saleNumber: string;
      /** `refunded`: of an older release only; each refund is told by itself now. */
      what: "cancelled" | "refunded" | "total";
      /** The order's total as it is now, so that a second change is told again. Absent: of an older release, or no matter of the total. */
      total?: string;
      assembled?: string;
      /** Its sale holds other orders too. */
      daily?: boolean;
      /**
       * Of one that was cancelled: its sale is looked at next; it is voided, and something is left to do; what keeps
       * it from being voided (M28). None of them: of an older release.
       */
      waits?: true;
      voided?: true;
      keeps?: Keeps;
    };
    /**
     * Money went back (each refund by itself, issue of the books before refunds are posted). `refund`: its record's ID, or `transaction-…`,
     * or `status-…` where nothing else tells. `sale`: the order whose sale it is, its own or a daily sale. Amounts: decimal text, with tax;
     * "": BigCommerce does not tell. `on`: YYYY-MM-DD in the store's zone, or "". `known`: what was told besides it, of a status.
     */
    "refund-to-enter": {
      orderId: number;
      refund: string;
      by: "record" | "transaction" | "status";
      amount: string;
      tax: string;
      currency: string;
      tender: string;
      on: string;
      sale: number;
      saleNumber: string;
      known?: string;
      /** The payment provider has not said that it paid it. */
      unanswered?: true;
    };
    /** It was cancelled, its sale is void, and it is cancelled no more: never revived silently (M28). */
    "open-again": { orderId: number; saleNumber: string };
    "refund-declined": { orderId: number; refund: string; amount: string; currency: string; tender: string; on: string };
    /** Cancelled in BigCommerce while it was on its way; `why`: what keeps its sale from being voided by us, in words (M28). */
    "cancel-waits": { orderId: number; saleNumber: string; why: string; assembled?: string };
  }
}

/** What happened to an order in BigCommerce after its sale was made. */
export const changesProblems = defineProblems({
  "changed-after-sale": {
    key: perOrder,
    holds: false,
    area: ({ what, keeps }) => (what === "total" || OF_MONEY.has(keeps?.why ?? "") ? "finance" : "warehouse"),
    label: "changed after the sale",
    urgency: "goods",
    // Goods may leave that must not.
    alert: "now",
    words: (problem) => ({ remedies: openOne(problem.orderId), ...(problem.daily ? inDailySale(problem) : inItsSale(problem)) }),
  },
  "open-again": {
    key: perOrder,
    holds: false,
    area: "shop",
    label: "open again",
    urgency: "orders",
    // Goods that are wanted may never leave.
    alert: "now",
    words: ({ orderId, saleNumber }) => ({
      title: `${Named(orderId)} is open again in BigCommerce, and ${saleNumber || "its sale"} in Cin7 Core is void.`,
      text: "It was cancelled, so its sale was voided; a void sale is never revived. If the goods shall go, create the sale again: everything of it is written anew under a new number. If not, cancel the order in BigCommerce again.",
      remedies: [{ label: "Create the sale again", action: "process", orderId }, ...openOne(orderId)],
    }),
  },
  "refund-to-enter": {
    key: ({ orderId, refund }) => `${orderId}:${refund}`,
    holds: false,
    area: "finance",
    label: "refund to enter",
    urgency: "goods",
    // Goods that are not shipped may leave that must not.
    alert: "now",
    remembered: true,
    words: (problem) => ({ ...refundWords(problem), remedies: openOne(problem.orderId), aside: "It is entered in Cin7 Core" }),
  },
  "refund-declined": {
    key: ({ orderId, refund }) => `${orderId}:${refund}`,
    holds: false,
    area: "finance",
    label: "refund declined",
    urgency: "notice",
    alert: "daily",
    remembered: true,
    words: ({ orderId, amount, currency, tender, on }) => ({
      title: `A refund of ${amount} ${currency} for ${named(orderId)} was declined${tender ? ` by ${tender}` : ""}.`,
      text: `The shopper did not get it${on ? ` when it was asked for on ${on}` : ""}, so nothing of it belongs in Cin7 Core. Give the money back in another way in BigCommerce, or tell the shopper.`,
      remedies: openOne(orderId),
    }),
  },
  "cancel-waits": {
    key: perOrder,
    holds: true,
    area: "warehouse",
    label: "cancelled in BigCommerce",
    urgency: "goods",
    alert: "now",
    words: ({ orderId, saleNumber, why, assembled }) => ({
      title: `Do not ship ${saleNumber || "its sale"}: ${named(orderId)} was cancelled in BigCommerce.`,
      text: `Nothing further is sent for it, but ${saleNumber || "its sale"} is still open in Cin7 Core: ${why}. If nothing has left, void the sale there; if goods have left, credit it when they come back. Then ${processIt(orderId)}: once the sale is void it leaves this list.${stays(assembled)}`,
      remedies: one(orderId),
    }),
  },
});

/** What went back, and what an accountant enters for it (J11, J12). */
function refundWords(problem: ProblemOf<"refund-to-enter">): Pick<Said, "title" | "text"> {
  const { orderId, amount, tax, currency, tender, on, sale, saleNumber, by, unanswered } = problem;
  const daily = sale !== orderId;
  const where = daily ? `the daily sale${saleNumber ? ` ${saleNumber}` : ""}` : saleNumber || "its sale";
  const money = amount ? `${amount} ${currency}` : "money";
  const day = on ? ` on ${on}` : "";
  const told = {
    record: tax ? `BigCommerce gave back ${tax} ${currency} of tax with it.` : "BigCommerce does not tell the tax in it.",
    transaction: "Only the payment tells of it, so BigCommerce does not say for which goods, nor the tax in it.",
    status: `Only the order's status tells of it: BigCommerce shows no refund${amount ? " of this amount" : ", nor how much it was"}. Look at the payment provider first.`,
  }[by];
  const sure = unanswered ? " The payment provider has not said that it paid it: look there first." : "";
  const enter = `a credit note of ${amount ? `${amount} ${currency}` : "that amount"}${daily ? ` for this order's lines` : ""} and a refund${tender ? ` from the account of ${tender}` : ""}${on ? `, both dated ${on}` : ""}`;
  return {
    title: `${Named(orderId)}: ${money} went back to the shopper${day}${tender ? ` (${tender})` : ""}; ${where} in Cin7 Core is as it was.`,
    text: `${told}${sure} Hold back what has not left. Enter in Cin7 Core, on ${where}: ${enter}. This goes away when Cin7 Core shows it, or when you say that it is entered.`,
  };
}

type Changed = ProblemOf<"changed-after-sale">;

/** What finance decides; everything else of a cancelled order is the warehouse's. */
const OF_MONEY: ReadonlySet<string> = new Set<Keeps["why"]>(["credited", "paid-by-others", "not-given-back", "locked", "refused"]);

function inItsSale(problem: Changed): Partial<Said> & Pick<Said, "title" | "text"> {
  const { orderId, saleNumber, what } = problem;
  const sale = saleNumber || "its sale";
  switch (what) {
    case "cancelled":
      return cancelledWords(problem);
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
