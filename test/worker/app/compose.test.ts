import { expect, it } from "vitest";
import { CLASSES } from "../../../worker/cin7/priority.ts";
import { asksAs, definitionOf, keyOf, keysOfOrder, kindsThat, laneOf, settlesOrder, workKinds } from "../../../worker/inbox/work.ts";
import type { Work } from "../../../worker/inbox/work-kinds.ts";

it.each(workKinds().map((kind) => [kind]))("%s: has a class, needs, calls and somebody who does it", (kind) => {
  const { class: cls, needs, calls, store, linked, closing, account, keyless } = definitionOf(kind);
  expect(CLASSES).toContain(cls);
  expect(calls).toBeGreaterThanOrEqual(0);
  // A side may be needed without a call; a call to Cin7 without the side only where it tells that Cin7 is back (design 6).
  if (calls > 0 && kind !== "key.changed" && kind !== "order.changed") expect(needs).toContain("Cin7 Core");
  expect([store, linked, closing, account, keyless].some((run) => run !== undefined)).toBe(true);
});

it("kinds of orders share the order's lane, others have their own; each has one row a key (design 2)", () => {
  expect(keysOfOrder(7).sort()).toEqual([
    ...[
      "order.cancel:7",
      "order.changed:7",
      "order.money:7",
      "order.refunds:7",
      "order.seen:7",
      "order.send:7",
      "order.unpaid:7",
      "sale.check:7",
    ],
  ]);
  const send: Work = { kind: "order.send", orderId: 7 };
  expect([keyOf(send), laneOf(send), keyOf({ kind: "orders.sweep" }), laneOf({ kind: "orders.sweep" })]).toEqual([
    ...["order.send:7", "order:7", "orders.sweep", "orders.sweep"],
  ]);
});

it("what schedules itself is counted by no screen; a sale's check and the write-back say nothing of what holds an order", () => {
  expect(kindsThat(({ scheduled }) => scheduled === true).sort()).toEqual([
    ...["alerts.send", "day.close", "kept.prune", "orders.sweep", "products.refresh", "sales.sweep", "settings.check"],
  ]);
  const orders = ["order.changed", "order.send", "order.money", "order.seen", "order.unpaid", "sale.check"] as const;
  expect(orders.filter((kind) => !settlesOrder({ kind, orderId: 7 }))).toEqual(["order.seen", "sale.check"]);
});

it("an order is read without a permit, so that its stock is held the sooner", () => {
  expect(asksAs({ kind: "order.changed", orderId: 7 })).toBeNull();
  expect(asksAs({ kind: "order.send", orderId: 7 })).toBe(CLASSES.indexOf("order"));
});

it("a kind that only a newer version knows waits for it, in both queues (design 5)", async () => {
  const unknown = definitionOf("refund.send" as Work["kind"]);
  const c = { now: () => 1000 } as never;
  const waits = { is: "later", at: 61_000, strike: false };
  expect(await unknown.store?.(c, {} as never, null)).toMatchObject(waits);
  expect(await unknown.account?.(c, {} as never)).toMatchObject(waits);
});
