import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../../../worker/orders/mapping/sale-draft.ts";
import { headerOf, placeOf, representativeOf } from "../../../../worker/orders/mapping/ship-from.ts";
import { anInput, aSettings, aSnapshot, ID } from "../../../harness/builders.ts";
import { MUG } from "../../../harness/sale.ts";

const MAIN = { id: ID(2), name: "Main Warehouse" };
const SHOP = { id: ID(3), name: "City shop" };
const picksUp = (id: number, name = "City"): Pick<Snapshot, "pickups"> =>
  ({ pickups: [{ pickup_method_display_name: "", location: { id, name } }] }) as unknown as Pick<Snapshot, "pickups">;

describe("M25, M34: where the goods of an order leave", () => {
  const settings = aSettings({ location: { pickups: [{ id: 7, name: "City", location: SHOP }] } as never });
  const of = (snapshot: Pick<Snapshot, "pickups">) => placeOf(snapshot as Snapshot, settings);

  it("from the location of Setup, without a carrier", () => {
    expect(of({ pickups: [] })).toMatchObject({ location: MAIN, carrier: null, pickup: null });
  });
  it("from the location of its pickup point, with Cin7's carrier Pickup", () => {
    expect(of(picksUp(7))).toMatchObject({ location: SHOP, carrier: "Pickup", pickup: "City" });
  });
  it("a pickup point that Setup does not list is fetched where all sales ship from", () => {
    expect(of(picksUp(8, "Harbour"))).toMatchObject({ location: MAIN, carrier: "Pickup", pickup: "Harbour" });
  });
  it("nowhere while Setup names no location: the order is held for it", () => {
    expect(placeOf({ pickups: [] } as unknown as Snapshot, aSettings({ location: { salesShipFrom: null } })).location).toBeNull();
  });
});

describe("F30: who gets the sale", () => {
  const rows = [
    { by: "group" as const, id: 4, name: "Wholesale", representative: "Ana" },
    { by: "channel" as const, id: 4, name: "Market", representative: "Ben" },
  ];
  const given = (sale: object, group: number | null, channel = 1) => {
    const snapshot = { ...aSnapshot({ lines: [MUG] }), ...(group === null ? {} : { customer: { groupId: group } }) } as Snapshot;
    snapshot.order.channel_id = channel;
    return anInput(snapshot, { settings: aSettings({ sale: sale as never }) });
  };
  const who = (...args: Parameters<typeof given>) => representativeOf(given(...args))?.name ?? null;

  it("the first row that fits the shopper's group or the channel, else the store's own, else nobody", () => {
    const sale = { representative: "Zoe", representatives: rows };
    expect([who(sale, 4, 4), who(sale, null, 4), who(sale, 9), who({ representatives: rows }, 9)]).toEqual(["Ana", "Ben", "Zoe", null]);
  });
  it("M44: the store's text stands in the chosen attribute of every sale", () => {
    expect(headerOf(given({ channel: { attribute: 3, text: "Demo AU" } }, null))).toEqual({
      attributes: { AdditionalAttribute3: "Demo AU" },
    });
    expect(headerOf(given({ channel: { attribute: 3, text: "" } }, null))).toEqual({});
  });
});
