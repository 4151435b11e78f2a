import { decimal, inCurrency, ZERO } from "../../lib/money.ts";
import type { Change } from "../changes/changes-of.ts";

/** A change of an order since its sale was made, as a sentence. An address is named, never said. Pure. */
export function changeWords(change: Change, currency: string): string {
  const money = (text: string) => `${inCurrency(decimal(text) ?? ZERO, currency)} ${currency}`;
  switch (change.is) {
    case "cancelled":
      return "The order was cancelled.";
    case "refunded":
      return change.refund === null ? "Money of it was given back." : `Money of it was given back (refund ${change.refund}).`;
    case "line-added":
      return `${change.quantity} × ${skuOf(change)} came on to it.`;
    case "line-removed":
      return `${change.quantity} × ${skuOf(change)} went off it.`;
    case "quantity":
      return `${skuOf(change)}: ${change.now} instead of ${change.was}.`;
    case "price":
      return `${skuOf(change)}: one costs ${money(change.now)} instead of ${money(change.was)}.`;
    case "address":
      if (change.address === null) return "The billing address is another one.";
      return change.was !== "there"
        ? "An address came on to it."
        : change.now !== "there"
          ? "An address went off it."
          : "An address that goods are shipped to is another one.";
    case "total":
      return `Its total is ${money(change.now)} instead of ${money(change.was)}.`;
  }
}

const skuOf = ({ sku }: { sku: string }): string => sku || "a line without SKU";
