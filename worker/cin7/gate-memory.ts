import type { CallMade, Demand } from "./quota.ts";

/**
 * What a gate knows, in memory, and what of it must outlive an eviction, in its SQLite: the times of calls, a row each, written
 * over when its call has left the window; and what stores want, from the moment when one of them is refused: only then can
 * anybody wait on others.
 */
export type GateMemory = {
  /** In ascending order of time; `row`: where the call is kept. */
  calls: (CallMade & { row: number })[];
  /** Rows whose call has left the window. */
  free: number[];
  demand: Map<string, Demand[]>;
  /** Stores whose demand is stored. */
  stored: Set<string>;
};

/** As SQLite has it; `since`: the beginning of the window (epoch ms). */
export function recall(sql: SqlStorage, since: number): GateMemory {
  const calls = sql.exec<CallMade & { row: number }>("SELECT rowid AS row, at, store, cls FROM calls ORDER BY at").toArray();
  const memory: GateMemory = { calls, free: [], demand: new Map(), stored: new Set() };
  for (const told of sql.exec<Demand>("SELECT cls, store, want, at FROM demand").toArray()) {
    memory.demand.set(told.store, [...(memory.demand.get(told.store) ?? []), told]);
    memory.stored.add(told.store);
  }
  forgetBefore(memory, since);
  return memory;
}

/** What nobody repeated for a window is over: its calls have left it, its demand is forgotten. */
export function forgetBefore(memory: GateMemory, since: number): void {
  const { calls, free, demand } = memory;
  const over = calls.findIndex((call) => call.at > since);
  free.push(...calls.splice(0, over < 0 ? calls.length : over).map((call) => call.row));
  for (const [store, told] of demand) if (told.every((each) => each.at <= since)) demand.delete(store);
}

/** A permit was given: one row written. What its store wants no more is no longer stored either. */
export function keepCall(sql: SqlStorage, memory: GateMemory, call: CallMade): void {
  const { at, store, cls } = call;
  const free = memory.free.pop();
  if (free !== undefined) sql.exec("UPDATE calls SET at = ?, store = ?, cls = ? WHERE rowid = ?", at, store, cls, free);
  const row =
    free ??
    sql.exec<{ row: number }>("INSERT INTO calls (at, store, cls) VALUES (?, ?, ?) RETURNING rowid AS row", at, store, cls).one().row;
  memory.calls.push({ at, store, cls, row });
  const left = (memory.demand.get(store) ?? []).map((d) => (d.cls === cls ? { ...d, want: Math.max(d.want - 1, 0) } : d));
  memory.demand.set(store, left);
  if (memory.stored.has(store) && left.every((d) => d.want === 0)) unstore(sql, memory, store);
}

/** A store was refused: what it wants is known also after an eviction. */
export function keepDemand(sql: SqlStorage, memory: GateMemory, store: string): void {
  unstore(sql, memory, store);
  sql.exec(
    `INSERT INTO demand (cls, store, want, at) SELECT value ->> 'cls', value ->> 'store', value ->> 'want', value ->> 'at' FROM json_each(?)`,
    JSON.stringify((memory.demand.get(store) ?? []).filter((d) => d.want > 0)),
  );
  memory.stored.add(store);
}

function unstore(sql: SqlStorage, memory: GateMemory, store: string): void {
  if (memory.stored.delete(store)) sql.exec("DELETE FROM demand WHERE store = ?", store);
}
