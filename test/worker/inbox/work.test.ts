import { describe, expect, it } from "vitest";
import type { StoreContext } from "../../../worker/inbox/flow.ts";
import { asksAs, definitionOf, keyOf, keysOfOrder, laneOf, type Work, type WorkKind, wokenBy } from "../../../worker/inbox/work.ts";

const order = (over: object = {}): Work => ({ kind: "order.changed", orderId: 1042, ...over }) as Work;

it("items of one order share a lane and have a row for each kind; others are alone with their kind", () => {
  expect([keyOf(order()), laneOf(order())]).toEqual(["order.changed:1042", "order:1042"]);
  expect([keyOf({ kind: "orders.sweep" }), laneOf({ kind: "orders.sweep" })]).toEqual(["orders.sweep", "orders.sweep"]);
  expect(keysOfOrder(1042)).toContain("order.changed:1042");
  expect(keysOfOrder(1042)).not.toContain("orders.sweep:1042");
});

it("an order that is only read waits for no permit, though calls follow it", () => {
  expect(asksAs(order())).toBeNull();
  expect(asksAs({ kind: "order.send", orderId: 1042 } as Work)).not.toBeNull();
});

it("a kind of a newer version waits for it, for a minute and without a strike (design 5)", async () => {
  const outcome = await definitionOf("order.unheard-of" as WorkKind).store?.({ now: () => 1000 } as StoreContext, order(), null);
  expect(outcome).toMatchObject({ is: "later", at: 61_000, strike: false });
});

describe("what an item says that is woken by another of its key", () => {
  it("a person's *Process* that waits is not forgotten", () => {
    expect(wokenBy(order({ pressed: true }), order())).toEqual(order({ pressed: true }));
    expect(wokenBy(order(), order({ pressed: true }))).toEqual(order({ pressed: true }));
  });
  it("nor is the earliest instant from which it is to look again", () => {
    const from = (at?: string): Work => ({ kind: "orders.sweep", ...(at ? { from: at } : {}) }) as Work;
    expect(wokenBy(from("2026-11-20"), from("2026-11-21"))).toEqual(from("2026-11-20"));
    expect(wokenBy(from("2026-11-21"), from("2026-11-20"))).toEqual(from("2026-11-20"));
    expect(wokenBy(from("2026-11-21"), from())).toEqual(from("2026-11-21"));
  });
});
