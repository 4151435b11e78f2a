import { DurableObject } from "cloudflare:workers";
import { freshQuota } from "../bigcommerce/client.ts";
import { configOf, type Env } from "../env.ts";
import { type AttemptRow, closeOrders, forgetOrders, pruneAttempts, recordAttempts } from "../inbox/attempts.ts";
import type { Side } from "../inbox/breaker.ts";
import type { InboxStatus, OrderPlace, ResealedUpTo } from "../inbox/client.ts";
import { drain } from "../inbox/drain.ts";
import { claimsIn, frozenIn } from "../inbox/forgotten.ts";
import { MIGRATIONS } from "../inbox/migrations.ts";
import { type Outcome, skipped } from "../inbox/outcome.ts";
import { demand, nextAlarm, nextDue } from "../inbox/queue/due.ts";
import * as queue from "../inbox/queue/items.ts";
import { callsAhead, placesOf, waiting } from "../inbox/queue/places.ts";
import { attemptOf, openAttempts, takeEnded } from "../inbox/sealed/recorder.ts";
import { resealPart } from "../inbox/sealed/reseal.ts";
import { afterBug, type Run, type SideNews, settle, withSides } from "../inbox/settle.ts";
import * as sides from "../inbox/sides.ts";
import * as table from "../inbox/table.ts";
import { asksAs, callsOf, classOf, keyOf, orderOf, type Work } from "../inbox/work.ts";
import { alert, log, logBug, measure, type WideEvent } from "../lib/log.ts";
import { migrate } from "../lib/migrate.ts";
import { type HandlerDeps, runWork } from "./run-item.ts";

const PAUSE_LOOK_MS = 60_000;
/** workerd forgets an alarm that is set again, while it rings, for the millisecond for which it rings. */
const RINGING_MS = 2;
const DAY_MS = 86_400_000;

/**
 * One per store (`store:{hash}`) and one per Cin7 account (`account:{id}`): holds the work, runs one flow per item and
 * settles it (design 2). This class is wiring; the rules are in `work`, `drain`, `settle`, `claim` and the slices' flows.
 */
export class Inbox extends DurableObject<Env> {
  #sql: SqlStorage;
  #quota = freshQuota();
  #draining: Promise<void> | null = null;
  /** False: a migration failed. It stays readable and takes work in as far as its tables allow, and runs nothing (design 5). */
  #migrated: boolean;
  /** Items that have begun and are not settled: woken meanwhile they run again. */
  #unsettled = new Set<string>();
  /** The running items by key; with their rank while they wait for their first permit. */
  #running = new Map<string, number | null>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#migrated = this.#migrate();
  }

  #migrate(): boolean {
    try {
      migrate(this.ctx.storage, MIGRATIONS);
      queue.place(this.#sql, Date.now());
      // An alarm does not know its object's name: it is kept from the first call on.
      if (this.ctx.id.name) table.rememberName(this.#sql, this.ctx.id.name);
      return true;
    } catch (error) {
      logBug(error, { kind: "migration", store: this.ctx.id.name ?? "" });
      alert(this.env.EVENTS, { kind: "migration-failed", store: this.ctx.id.name ?? "" });
      return false;
    }
  }

  /** Stores the items and is heard of by the alarm; committed together, before the caller goes on (design 8.2). */
  async put(works: Work[], options: { delayMs?: number } = {}): Promise<void> {
    const now = Date.now();
    const due = now + (options.delayMs ?? 0) / configOf(this.env).timeScale;
    this.ctx.storage.transactionSync(() => {
      for (const work of works) queue.put(this.#sql, work, due, now, this.#unsettled.has(keyOf(work)));
    });
    await this.#wakeAt(due);
  }

  override async alarm(): Promise<void> {
    await this.#drain();
  }

  /** Runs what is due now and answers when nothing more is; for the cron's poke and for tests. */
  async poke(): Promise<void> {
    await this.#drain();
  }

  status(): InboxStatus {
    const counts = waiting(this.#sql);
    return {
      waiting: counts.reduce((n, row) => n + row.n, 0),
      nextDue: nextAlarm(this.#sql, Date.now()),
      demand: Object.fromEntries(counts.map((row) => [row.cls, row.n])),
      calls: callsAhead(this.#sql),
      down: sides.sidesDown(this.#sql),
    };
  }

  places(orderIds: number[]): OrderPlace[] {
    return placesOf(this.#sql, orderIds, Date.now());
  }

  attempts(orderId: number): ReturnType<typeof openAttempts> {
    return openAttempts(this.#sql, configOf(this.env).sealingKeys, this.#name(), orderId);
  }

  forget(orderIds: number[]): number {
    return forgetOrders(this.#sql, orderIds);
  }

  reseal(after: ResealedUpTo | null): ReturnType<typeof resealPart> {
    return resealPart(this.#sql, configOf(this.env).sealingKeys, this.#name(), after);
  }

  /** Forgets everything. A deleted database has no tables: they are made again at once (tried, design 5). */
  async erase(): Promise<void> {
    const name = this.#name();
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    migrate(this.ctx.storage, MIGRATIONS);
    table.rememberName(this.#sql, name);
    table.rememberErased(this.#sql, Date.now());
  }

  #name(): string {
    return this.ctx.id.name ?? table.nameOf(this.#sql) ?? "";
  }

  /** The next alarm: for the earliest item that may run. */
  async #arm(): Promise<void> {
    const due = this.#migrated ? nextAlarm(this.#sql, Date.now()) : Date.now();
    if (due !== null) await this.#wakeAt(due);
  }

  /** Never later than an alarm already set. An alarm is of whole milliseconds: rounded up, so that it finds its item due. */
  async #wakeAt(due: number): Promise<void> {
    const set = await this.ctx.storage.getAlarm();
    // While the operator's brake is on nothing runs, but it is looked at again: letting go needs no further step.
    const held = configOf(this.env).flowsPaused || !this.#migrated;
    const at = held ? Date.now() + PAUSE_LOOK_MS : Math.max(Math.ceil(due), Date.now() + RINGING_MS);
    if (set === null || at < set) await this.ctx.storage.setAlarm(at);
  }

  /** One loop at a time, whoever starts it. */
  #drain(): Promise<void> {
    this.#draining ??= this.#loop().finally(() => {
      this.#draining = null;
    });
    return this.#draining;
  }

  async #loop(): Promise<void> {
    try {
      this.#migrated ||= this.#migrate();
      if (configOf(this.env).flowsPaused || !this.#migrated) return;
      await drain({
        next: (busy) => this.#next(busy),
        run: (row) => this.#run(row),
        settle: (row, outcome) => this.#settle(row, outcome).finally(() => this.#unsettled.delete(row.key)),
        now: Date.now,
      });
      const now = Date.now();
      // Whom everything was forgotten of has nothing that grows old, until new work comes.
      if (table.erasedAt(this.#sql) === 0 || nextAlarm(this.#sql, now) !== null)
        queue.schedule(this.#sql, { kind: "kept.prune" }, now + (DAY_MS * Math.random()) / configOf(this.env).timeScale, now);
    } catch (error) {
      logBug(error, { kind: "drain", store: this.#name() });
    } finally {
      await this.#arm();
    }
  }

  #next(busy: readonly string[]): queue.WorkRow | null {
    const now = Date.now();
    const asking = [...this.#running.values()].filter((rank) => rank !== null);
    const row = nextDue(this.#sql, now, busy, asking);
    if (!row) return null;
    this.#running.set(row.key, asksAs(row.work));
    this.#unsettled.add(row.key);
    return { ...row, probes: sides.takeProbe(this.#sql, row.work, now, configOf(this.env).timeScale) };
  }

  async #run(row: queue.WorkRow): Promise<Ran> {
    const started = Date.now();
    const seen: SoFar = { met: { troubled: new Set(), asked: new Set(), back: [] }, calls: 0, permits: 0, ended: [] };
    let outcome: Outcome;
    let context: Ran["context"] = null;
    try {
      const ran = await runWork(this.#depsFor(row, seen), row.work);
      outcome = ran ? ran.outcome : skipped("no-store", "The store is not connected.");
      context = ran;
    } catch (error) {
      logBug(error, { kind: row.work.kind, key: row.key, attempt: row.attempts + 1 });
      outcome = afterBug(row, error, Date.now(), configOf(this.env).timeScale, Math.random());
    }
    this.#running.delete(row.key);
    const { met, calls } = seen;
    const ended = await takeEnded(seen.ended);
    for (const side of row.probes) if (!met.asked.has(side)) sides.giveBackProbe(this.#sql, side, Date.now());
    return { ...outcome, context, met, ms: Date.now() - started, calls, ended };
  }

  /** What a run gets of this object. */
  #depsFor(row: queue.WorkRow, seen: SoFar): HandlerDeps {
    return {
      env: this.env,
      name: this.#name(),
      quota: this.#quota,
      attempt: row.attempts + 1,
      claims: claimsIn(
        this.#sql,
        () => this.ctx.storage.sync(),
        async () => recordAttempts(this.#sql, await takeEnded(seen.ended)),
      ),
      frozen: frozenIn(this.#sql, configOf(this.env).sealingKeys, this.#name()),
      keeping: {
        forget: (ids) => forgetOrders(this.#sql, ids),
        close: (ids) => closeOrders(this.#sql, ids),
        prune: (days) => pruneAttempts(this.#sql, Date.now(), days),
      },
      gate: this.#gateFor(row, seen),
      holding: (orderIds, kind) => queue.holding(this.#sql, orderIds, kind),
      onExchange: (side, exchange) => this.#onExchange(orderOf(row.work), seen, side, exchange),
    };
  }

  /** What the account's gate is told of the run, and what it answers for the next ones. */
  #gateFor(row: queue.WorkRow, seen: SoFar): HandlerDeps["gate"] {
    return {
      item: (cls) => ({
        key: row.key,
        size: cls === classOf(row.work) ? Math.max(callsOf(row.work.kind) - seen.permits, 1) : 1,
        begun: seen.permits > 0,
        running: [...this.#running.keys()],
        demand: demand(this.#sql, Date.now()),
      }),
      told: (cls, permit) => {
        const at = permit.granted ? (permit.next ?? 0) : permit.at;
        queue.hold(this.#sql, cls, at > Date.now() ? at : 0);
        if (!permit.granted) return;
        seen.permits++;
        this.#running.set(row.key, null);
      },
    };
  }

  /** A call has ended: the side's breaker learns of it, and an order keeps it for its page. */
  #onExchange(orderId: number | null, seen: SoFar, side: Side, exchange: Parameters<HandlerDeps["onExchange"]>[1]): void {
    const { timeScale, sealingKeys } = configOf(this.env);
    const at = Date.now();
    if (side === "Cin7 Core") seen.calls++;
    sides.meet(this.#sql, seen.met, { side, is: exchange.answer.is }, at, timeScale);
    // Uninstalled without a word, perhaps: it is asked once more before anything is concluded (design 1).
    if (side === "BigCommerce" && exchange.answer.is === "denied" && exchange.answer.status === 401) {
      queue.put(this.#sql, { kind: "uninstall.check" }, at, at);
    }
    if (orderId === null) return;
    seen.ended.push(attemptOf(sealingKeys, { inbox: this.#name(), orderId, side, exchange, at }));
  }

  async #settle(row: queue.WorkRow, ran: Outcome): Promise<void> {
    const { context, met, ms, calls, ended } = ran as Ran;
    const now = Date.now();
    const { timeScale } = configOf(this.env);
    const run: Run = { work: row.work, attempts: row.attempts, strikes: row.strikes };
    const away = sides.awayToTell(this.#sql, now, timeScale).map((each) => ({ ...each, is: "down" as const }));
    const news: SideNews[] = [...met.back.map((back) => ({ ...back, is: "back" as const })), ...away];
    let settlement = withSides(settle(run, ran, now), news, now);
    try {
      // D1 first, each write idempotent: should it fail, the item is still here and runs again.
      await context?.report({ work: row.work, settlement, ms, calls, at: new Date(now).toISOString() });
      if (context) for (const { side, is } of news) if (is === "down") sides.told(this.#sql, side);
    } catch (error) {
      logBug(error, { kind: "report", key: row.key });
      settlement = settle(run, afterBug(row, error, now, timeScale, Math.random()), now);
    }
    const to = settlement.queue;
    this.ctx.storage.transactionSync(() => {
      recordAttempts(this.#sql, ended);
      if (to.move === "defer") return this.#defer(row, to, met);
      const isRunning = (key: string) => this.#unsettled.has(key);
      if (to.move === "remove") return queue.follow(this.#sql, row, to.next, now, isRunning);
      queue.again(this.#sql, row.key, row.seq, to.work, to.due);
      for (const next of to.next) queue.put(this.#sql, next, now, now, isRunning(keyOf(next)));
    });
    const { outcome } = settlement.log;
    const event = { event: "item", store: this.#name(), kind: row.work.kind, key: row.key, outcome, ms, calls, attempt: row.attempts + 1 };
    log(event as WideEvent);
    measure(this.env.EVENTS, event as WideEvent);
  }

  /** What waits because a side is away tries when the next probe is due, and at once when the side is back. */
  #defer(row: queue.WorkRow, to: Extract<ReturnType<typeof settle>["queue"], { move: "defer" }>, met: sides.Met): void {
    const side = [...met.troubled][0] ?? null;
    const down = side && sides.sidesDown(this.#sql).find((each) => each.side === side);
    const due = down?.triesAt && !to.parked ? Math.max(Date.parse(down.triesAt), Date.now()) : to.due;
    queue.defer(this.#sql, row.key, row.seq, { ...to, due }, side);
  }
}

/** What was seen of a run so far. `ended`: its calls that are not on the disk yet. */
type SoFar = { met: sides.Met; calls: number; permits: number; ended: Promise<AttemptRow>[] };
/** An outcome with what the report needs beside it. */
type Ran = Outcome & { context: Awaited<ReturnType<typeof runWork>>; met: sides.Met; ms: number; calls: number; ended: AttemptRow[] };
