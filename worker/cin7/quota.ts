import { CLASSES, rankOf, type WorkClass } from "../inbox/work.ts";

/**
 * Sixty calls a minute (cin7-core.md 1.2): a sliding window over the times of calls, and who wants how many. Pure: the
 * clock comes in. Grants go by class; a lower class gets what is left after the registered demand of higher ones; *sweep*
 * always gets 2 a window; within a class the stores take turns (design 6).
 */
export type Demand = { cls: WorkClass; store: string; want: number; at: number };
/** A call that was permitted: when, and for whom. In ascending order of time. */
export type Call = { at: number; store: string };
export type QuotaState = { calls: readonly Call[]; demand: readonly Demand[]; closedUntil: number };
export type Limits = { calls: number; windowMs: number };
export type Ask = { cls: WorkClass; store: string; want: number };
export type Decision = { granted: boolean; at: number };

const SWEEP_SHARE = 2;
/** Into how many portions the calls of a window fall while more wait than go. */
const BATCHES = 10;

export const inWindow = (calls: readonly Call[], now: number, windowMs: number): Call[] => calls.filter((call) => call.at > now - windowMs);

/** A demand that nobody repeated for a window is forgotten: its store is gone or has nothing left. */
const standing = (demand: readonly Demand[], now: number, windowMs: number): Demand[] =>
  demand.filter((d) => d.at > now - windowMs && d.want > 0);

export function decide(state: QuotaState, ask: Ask, limits: Limits, now: number): Decision {
  const { windowMs } = limits;
  if (now < state.closedUntil) return { granted: false, at: state.closedUntil };
  const used = inWindow(state.calls, now, windowMs);
  const free = limits.calls - used.length;
  // So many leave the window before it is worth asking again: not one wake-up for each call.
  const leaves = (n: number) => (used[Math.min(Math.max(n, 1), used.length) - 1]?.at ?? now) + windowMs;
  const batch = Math.min(ask.want, Math.ceil(limits.calls / BATCHES));
  if (free <= 0) return { granted: false, at: leaves(batch - free) };
  const reserved = reservedAbove(state, ask, now, windowMs);
  const share = ask.cls === "sweep" ? Math.max(free - reserved, Math.min(SWEEP_SHARE, free)) : free - reserved;
  if (share > 0 && fair(state, ask, used, limits, now)) return { granted: true, at: now };
  // Higher classes go first: come back when the next call leaves the window.
  return { granted: false, at: Math.max(now + windowMs / 60, leaves(batch)) };
}

/** Calls that higher classes have asked for and not yet made. */
function reservedAbove(state: QuotaState, ask: Ask, now: number, windowMs: number): number {
  return standing(state.demand, now, windowMs)
    .filter((d) => rankOf(d.cls) < rankOf(ask.cls))
    .reduce((n, d) => n + d.want, 0);
}

/**
 * In turn among stores of a class: who had less than an even share of the window goes; who had more leaves the others what
 * they want of theirs. Somebody always may: when all had their share, nothing is kept back.
 */
function fair(state: QuotaState, ask: Ask, used: readonly Call[], limits: Limits, now: number): boolean {
  const others = standing(state.demand, now, limits.windowMs).filter((d) => d.cls === ask.cls && d.store !== ask.store);
  if (others.length === 0) return true;
  const even = Math.ceil(limits.calls / (others.length + 1));
  const had = (store: string) => used.filter((call) => call.store === store).length;
  if (had(ask.store) < even) return true;
  const keptBack = others.reduce((n, d) => n + Math.min(d.want, Math.max(even - had(d.store), 0)), 0);
  return limits.calls - used.length > keptBack;
}

/** When the last of `want` further calls goes, for "clears at". Null: nothing waits. */
export const clearsAt = (state: QuotaState, want: number, limits: Limits, now: number): number | null =>
  want <= 0 ? null : slot(state, want, limits, now);

/**
 * When the `nth` of the calls goes that a store wants in a class: after what higher classes want, and in turn with the other
 * stores of the class (N9). An estimate: what is not registered yet is not in it.
 */
export function goesAt(state: QuotaState, ask: { cls: WorkClass; store: string }, nth: number, limits: Limits, now: number): number {
  const all = standing(state.demand, now, limits.windowMs);
  const above = all.filter((d) => rankOf(d.cls) < rankOf(ask.cls) && d.store !== ask.store).reduce((n, d) => n + d.want, 0);
  const beside = all.filter((d) => d.cls === ask.cls && d.store !== ask.store).reduce((n, d) => n + Math.min(d.want, nth), 0);
  return slot(state, above + beside + nth, limits, now);
}

/** When the `nth` further call of anybody has room: the free ones now, then as calls leave the window, then as those do. */
function slot(state: QuotaState, nth: number, limits: Limits, now: number): number {
  const start = Math.max(now, state.closedUntil);
  const used = inWindow(state.calls, start, limits.windowMs).slice(-limits.calls);
  const free = limits.calls - used.length;
  const at = (nth - 1) % limits.calls;
  const first = at < free ? start : Math.max(start, (used[at - free]?.at ?? start) + limits.windowMs);
  return first + Math.floor((nth - 1) / limits.calls) * limits.windowMs;
}

export const demandOf = (state: QuotaState, now: number, windowMs: number): { cls: WorkClass; want: number }[] =>
  CLASSES.map((cls) => ({
    cls,
    want: standing(state.demand, now, windowMs)
      .filter((d) => d.cls === cls)
      .reduce((n, d) => n + d.want, 0),
  })).filter((d) => d.want > 0);
