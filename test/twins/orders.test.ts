import Big from "big.js";
import { describe, expect, it } from "vitest";
import { rehearse } from "./rehearsal.ts";

type Order = {
  id: number;
  [field: string]: unknown;
  taxes: { line_amount: string; line_item_type: string }[];
  transactions: { amount: number; event: string; method: string }[];
  products: { id: number; sku: string; total_ex_tax: string; quantity: number }[];
};

const sum = (values: (string | number)[]) => values.reduce((total, value) => total.plus(value), new Big(0)).toFixed(4);

const RICH = {
  lines: [
    { sku: "TEE-MER-NVY-S", quantity: 3, price: "19.99" },
    { sku: "HON-RAW", quantity: 3 },
    { sku: "TOO-CARB", quantity: 7 },
  ],
  coupon: "WELCOME10",
  discount: "5.55",
  shipping: { cost: "12.35", method: "Express" },
  handling: "2.50",
  wrapping: "3.33",
  fees: [{ name: "Eco levy", amount: "1.11" }],
  customer: 2,
  storeCredit: "10",
  giftCertificate: "5",
};

describe("a shopper's order", () => {
  it("is paid by card, a guest's, status 11, in money text of four places (bigcommerce.md 4.3)", async () => {
    const { control } = rehearse();
    const { status, body } = await control<Order>("/bigcommerce/demostore1/orders", { lines: [{ sku: "TEE-MER-NVY-S", quantity: 2 }] });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status_id: 11,
      customer_id: 0,
      subtotal_ex_tax: "118.0000",
      total_inc_tax: "140.7500",
      payment_status: "captured",
    });
    expect(body.transactions).toMatchObject([{ event: "purchase", method: "credit_card", amount: 140.75, status: "ok" }]);
  });

  it.each(["demostore1", "inclstore1"])(
    "of %s adds up: rows of tax, tenders, and the side that is authoritative (bigcommerce.md 4.3, 5.2)",
    async (hash) => {
      const { control } = rehearse();
      const { body } = await control<Order>(`/bigcommerce/${hash}/orders`, RICH);
      const of = (name: string) => String(body[name]);
      expect(sum(body.taxes.map((tax) => tax.line_amount))).toBe(body["total_tax"]);
      expect(sum([of("total_ex_tax"), of("total_tax")])).toBe(body["total_inc_tax"]);
      expect(sum(body.transactions.map((row) => row.amount))).toBe(body["total_inc_tax"]);
      const side = hash === "inclstore1" ? "inc_tax" : "ex_tax";
      const fees = (body["fees"] as Record<string, string>[])[0]?.[`cost_${side}`] ?? "";
      const charges = [of(`subtotal_${side}`), of(`shipping_cost_${side}`), of(`handling_cost_${side}`), of(`wrapping_cost_${side}`), fees];
      const less = new Big(of("discount_amount")).plus(of("coupon_discount"));
      expect(new Big(sum(charges)).minus(less).toFixed(4)).toBe(of(`total_${side}`));
    },
  );

  it("that leaves the store's country bears no tax", async () => {
    const { control } = rehearse();
    const { body } = await control<Order>("/bigcommerce/demostore1/orders", {
      lines: [{ sku: "CUP-ENAM" }],
      address: { country_iso2: "NZ" },
    });
    expect(body).toMatchObject({ total_tax: "0.0000", taxes: [] });
  });

  it("may stop at Incomplete and be promoted later under the same id (bigcommerce.md 3.5, 4.4)", async () => {
    const { control } = rehearse();
    const { body } = await control<Order>("/bigcommerce/demostore1/orders", { lines: [{ sku: "CUP-ENAM" }], statusId: 0 });
    expect([body["status_id"], body.transactions.length]).toEqual([0, 0]);
    const later = await control<Order>(`/bigcommerce/demostore1/orders/${body.id}/status`, { statusId: 11 });
    expect([later.body.id, later.body["status_id"], later.body.transactions.length]).toEqual([body.id, 11, 1]);
  });

  it("pays offline without a transaction and waits in status 7 (bigcommerce.md 4.4, 5.2)", async () => {
    const { control } = rehearse();
    const { body } = await control<Order>("/bigcommerce/demostore1/orders", {
      lines: [{ sku: "CUP-ENAM" }],
      paymentMethod: "Bank Deposit",
    });
    expect(body).toMatchObject({ status_id: 7, payment_status: "", payment_provider_id: null, transactions: [] });
  });

  it("has pickup, digital, custom, voucher, zero-price and pick-list lines (bigcommerce.md 4.5)", async () => {
    const { control } = rehearse();
    const lines = [
      { sku: "STV-KIT", children: [{ sku: "SPK-TITN", quantity: 2 }] },
      { custom: true, name: "Engraving", price: "0" },
      { digital: true, name: "Trail guide", price: "9" },
      { giftCertificate: true, name: "Gift certificate", price: "50" },
    ];
    const { body } = await control<Order>("/bigcommerce/demostore1/orders", { lines, pickup: true });
    expect(body["shipping_address_count"]).toBe(0);
    expect(body["pickups"]).toHaveLength(1);
    expect(body.products).toMatchObject([
      { sku: "STV-KIT", order_address_id: 0 },
      { sku: "SPK-TITN", quantity: 2, price_ex_tax: "0.0000", parent_order_product_id: body.products[0]?.id },
      { product_id: 0, sku: "" },
      { type: "digital", order_pickup_method_id: 0 },
      { type: "giftcertificate", total_tax: "0.0000", gift_certificate_id: expect.any(Number) },
    ]);
  });

  it("goes to several addresses, each with its own shipping (bigcommerce.md 11, trap 17)", async () => {
    const { control } = rehearse();
    const form = {
      lines: [{ sku: "CUP-ENAM" }, { sku: "CUP-TITN", address: 1 }],
      addresses: [{}, { city: "Geelong" }],
      shipping: [{ cost: "5" }, { cost: "7" }],
    };
    const { body } = await control<Order>("/bigcommerce/demostore1/orders", form);
    expect(body["shipping_addresses"]).toMatchObject([{ cost_ex_tax: "5.0000" }, { cost_ex_tax: "7.0000", city: "Geelong" }]);
  });
});

describe("the V2 API", () => {
  it("answers 204 for nothing and text errors in an array (bigcommerce.md 0, 10.4)", async () => {
    const { api } = await rehearse().connect();
    expect((await api("GET", "/v2/orders")).status).toBe(204);
    expect(await api("GET", "/v2/orders/1")).toMatchObject({ status: 404, body: [{ status: 404, message: expect.any(String) }] });
    expect((await api("GET", "/v2/orders?colour=red")).body).toEqual([
      { status: 400, message: "The field 'colour' is not supported by this resource." },
    ]);
  });

  it("lists by change with paging, Incomplete included, archived not (bigcommerce.md 4.2)", async () => {
    const { control, connect } = rehearse();
    const { api } = await connect();
    for (const statusId of [11, 0, 11]) await control("/bigcommerce/demostore1/orders", { lines: [{ sku: "CUP-ENAM" }], statusId });
    expect((await api<Order[]>("GET", "/v2/orders?sort=date_modified:desc&limit=2")).body.map((order) => order.id)).toEqual([103, 102]);
    expect((await api<Order[]>("GET", "/v2/orders?limit=2&page=2")).body.map((order) => order.id)).toEqual([103]);
    expect((await api("DELETE", "/v2/orders/101")).status).toBe(204);
    expect((await api<Order[]>("GET", "/v2/orders")).body.map((order) => order.id)).toEqual([102, 103]);
    expect((await api("GET", "/v2/orders/101")).body).toMatchObject({ is_deleted: true });
    expect((await api<Order[]>("GET", "/v2/orders?is_deleted=true")).body).toHaveLength(1);
  });

  it("cuts included lines at 50 and says so (bigcommerce.md 4.2)", async () => {
    const { control, connect } = rehearse();
    const { api } = await connect();
    await control("/bigcommerce/demostore1/orders", { lines: Array.from({ length: 60 }, () => ({ sku: "CUP-ENAM" })) });
    type Included = { consignments: { shipping: { line_items: unknown[]; __warning__?: string; base_cost: unknown }[] } };
    const { body } = await api<Included>("GET", "/v2/orders/101?include=consignments.line_items&consignment_structure=object");
    expect(body.consignments.shipping[0]).toMatchObject({ __warning__: expect.any(String), base_cost: 9.95 });
    expect(body.consignments.shipping[0]?.line_items).toHaveLength(50);
    expect((await api<unknown[]>("GET", "/v2/orders/101/products?page=2")).body).toHaveLength(10);
  });

  it("PUT changes the status; touching lines clears their discounts (bigcommerce.md 4.7)", async () => {
    const { control, connect } = rehearse();
    const { api } = await connect();
    const { body } = await control<Order>("/bigcommerce/demostore1/orders", { lines: [{ sku: "CUP-ENAM", quantity: 2 }], coupon: "TAKE5" });
    expect((await api("PUT", "/v2/orders/101", { status_id: 9 })).body).toMatchObject({ status_id: 9, coupon_discount: "5.0000" });
    const edit = {
      products: [
        { id: body.products[0]?.id, quantity: 0 },
        { name: "Extra", quantity: 1, price_ex_tax: 10, price_inc_tax: 11 },
      ],
    };
    expect((await api("PUT", "/v2/orders/101", edit)).body).toMatchObject({ coupon_discount: "0.0000", subtotal_ex_tax: "10.0000" });
    expect((await api<Order["products"]>("GET", "/v2/orders/101/products")).body).toMatchObject([
      { id: body.products[0]?.id, quantity: 0 },
      { quantity: 1 },
    ]);
  });

  it("creates orders as Pending from the full form (bigcommerce.md 4.7)", async () => {
    const { api } = await rehearse().connect();
    const billing_address = {
      first_name: "A",
      last_name: "B",
      street_1: "1 Road",
      city: "Perth",
      state: "Western Australia",
      zip: "6000",
      country: "Australia",
    };
    const { status, body } = await api("POST", "/v2/orders", { billing_address, products: [{ product_id: 111, quantity: 1 }] });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status_id: 1, order_source: "external", customer_id: 0 });
  });

  it("gives a metafield once per client, namespace and key (bigcommerce.md 4.1)", async () => {
    const { control, connect } = rehearse();
    const [one, two] = [await connect(), await connect()];
    await control("/bigcommerce/demostore1/orders", { lines: [{ sku: "CUP-ENAM" }] });
    const field = { permission_set: "app_only", namespace: "lockstep", key: "sale", value: "1" };
    expect((await one.api("POST", "/v3/orders/101/metafields", field)).status).toBe(200);
    expect((await one.api("POST", "/v3/orders/101/metafields", field)).status).toBe(409);
    expect((await two.api<{ data: unknown[] }>("GET", "/v3/orders/101/metafields")).body.data).toEqual([]);
  });
});
