import type { ChargeKey, ProblemArea, Remedy } from "../contract/index.ts";
import { type About, go, held, one, open, order, others, process, sentenceStart, stays, tell } from "./phrases.ts";
import type { Problem } from "./registry.ts";
import { connectionWords } from "./words-connections.ts";
import { changedInDay, ofDays } from "./words-daily.ts";
import { bookWords } from "./words-invoices.ts";

/** What is said of a problem: the title says what happened to which order or SKU, the text what it means and what to do. */
export type Words = { title: string; text: string; remedies: Remedy[]; area: ProblemArea };

const CHARGES: Record<ChargeKey, string> = {
  shipping: "shipping",
  handling: "handling",
  wrapping: "gift wrapping",
  fee: "order fees",
  discount: "discounts",
  coupon: "coupons",
  "gift-certificate": "gift certificates",
  rounding: "rounding",
  unlisted: "products that Cin7 Core does not know",
};

/** Which part of the business a problem belongs to; stored with it, so that lists can filter. */
export const areaOf = (problem: Problem): ProblemArea => wordsOf(problem, { orders: [], orderCount: 0 }).area;

/** Pattern of ui.md 10.2: what happened · to which · what it means · what to do. */
export const wordsOf = (problem: Problem, about: About): Words => ofDays(wordsFor(problem, about));

/** One case for each kind. */
function wordsFor(problem: Problem, about: About): Words {
  switch (problem.kind) {
    case "setup-incomplete":
      return {
        area: "shop",
        title: `${held(about)}: Setup is not complete.`,
        text: tell(about, `Finish the steps on Home${problem.missing.length ? ` (${problem.missing.join(", ")})` : ""}`),
        remedies: [{ label: "Open the steps", to: "/" }],
      };
    case "tax-unmapped": {
      const when = problem.side === "with" ? "" : " when no tax was charged";
      return {
        area: "finance",
        title: `${held(about)}: no Cin7 tax rule for "${problem.className}"${when}.`,
        text: tell(about, "Choose a tax rule"),
        remedies: [{ label: "Choose a tax rule", to: "/setup/tax" }],
      };
    }
    case "charge-missing":
      return {
        area: "finance",
        title: `${held(about)}: no charge item in Cin7 for ${CHARGES[problem.charge]}.`,
        text: tell(about, "Find or create the charge item"),
        remedies: [{ label: "Set up charges", to: "/setup/charges" }],
      };
    case "sku-unknown": {
      const which = problem.sku ? `SKU "${problem.sku}"` : `the product "${problem.name}", which has no SKU`;
      if (problem.held) {
        return {
          area: "shop",
          title: `${held(about)}: Cin7 Core has no product with ${problem.sku ? which : `the name "${problem.name}", and it has no SKU`}.`,
          text: `${others(about)}Stock is held. Give the product the same SKU on both sides and process the order, or choose in Setup that such lines go without stock: then ${go(about)}.`,
          remedies: [...process(about), { label: "Choose what happens with unknown SKUs", to: "/setup/orders" }],
        };
      }
      return {
        area: "shop",
        title: `Cin7 Core does not know ${which}: ${about.orderCount > 1 ? `${about.orderCount} orders carry` : `${order(about)} carries`} it as a line without stock.`,
        text: `The amount is right, but the warehouse will not see "${problem.name}" as stock and nothing is allocated for it. Give the product the same SKU on both sides, so that the next order finds it; ship this one by hand.`,
        remedies: open(about),
      };
    }
    case "total-differs":
      return {
        area: "finance",
        title: `Order ${problem.orderId} is held: the total differs by ${problem.what}.`,
        text: `BigCommerce says ${problem.theirs} ${problem.currency}, its lines and charges make ${problem.ours}. It is not sent, so that the books never differ from the shop. Stock is held. Look at the order in BigCommerce; if the difference is rounding, raise the limit in Setup, then process it.`,
        remedies: [...one(problem.orderId), { label: "Change the rounding limit", to: "/setup/charges" }],
      };
    case "currency-unsupported":
    case "currency-customer-missing":
    case "several-addresses":
    case "books-locked":
    case "not-fulfilled":
    case "assembly-short":
    case "cin7-total-differs":
    case "cancel-waits":
    case "setting-gone":
    case "test-sale-left":
    case "setting-renamed":
    case "tax-class-new":
    case "tax-class-gone":
    case "price-basis":
    case "stocktake-open":
    case "written-twice":
    case "sale-unfinished":
      return bookWords(problem, about);
    case "order-malformed":
      return {
        area: "shop",
        title: `Order ${problem.orderId} is held: BigCommerce's answer about it could not be understood.`,
        text: `These parts are missing or odd: ${problem.fields.slice(0, 5).join(", ")}. Nothing was sent. Process it to read it again; if it stays, send us the order number.`,
        remedies: one(problem.orderId),
      };
    case "status-hold":
      return {
        area: "shop",
        title: `Order ${problem.orderId} is held: its status in BigCommerce is ${problem.status}.`,
        text: "Orders in this status are not sent to Cin7 Core until somebody has looked at them. Stock is held. Give the order its next status in BigCommerce: it goes by itself.",
        remedies: open({ orders: [problem.orderId], orderCount: 1 }),
      };
    case "test-payment":
      return {
        area: "shop",
        title: `Order ${problem.orderId} is held: it was paid with a test payment.`,
        text: "No money came in, so it is not sent by itself. Process it if it shall become a sale in Cin7 Core all the same.",
        remedies: one(problem.orderId),
      };
    case "payment-unmapped":
      return {
        area: "finance",
        title: `No account is chosen for the payment method "${problem.method}".`,
        text: `${about.orderCount > 1 ? `${about.orderCount} orders are` : `${sentenceStart(order(about))} is`} in Cin7 Core, the money is not: the invoice stays unpaid there. Choose the account for later orders, and enter this payment in Cin7 Core by hand.`,
        remedies: [{ label: "Choose the account", to: "/setup/payments" }, ...open(about)],
      };
    case "payment-differs":
      return {
        area: "finance",
        title: `The payments of order ${problem.orderId} do not make its total.`,
        text: `Paid ${problem.paid} ${problem.currency}, total ${problem.total} ${problem.currency}. The sale is in Cin7 Core with the payments that were made. Compare with the payment provider and put the rest right in Cin7 Core.`,
        remedies: open({ orders: [problem.orderId], orderCount: 1 }),
      };
    case "cin7-refused":
      return {
        area: areaOfStep(problem.step),
        title: `Cin7 Core refused order ${problem.orderId} (${problem.step}).`,
        text: `It says: "${problem.text}" Nothing is lost${problem.step === "sale" ? " and stock is held" : ""}. Mend what it names in Cin7 Core${FOLLOWS_SETUP.has(problem.step) ? " or in Setup" : ""}, then process the order: it goes on where it stopped.`,
        remedies: one(problem.orderId),
      };
    case "sale-voided":
      return {
        area: "shop",
        title: `Sale ${problem.saleNumber || "in Cin7 Core"} of order ${problem.orderId} was voided in Cin7 Core.`,
        text: "The order is still open in BigCommerce. It is never replaced by itself. If the goods shall go, process the order: the sale is created again; if not, cancel the order in BigCommerce.",
        remedies: one(problem.orderId),
      };
    case "sale-exists": {
      const sale = problem.saleNumber || "the sale";
      const again: Remedy = { label: `Send order ${problem.orderId} again`, action: "process", orderId: problem.orderId };
      const anew: Remedy = {
        label: `Void ${sale} and create it again`,
        action: "void-and-create",
        orderId: problem.orderId,
        warning: `${sentenceStart(sale)} is voided in Cin7 Core with its invoice and payments; goods that are picked go back to stock. Then a new sale is created from the order as it is now.`,
      };
      return {
        area: "shop",
        title: `Order ${problem.orderId} is in Cin7 Core already, as ${sale}.`,
        text: `Its entry in the log was deleted, the sale was not. Nothing was created, so that there is no second sale. Send the order again: what is there stays, and what is missing is added.${problem.shipped ? " Goods have left already, so the sale is not voided from here: enter a return in Cin7 Core." : " Or void the sale, and it is created again from the order as it is now."}`,
        remedies: [again, ...(problem.shipped ? [] : [anew]), ...open({ orders: [problem.orderId], orderCount: 1 })],
      };
    }
    case "maybe-imported-elsewhere":
      return {
        area: "shop",
        title: `Order ${problem.orderId} is held: Cin7 Core has a sale with its number that is not ours.`,
        text: `Sale ${problem.saleNumber} carries the same reference, so another connection may have sent it. Nothing was created, so that there is no second sale. If ${problem.saleNumber} is this order, there is nothing to do; if not, change its reference in Cin7 Core, then process the order.`,
        remedies: one(problem.orderId),
      };
    case "twin-sale":
      return {
        area: "warehouse",
        title: `Order ${problem.orderId} has ${problem.saleNumbers.length} sales in Cin7 Core.`,
        text: `They are ${problem.saleNumbers.join(" and ")}. The goods must go only once. Void the one that is not shipped in Cin7 Core.`,
        remedies: open({ orders: [problem.orderId], orderCount: 1 }),
      };
    case "customer-gone":
      return {
        area: "shop",
        title: `${held(about)}: Cin7 Core no longer has the customer "${problem.customer}".`,
        text: tell(about, "Choose another default customer, or make this one active again in Cin7 Core"),
        remedies: [{ label: "Choose a customer", to: "/setup/customers" }, ...process(about)],
      };
    case "changed-after-sale":
      return {
        area: problem.what === "total" ? "finance" : "warehouse",
        ...changed(problem),
        remedies: open({ orders: [problem.orderId], orderCount: 1 }),
      };
    case "unpaid-released": {
      const when = problem.days === 0 ? "in time" : `within ${problem.days === 1 ? "1 day" : `${problem.days} days`}`;
      return {
        area: "shop",
        title: `Order ${problem.orderId} was not paid ${when}: its stock is for sale again.`,
        text: "No sale was made for it, and none is lost: if it is paid later, it goes to Cin7 Core as ever, as long as the goods are there. If the shopper will not pay, cancel it in BigCommerce. How long unpaid orders hold their stock is set in Setup.",
        remedies: [...open({ orders: [problem.orderId], orderCount: 1 }), { label: "Change the days", to: "/setup/payments" }],
      };
    }
    case "voided-after-sale":
      return {
        area: "shop",
        title: `Sale ${problem.saleNumber || "in Cin7 Core"} of order ${problem.orderId} was voided in Cin7 Core.`,
        text: "The order is still open in BigCommerce, and the warehouse no longer sees it. If it shall not go, cancel or refund it in BigCommerce. If it was voided by mistake, process the order: the sale is created again.",
        remedies: one(problem.orderId),
      };
    case "other-connection":
    case "bigcommerce-down":
    case "cin7-down":
    case "hooks-refused":
    case "bigcommerce-denied":
    case "cin7-denied":
      return connectionWords(problem, about);
    case "parked": {
      const what = problem.orderId === null ? "A task" : `Order ${problem.orderId}`;
      return {
        area: "shop",
        title: `${what} stopped after an error of ours.`,
        text: `We tried 8 times. Nothing is lost and nothing is sent twice. Our people are told.${problem.orderId === null ? "" : " Process it to try once more."}`,
        remedies: problem.orderId === null ? [] : one(problem.orderId),
      };
    }
  }
}

function changed(problem: Extract<Problem, { kind: "changed-after-sale" }>): Pick<Words, "title" | "text"> {
  if (problem.daily) return changedInDay(problem);
  const sale = problem.saleNumber || "its sale";
  switch (problem.what) {
    case "cancelled":
      return {
        title: `Do not ship ${sale}: order ${problem.orderId} was cancelled in BigCommerce.`,
        text: `The sale is still open in Cin7 Core. If nothing has left, void it there; if goods have left, credit it when they come back.${stays(problem.assembled)}`,
      };
    case "refunded":
      return {
        title: `Order ${problem.orderId} was refunded in BigCommerce after ${sale} was made.`,
        text: "The sale in Cin7 Core is as it was. Hold back what has not left, and enter the credit note in Cin7 Core.",
      };
    case "total":
      return {
        title: `Order ${problem.orderId} was changed in BigCommerce after ${sale} was made.`,
        text: "Its total is another one now; the sale in Cin7 Core is as it was. Compare the two and correct the sale in Cin7 Core.",
      };
  }
}

/** Stages that are mapped anew by today's Setup; an invoice repeats the order that is in Cin7 Core already. */
const FOLLOWS_SETUP: ReadonlySet<string> = new Set(["sale", "order", "customer", "product", "payment"]);

const areaOfStep = (step: string): ProblemArea =>
  /invoice|payment|credit/i.test(step) ? "finance" : /pick|pack|ship|assembl/i.test(step) ? "warehouse" : "shop";
