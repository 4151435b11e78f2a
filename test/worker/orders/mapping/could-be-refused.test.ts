import { describe, expect, it } from "vitest";
import { refusalIn } from "../../../../worker/orders/mapping/could-be-refused.ts";
import { drafted, MUG } from "../../../harness/sale.ts";
import { J3 } from "./journals.ts";

describe("what an account refuses (M2, M18, decision 1.13)", () => {
  it("is read from its sentence, only where the sale holds it", () => {
    const coupon = drafted(J3);
    const free = drafted({ lines: [MUG, { sku: "GIFT", ex: "0", inc: "0" }] });
    expect(refusalIn("Price of additional charge 'Coupon' can not be negative", coupon)).toBe("negative-charges");
    expect(refusalIn("Price of additional charge 'Coupon' can not be negative", free)).toBeNull();
    expect(refusalIn("Price of 'GIFT' must be greater than 0", free)).toBe("zero-price");
    expect(refusalIn("Location was not found", coupon)).toBeNull();
  });
});
