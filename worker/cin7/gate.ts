import { DurableObject } from "cloudflare:workers";
import { configOf, type Env } from "../env.ts";
import { migrate } from "../lib/migrate.ts";
import type { Permit } from "./client.ts";
import { forgetBefore, type GateMemory, keepCall, keepDemand, recall } from "./gate-memory.ts";
import type { WorkClass } from "./priority.ts";
import { type Begun, clearsAt, type Demand, decide, demandOf, goesAt, inWindow, type Limits, type QuotaState } from "./quota.ts";

/** The item that asks, and what runs and waits beside it in its store. */
export type Item = {
  key: string;
  /** Calls that it still takes, this one included; `begun`: it has made some. */
  size: number;
  begun: boolean;
  /** Keys of the store's running items: what others have begun is over. */
  running: string[];
  demand: Partial<Record<WorkClass, number>>;
  /** Somebody waits in front of a page: asked now or not at all, so it leaves no demand behind; as an order it may take of the people's share. */
  person?: boolean;
};

export type Meter = {
  used: number;
  quota: number;
  windowMs: number;
  demand: { cls: WorkClass; want: number }[];
  waitingCalls: number;
  clearsAt: string | null;
};

/** Appended, never edited; old code tolerates new columns. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS calls (at INTEGER NOT NULL, store TEXT NOT NULL);
   CREATE INDEX IF NOT EXISTS calls_at ON calls (at);
   CREATE TABLE IF NOT EXISTS demand (cls TEXT NOT NULL, store TEXT NOT NULL, want INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (cls, store));
   CREATE TABLE IF NOT EXISTS closed (id INTEGER PRIMARY KEY CHECK (id = 1), until INTEGER NOT NULL)`,
  `ALTER TABLE calls ADD COLUMN cls TEXT NOT NULL DEFAULT ''`,
  // They are read once, when the object wakes: an index only cost a row with each call.
  `DROP INDEX IF EXISTS calls_at`,
];

/**
 * One per API application key: every Cin7 call takes its permit here. The times of calls are kept in SQLite, because the
 * quota outlives an eviction. Judgement is in `quota.ts`, what is remembered in `gate-memory.ts`.
 */
export class Gate extends DurableObject<Env> {
  #limits: Limits;
  /** Of the running moment only: lost with an eviction, when nothing runs either. */
  #begun: Begun[] = [];
  #closedUntil = 0;
  #memory: GateMemory;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { cin7, timeScale } = configOf(env);
    this.#limits = { calls: cin7.quotaCalls, windowMs: cin7.quotaWindowMs / timeScale };
    migrate(ctx.storage, MIGRATIONS);
    this.#closedUntil = ctx.storage.sql.exec<{ until: number }>("SELECT until FROM closed").toArray()[0]?.until ?? 0;
    this.#memory = recall(ctx.storage.sql, Date.now() - this.#limits.windowMs);
  }

  /**
   * A permit for one call now, or when to ask again. `want`: how many calls the store still needs in this class, this one
   * included. `item` tells its demand in every class, so that a lower class never goes while an order of the same store waits.
   * A permit counts as used, whether or not the fetch follows.
   */
  ask(cls: WorkClass, store: string, want: number, item?: Item): Permit {
    const now = Date.now();
    const { sql } = this.ctx.storage;
    // The parameter before `item` is what an older Worker tells during a deployment (design 5).
    const wants = Object.entries({ ...item?.demand, [cls]: want }) as [WorkClass, number][];
    const told = wants.filter(([, n]) => n > 0).map(([each, n]): Demand => ({ cls: each, store, want: n, at: now }));
    const { key, size, begun, running, person = false }: Omit<Item, "demand"> = item ?? { key: "", size: 1, begun: false, running: [] };
    if (!person) this.#memory.demand.set(store, told);
    this.#begun = this.#begun.filter((b) => b.store !== store || (b.key !== key && running.includes(b.key)));
    const decision = decide(this.#state(now), { cls, store, size, begun, person: person && cls === "order" }, this.#limits, now);
    if (!decision.granted) {
      if (!person) keepDemand(sql, this.#memory, store);
      return decision;
    }
    if (size > 1) this.#begun.push({ store, key, calls: size - 1, at: now });
    keepCall(sql, this.#memory, { at: now, store, cls: decision.shared ? "person" : cls });
    return decision;
  }

  /** A throttle still came (another tool on the same key): closed for everyone until the window has passed. */
  throttled(): void {
    this.#closedUntil = Date.now() + this.#limits.windowMs;
    this.ctx.storage.sql.exec(
      "INSERT INTO closed (id, until) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET until = excluded.until",
      this.#closedUntil,
    );
  }

  /** Forgets everything: its key is gone. A deleted database has no tables: they are made again at once. */
  async erase(): Promise<void> {
    await this.ctx.storage.deleteAll();
    migrate(this.ctx.storage, MIGRATIONS);
    this.#begun = [];
    this.#closedUntil = 0;
    // What it knew by heart, too: it would write over rows that are gone, and tell of calls that nobody may know of.
    this.#memory = recall(this.ctx.storage.sql, Date.now());
  }

  meter(): Meter {
    const now = Date.now();
    const state = this.#state(now);
    const demand = demandOf(state, now, this.#limits.windowMs);
    const waitingCalls = demand.reduce((n, d) => n + d.want, 0);
    const clears = clearsAt(state, waitingCalls, this.#limits, now);
    return {
      used: inWindow(state.calls, now, this.#limits.windowMs).length,
      quota: this.#limits.calls,
      windowMs: this.#limits.windowMs,
      demand,
      waitingCalls,
      clearsAt: clears === null ? null : new Date(clears).toISOString(),
    };
  }

  /** When the n-th call of those that a store wants in a class goes, as things are now: epoch milliseconds. */
  forecast(cls: WorkClass, store: string, nths: number[]): number[] {
    const now = Date.now();
    const state = this.#state(now);
    return nths.map((nth) => goesAt(state, { cls, store }, nth, this.#limits, now));
  }

  #state(now: number): QuotaState {
    forgetBefore(this.#memory, now - this.#limits.windowMs);
    const { calls, demand } = this.#memory;
    return { calls, demand: [...demand.values()].flat(), begun: this.#begun, closedUntil: this.#closedUntil };
  }
}
