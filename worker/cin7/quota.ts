import { CLASSES, rankOf, type WorkClass } from "./priority.ts";

/**
 * Sixty calls a minute (cin7-core.md 1.2): a sliding window over the times of calls, and who wants how many. Pure: the
 * clock comes in. Grants go by class; a lower class gets what is left after the registered demand of higher ones; *sweep*
 * always gets 2 a window; within a class the stores take turns (design 6).
 */
export type Demand = { cls: WorkClass; store: string; want: number; at: number };
/** A call that was permitted: when, for whom and of which class; "person": out of the people's share. In ascending order of time. */
export type CallMade = { at: number; store: string; cls: WorkClass | "person" };
/** What an item that has begun still takes: its calls are not given to others. */
export type Begun = { store: string; key: string; calls: number; at: number };
export type QuotaState = { calls: readonly CallMade[]; demand: readonly Demand[]; begun?: readonly Begun[]; closedUntil: number };
export type Limits = { calls: number; windowMs: number };
/** `size`: calls that the item still takes, this one included: it begins when all of them find room. `begun`: it has. `person`: somebody waits in front of a page. */
export type Ask = { cls: WorkClass; store: string; size: number; begun?: boolean; person?: boolean };
/** `at`: when to ask again. `next`: when the next item of this class and store finds room; not after now: at once. `shared`: out of the people's share. */
export type Decision = { granted: false; at: number } | { granted: true; next: number; shared?: true };

/** What Cin7 Core takes of one application in a window. */
const TAKEN = 60;
/**
 * A person's click finds these whatever waits, even when all calls of the window are used (docs/decisions/0039). They count like
 * others: work goes on when the window is down to its limit again, so that it never comes close to the sixty.
 */
const PEOPLE = 4;
const sharedCalls = ({ calls }: Limits): number => Math.min(PEOPLE, Math.max(TAKEN - 1 - calls, 0));

const SWEEP_SHARE = 2;
/** Calls of an item that nobody has seen yet: a sale takes two, and so do its invoice and payment (cin7-core.md 8). */
const ITEM = 2;
/** What nobody told for so long (part of the window) is over: its store has nothing left to ask. */
const BEGUN_FOR = 1 / 6;

export const inWindow = (calls: readonly CallMade[], now: number, windowMs: number): CallMade[] =>
  calls.filter((call) => call.at > now - windowMs);
const isShared = (call: CallMade): boolean => call.cls === "person";

/** A demand that nobody repeated for a window is forgotten: its store is gone or has nothing left. */
const standing = (demand: readonly Demand[], now: number, windowMs: number): Demand[] =>
  demand.filter((d) => d.at > now - windowMs && d.want > 0);

export function decide(state: QuotaState, ask: Ask, limits: Limits, now: number): Decision {
  if (now < state.closedUntil) return { granted: false, at: state.closedUntil };
  const turn = inTurn(state, ask, limits, now);
  return ask.person && !turn.granted ? ofPeople(state, turn, limits, now) : turn;
}

/** No room in turn: out of the share that nobody else takes, or when one of its calls is back. What a person is told is kept. */
function ofPeople(state: QuotaState, turn: Decision, limits: Limits, now: number): Decision {
  const had = inWindow(state.calls, now, limits.windowMs).filter(isShared);
  if (had.length < sharedCalls(limits)) return { granted: true, next: now, shared: true };
  const [first] = had;
  return first ? { granted: false, at: Math.ceil(first.at + limits.windowMs) } : turn;
}

function inTurn(state: QuotaState, ask: Ask, limits: Limits, now: number): Decision {
  const used = inWindow(state.calls, now, limits.windowMs);
  const size = Math.min(ask.size, limits.calls);
  const free = limits.calls - used.length;
  const room = roomFor(state, ask, used, limits, now);
  if (room < size) return { granted: false, at: whenRoom(used, { size, free, room }, limits, now) };
  const left = { size: ITEM, free: free - size, room: room - size };
  return { granted: true, next: left.room >= ITEM ? now : whenRoom(used, left, limits, now) };
}

/** Calls that may be made now by this store in this class. */
function roomFor(state: QuotaState, ask: Ask, used: readonly CallMade[], limits: Limits, now: number): number {
  const free = limits.calls - used.length;
  const demand = standing(state.demand, now, limits.windowMs);
  const swept = used.filter((call) => call.cls === "sweep").length;
  const share = Math.max(SWEEP_SHARE - swept, 0);
  const above = wanted(demand.filter((d) => rankOf(d.cls) < rankOf(ask.cls)));
  const begun = ask.begun ? 0 : begunCalls(state, limits, now);
  if (ask.cls === "sweep") return Math.max(free - above, Math.min(share, free)) - begun;
  const kept = Math.min(share, wanted(demand.filter((d) => d.cls === "sweep" && rankOf(d.cls) > rankOf(ask.cls))));
  if (ask.begun) return free - above;
  return free - above - kept - begun - keptForOthers(demand, ask, used, limits);
}

const begunCalls = (state: QuotaState, { windowMs }: Limits, now: number): number =>
  (state.begun ?? []).filter((b) => b.at > now - windowMs * BEGUN_FOR).reduce((n, b) => n + b.calls, 0);

const wanted = (demand: readonly Demand[]): number => demand.reduce((n, d) => n + d.want, 0);

/**
 * When an item finds room: not before so many calls have left the window; where calls are only kept for others, they may not
 * use them, so it is asked again within a tenth of the window.
 */
function whenRoom(
  used: readonly CallMade[],
  item: { size: number; free: number; room: number },
  { windowMs }: Limits,
  now: number,
): number {
  const leaves = (n: number) => (n <= 0 ? now : (used[Math.min(n, used.length) - 1]?.at ?? now) + windowMs);
  const wanted = Math.min(leaves(item.size - item.room), now + windowMs / 10);
  return Math.ceil(Math.max(leaves(item.size - item.free), wanted, now + 1));
}

/**
 * In turn among stores of a class: who had less than an even share of the window goes; who had more leaves the others what
 * they want of theirs. Somebody always may: when all had their share, nothing is kept back.
 */
function keptForOthers(demand: readonly Demand[], ask: Ask, used: readonly CallMade[], limits: Limits): number {
  const others = demand.filter((d) => d.cls === ask.cls && d.store !== ask.store);
  if (others.length === 0) return 0;
  const even = Math.ceil(limits.calls / (others.length + 1));
  const had = (store: string) => used.filter((call) => call.store === store).length;
  if (had(ask.store) < even) return 0;
  return others.reduce((n, d) => n + Math.min(d.want, Math.max(even - had(d.store), 0)), 0);
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
