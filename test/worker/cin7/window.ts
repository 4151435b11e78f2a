import type { WorkClass } from "../../../worker/cin7/priority.ts";
import { type Ask, type CallMade, type Demand, decide, type Limits } from "../../../worker/cin7/quota.ts";

/**
 * A gate and its stores in simulated time, as an inbox does it: some flows at once, each with an item of two calls; whoever
 * asks for an item's first call waits for what the gate said last of the class, an item that has begun asks on its own.
 */
export type Asker = { store: string; cls: WorkClass; calls: number; from: number; latency?: number; size?: number };
export type Granted = { store: string; cls: WorkClass; nth: number; at: number };
const FLOWS = 4;

type Flow = { asker: Asker; next: number; left: number; begun: boolean };
export type Run = { granted: Granted[]; asks: number; stateAt(at: number): { calls: CallMade[]; demand: Demand[]; closedUntil: number } };

export function simulate(askers: readonly Asker[], limits: Limits, until: number): Run {
  const calls: CallMade[] = [];
  const demand = new Map<string, Demand>();
  const history: { at: number; demand: Demand[] }[] = [];
  const granted: Granted[] = [];
  let asks = 0;
  const flows = askers.flatMap((asker) =>
    Array.from({ length: FLOWS }, (_, i): Flow => ({ asker, next: asker.from + i, left: 0, begun: false })),
  );
  const wants = new Map(askers.map((asker) => [asker, asker.calls]));
  const held = new Map<Asker, number>();
  const mine = (asker: Asker) => askers.filter((other) => other.store === asker.store && other.from <= (held.get(asker) ?? asker.from));
  const goes = (flow: Flow) => (flow.left > 0 ? flow.next : Math.max(flow.next, held.get(flow.asker) ?? 0));
  for (;;) {
    // Calls of items that other flows have begun are not theirs to take.
    const begun = (asker: Asker) => flows.filter((flow) => flow.asker === asker).reduce((n, flow) => n + flow.left, 0);
    const open = flows.filter((flow) => flow.left > 0 || (wants.get(flow.asker) ?? 0) > begun(flow.asker));
    const flow = open.sort((a, b) => goes(a) - goes(b))[0];
    if (!flow || goes(flow) > until) break;
    const now = goes(flow);
    const { asker } = flow;
    const want = wants.get(asker) ?? 0;
    if (flow.left === 0) flow.left = Math.min(asker.size ?? 2, want - begun(asker));
    // The store tells what it wants in every class at once.
    for (const each of mine(asker))
      demand.set(`${each.cls} ${each.store}`, { cls: each.cls, store: each.store, want: wants.get(each) ?? 0, at: now });
    asks++;
    const started = flow.begun;
    const ask: Ask = { cls: asker.cls, store: asker.store, size: flow.left, begun: started };
    const pending = flows
      .filter((other) => other !== flow && other.begun)
      .map((f) => ({ store: f.asker.store, key: "", calls: f.left, at: now }));
    const decision = decide({ calls, demand: [...demand.values()], begun: pending, closedUntil: 0 }, ask, limits, now);
    held.set(asker, decision.granted ? decision.next : decision.at);
    if (decision.granted) {
      calls.push({ at: now, store: asker.store, cls: asker.cls });
      wants.set(asker, want - 1);
      demand.set(`${asker.cls} ${asker.store}`, { cls: asker.cls, store: asker.store, want: want - 1, at: now });
      granted.push({ store: asker.store, cls: asker.cls, nth: asker.calls - want + 1, at: now });
      flow.left--;
      flow.begun = flow.left > 0;
      flow.next = now + (asker.latency ?? 300);
    } else {
      flow.next = decision.at;
      if (!started) flow.left = 0;
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
