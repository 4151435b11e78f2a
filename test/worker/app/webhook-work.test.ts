import { describe, expect, it } from "vitest";
import { readDelivery, workOf } from "../../../worker/app/webhook-work.ts";

describe("what a delivery means (bigcommerce.md 3.4)", () => {
  it.each([
    ["store/order/created", { type: "order", id: 250 }, { kind: "order.changed", orderId: 250 }],
    ["store/order/updated", { id: "250" }, { kind: "order.changed", orderId: 250 }],
    ["store/order/statusUpdated", { id: 250, status: { new_status_id: 11 } }, { kind: "order.changed", orderId: 250 }],
    ["store/order/archived", { id: 250 }, { kind: "order.changed", orderId: 250 }],
    [
      "store/order/transaction/created",
      { type: "transaction", order_id: "250", transaction_id: "x", transaction_type: "purchase" },
      { kind: "order.changed", orderId: 250 },
    ],
    ["store/channel/1/order/updated", { order_id: 250 }, { kind: "order.changed", orderId: 250 }],
    ["store/order/transaction/created", { type: "transaction", id: 9 }, null],
    ["store/order/created", { id: -1 }, null],
    ["store/order/created", { id: "1 OR 1=1" }, null],
    ["store/order/created", {}, null],
    ["store/information/updated", { type: "store" }, { kind: "store.refresh" }],
    ["store/app/uninstalled", { type: "store" }, { kind: "uninstall.check" }],
    ["store/product/updated", { id: 5 }, null],
  ])("%s %j is %j", (scope, data, work) => {
    expect(workOf({ scope, data })).toEqual(work === null ? [] : [work]);
  });

  it.each([
    ["store/order/refund/created", { type: "order", id: 250, refund: { refund_id: 3 } }],
    ["store/channel/1/order/refund/created", { order_id: 250 }],
    ["store/order/transaction/created", { type: "transaction", order_id: "250", transaction_type: "refund" }],
    ["store/order/transaction/updated", { type: "transaction", order_id: "250", transaction_type: "void" }],
    ["store/order/transaction/created", { type: "transaction", order_id: "250" }],
  ])("%s %j: money may have gone back, without the order saying so (F125)", (scope, data) => {
    expect(workOf({ scope, data })).toEqual([
      { kind: "order.changed", orderId: 250 },
      { kind: "order.refunds", orderId: 250 },
    ]);
  });

  it("the tenant comes from the producer; without one, or with a hostile one, it is no delivery", () => {
    const body = JSON.stringify({ producer: "stores/abc123", scope: "store/order/created", data: { type: "order", id: 250 } });
    expect(readDelivery(body)).toMatchObject({ store: "abc123", scope: "store/order/created" });
    for (const producer of ["abc123", "stores/../x", "stores/", "stores/ABC 123", 5, null]) {
      expect(readDelivery(JSON.stringify({ scope: "store/order/created", producer, data: {} }))).toBeNull();
    }
    for (const bad of ["", "[]", "null", "{", '{"producer":"stores/abc123"}']) expect(readDelivery(bad)).toBeNull();
  });

  it("data that is a list or missing is no reason to send it back", () => {
    expect(readDelivery('{"scope":"store/priceList/records/updated","producer":"stores/abc123","data":[{}]}')).toMatchObject({ data: {} });
    expect(readDelivery('{"scope":"store/app/uninstalled","producer":"stores/abc123"}')).toMatchObject({ data: {} });
  });
});
