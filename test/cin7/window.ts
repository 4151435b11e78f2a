import { type Ask, type Call, type Demand, decide, type Limits } from "../../worker/cin7/quota.ts";
import type { WorkClass } from "../../worker/inbox/work.ts";

/** A gate and its stores in simulated time: every store asks with as many calls in flight as an inbox has flows. */
export type Asker = { store: string; cls: WorkClass; calls: number; from: number; latency?: number };
export type Granted = { store: string; cls: WorkClass; nth: number; at: number };
const FLOWS = 4;

export type Run = { granted: Granted[]; asks: number; stateAt(at: number): { calls: Call[]; demand: Demand[]; closedUntil: number } };

export function simulate(askers: readonly Asker[], limits: Limits, until: number): Run {
  const calls: Call[] = [];
  const demand = new Map<string, Demand>();
  const history: { at: number; demand: Demand[] }[] = [];
  const granted: Granted[] = [];
  let asks = 0;
  const flows = askers.flatMap((asker) => Array.from({ length: FLOWS }, (_, i) => ({ asker, next: asker.from + i, left: asker })));
  const left = new Map(askers.map((asker) => [asker, asker.calls]));
  for (;;) {
    const open = flows.filter(({ asker }) => (left.get(asker) ?? 0) > 0);
    const flow = open.sort((a, b) => a.next - b.next)[0];
    if (!flow || flow.next > until) break;
    const now = flow.next;
    const { asker } = flow;
    const want = left.get(asker) ?? 0;
    const ask: Ask = { cls: asker.cls, store: asker.store, want };
    const key = `${asker.cls} ${asker.store}`;
    demand.set(key, { ...ask, at: now });
    asks++;
    const decision = decide({ calls, demand: [...demand.values()], closedUntil: 0 }, ask, limits, now);
    if (decision.granted) {
      calls.push({ at: now, store: asker.store });
      left.set(asker, want - 1);
      demand.set(key, { ...ask, want: want - 1, at: now });
      granted.push({ store: asker.store, cls: asker.cls, nth: asker.calls - want + 1, at: now });
      flow.next = now + (asker.latency ?? 300);
    } else {
      // One time for the class: nobody of it asks again before (design 6).
      for (const other of flows) if (other.asker === asker) other.next = Math.max(other.next, decision.at);
    }
    history.push({ at: now, demand: [...demand.values()].map((d) => ({ ...d })) });
  }
  return {
    granted,
    asks,
    stateAt: (at) => ({
      calls: calls.filter((call) => call.at <= at),
      demand: history.findLast((entry) => entry.at <= at)?.demand ?? [],
      closedUntil: 0,
    }),
  };
}
