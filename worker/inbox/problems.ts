import { setupPath } from "../contract/setup-pages.ts";
import { defineProblems, perStore } from "../problems/define-problem.ts";
import { Named, named, one, processIt, redo, waiting } from "../problems/phrases.ts";

declare module "../problems/define-problem.ts" {
  interface ProblemKinds {
    "bigcommerce-down": { since: string };
    "cin7-down": { since: string };
    "bigcommerce-denied": { scope: string | null };
    /** `licence`: Cin7 speaks of a licence or subscription that has ended (F4). */
    "cin7-denied": { licence?: boolean };
    /** Cin7's own sentence about a step of an order. */
    "cin7-refused": { orderId: number; step: string; text: string };
    /** Our own bug. */
    parked: { work: string; orderId: number | null };
  }
}

/** Both connections, what Cin7 Core refuses, and our own errors. */
export const inboxProblems = defineProblems({
  "bigcommerce-down": {
    key: perStore,
    holds: false,
    area: "shop",
    label: "BigCommerce does not answer",
    urgency: "every-order",
    alert: "now",
    ofSide: true,
    words: ({ since }) => ({
      title: "BigCommerce does not answer.",
      text: `Not since ${utc(since)}. New and changed orders cannot be read. Nothing is lost: we try every 30 seconds, and they are read by themselves as soon as it answers.`,
      remedies: [],
    }),
  },
  "cin7-down": {
    key: perStore,
    holds: false,
    area: "shop",
    label: "Cin7 Core does not answer",
    urgency: "every-order",
    alert: "now",
    ofSide: true,
    words: ({ since }) => ({
      title: "Cin7 Core does not answer.",
      text: `Not since ${utc(since)}. Orders wait with their stock held. Nothing is lost and nothing is sent twice: we try every 30 seconds, and they go by themselves as soon as it answers.`,
      remedies: [],
    }),
  },
  "bigcommerce-denied": {
    key: ({ scope }) => scope ?? "token",
    holds: true,
    area: "shop",
    label: "connection to BigCommerce",
    urgency: "every-order",
    alert: "now",
    words: ({ scope }, about) => ({
      title: scope ? `BigCommerce does not let us work: the permission ${scope} is missing.` : "BigCommerce no longer accepts our access.",
      text: `${waiting(about)}Nothing is lost: what was missed is read as soon as it works again. Open the app again from Apps in the BigCommerce control panel${scope ? " and grant the permission" : ""}.`,
      remedies: [{ label: "See the connection", to: setupPath("connection") }],
    }),
  },
  "cin7-denied": {
    key: perStore,
    holds: true,
    area: "shop",
    label: "connection to Cin7 Core",
    urgency: "every-order",
    alert: "now",
    words: ({ licence }, about) => ({
      title: licence ? "Cin7 Core says that its licence or subscription has ended." : "Cin7 Core no longer accepts our application key.",
      text: licence
        ? `${waiting(about)}Nothing is lost and stock is held; new orders are taken in and wait too. In Cin7 Core open My subscription and renew it, or add an External integration licence for this store: everything then goes by itself.`
        : `${waiting(about)}Nothing is lost and stock is held. In Cin7 Core open Integrations → API. If the application "Lockstep" is gone, add it again and give its key under Setup, Connection: what waits goes at once. If it is there, see under My subscription whether the subscription or the External integration licence has ended.`,
      remedies: [{ label: "Replace the key", to: setupPath("connection") }],
    }),
  },
  "cin7-refused": {
    key: ({ step, orderId }) => `${step}:${orderId}`,
    holds: true,
    area: ({ step }) => (STEPS_OF_MONEY.test(step) ? "finance" : STEPS_OF_GOODS.test(step) ? "warehouse" : "shop"),
    label: "refused by Cin7 Core",
    urgency: "orders",
    alert: "now",
    words: ({ orderId, step, text }) => ({
      title: `Cin7 Core refused ${named(orderId)} (${step}).`,
      text: `It says: "${text}" Nothing is lost${step === "sale" ? " and stock is held" : ""}. Mend what it names in Cin7 Core${FOLLOWS_SETUP.has(step) ? " or in Setup" : ""}, then ${processIt(orderId)}: it goes on where it stopped.`,
      remedies: one(orderId),
    }),
  },
  parked: {
    key: ({ work }) => work,
    holds: true,
    area: "shop",
    label: "an error of ours",
    urgency: "orders",
    alert: "now",
    words: ({ orderId }) => ({
      title: `${orderId === null ? "A task" : Named(orderId)} stopped after an error of ours.`,
      text: `We tried 8 times. Nothing is lost and nothing is sent twice. Our people are told.${orderId === null ? "" : " Process it to try once more."}`,
      remedies: orderId === null ? [] : redo(orderId),
    }),
  },
});

const STEPS_OF_MONEY = /invoice|payment|credit/i;
const STEPS_OF_GOODS = /pick|pack|ship|assembl/i;
/** Stages that are mapped again by today's Setup; an invoice repeats the order that is in Cin7 Core already. */
const FOLLOWS_SETUP: ReadonlySet<string> = new Set(["sale", "order", "customer", "product", "payment"]);

/** "21 Nov 2026, 14:05 UTC": a problem does not know the reader's zone. */
const utc = (at: string): string => {
  const day = new Date(at).toUTCString().slice(5, 16);
  return `${day.replace(/^0/, "")}, ${at.slice(11, 16)} UTC`;
};
