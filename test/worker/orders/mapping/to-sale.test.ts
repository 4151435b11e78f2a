import { describe, expect, it } from "vitest";
import { reservedUnits } from "../../../../worker/orders/mapping/reserved.ts";
import { toSale } from "../../../../worker/orders/mapping/to-sale.ts";
import { saleBody } from "../../../../worker/orders/sending/bodies.ts";
import { keyOf } from "../../../../worker/problems/registry.ts";
import { anInput, aProduct, aSettings, aSnapshot, type LineSpec, type OrderSpec } from "../../../harness/builders.ts";
import { drafted, MUG, problems } from "../../../harness/sale.ts";

describe("every mapping gap at once (decision 1.6)", () => {
  it("an order that lacks everything names everything, each cause once", () => {
    const spec: OrderSpec = {
      lines: [
        { sku: "MUG", ex: "10.00", inc: "11.00" },
        { sku: "CUP", ex: "10.00", inc: "11.00" },
        { sku: "BOOK", ex: "10.00", inc: "10.00" },
        { sku: "", name: "Engraving", ex: "5.00", inc: "5.50", productId: 0 },
      ],
      shipping: [
        { ex: "5.00", inc: "5.50" },
        { ex: "5.00", inc: "5.50" },
      ],
      fees: [{ ex: "1.00", inc: "1.10", classId: 9 }],
      order: { default_currency_code: "USD", store_default_currency_code: "EUR" },
    };
    const settings = aSettings({
      customers: { defaultCustomer: null },
      location: { salesShipFrom: null },
      orders: { unknownSku: "hold" },
      tax: { classes: [] },
      charges: { items: {} },
    });
    expect(
      problems(spec, { settings, products: new Map([["MUG", aProduct("MUG")]]) })
        .map(keyOf)
        .sort(),
    ).toEqual([
      "charge-missing:fee",
      "charge-missing:shipping",
      "currency-unsupported:USD",
      "setup-incomplete",
      "several-addresses:1042",
      "sku-unknown:BOOK",
      "sku-unknown:CUP",
      "sku-unknown:Engraving",
      "tax-unmapped:0:with",
      "tax-unmapped:0:without",
      "tax-unmapped:2:with",
      "tax-unmapped:9:with",
    ]);
  });

  it("a charge item is missed only by an order that needs it", () => {
    const settings = aSettings({ charges: { items: {} } });
    expect(problems({ lines: [MUG] }, { settings })).toEqual([]);
    expect(problems({ lines: [MUG], handling: { ex: "1.00", inc: "1.00" } }, { settings })).toEqual([
      { kind: "charge-missing", charge: "handling" },
    ]);
    expect(problems({ lines: [{ sku: "A", quantity: 12, ex: "1.00", inc: "1.10" }] }, { settings })).toEqual([
      { kind: "charge-missing", charge: "rounding" },
    ]);
  });

  it("setup-incomplete names what is missing in the words of Setup", () => {
    const settings = aSettings({ customers: { defaultCustomer: null }, location: { salesShipFrom: null } });
    expect(problems({ lines: [MUG] }, { settings })).toEqual([
      { kind: "setup-incomplete", missing: ["Sales ship from", "Default customer"] },
    ]);
  });
});

describe("tax rules (M5)", () => {
  const rules = (spec: OrderSpec, over = {}) => {
    const draft = drafted(spec, over);
    return [...draft.lines, ...draft.charges].map((row) => row.taxRule);
  };
  const classes = [
    { classId: 0, className: "Default Tax Class", withTax: "GST", withoutTax: "GST Free" },
    { classId: 5, className: "Books", withTax: "Reduced", withoutTax: "Exempt" },
  ];
  const settings = aSettings({ tax: { classes } });

  it("by class and by whether tax was charged; zero-rated is not exempt", () => {
    const spec = {
      lines: [
        { sku: "A", ex: "10.00", inc: "11.00", rate: "10", classId: 0 },
        { sku: "B", ex: "10.00", inc: "10.00", classId: 0 },
        { sku: "C", ex: "10.00", inc: "10.50", rate: "5", classId: 5 },
        { sku: "D", ex: "10.00", inc: "10.00", classId: 5 },
      ],
    };
    expect(rules(spec, { settings })).toEqual(["GST", "GST Free", "Reduced", "Exempt"]);
  });
  it("a free line takes its class's rule with tax 0", () => {
    const draft = drafted({ lines: [MUG, { sku: "GIFT", ex: "0", inc: "0" }] });
    expect(draft.lines[1]).toMatchObject({ price: "0", discount: "100", total: "0", tax: "0", taxRule: "GST" });
  });
  it("tax that rounds to nothing is still taxed", () => {
    expect(rules({ lines: [{ sku: "A", ex: "0.04", inc: "0.04", rate: "10", charged: "0" }] }, { settings })).toEqual(["GST"]);
  });
  it("a line without a tax row goes by its catalogue product's class, a custom item by the default class", () => {
    expect(
      rules(
        {
          lines: [
            { sku: "D", ex: "10.00", inc: "10.00", classId: 5 },
            { sku: "X", ex: "1.00", inc: "1.00", productId: 0 },
          ],
        },
        { settings },
      ),
    ).toEqual(["Exempt", "GST Free"]);
  });
  it("state and county rows of one line share its class and add up", () => {
    const snapshot = aSnapshot({ lines: [{ sku: "A", ex: "100.00", inc: "108.25", rate: "6.25", charged: "6.25" }] });
    snapshot.taxes.push({ ...(snapshot.taxes[0] as (typeof snapshot.taxes)[number]), rate: "2.00", line_amount: "2.00", name: "County" });
    const result = toSale(anInput(snapshot));
    expect(result.ok && result.value.lines[0]).toMatchObject({
      tax: "8.25",
      why: 'GST, because tax class "Default Tax Class" was charged 8.25 %',
    });
  });
  it("an unmapped class is held with its name as BigCommerce tells it", () => {
    expect(problems({ lines: [{ sku: "A", ex: "10.00", inc: "11.00", rate: "10", classId: 7 }] })).toEqual([
      { kind: "tax-unmapped", classId: 7, className: "Default Tax Class", side: "with" },
    ]);
  });
});

describe("unknown SKU (F116, decision 1.8)", () => {
  const spec: OrderSpec = { lines: [MUG, { sku: "NEW-1", name: "New thing", quantity: 2, ex: "20.00", inc: "22.00" }] };
  const products = new Map([["MUG", aProduct("MUG")]]);

  it("service line: full amounts on the unlisted item, never silent, no stock at Cin7", () => {
    const draft = drafted(spec, { products });
    expect(draft.lines[1]).toMatchObject({
      productId: aSettings().charges.items.unlisted?.productId,
      sku: "",
      name: "New thing",
      quantity: "2",
      price: "10",
      tax: "2",
      comment: "Not in Cin7 Core: NEW-1 New thing",
    });
    expect(draft.notices).toEqual([{ kind: "sku-unknown", sku: "NEW-1", name: "New thing", held: false }]);
  });
  it("hold: holds the order and raises one exception when two lines share it", () => {
    const twice = { lines: [...spec.lines, { sku: "NEW-1", name: "New thing", ex: "10.00", inc: "11.00" }] };
    expect(problems(twice, { products, settings: aSettings({ orders: { unknownSku: "hold" } }) })).toEqual([
      { kind: "sku-unknown", sku: "NEW-1", name: "New thing", held: true },
    ]);
  });
  it("the SKU must be equal: case matters", () => {
    expect(drafted({ lines: [{ ...MUG, sku: "mug" }] }, { products }).notices).toHaveLength(1);
  });
});

describe("lines", () => {
  it("lines of quantity 0 were removed in BigCommerce and are dropped", () => {
    expect(drafted({ lines: [MUG, { sku: "GONE", quantity: 0, ex: "0", inc: "0" }] }).lines.map((l) => l.sku)).toEqual(["MUG"]);
  });
  it("options, modifiers and wrapping reach the warehouse in the comment, in full or listed", () => {
    const raw = {
      product_options: [
        { display_name: "Colour", display_value: "Blue" },
        { display_name: "Engraving", display_value: "x".repeat(300) },
      ],
      wrapping_name: "Stars",
      wrapping_message: "Happy birthday",
    };
    const draft = drafted({ lines: [{ ...MUG, raw }] });
    expect(draft.lines[0]?.comment).toHaveLength(256);
    expect(draft.lines[0]?.comment.startsWith("Colour: Blue; Engraving: xxx")).toBe(true);
    expect(draft.losses).toEqual([expect.stringContaining("Comment of MUG Product MUG: cut to 256 characters")]);
    expect(draft.note).toBe("Gift message (MUG): Happy birthday");
  });
  it("bundle whose parent is no kit in Cin7: children carry the stock, the parent the price, without stock (M26)", () => {
    const spec: OrderSpec = {
      lines: [
        { sku: "SET", id: 21, name: "Tea set", ex: "30.00", inc: "33.00" },
        { sku: "POT", id: 22, ex: "0", inc: "0", raw: { parent_order_product_id: 21 } },
        { sku: "CUP", id: 23, quantity: 4, ex: "0", inc: "0", raw: { parent_order_product_id: 21 } },
      ],
    };
    const draft = drafted(spec);
    expect(draft.lines.map((l) => [l.sku, l.quantity, l.total, l.comment])).toEqual([
      ["", "1", "30", "SET Tea set: bundle, its parts follow"],
      ["POT", "1", "0", "Part of Tea set"],
      ["CUP", "4", "0", "Part of Tea set"],
    ]);
    expect(draft.notices).toEqual([]);
  });
  it("bundle whose parent is a kit in Cin7: the parent alone, the children are listed (M26)", () => {
    const spec: OrderSpec = {
      lines: [
        { sku: "SET", id: 21, name: "Tea set", ex: "30.00", inc: "33.00" },
        { sku: "CUP", id: 23, quantity: 4, ex: "0", inc: "0", raw: { parent_order_product_id: 21 } },
      ],
    };
    const draft = drafted(spec, {
      products: new Map([
        ["SET", aProduct("SET", { bom: true })],
        ["CUP", aProduct("CUP")],
      ]),
    });
    expect(draft.lines.map((l) => l.sku)).toEqual(["SET"]);
    expect(draft.losses).toEqual(["CUP Product CUP × 4: part of a bundle that Cin7 Core assembles itself, no line of its own."]);
  });
  it("a priced part of a bundle that Cin7 assembles brings its price without stock: never both (M26)", () => {
    const spec: OrderSpec = {
      lines: [
        { sku: "SET", id: 21, name: "Tea set", ex: "30.00", inc: "33.00", quantity: 2 },
        { sku: "CUP", id: 23, quantity: 8, ex: "4.00", inc: "4.40", raw: { parent_order_product_id: 21 } },
      ],
    };
    const products = new Map([
      ["SET", aProduct("SET", { bom: true })],
      ["CUP", aProduct("CUP")],
    ]);
    const draft = drafted(spec, { products });
    expect(draft.lines.map((l) => [l.sku, l.name, l.quantity, l.total])).toEqual([
      ["SET", "Product SET", "2", "30"],
      ["", "Product CUP", "8", "4"],
    ]);
    expect(draft.lines[1]?.comment).toBe(
      "CUP Product CUP: part of a bundle that Cin7 Core assembles, no stock of its own; Part of Tea set",
    );
    expect([draft.reserved, draft.notices]).toEqual([[{ sku: "SET", quantity: 2 }], []]);
  });
  it("a bundle holds its units once: the kit where Cin7 assembles it, else its parts (M26, F101)", () => {
    const { lines } = aSnapshot({
      lines: [
        { sku: "SET", id: 21, ex: "30.00", inc: "33.00" },
        { sku: "CUP", id: 23, quantity: 4, ex: "0", inc: "0", raw: { parent_order_product_id: 21 } },
      ],
    });
    const known = (bom: boolean) =>
      new Map([
        ["SET", aProduct("SET", { bom })],
        ["CUP", aProduct("CUP")],
      ]);
    expect(reservedUnits(lines, known(true), "hold")).toEqual([{ sku: "SET", quantity: 1 }]);
    expect(reservedUnits(lines, known(false), "hold")).toEqual([{ sku: "CUP", quantity: 4 }]);
  });
  it("certificates only: they are the sale's lines, still on the liability account (M7)", () => {
    const draft = drafted({ lines: [{ sku: "", ex: "50.00", inc: "50.00", type: "giftcertificate", name: "50.00 Gift Certificate" }] });
    expect([draft.lines.map((l) => [l.name, l.total, l.account]), draft.charges, draft.reserved]).toEqual([
      [["Gift certificate", "50", "840"]],
      [],
      [],
    ]);
  });
  it("certificates only: a Service sale, unless somebody authorises its order or writes its invoice (M7)", () => {
    const gift = { sku: "", ex: "50.00", inc: "50.00", type: "giftcertificate" as const };
    const body = (settings: Parameters<typeof aSettings>[0], lines: LineSpec[] = [gift, gift]) => {
      const { ServiceOnly, SaleType } = saleBody(drafted({ lines }, { settings: aSettings(settings) }), "c") as Record<string, unknown>;
      return [ServiceOnly, SaleType];
    };
    expect(body({})).toEqual([true, undefined]);
    expect(body({ invoice: { status: "draft" } })).toEqual([true, undefined]);
    for (const other of [{ invoice: { status: "none" } }, { sale: { status: "draft" } }] as const)
      expect(body(other)).toEqual([undefined, "Simple"]);
    expect(body({}, [gift, MUG])).toEqual([undefined, "Simple"]);
  });
  it("where price 0 is refused, a free line is 1 less 100 % (M18)", () => {
    expect(drafted({ lines: [MUG, { sku: "GIFT", ex: "0", inc: "0" }] }, { zeroPriceRefused: true }).lines[1]).toMatchObject({
      price: "1",
      discount: "100",
      total: "0",
    });
  });
  it("units of stocked SKUs are held, each once, also while the order is held (F101)", () => {
    const { lines } = aSnapshot({
      lines: [
        MUG,
        { ...MUG, quantity: 2 },
        { sku: "CARD", type: "giftcertificate", ex: "5.00", inc: "5.00" },
        { sku: "PDF", type: "digital", ex: "5.00", inc: "5.00" },
        { sku: "FIT", ex: "5.00", inc: "5.00" },
      ],
    });
    const known = new Map([
      ["MUG", aProduct("MUG")],
      ["FIT", aProduct("FIT", { type: "Service" })],
    ]);
    expect(reservedUnits(lines, known, "service-line")).toEqual([{ sku: "MUG", quantity: 3 }]);
  });
  it("an unknown SKU holds units only where it holds its order; as a line without stock it waits for no shipment (M11)", () => {
    const { lines } = aSnapshot({ lines: [MUG] });
    expect(reservedUnits(lines, new Map(), "hold")).toEqual([{ sku: "MUG", quantity: 1 }]);
    expect(reservedUnits(lines, new Map(), "service-line")).toEqual([]);
    expect(drafted({ lines: [MUG] }, { products: new Map() }).reserved).toEqual([]);
  });
});
