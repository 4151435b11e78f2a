import { dayOfNumber } from "../orders/day-number.ts";
import type { Problem } from "./registry.ts";
import type { Words } from "./words.ts";

const NUMBER = /\b([Oo])rder (-\d{15,16})(?!\d)/g;
const OF_ORDER: [string, string][] = [
  ["The order is still open in BigCommerce", "Its orders are still open in BigCommerce"],
  ["cancel the order in BigCommerce", "cancel its orders in BigCommerce"],
  ["process the order", "process it"],
];

/** A daily sale goes as an order with a number of its own (F15); people read its day: "The daily sale of 2026-11-22 is held". */
export function ofDays(words: Words): Words {
  const said = (text: string): string =>
    text.replace(
      NUMBER,
      (_, first: string, number: string) => `${first === "O" ? "The" : "the"} daily sale of ${dayOfNumber(Number(number))}`,
    );
  const title = said(words.title);
  if (title === words.title && said(words.text) === words.text) return words;
  const text = OF_ORDER.reduce((all, [of, its]) => all.replaceAll(of, its), said(words.text));
  const remedies = words.remedies.map((remedy) => ({ ...remedy, label: said(remedy.label) }));
  return { ...words, title, text, remedies };
}

/** An order of a daily sale changed after it: the sale holds others too, so it is never voided for one. */
export function changedInDay({
  orderId,
  saleNumber,
  what,
}: Extract<Problem, { kind: "changed-after-sale" }>): Pick<Words, "title" | "text"> {
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
