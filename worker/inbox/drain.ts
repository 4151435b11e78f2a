import type { Outcome } from "./outcome.ts";
import type { WorkRow } from "./queue/items.ts";

/**
 * The loop of an alarm: at most `flows` at once, asks the table for the next due head whenever one ends, ends after `ms`
 * or `items` (design 2). No Cloudflare here: the world comes in as functions, so ordering is tested in milliseconds.
 */
export type DrainDeps = {
  next(busyLanes: readonly string[]): WorkRow | null;
  /** Never rejects: a bug is an outcome too. */
  run(row: WorkRow): Promise<Outcome>;
  settle(row: WorkRow, outcome: Outcome): Promise<void>;
  now(): number;
};
export type DrainLimits = { flows: number; ms: number; items: number };

const LIMITS: DrainLimits = { flows: 4, ms: 30_000, items: 100 };

export async function drain(deps: DrainDeps, limits: DrainLimits = LIMITS): Promise<{ items: number }> {
  const end = deps.now() + limits.ms;
  const running = new Map<string, Promise<void>>();
  let items = 0;
  for (;;) {
    while (running.size < limits.flows && items < limits.items && deps.now() < end) {
      const row = deps.next([...running.keys()]);
      if (!row) break;
      items++;
      const flow = (async () => {
        try {
          await deps.settle(row, await deps.run(row));
        } finally {
          running.delete(row.lane);
        }
      })();
      running.set(row.lane, flow);
    }
    if (running.size === 0) return { items };
    await Promise.race(running.values());
  }
}
