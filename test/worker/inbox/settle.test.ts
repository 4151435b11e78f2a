import { describe, expect, it } from "vitest";
import { blocked, done, later, passedOver, skipped } from "../../../worker/inbox/outcome.ts";
import { afterBug, STRIKES, settle, withSides } from "../../../worker/inbox/settle.ts";
import type { Work } from "../../../worker/inbox/work.ts";

const work: Work = { kind: "order.changed", orderId: 1042 };
const run = { work, attempts: 2, strikes: 0 };
const NOW = 1_000_000;

describe("settle turns an outcome into queue moves, a log line and problems (design 2.4)", () => {
  it("done removes the item, stores what comes next with it, and settles the order's own problems", () => {
    const next: Work[] = [{ kind: "order.send", orderId: 1042 }];
    expect(settle(run, done("Taken", { next }), NOW)).toEqual({
      queue: { move: "remove", next },
      log: { outcome: "done", note: "Taken" },
      raise: [],
      settledOrder: { orderId: 1042, keep: [], goesOn: true },
      clears: [],
      told: [],
    });
  });

  it("skipped is right to do nothing, and is still logged with its reason", () => {
    const { queue, log } = settle(run, skipped("unpaid", "Not paid yet"), NOW);
    expect(queue).toEqual({ move: "remove", next: [] });
    expect(log).toEqual({ outcome: "skipped", note: "Not paid yet" });
  });

  it("blocked raises every problem at once and keeps exactly those on the order", () => {
    const settled = settle(
      run,
      blocked([
        { kind: "tax-unmapped", classId: 2, className: "Reduced", side: "with" },
        { kind: "charge-missing", charge: "shipping" },
      ]),
      NOW,
    );
    expect(settled.raise).toHaveLength(2);
    expect(settled.settledOrder).toEqual({ orderId: 1042, keep: ["tax-unmapped:2:with", "charge-missing:shipping"], goesOn: false });
  });

  it("passed over without a look, what is told of the order stays told; skipped after one, it is settled", () => {
    expect(settle(run, passedOver("orders-off", "Orders are not switched on."), NOW).settledOrder).toBeNull();
    expect(settle(run, skipped("skipped", "Somebody skipped it."), NOW).settledOrder).toMatchObject({ orderId: 1042, keep: [] });
  });

  it("waiting for quota or for the peer never parks, however often", () => {
    const settled = settle({ work, attempts: 5000, strikes: 0 }, later(NOW + 5, "Cin7 Core does not answer."), NOW);
    expect(settled.queue).toMatchObject({ move: "defer", attempts: 5001, strikes: 0, parked: false, due: NOW + 5 });
    expect(settled.raise).toEqual([]);
    expect(settled.settledOrder).toBeNull();
  });

  it.each([
    "D1_ERROR: Network connection lost.",
    "D1 DB is overloaded. Requests queued for too long.",
    "D1_ERROR: database is locked: SQLITE_BUSY",
  ])("D1 down is later, without a strike, however often (design 8.7): %s", (words) => {
    const run = { work, attempts: 40, strikes: STRIKES - 1 };
    const wrapped = new Error("Failed query: update orders", { cause: new Error(words) });
    expect(settle(run, afterBug(run, wrapped, NOW, 1, 0.5), NOW).queue).toMatchObject({
      move: "defer",
      strikes: STRIKES - 1,
      parked: false,
    });
  });

  it(`our own bug parks after ${STRIKES} runs and says so`, () => {
    const last = settle(
      { work, attempts: 7, strikes: STRIKES - 1 },
      afterBug({ work, attempts: 7, strikes: STRIKES - 1 }, new Error("undefined is not a function"), NOW, 1, 0.5),
      NOW,
    );
    expect(last.queue).toMatchObject({ move: "defer", strikes: STRIKES, parked: true });
    expect(last.raise).toEqual([{ kind: "parked", work: "order.changed:1042", orderId: 1042 }]);
    expect(last.log.outcome).toBe("failed");
  });
});

describe("an item that schedules itself stays (design 2: the sweep)", () => {
  const sweep = { work: { kind: "orders.sweep" } as Work, attempts: 3, strikes: 2 };
  const seen = { seenTo: "2026-11-21T09:00:00.000Z", line: "2026-11-01T00:00:00.000Z", nightlyAt: "2026-11-21T02:00:00.000Z" };
  const again = { at: NOW + 300_000, work: { kind: "orders.sweep", seen } as Work };

  it("done: due again with what it learned, beside what it found", () => {
    const next: Work[] = [{ kind: "order.changed", orderId: 7 }];
    expect(settle(sweep, done("7 compared", { next, again }), NOW).queue).toEqual({
      move: "again",
      due: NOW + 300_000,
      work: again.work,
      next,
    });
  });

  it("blocked: what a person must do does not end the sweeping", () => {
    const settled = settle(sweep, { ...blocked([{ kind: "bigcommerce-denied", scope: "store_v2_orders" }]), again } as never, NOW);
    expect(settled.queue).toMatchObject({ move: "again", due: NOW + 300_000 });
    expect(settled.raise).toHaveLength(1);
  });

  it("a look at a sale says nothing about what holds its order", () => {
    expect(settle({ ...sweep, work: { kind: "sale.check", orderId: 7 } }, done("1 sale"), NOW).settledOrder).toBeNull();
  });
});

describe("one problem for each side that is away (K10)", () => {
  const plain = settle(run, done("Taken"), NOW);
  it("raised with since when, cleared when it is back, both on the timeline", () => {
    const since = NOW - 180_000;
    const down = withSides(plain, [{ is: "down", side: "Cin7 Core", since }], NOW);
    expect(down.raise).toEqual([{ kind: "cin7-down", since: new Date(since).toISOString() }]);
    const back = withSides(plain, [{ is: "back", side: "Cin7 Core", since }], NOW);
    expect(back).toMatchObject({ raise: [], clears: ["cin7-down"] });
    expect([...down.told, ...back.told].map((line) => line.text)).toEqual([
      "Cin7 Core does not answer. Orders wait.",
      "Cin7 Core answers again after 3 min. What waited goes on.",
    ]);
  });
  it("no news, no change", () => expect(withSides(plain, [], NOW)).toBe(plain));
});
