import { expect, it } from "vitest";
import { drain } from "../../../worker/inbox/drain.ts";
import { done, type Outcome } from "../../../worker/inbox/outcome.ts";
import type { WorkRow } from "../../../worker/inbox/queue/items.ts";

const row = (orderId: number, lane = `order:${orderId}`): WorkRow => ({
  work: { kind: "order.changed", orderId },
  key: `order.changed:${orderId}`,
  lane,
  seq: 1,
  due: 0,
  attempts: 0,
  strikes: 0,
  why: "",
  since: 0,
  probes: [],
});

/** A table in memory, a journal of what ran, and a clock that moves by itself. */
function world(rows: WorkRow[], run: (row: WorkRow) => Promise<Outcome> = async () => done("")) {
  const journal: string[] = [];
  let now = 0;
  let together = 0;
  const seen = { most: 0 };
  return {
    journal,
    seen,
    deps: {
      next: (busy: readonly string[]) => {
        const at = rows.findIndex((r) => !busy.includes(r.lane));
        return at < 0 ? null : (rows.splice(at, 1)[0] as WorkRow);
      },
      run: async (r: WorkRow) => {
        seen.most = Math.max(seen.most, ++together);
        journal.push(`run ${r.key}`);
        const outcome = await run(r);
        together--;
        return outcome;
      },
      settle: async (r: WorkRow) => {
        journal.push(`settle ${r.key}`);
      },
      now: () => now++,
    },
  };
}

it("runs at most four flows at once and everything in the end", async () => {
  const w = world(Array.from({ length: 11 }, (_, i) => row(i)));
  expect(await drain(w.deps)).toEqual({ items: 11 });
  expect(w.seen.most).toBe(4);
  expect(w.journal.filter((l) => l.startsWith("settle"))).toHaveLength(11);
});

it("a lane is a mutex: its second item waits for the first, other lanes go on", async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = row(1, "order:1");
  const second = { ...row(1, "order:1"), key: "order.send:1" };
  const w = world([first, second, row(2)], async (r) => {
    if (r === first) await gate;
    if (r.key === "order.changed:2") release();
    return done("");
  });
  await drain(w.deps);
  expect(w.journal.indexOf("settle order.changed:2")).toBeLessThan(w.journal.indexOf("run order.send:1"));
  expect(w.journal.indexOf("settle order.changed:1")).toBeLessThan(w.journal.indexOf("run order.send:1"));
});

it("ends after its number of items, so that the next alarm goes on", async () => {
  const rows = Array.from({ length: 9 }, (_, i) => row(i));
  const w = world(rows);
  expect(await drain(w.deps, { flows: 2, ms: 30_000, items: 5 })).toEqual({ items: 5 });
  expect(rows).toHaveLength(4);
});

it("starts nothing more when its time is over", async () => {
  const w = world(Array.from({ length: 50 }, (_, i) => row(i)));
  const { items } = await drain(w.deps, { flows: 1, ms: 10, items: 100 });
  expect(items).toBeLessThan(12);
});
