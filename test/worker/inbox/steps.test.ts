import { expect, it } from "vitest";
import { stepWords } from "../../../worker/inbox/steps.ts";

it.each<["BigCommerce" | "Cin7 Core", string, string, string]>([
  ["BigCommerce", "GET", "/v2/orders/1042", "Read the order"],
  ["BigCommerce", "GET", "/v2/orders/1042/products?limit=50", "Read the order's lines"],
  ["Cin7 Core", "GET", "/sale/order?SaleID=x", "Look at the order"],
  ["Cin7 Core", "POST", "/sale/order", "Authorise the order"],
  ["Cin7 Core", "DELETE", "/finishedGoods?TaskID=x", "Take back what was half assembled"],
])("%s %s %s is *%s* on the order's page, whatever is asked for", (side, method, path, words) => {
  expect(stepWords(side, method, path)).toBe(words);
});

it("a call that nobody named still says whether it read or wrote, and where", () => {
  expect(stepWords("Cin7 Core", "PUT", "/saleOrders")).toBe("Write Cin7 Core");
  expect(stepWords("BigCommerce", "GET", "/v2/ordersX")).toBe("Read BigCommerce");
});
