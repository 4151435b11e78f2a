import { expect, it } from "vitest";
import type { Change } from "../../../../worker/orders/changes/changes-of.ts";
import { changeWords } from "../../../../worker/orders/pages/change-words.ts";

/** What changed of an order since its sale was made, for whoever reads its page: no name and no address is in the words. */
const line = { line: 11, sku: "MUG-BLU" };
const [there, gone] = ["there", "not there"] as const;
it.each<[Change, string]>([
  [{ is: "cancelled" }, "The order was cancelled."],
  [{ is: "refunded", refund: null }, "Money of it was given back."],
  [{ is: "refunded", refund: 7 }, "Money of it was given back (refund 7)."],
  [{ is: "line-added", ...line, quantity: 2 }, "2 × MUG-BLU came on to it."],
  [{ is: "line-removed", ...line, sku: "", quantity: 1 }, "1 × a line without SKU went off it."],
  [{ is: "quantity", ...line, was: 2, now: 3 }, "MUG-BLU: 3 instead of 2."],
  [{ is: "price", ...line, was: "12.5", now: "10" }, "MUG-BLU: one costs 10.00 AUD instead of 12.50 AUD."],
  [{ is: "address", address: null, was: there, now: there }, "The billing address is another one."],
  [{ is: "address", address: 501, was: there, now: there }, "An address that goods are shipped to is another one."],
  [{ is: "address", address: 501, was: gone, now: there }, "An address came on to it."],
  [{ is: "address", address: 501, was: there, now: gone }, "An address went off it."],
  [{ is: "total", was: "37.4", now: "40" }, "Its total is 40.00 AUD instead of 37.40 AUD."],
])("%j", (change, words) => expect(changeWords(change, "AUD")).toBe(words));
