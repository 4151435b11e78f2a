import { describe, expect, it } from "vitest";
import type { Settings } from "../../../../worker/contract/index.ts";
import { orderBody } from "../../../../worker/orders/sending/bodies.ts";
import { fulfilled, missingOf } from "../../../../worker/orders/sending/fulfilment-check.ts";
import { aSettings } from "../../../harness/builders.ts";
import { drafted, problems } from "../../../harness/sale.ts";
import { J1 } from "../mapping/journals.ts";

describe("how far Cin7 goes (M11, F21, M24)", () => {
  const modeOf = (sale: Partial<Settings["sale"]>, over = {}) => {
    const { Status, AutoPickPackShipMode } = orderBody(drafted(J1, { settings: aSettings({ sale }), ...over }), "s");
    return [Status, AutoPickPackShipMode];
  };
  it("the order is authorised or a draft, and picked, packed and shipped on the same call", () => {
    expect(modeOf({})).toEqual(["AUTHORISED", "NOPICK"]);
    expect(modeOf({ status: "draft", fulfil: "none" })).toEqual(["DRAFT", "NOPICK"]);
    expect(modeOf({ fulfil: "pick" })).toEqual(["AUTHORISED", "AUTOPICK"]);
    expect(modeOf({ fulfil: "pick-pack" })).toEqual(["AUTHORISED", "AUTOPICKPACK"]);
    expect(modeOf({ fulfil: "pick-pack-ship" })).toEqual(["AUTHORISED", "AUTOPICKPACKSHIP"]);
    expect(modeOf({ status: "draft", fulfil: "pick" })).toEqual(["DRAFT", "NOPICK"]);
  });
  it("an order to several addresses is never picked by itself", () => {
    const two = { ...J1, shipping: [J1.shipping, J1.shipping].flat() as never[], addresses: [{}, { city: "Perth" }] };
    expect(problems(two)).toEqual([{ kind: "several-addresses", orderId: 1042, count: 2 }]);
    const draft = drafted(two, { settings: aSettings({ sale: { fulfil: "pick-pack-ship" } }), asOneSale: true });
    expect(draft.order).toEqual({ status: "authorised", fulfil: "none" });
    expect(draft.note).toMatch(/^SHIPS TO 2 ADDRESSES, see lines/);
  });
  it("what was wanted and what was reached", () => {
    const sale = (pick: string, pack: string, ship: string) => ({
      CombinedPickingStatus: pick,
      CombinedPackingStatus: pack,
      CombinedShippingStatus: ship,
    });
    expect(fulfilled(sale("PICKED", "PARTIALLY PACKED", "NOT SHIPPED"))).toEqual(["picked"]);
    expect(missingOf("pick", ["picked"])).toBeNull();
    expect(missingOf("pick-pack-ship", ["picked"])).toEqual({ wanted: "shipped", reached: "picked" });
    expect(missingOf("pick-pack", [])).toEqual({ wanted: "packed", reached: "not picked" });
    expect(missingOf("none", [])).toBeNull();
  });
});
