import { defineProblems, type ProblemKinds, perOrder } from "../problems/define-problem.ts";
import { Named, named, openOne, processIt, redo, stillOpen } from "../problems/phrases.ts";

declare module "../problems/define-problem.ts" {
  interface ProblemKinds {
    "twin-sale": { orderId: number; saleNumbers: string[] };
    "voided-after-sale": { orderId: number; saleNumber: string };
    /** More invoices or payments than the order has; what is to be deleted in Cin7 Core (design 3.2). */
    "written-twice": {
      orderId: number;
      saleNumber: string;
      total: string;
      currency: string;
      invoices: string[];
      payments: { reference: string; amount: string }[];
    };
  }
}

/** What was found in Cin7 Core that we did not leave there. */
export const reconcileProblems = defineProblems({
  "twin-sale": {
    key: perOrder,
    holds: false,
    area: "warehouse",
    label: "two sales in Cin7 Core",
    urgency: "goods",
    // Goods may leave twice.
    alert: "now",
    words: ({ orderId, saleNumbers }) => ({
      title: `${Named(orderId)} has ${saleNumbers.length} sales in Cin7 Core.`,
      text: `They are ${saleNumbers.join(" and ")}. The goods must go only once. Void the one that is not shipped in Cin7 Core.`,
      remedies: openOne(orderId),
    }),
  },
  "voided-after-sale": {
    key: perOrder,
    holds: false,
    area: "shop",
    label: "sale was voided in Cin7 Core",
    urgency: "orders",
    // Goods may never leave.
    alert: "now",
    words: ({ orderId, saleNumber }) => ({
      title: `Sale ${saleNumber || "in Cin7 Core"} of ${named(orderId)} was voided in Cin7 Core.`,
      text: `${stillOpen(orderId)}, and the warehouse no longer sees it. If it shall not go, cancel or refund it in BigCommerce. If it was voided by mistake, ${processIt(orderId)}: the sale is created again.`,
      remedies: redo(orderId),
    }),
  },
  "written-twice": {
    key: perOrder,
    holds: false,
    area: "finance",
    label: "twice in Cin7 Core",
    urgency: "books",
    // Before somebody pays or reports it.
    alert: "now",
    words: (problem) => {
      const { orderId, saleNumber, total, currency, invoices, payments } = problem;
      return {
        title: `${saleNumber || "The sale"} of ${named(orderId)} has more ${invoices.length ? (payments.length ? "invoices and payments" : "invoices") : "payments"} than the order.`,
        text: `The order is ${total} ${currency}. Cin7 Core took something that it had not answered in time, or it was also entered by hand, so receivables, tax or bank are too high. ${toDelete(problem)} This goes away by itself when Cin7 Core shows each once.`,
        remedies: openOne(orderId),
      };
    },
  },
});

function toDelete({ invoices, payments }: Pick<ProblemKinds["written-twice"], "invoices" | "payments">): string {
  const words = payments.map(({ reference, amount }) => `${amount} "${reference || "without a reference"}"`).join(", ");
  const parts = [
    ...(invoices.length > 0 ? [`void invoice ${invoices.join(" and ")}`] : []),
    ...(payments.length > 0 ? [`delete one payment of ${words}`] : []),
  ];
  return `In Cin7 Core ${parts.join(", and ")}.`;
}
