import { type About, go, held, one, open, order, others, sentenceStart, stays, tell } from "./phrases.ts";
import type { Problem } from "./registry.ts";
import type { Words } from "./words.ts";

type OfBooks = Extract<
  Problem,
  {
    kind:
      | "currency-unsupported"
      | "currency-customer-missing"
      | "several-addresses"
      | "books-locked"
      | "not-fulfilled"
      | "assembly-short"
      | "cin7-total-differs"
      | "cancel-waits"
      | "setting-gone"
      | "test-sale-left"
      | "tax-class-new"
      | "tax-class-gone"
      | "price-basis"
      | "stocktake-open"
      | "written-twice"
      | "setting-renamed"
      | "sale-unfinished";
  }
>;

/** Words of currencies, addresses, locked books, stocktakes and settings (M13, M16, M24, M36, F21); pattern of ui.md 10.2. */
export function bookWords(problem: OfBooks, about: About): Words {
  switch (problem.kind) {
    case "currency-unsupported":
      return {
        area: "finance",
        title: `${held(about)}: no rate from ${problem.currency} to ${problem.base} is known.`,
        text: tell(about, `Give the rate for ${problem.currency} in Setup`),
        remedies: [{ label: "Give the rate", to: "/setup/currencies" }, ...open(about)],
      };
    case "currency-customer-missing":
      return {
        area: "finance",
        title: `${held(about)}: no default customer is chosen for ${problem.currency}.`,
        text: `A sale in Cin7 Core has the currency of its customer. ${tell(about, `Choose a default customer with ${problem.currency}`)}`,
        remedies: [{ label: "Choose a customer", to: "/setup/currencies" }, ...open(about)],
      };
    case "several-addresses":
      return {
        area: "warehouse",
        title: `Order ${problem.orderId} is held: it ships to ${problem.count} addresses.`,
        text: "A sale in Cin7 Core has one address, so part of the goods could go to the wrong place. Stock is held. Send it as one sale if your warehouse reads the comments of each line; or ask the shopper for one address, change the order in BigCommerce and process it.",
        remedies: [
          {
            label: "Send as one sale",
            action: "send-as-one",
            orderId: problem.orderId,
            warning: `One sale goes to Cin7 Core with the first address. Its comments begin with SHIPS TO ${problem.count} ADDRESSES, each line says its own address, and each address has its own shipping charge. It is not picked or shipped automatically.`,
          },
          ...one(problem.orderId),
        ],
      };
    case "books-locked":
      return {
        area: "finance",
        title: `Books are locked up to ${problem.lockedTo}: ${about.orderCount === 1 ? "a document" : "documents"} of ${about.orderCount === 1 ? `order ${about.orders[0] ?? ""}` : `${about.orderCount} orders`} cannot be dated.`,
        text: `${others(about)}The sale is in Cin7 Core, its invoice or payment is not. Open the period in Cin7 Core and process the orders, or post on ${problem.openDay}: the true date then stands in the memo.`,
        remedies: [
          {
            label: `Post on ${problem.openDay}`,
            action: "post-open",
            lockedTo: problem.lockedTo,
            warning: `Every invoice and payment dated up to ${problem.lockedTo} gets the date ${problem.openDay}, with the true date in the memo. This also counts for later ones of the same period.`,
          },
          ...open(about),
        ],
      };
    case "not-fulfilled":
      return {
        area: "warehouse",
        title: `${problem.saleNumber || "The sale"} of order ${problem.orderId} is ${problem.reached}, not ${problem.wanted}.`,
        text: problem.short
          ? "Not all of its stock is there, so Cin7 Core did not pick it by itself. It waits for stock; pick it in Cin7 Core when the goods have come."
          : "Cin7 Core did not go as far as Setup asks, for example because a product has batches or the sale became an advanced one. Go on with it in Cin7 Core by hand.",
        remedies: open({ orders: [problem.orderId], orderCount: 1 }),
      };
    case "assembly-short": {
      const { orderId, quantity, sku, location, parts } = problem;
      const lacks = parts.map((part) => `${part.sku}: ${part.needs} needed, ${part.there} there`).join("; ");
      const nested = parts.filter((part) => part.made).map((part) => part.sku);
      return {
        area: "warehouse",
        title: `Order ${orderId} is held: components are missing to assemble ${quantity} × ${sku}.`,
        text: `At ${location} Cin7 Core has not enough of ${lacks}. ${nested.length ? `${nested.join(" and ")} ${nested.length > 1 ? "are" : "is"} assembled from other products: do that first. ` : ""}${problem.saleNumber || "The sale"} is in Cin7 Core without its lines, and stock is held. The order's page shows where they are. Bring the components to ${location}, or assemble ${sku} there by hand: we look every 15 minutes, then it goes by itself.`,
        remedies: one(orderId),
      };
    }
    case "cin7-total-differs":
      return {
        area: "finance",
        title: `Order ${problem.orderId} is held: the ${problem.document} in Cin7 Core has another total.`,
        text: `We sent ${problem.ours} ${problem.currency}, Cin7 Core has ${problem.cin7}. Nothing further is sent for it. Look in Cin7 Core for automatic discounts or tax by total and switch them off, or for a change by hand. ${
          problem.document === "invoice" ? "Correct the invoice there, or void the sale" : "Void the sale there"
        }; then process the order: ${problem.document === "invoice" ? "the two are compared again, and a sale that is void is created again" : "the sale is created again"}.`,
        remedies: one(problem.orderId),
      };
    case "cancel-waits":
      return {
        area: "warehouse",
        title: `Do not ship ${problem.saleNumber || "its sale"}: order ${problem.orderId} was cancelled in BigCommerce.`,
        text: `Nothing further is sent for it, but ${problem.saleNumber || "its sale"} is still open in Cin7 Core: ${problem.why}. If nothing has left, void the sale there; if goods have left, credit it when they come back. Then process the order: once the sale is void it leaves this list.${stays(problem.assembled)}`,
        remedies: one(problem.orderId),
      };
    case "setting-renamed":
      return {
        area: "shop",
        title: `${problem.side ?? "Cin7 Core"} now calls "${problem.before}" "${problem.after}".`,
        text: "Setup follows the new name, and orders go on. If it is another thing and not only another name, choose the right one in Setup.",
        remedies: [{ label: "Open Setup", to: pageOf(problem.field) }],
      };
    case "tax-class-new":
      return {
        area: "finance",
        title: `BigCommerce has a tax class that Setup does not know: "${problem.className}".`,
        text: "No order has needed it yet. Load the tax classes and choose the Cin7 tax rules for it, so that none is held.",
        remedies: [{ label: "Choose tax rules", to: "/setup/tax" }],
      };
    case "tax-class-gone":
      return {
        area: "finance",
        title: `BigCommerce no longer has the tax class "${problem.className}".`,
        text: "Setup keeps its tax rules for orders that were placed with it. Look in BigCommerce which class its products have now, and that Setup has rules for that one. Then remove the old class in Setup.",
        remedies: [{ label: "Open Setup, Tax", to: "/setup/tax" }],
      };
    case "price-basis":
      return {
        area: "finance",
        title: `The shop's prices ${problem.withTax ? "now include tax" : "no longer include tax"}.`,
        text: `Setup was saved when they ${problem.withTax ? "did not" : "did"}. Each sale follows its own order, so its total stays right. If this was a mistake, change it back in BigCommerce. If not, look through the tax rules, and confirm it in Setup, Tax.`,
        remedies: [{ label: "Open Setup, Tax", to: "/setup/tax" }],
      };
    case "test-sale-left":
      return {
        area: "warehouse",
        title: `The test sale ${problem.saleNumber} is still open in Cin7 Core.`,
        text: `Cin7 Core did not void it: "${problem.text}" It is a draft of one charge item, so nothing is allocated and nothing is to be shipped. Void it in Cin7 Core.`,
        remedies: [],
      };
    case "stocktake-open":
      return {
        area: "warehouse",
        title: `${sentenceStart(order(about))} waits: a stocktake is open at ${problem.location}.`,
        text: `${others(about)}Until it is over, Cin7 Core authorises no order and no invoice of this location. Stock is held, nothing is lost. Complete or void the stocktake in Cin7 Core: we look every 5 minutes, then ${go(about)}.`,
        remedies: open(about),
      };
    case "written-twice":
      return {
        area: "finance",
        title: `${problem.saleNumber || "The sale"} of order ${problem.orderId} has more ${problem.invoices.length ? (problem.payments.length ? "invoices and payments" : "invoices") : "payments"} than the order.`,
        text: `The order is ${problem.total} ${problem.currency}. Cin7 Core took something that it had not answered in time, or it was also entered by hand, so receivables, tax or bank are too high. ${toDelete(problem)} This goes away by itself when Cin7 Core shows each once.`,
        remedies: open({ orders: [problem.orderId], orderCount: 1 }),
      };
    case "sale-unfinished":
      return {
        area: "finance",
        title: `${problem.saleNumber || "The sale"} of order ${problem.orderId} is not finished: its invoice or payment may be missing in Cin7 Core.`,
        text: `${UNFINISHED[problem.why](problem.what)} Nothing more is written by itself, so that nothing is booked twice. Compare the sale with the order and enter in Cin7 Core what is missing.`,
        remedies: problem.why === "gone" ? open({ orders: [problem.orderId], orderCount: 1 }) : one(problem.orderId),
      };
    case "setting-gone":
      return {
        area: "shop",
        title: "Setup names something that Cin7 Core no longer has.",
        text: `${problem.text} ${problem.field.startsWith("location.stock.") ? "Orders go on; its stock no longer counts." : "Orders that need it are held from now on."}`,
        remedies: [{ label: "Open Setup", to: pageOf(problem.field) }],
      };
  }
}

const UNFINISHED: Record<Extract<Problem, { kind: "sale-unfinished" }>["why"], (what: string) => string> = {
  gone: () => "What we kept of it is erased, and BigCommerce no longer shows the order.",
  cancelled: () => "What we kept of it is erased, and the order was cancelled in BigCommerce meanwhile.",
  unmapped: () => "What we kept of it is erased, and the order can no longer be worked out as it was sent.",
  differs: (what) => `What we kept of it is erased, and read again the order is not what was sent: ${what}.`,
};

const PAGES = new Set(["customers", "tax", "payments", "charges", "sale"]);
const pageOf = (field: string): string => {
  const top = field.split(".")[0] ?? "";
  return `/setup/${PAGES.has(top) ? top : "orders"}`;
};

function toDelete({ invoices, payments }: Extract<Problem, { kind: "written-twice" }>): string {
  const words = payments.map(({ reference, amount }) => `${amount} "${reference || "without a reference"}"`).join(", ");
  const parts = [
    ...(invoices.length > 0 ? [`void invoice ${invoices.join(" and ")}`] : []),
    ...(payments.length > 0 ? [`delete one payment of ${words}`] : []),
  ];
  return `In Cin7 Core ${parts.join(", and ")}.`;
}
