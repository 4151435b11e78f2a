import { expect, it } from "vitest";
import { invoiceTask, isServiceSale, saleIds } from "../../../../worker/orders/sending/service-sale.ts";

it("M7: what Cin7 answers tells the kind of the sale, whatever was asked for; where it tells nothing, as asked", () => {
  expect([isServiceSale("Service Sale", {}), isServiceSale("Simple Sale", { service: true })]).toEqual([true, false]);
  expect([isServiceSale("", { service: true }), isServiceSale("", {})]).toEqual([true, false]);
});

it("a claim of an older release knew no Service sale: its sale is a Simple one", () => {
  expect(saleIds.parse({ saleId: "s", saleNumber: "SO-1" })).toEqual({ saleId: "s", saleNumber: "SO-1", service: false });
});

it("the invoice of a Service sale has the sale's own ID, that of a Simple one is made under the zero ID", () => {
  expect(invoiceTask({ saleId: "s", saleNumber: "", service: true }, "s", "0")).toBe("s");
  expect([invoiceTask({ saleId: "s", saleNumber: "", service: false }, "s", "0"), invoiceTask(null, "s", "0")]).toEqual(["0", "0"]);
});
