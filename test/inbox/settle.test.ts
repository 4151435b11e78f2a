import { describe, expect, it } from "vitest";
import { blocked, done, later, skipped } from "../../worker/inbox/outcome.ts";
import { afterBug, STRIKES, settle } from "../../worker/inbox/settle.ts";
import type { Work } from "../../worker/inbox/work.ts";

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
      settledOrder: { orderId: 1042, keep: [] },
      clears: [],
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
    expect(settled.settledOrder).toEqual({ orderId: 1042, keep: ["tax-unmapped:2:with", "charge-missing:shipping"] });
  });

  it("waiting for quota or for the peer never parks, however often", () => {
    const settled = settle({ work, attempts: 5000, strikes: 0 }, later(NOW + 5, "Cin7 Core does not answer."), NOW);
    expect(settled.queue).toMatchObject({ move: "defer", attempts: 5001, strikes: 0, parked: false, due: NOW + 5 });
    expect(settled.raise).toEqual([]);
    expect(settled.settledOrder).toBeNull();
  });

  it(`our own bug parks after ${STRIKES} runs and says so`, () => {
    const last = settle(
      { work, attempts: 7, strikes: STRIKES - 1 },
      afterBug({ work, attempts: 7, strikes: STRIKES - 1 }, NOW, 1, 0.5),
      NOW,
    );
    expect(last.queue).toMatchObject({ move: "defer", strikes: STRIKES, parked: true });
    expect(last.raise).toEqual([{ kind: "parked", work: "order.changed:1042", orderId: 1042 }]);
    expect(last.log.outcome).toBe("failed");
  });
});
