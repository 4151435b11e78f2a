import { expect, it } from "vitest";
import type { SaleInvoice } from "../../../../../worker/cin7/schemas/sale.ts";
import { figuresOf } from "../../../../../worker/orders/mapping/amounts/invoice-totals.ts";

const invoice = (more: object) => ({ Lines: [], AdditionalCharges: [], ...more }) as unknown as SaleInvoice;
const ROWS = { Lines: [{ Total: 10, Tax: 1 }], AdditionalCharges: [{ Total: "5.5", Tax: "0.5" }] };

it("what the document says counts, whatever its rows add up to", () => {
  expect(figuresOf(invoice({ ...ROWS, Total: 17, Tax: 2 }), false)).toEqual({ total: "17", tax: "2" });
  expect(figuresOf(invoice({ ...ROWS, Total: 0, Tax: 0 }), false)).toEqual({ total: "0", tax: "0" });
});

it("where it says nothing its rows do: a row's total holds its tax in an inclusive sale only", () => {
  expect(figuresOf(invoice(ROWS), false)).toEqual({ total: "17", tax: "1.5" });
  expect(figuresOf(invoice(ROWS), true)).toEqual({ total: "15.5", tax: "1.5" });
});

it("a row without tax is taxed with nothing", () => {
  expect(figuresOf(invoice({ Lines: [{ Total: "4.25" }] }), false)).toEqual({ total: "4.25", tax: "0" });
});

it("one figure that cannot be read, or no row at all, makes no figure: nothing is guessed", () => {
  expect(figuresOf(invoice({}), false)).toEqual({ total: null, tax: null });
  expect(figuresOf(invoice({ Lines: [{ Total: "ten", Tax: 1 }] }), false).total).toBeNull();
});
