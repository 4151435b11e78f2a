import { describe, expect, it } from "vitest";
import { type Change, changesOf, factsLeft, factsNow, factsSent } from "../../../../worker/orders/changes/changes-of.ts";
import type { Snapshot } from "../../../../worker/orders/mapping/sale-draft.ts";
import { shippedTo } from "../../../../worker/orders/mapping/sold.ts";
import { toSale } from "../../../../worker/orders/mapping/to-sale.ts";
import { anInput, aProduct, aSnapshot, type OrderSpec } from "../../../harness/builders.ts";
import { drafted, MUG } from "../../../harness/sale.ts";
import { drawOrder, shopsOf } from "../mapping/any-shop.ts";

/** What was sent against what BigCommerce says now: each change is told as a sentence (house 3 A7). */
const TEE = { sku: "TEE", quantity: 2, ex: "30.00", inc: "33.00" };
const WAS: OrderSpec = { lines: [MUG, TEE], shipping: [{ ex: "5.00", inc: "5.50" }] };
const sentOf = (spec: OrderSpec) => {
  const { order, shipping } = aSnapshot(spec);
  return factsSent({ draft: drafted(spec), order, shippedTo: shippedTo(shipping) });
};
const nowOf = ({ order, lines, shipping }: Snapshot) => factsNow(order, lines, shipping);
const is = (over: Partial<OrderSpec>) => nowOf(aSnapshot({ ...WAS, ...over }));
const moved = (to: Record<string, string>) => {
  const now = is({});
  return { ...now, shipping: (now.shipping ?? []).map((each) => ({ ...each, ...to })) };
};
const billed = (to: Record<string, string>) => {
  const now = is({});
  return { ...now, billing: now.billing && { ...now.billing, ...to } };
};

function sentence(change: Change): string {
  switch (change.is) {
    case "cancelled":
      return "It was cancelled.";
    case "refunded":
      return change.refund === null ? "It was refunded." : `Refund ${change.refund} came.`;
    case "line-added":
      return `${change.quantity} × ${change.sku} came on top, line ${change.line}.`;
    case "line-removed":
      return `${change.quantity} × ${change.sku} went, line ${change.line}.`;
    case "quantity":
      return `${change.sku}, line ${change.line}: ${change.now} instead of ${change.was}.`;
    case "price":
      return `${change.sku}, line ${change.line}: at ${change.now} instead of ${change.was}.`;
    case "address": {
      const which = change.address === null ? "The billing address" : `Address ${change.address}`;
      return change.was === change.now ? `${which} is another one.` : `${which} ${change.now === "there" ? "came on top" : "went"}.`;
    }
    case "total":
      return `The total is ${change.now} instead of ${change.was}.`;
  }
}
const told = (...sides: Parameters<typeof changesOf>) => changesOf(...sides).map(sentence);

describe("what changed of an order since its sale was made", () => {
  const total = "The total is 54.5 instead of 49.5.";
  it.each<[string, ReturnType<typeof is>, string[]]>([
    ["nothing", is({}), []],
    ["another status that means nothing", is({ order: { status_id: 2 } }), []],
    ["cancelled", is({ order: { status_id: 5 } }), ["It was cancelled."]],
    ["declined", is({ order: { status_id: 6 } }), ["It was cancelled."]],
    ["refunded in part", is({ order: { status_id: 14 } }), ["It was refunded."]],
    ["refunded", is({ order: { status_id: 4 } }), ["It was refunded."]],
    [
      "a line on top",
      is({ lines: [MUG, TEE, { sku: "CAP", quantity: 1, ex: "4.00", inc: "5.00" }] }),
      ["1 × CAP came on top, line 13.", total],
    ],
    ["a line less", is({ lines: [MUG] }), ["2 × TEE went, line 12.", "The total is 16.5 instead of 49.5."]],
    [
      "a line of quantity 0 is removed",
      is({ lines: [MUG, { ...TEE, quantity: 0, ex: "0", inc: "0" }] }),
      ["2 × TEE went, line 12.", "The total is 16.5 instead of 49.5."],
    ],
    [
      "another quantity at the same price",
      is({ lines: [MUG, { ...TEE, quantity: 3, ex: "45.00", inc: "49.50" }] }),
      ["TEE, line 12: 3 instead of 2.", "The total is 66 instead of 49.5."],
    ],
    [
      "another price",
      is({ lines: [MUG, { ...TEE, ex: "20.00", inc: "22.00" }] }),
      ["TEE, line 12: at 10 instead of 15.", "The total is 38.5 instead of 49.5."],
    ],
    [
      "the same total in other lines",
      is({ lines: [{ ...MUG, quantity: 2 }, TEE] }),
      ["MUG, line 11: 2 instead of 1.", "MUG, line 11: at 5 instead of 10."],
    ],
    ["it goes elsewhere", moved({ street_1: "9 Other Rd" }), ["Address 501 is another one."]],
    ["blanks at an end are no other address", moved({ city: " Hobart " }), []],
    ["billed to somebody else", billed({ last_name: "Field" }), ["The billing address is another one."]],
    ["another e-mail is no other address", billed({ email: "new@example.org" }), []],
  ])("%s", (_, now, wanted) => {
    expect(told(sentOf(WAS), now)).toEqual(wanted);
  });
  it("an address that came on top and one that went, by their IDs", () => {
    const two = { ...WAS, shipping: [WAS.shipping as never, { ex: "0.00", inc: "0.00" }].flat() };
    const [one, both] = [is({}), nowOf(aSnapshot(two))];
    expect([told(one, both), told(both, one)]).toEqual([["Address 502 came on top."], ["Address 502 went."]]);
  });
  it("refunds by their IDs where both sides name them, whatever the status", () => {
    const with_ = (refunds: number[] | null, status = 14) => ({ ...is({ order: { status_id: status } }), refunds });
    expect(told(with_([7]), with_([7, 9, 12]))).toEqual(["Refund 9 came.", "Refund 12 came."]);
    expect(told(with_([7], 11), with_([7]))).toEqual([]);
    expect(told(with_(null, 11), with_([7])), "one side does not know them: its status tells").toEqual(["It was refunded."]);
  });
  it("what was so when the sale was made is no change", () => {
    const before = { ...WAS, order: { status_id: 14 } };
    expect(told(sentOf(before), is({ order: { status_id: 14 } }))).toEqual([]);
  });
});

describe("what is not known of one side is no change", () => {
  it("its lines or addresses were not read", () => {
    const { order } = aSnapshot({ ...WAS, lines: [MUG] });
    expect(told(sentOf(WAS), factsNow(order, null, null))).toEqual(["The total is 16.5 instead of 49.5."]);
  });
  it("the draft of an older release: total, status and billing address", () => {
    const { sold: _, ...draft } = drafted(WAS);
    const sent = factsSent({ draft, order: aSnapshot(WAS).order });
    expect(told(sent, is({ lines: [MUG], order: { status_id: 5 } }))).toEqual(["It was cancelled.", "The total is 16.5 instead of 49.5."]);
  });
  it("the draft is gone after its time: what is left of its lines and total is compared all the same", () => {
    const left = factsLeft({ total: "49.50", sold: drafted(WAS).sold ?? null });
    const now = is({ lines: [MUG], order: { status_id: 14 } });
    expect(told(left, now)).toEqual(["It was refunded.", "2 × TEE went, line 12.", "The total is 16.5 instead of 49.5."]);
    expect(told(left, is({}))).toEqual([]);
    expect(told(factsLeft({ total: "49.50", sold: null }), moved({ city: "Perth" }))).toEqual([]);
    expect(told(factsLeft(null), is({ order: { status_id: 5 } }))).toEqual(["It was cancelled."]);
  });
});

it("of any order that did not change nothing is told: 1,000 of all kinds", { timeout: 60_000 }, () => {
  const stores = shopsOf();
  const products = new Map(
    stores.flatMap((s) => Object.values(s.products).flatMap((p) => p.variants.map((v) => [v.sku, aProduct(v.sku)] as const))),
  );
  let sent = 0;
  for (let seed = 61_000; seed < 62_000; seed++) {
    const { snapshot } = drawOrder(stores, seed);
    const now = nowOf(snapshot);
    expect(told(now, now)).toEqual([]);
    const mapped = toSale(anInput(snapshot, { products }));
    if (!mapped.ok) continue;
    sent++;
    const { order, shipping } = snapshot;
    expect(told(factsSent({ draft: mapped.value, order, shippedTo: shippedTo(shipping) }), now)).toEqual([]);
    expect(told(factsLeft({ total: mapped.value.totals.incTax, sold: mapped.value.sold ?? null }), now)).toEqual([]);
  }
  expect(sent).toBeGreaterThan(300);
});
