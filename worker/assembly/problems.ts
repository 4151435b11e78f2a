import { defineProblems } from "../problems/define-problem.ts";
import { isHeld, named, one } from "../problems/phrases.ts";

declare module "../problems/define-problem.ts" {
  interface ProblemKinds {
    /** Before the order `quantity` of the kit are to be assembled and components are short (F23); `parts`: which, how many. */
    "assembly-short": {
      orderId: number;
      saleNumber: string;
      sku: string;
      quantity: string;
      location: string;
      parts: { sku: string; needs: string; there: string; made: boolean }[];
    };
  }
}

export const assemblyProblems = defineProblems({
  "assembly-short": {
    key: ({ orderId, sku }) => `${orderId}:${sku}`,
    holds: true,
    area: "warehouse",
    label: ({ sku }) => `components of ${sku}`,
    urgency: "orders",
    alert: "now",
    words: ({ orderId, saleNumber, sku, quantity, location, parts }) => {
      const lacks = parts.map((part) => `${part.sku}: ${part.needs} needed, ${part.there} there`).join("; ");
      const nested = parts.filter((part) => part.made).map((part) => part.sku);
      return {
        title: isHeld(named(orderId), `components are missing to assemble ${quantity} × ${sku}.`),
        text: `At ${location} Cin7 Core has not enough of ${lacks}. ${nested.length ? `${nested.join(" and ")} ${nested.length > 1 ? "are" : "is"} assembled from other products: do that first. ` : ""}${saleNumber || "The sale"} is in Cin7 Core without its lines, and stock is held. The order's page shows where they are. Bring the components to ${location}, or assemble ${sku} there by hand: we look every 15 minutes, then it goes by itself.`,
        remedies: one(orderId),
      };
    },
  },
});
