import { afterTrouble, type Breaker, isOpen, isToBeTold, probing, type Side } from "./breaker.ts";
import type { SideDown } from "./client.ts";
import { needsSide, type Work } from "./work.ts";

/** The breakers of an inbox in its own SQLite, and the items that wait for a side. Judgement is in `breaker.ts`. */
export const SIDES: readonly Side[] = ["BigCommerce", "Cin7 Core"];
/** Why a side is away: it says nothing, or it refuses our key (or its licence has ended), and then a person must act. */
type Away = "silent" | "refuses";
const reasonOf = (side: Side, away: Away = "silent"): string =>
  away === "refuses" ? `${side} does not let us in.` : `${side} does not answer.`;
const refuses = (sql: SqlStorage, side: Side): boolean =>
  sql.exec<{ why: string }>("SELECT why FROM breakers WHERE side = ?", side).toArray()[0]?.why === reasonOf(side, "refuses");
export const reasonNow = (sql: SqlStorage, side: Side): string => reasonOf(side, refuses(sql, side) ? "refuses" : "silent");

export function breakerOf(sql: SqlStorage, side: Side): Breaker | null {
  type Raw = { troubles: number; since: number; probe: number; told: number };
  const row = sql.exec<Raw>("SELECT troubles, since, probe, told FROM breakers WHERE side = ?", side).toArray()[0];
  return row ? { ...row, told: row.told === 1 } : null;
}

/** `away`: as it is now; without it as it was. */
function keep(sql: SqlStorage, side: Side, b: Breaker, away?: Away): void {
  sql.exec(
    `INSERT INTO breakers (side, troubles, since, probe, told, why) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (side) DO UPDATE SET troubles = excluded.troubles, since = excluded.since, probe = excluded.probe, told = excluded.told,
       why = excluded.why`,
    side,
    b.troubles,
    b.since,
    b.probe,
    b.told ? 1 : 0,
    away ? reasonOf(side, away) : reasonNow(sql, side),
  );
}

export const trouble = (sql: SqlStorage, side: Side, now: number, timeScale: number, away: Away = "silent"): void =>
  keep(sql, side, afterTrouble(breakerOf(sql, side), now, timeScale), away);

/** Which sides a run asked, which of them did not answer, which answered again after people were told of their absence. */
export type Met = { asked: Set<Side>; troubled: Set<Side>; back: { side: Side; since: number }[] };

/** A run has met a side: what it answered goes into `met`, and its breaker learns of it. */
export function meet(sql: SqlStorage, met: Met, { side, is }: { side: Side; is: string }, now: number, timeScale: number): void {
  met.asked.add(side);
  // A key that is refused pauses everything that needs it, like a side that does not answer.
  if (is === "trouble" || (is === "denied" && side === "Cin7 Core")) {
    met.troubled.add(side);
    trouble(sql, side, now, timeScale, is === "denied" ? "refuses" : "silent");
  } else if (is !== "throttled") {
    const before = answered(sql, side, now);
    met.troubled.delete(side);
    if (before?.told) met.back.push({ side, since: before.since });
  }
}

/** The side answers: everything that waited for it is due. The breaker as it was; null: nothing was wrong. */
export function answered(sql: SqlStorage, side: Side, now: number): Breaker | null {
  const before = breakerOf(sql, side);
  if (!before) return null;
  sql.exec("DELETE FROM breakers WHERE side = ?", side);
  if (isOpen(before))
    sql.exec("UPDATE work SET due = MIN(due, ?), waits = 0, why = '', side = NULL WHERE side = ? AND parked = 0", now, side);
  return before;
}

/** People were told of it. */
export function told(sql: SqlStorage, side: Side): void {
  sql.exec("UPDATE breakers SET told = 1 WHERE side = ?", side);
}

/** Sides that are away, and when the next item tries them: until then whatever needs one waits, without being run or written. */
export function awayUntil(sql: SqlStorage, now: number): Map<Side, number> {
  const away = new Map<Side, number>();
  for (const side of SIDES) {
    const breaker = breakerOf(sql, side);
    if (isOpen(breaker) && now < breaker.probe) away.set(side, breaker.probe);
  }
  return away;
}

/** The chosen item needs a side that is away: it is the probe. Which sides it probes. */
export function takeProbe(sql: SqlStorage, work: Work, now: number, timeScale: number): Side[] {
  return SIDES.filter((side) => {
    const breaker = breakerOf(sql, side);
    if (!isOpen(breaker) || !needsSide(work, side)) return false;
    keep(sql, side, probing(breaker, now, timeScale));
    return true;
  });
}

/** The probe asked the side nothing: the next item may at once. */
export function giveBackProbe(sql: SqlStorage, side: Side, now: number): void {
  const breaker = breakerOf(sql, side);
  if (isOpen(breaker)) keep(sql, side, { ...breaker, probe: now });
}

export function sidesDown(sql: SqlStorage): SideDown[] {
  return SIDES.flatMap((side) => {
    const breaker = breakerOf(sql, side);
    if (!isOpen(breaker)) return [];
    const [since, triesAt] = [breaker.since, breaker.probe].map((at) => new Date(at).toISOString()) as [string, string];
    return [{ side, since, triesAt, why: reasonNow(sql, side), ...(refuses(sql, side) ? { refuses: true as const } : {}) }];
  });
}

/** Sides that have been away for so long that people are to be told; a refused key is told by itself, with what to do (`cin7-denied`). */
export const awayToTell = (sql: SqlStorage, now: number, timeScale: number): { side: Side; since: number }[] =>
  SIDES.flatMap((side) => {
    const breaker = breakerOf(sql, side);
    return breaker && isToBeTold(breaker, now, timeScale) && !refuses(sql, side) ? [{ side, since: breaker.since }] : [];
  });
