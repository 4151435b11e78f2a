import { pageOf, setupAt, setupPath } from "../contract/setup-pages.ts";
import { defineProblems, perStore } from "../problems/define-problem.ts";
import { isHeld, methodIn, open, order, sentenceStart, tell } from "../problems/phrases.ts";

declare module "../problems/define-problem.ts" {
  interface ProblemKinds {
    "setup-incomplete": { missing: string[] };
    /** `currency`: the method has an account, but none for money in this one. */
    "payment-unmapped": { method: string; currency?: string };
    /** Setup names something that Cin7 Core no longer has; `field` is its path in the settings. */
    "setting-gone": { field: string; text: string };
    /** Cin7 Core, or the side that is named, calls something that Setup names otherwise now; Setup follows by ID. */
    "setting-renamed": { field: string; before: string; after: string; side?: "BigCommerce" };
    "tax-class-new": { classId: number; className: string };
    "tax-class-gone": { classId: number; className: string };
    /** The shop's prices are entered with tax (or without) now, and Setup was saved when they were not (F152). */
    "price-basis": { withTax: boolean };
  }
}

/** What Setup does not say, or no longer truly. */
export const settingsProblems = defineProblems({
  "setup-incomplete": {
    key: perStore,
    holds: true,
    area: "shop",
    label: "setup is not complete",
    urgency: "every-order",
    alert: "now",
    words: ({ missing }, about) => ({
      title: isHeld(order(about), `Setup is not complete.`),
      text: tell(about, `Finish the steps on Home${missing.length ? ` (${missing.join(", ")})` : ""}`),
      remedies: [{ label: "Open the steps", to: "/" }],
    }),
  },
  "payment-unmapped": {
    key: (unmapped) => methodIn(unmapped).toLowerCase(),
    holds: false,
    area: "finance",
    label: "payment method",
    urgency: "books",
    alert: "daily",
    words: (unmapped, about) => ({
      title: `No account is chosen for the payment method "${methodIn(unmapped)}".`,
      text: `${about.orderCount > 1 ? `${about.orderCount} orders are` : `${sentenceStart(order(about))} is`} in Cin7 Core, the money is not: the invoice stays unpaid there. Choose the account for later orders, and enter this payment in Cin7 Core by hand.`,
      remedies: [{ label: "Choose the account", to: setupAt("payments.methods") }, ...open(about)],
    }),
  },
  "setting-gone": {
    key: ({ field }) => field,
    holds: false,
    area: "shop",
    label: "setup names something that is gone",
    urgency: "orders",
    // The next order will be held.
    alert: "now",
    words: ({ field, text }) => ({
      title: "Setup names something that Cin7 Core no longer has.",
      text: `${text} ${field.startsWith("location.stock.") ? "Orders go on; its stock no longer counts." : "Orders that need it are held from now on."}`,
      remedies: [{ label: "Open Setup", to: setupPath(pageOf(field)) }],
    }),
  },
  "setting-renamed": {
    key: ({ field }) => field,
    holds: false,
    area: "shop",
    label: ({ side }) => `renamed in ${side ?? "Cin7 Core"}`,
    urgency: "notice",
    alert: "daily",
    words: ({ field, before, after, side }) => ({
      title: `${side ?? "Cin7 Core"} now calls "${before}" "${after}".`,
      text: "Setup follows the new name, and orders go on. If it is another thing and not only another name, choose the right one in Setup.",
      remedies: [{ label: "Open Setup", to: setupPath(pageOf(field)) }],
    }),
  },
  "tax-class-new": {
    key: ({ classId }) => classId,
    holds: false,
    area: "finance",
    label: "new tax class",
    urgency: "orders",
    alert: "now",
    words: ({ className }) => ({
      title: `BigCommerce has a tax class that Setup does not know: "${className}".`,
      text: "No order has needed it yet. Load the tax classes and choose the Cin7 tax rules for it, so that none is held.",
      remedies: [{ label: "Choose tax rules", to: setupAt("tax.classes") }],
    }),
  },
  "tax-class-gone": {
    key: ({ classId }) => classId,
    holds: false,
    area: "finance",
    label: "tax class is gone",
    urgency: "notice",
    alert: "daily",
    words: ({ className }) => ({
      title: `BigCommerce no longer has the tax class "${className}".`,
      text: "Setup keeps its tax rules for orders that were placed with it. Look in BigCommerce which class its products have now, and that Setup has rules for that one. Then remove the old class in Setup.",
      remedies: [{ label: "Open Setup, Tax", to: setupAt("tax.classes") }],
    }),
  },
  "price-basis": {
    key: perStore,
    holds: false,
    area: "finance",
    label: "prices with or without tax",
    urgency: "books",
    alert: "now",
    words: ({ withTax }) => ({
      title: `The shop's prices ${withTax ? "now include tax" : "no longer include tax"}.`,
      text: `Setup was saved when they ${withTax ? "did not" : "did"}. Each sale follows its own order, so its total stays right. If this was a mistake, change it back in BigCommerce. If not, look through the tax rules, and confirm it in Setup, Tax.`,
      remedies: [{ label: "Open Setup, Tax", to: setupAt("tax.pricesIncludeTax") }],
    }),
  },
});
