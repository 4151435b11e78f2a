import { describe, expect, it } from "vitest";
import { aSnapshot } from "../../../../harness/builders.ts";
import { drafted } from "../../../../harness/sale.ts";

describe("gift wrapping of lines under several tax rules (M3, M17)", () => {
  it("is a charge for each, so that the tax report ties per rule", () => {
    const wrapped = (ex: string, inc: string) => ({ raw: { wrapping_name: "Bow", wrapping_cost_ex_tax: ex, wrapping_cost_inc_tax: inc } });
    const spec = {
      lines: [
        { sku: "A", ex: "10.00", inc: "11.00", rate: "10", ...wrapped("2.00", "2.20") },
        { sku: "B", ex: "10.00", inc: "10.00", classId: 1, rate: "0", charged: "0", ...wrapped("3.00", "3.00") },
      ],
      wrapping: { ex: "5.00", inc: "5.20" },
    };
    const snapshot = aSnapshot(spec);
    const row = (line: number, classId: number, rate: string, amount: string) =>
      ({
        ...snapshot.taxes[0],
        order_product_id: line,
        tax_class_id: classId,
        rate,
        line_amount: amount,
        line_item_type: "gift-wrapping",
      }) as never;
    snapshot.taxes.push(row(11, 0, "10", "0.20"), row(12, 1, "0", "0"));
    const draft = drafted(spec, { snapshot });
    expect(draft.charges.map((c) => [c.price, c.tax, c.taxRule, c.comment])).toEqual([
      ["2", "0.2", "GST", "Bow for A"],
      ["3", "0", "Tax free", "Bow for B"],
    ]);
  });
});
