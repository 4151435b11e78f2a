import { expect, it } from "vitest";
import { numberIn } from "../../../worker/orders/order-number.ts";

it("an order's number is read with whatever other tools write around it", () => {
  for (const reference of ["1042", "#1042", "WEB-1042", "BC 001042", "Order no. 1042 (web)", " 1042 "])
    expect(numberIn(reference), reference).toBe(1042);
});

it("two numbers, none, or one that is none of BigCommerce's tell no order: nothing is taken for its sale by chance", () => {
  for (const reference of ["1042/7", "2026-11-21 1042", "web", "", "0", "1234567890123"]) expect(numberIn(reference), reference).toBeNull();
});

it("M44: our own prefix may hold digits itself, and counts at the beginning only", () => {
  expect(numberIn("4U-1042", "4U-")).toBe(1042);
  expect(numberIn("4U-1042")).toBeNull();
  expect(numberIn("x4U-1042", "4U-")).toBeNull();
});
