import * as z from "zod";
import { revenueProblem } from "./accounts.ts";
import { definePart } from "./define-part.ts";
import { shape, text } from "./forms.ts";
import { says } from "./tell.ts";

const schema = shape({
  status: z.enum(["draft", "authorised", "none"], { error: "Choose draft, authorised or no invoice." }),
  revenueAccount: text("Choose an account, or leave it empty.", 50).nullable(),
  when: z.enum(["with-order", "when-shipped"], { error: "Choose when the invoice is made: with the order, or when it is shipped." }),
  /** M12: the day on which the capture rule was met, the order was placed, or the goods left. */
  date: z.enum(["met", "placed", "shipped"], { error: "Choose the day of the invoice: condition met, placed or shipped." }),
  /** M13. */
  lockedBooks: z.enum(["ask", "first-open-day"], { error: "Choose what happens while books are locked: ask, or the first open day." }),
});

const STATUS = { draft: "draft", authorised: "authorised", none: "no invoice" };
const WHEN = { "with-order": "with the order", "when-shipped": "when it is shipped" };
const DAY = { met: "when the order was taken", placed: "when it was placed", shipped: "when it was shipped" };
const LOCKED = { ask: "ask", "first-open-day": "the first open day" };

export const invoice = definePart({
  schema,
  begins: { status: "draft", revenueAccount: null, when: "with-order", date: "met", lockedBooks: "ask" },
  changes: {
    when: says("When to invoice", (part) => WHEN[part.when]),
    date: says("Day of the invoice", (part) => DAY[part.date]),
    lockedBooks: says("While books are locked", (part) => LOCKED[part.lockedBooks]),
    status: says("Invoice", (part) => STATUS[part.status]),
    revenueAccount: says("Revenue account", (part) => part.revenueAccount),
  },
  from: { accounts: (part) => part.revenueAccount },
  wrong: ({ revenueAccount, date, when }, { accounts }) => [
    ["revenueAccount", revenueAccount === null || !accounts ? null : revenueProblem(revenueAccount, accounts)],
    [
      "date",
      date === "shipped" && when !== "when-shipped"
        ? "An invoice can carry the day of the shipment only when it is made then. Choose another day, or invoice when shipped."
        : null,
    ],
  ],
});
