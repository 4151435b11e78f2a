import { describe, expect, it } from "vitest";
import { aProduct, aSettings, type LineSpec } from "../../../../harness/builders.ts";
import { drafted, MUG, problems } from "../../../../harness/sale.ts";

const hold = aSettings({ orders: { unknownSku: "hold" } });
const none = { products: new Map() };
const one = (line: Partial<LineSpec>, over: Parameters<typeof drafted>[1] = {}) => drafted({ lines: [{ ...MUG, ...line }] }, over).lines[0];

describe("a line is the product of its exact SKU (F116)", () => {
  it("with the name and the account that Cin7 Core has; Setup's one account is in place of it", () => {
    expect(one({})).toMatchObject({ sku: "MUG", name: "Product MUG", account: "200" });
    const revenue = aSettings({ invoice: { revenueAccount: "201" } });
    expect(one({}, { settings: revenue })?.account).toBe("201");
  });
  it("a SKU that Cin7 Core does not have goes on the item for it, and is told; or is held, as Setup says (decision 1.8)", () => {
    expect(one({}, none)).toMatchObject({ sku: "", comment: "Not in Cin7 Core: MUG Product MUG" });
    expect(problems({ lines: [MUG] }, { ...none, settings: hold })).toEqual([
      { kind: "sku-unknown", sku: "MUG", name: "Product MUG", held: true },
    ]);
  });
  it("another case of it is another SKU", () => {
    expect(one({ sku: "mug" }, { products: new Map([["MUG", aProduct("MUG")]]) })?.comment).toMatch(/^Not in Cin7 Core: mug/);
  });
  it("removed lines are none", () => {
    const gone = { sku: "TEE", quantity: 0, ex: "0", inc: "0" };
    expect(drafted({ lines: [MUG, gone] }).lines.map(({ sku }) => sku)).toEqual(["MUG"]);
  });
});

it("M24: what the shopper chose and wrote stands in the comment, for the warehouse", () => {
  const raw = {
    product_options: [
      { display_name: "Colour", display_value: "Blue" },
      { display_name: "Engraving", display_value: "" },
    ],
    wrapping_name: "Box",
    wrapping_message: "With love",
  };
  expect(one({ raw })?.comment).toBe("Colour: Blue; Gift wrap: Box, With love");
});

it("a part of a bundle that Cin7 Core assembles is no line of its own, and that is said (M26)", () => {
  const kit = { sku: "KIT", ex: "10.00", inc: "11.00" };
  const lid = { sku: "LID", ex: "0", inc: "0", raw: { parent_order_product_id: 11 } };
  const products = new Map([
    ["KIT", aProduct("KIT", { bom: true })],
    ["LID", aProduct("LID")],
  ]);
  const draft = drafted({ lines: [kit, lid] }, { products });
  expect(draft.lines.map(({ sku }) => sku)).toEqual(["KIT"]);
  expect(draft.losses).toEqual(["LID Product LID × 1: part of a bundle that Cin7 Core assembles itself, no line of its own."]);
});

it("M7: a gift certificate that is sold is its own item on its own account, without tax", () => {
  const draft = drafted({ lines: [MUG, { sku: "", type: "giftcertificate", ex: "50.00", inc: "50.00" }] });
  expect(draft.charges).toMatchObject([{ description: aSettings().charges.items["gift-certificate"]?.name, account: "840", tax: "0" }]);
});
