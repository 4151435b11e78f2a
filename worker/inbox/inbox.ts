import { DurableObject } from "cloudflare:workers";
import { freshQuota } from "../bigcommerce/client.ts";
import { configOf, type Env } from "../env.ts";
import { gunzip, gzip, seal, unsealBytes } from "../lib/crypto.ts";
import { log, logBug } from "../lib/log.ts";
import type { Claims } from "./claim.ts";
import type { InboxStatus, StoredAttempt } from "./client.ts";
import { drain } from "./drain.ts";
import type { Drafts } from "./flow.ts";
import { type HandlerDeps, runWork } from "./handlers.ts";
import { type Outcome, skipped } from "./outcome.ts";
import { attemptOf, openAttempts } from "./recorder.ts";
import { afterBug, type Run, settle } from "./settle.ts";
import * as table from "./table.ts";
import { orderOf, type Work } from "./work.ts";

/**
 * One per store (`store:{hash}`) and one per Cin7 account (`account:{id}`): holds the work, runs one flow per item and
 * settles it (design 2). This class is wiring; the rules are in `work`, `drain`, `settle`, `claim` and the slices' flows.
 */
export class Inbox extends DurableObject<Env> {
  #sql: SqlStorage;
  #quota = freshQuota();
  #draining: Promise<void> | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    table.migrate(ctx.storage);
    // An alarm does not know its object's name: it is kept from the first call on.
    if (ctx.id.name) table.rememberName(this.#sql, ctx.id.name);
  }

  /** Stores the items and is heard of by the alarm; committed together, before the caller goes on (design 8.2). */
  async put(works: Work[], options: { delayMs?: number } = {}): Promise<void> {
    const now = Date.now();
    const due = now + (options.delayMs ?? 0) / configOf(this.env).timeScale;
    this.ctx.storage.transactionSync(() => {
      for (const work of works) table.put(this.#sql, work, due, now);
    });
    await this.#arm();
  }

  override async alarm(): Promise<void> {
    await this.#drain();
  }

  /** Runs what is due now and answers when nothing more is; for the cron's poke and for tests. */
  async poke(): Promise<void> {
    await this.#drain();
  }

  status(): InboxStatus {
    const counts = table.waiting(this.#sql);
    return {
      waiting: counts.reduce((n, row) => n + row.n, 0),
      nextDue: table.nextAlarm(this.#sql),
      demand: Object.fromEntries(counts.map((row) => [row.cls, row.n])),
      down: table.sidesDown(this.#sql),
    };
  }

  attempts(orderId: number): Promise<StoredAttempt[]> {
    return openAttempts(this.#sql, configOf(this.env).sealingKeys, this.#name(), orderId);
  }

  /** Forgets everything. A deleted database has no tables: they are made again at once (tried, design 5). */
  async erase(): Promise<void> {
    const name = this.#name();
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    table.migrate(this.ctx.storage);
    table.rememberName(this.#sql, name);
  }

  #name(): string {
    return this.ctx.id.name ?? table.nameOf(this.#sql) ?? "";
  }

  /** The next alarm: for the earliest item, never in the past, never later than one already set. */
  async #arm(): Promise<void> {
    const due = table.nextAlarm(this.#sql);
    if (due === null) return;
    const set = await this.ctx.storage.getAlarm();
    const at = Math.max(due, Date.now());
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
      await drain({
        next: (busy) => table.nextDue(this.#sql, Date.now(), busy),
        run: (row) => this.#run(row),
        settle: (row, outcome) => this.#settle(row, outcome),
        now: Date.now,
      });
    } catch (error) {
      logBug(error, { kind: "drain", store: this.#name() });
    } finally {
      await this.#arm();
    }
  }

  async #run(row: table.WorkRow): Promise<Ran> {
    const started = Date.now();
    const orderId = orderOf(row.work);
    const writes: Promise<void>[] = [];
    let calls = 0;
    const deps: HandlerDeps = {
      env: this.env,
      name: this.#name(),
      quota: this.#quota,
      attempt: row.attempts + 1,
      claims: this.#claims(),
      drafts: this.#drafts(),
      want: (cls) => Math.max(table.waitingOf(this.#sql, cls), 1),
      onExchange: (side, exchange) => {
        if (side === "Cin7 Core") calls++;
        const at = Date.now();
        if (exchange.answer.is === "trouble") table.sideDown(this.#sql, side, at, at + 60_000, `${side} gives no clear answer.`);
        else if (exchange.answer.is === "ok") table.sideUp(this.#sql, side);
        // Uninstalled without a word, perhaps: it is asked once more before anything is concluded (design 1).
        if (side === "BigCommerce" && exchange.answer.is === "denied" && exchange.answer.status === 401) {
          table.put(this.#sql, { kind: "uninstall.check" }, at, at);
        }
        writes.push(
          attemptOf(configOf(this.env).sealingKeys, this.#name(), orderId, side, exchange, at).then((attempt) => {
            table.recordAttempt(this.#sql, attempt);
          }),
        );
      },
    };
    let outcome: Outcome;
    let context: Ran["context"] = null;
    try {
      const ran = await runWork(deps, row.work);
      outcome = ran ? ran.outcome : skipped("no-store", "The store is not connected.");
      context = ran;
    } catch (error) {
      logBug(error, { kind: row.work.kind, key: row.key, attempt: row.attempts + 1 });
      outcome = afterBug(row, Date.now(), configOf(this.env).timeScale, Math.random());
    }
    await Promise.allSettled(writes);
    // The daily look at the webhooks is also the moment to forget old payloads.
    if (row.work.kind === "hooks.ensure") table.pruneAttempts(this.#sql, Date.now());
    return { ...outcome, context, ms: Date.now() - started, calls };
  }

  async #settle(row: table.WorkRow, ran: Outcome): Promise<void> {
    const { context, ms, calls } = ran as Ran;
    const now = Date.now();
    const run: Run = { work: row.work, attempts: row.attempts, strikes: row.strikes };
    let settlement = settle(run, ran, now);
    try {
      // D1 first, each write idempotent: should it fail, the item is still here and runs again.
      await context?.report({ work: row.work, settlement, ms, calls, at: new Date(now).toISOString() });
    } catch (error) {
      logBug(error, { kind: "report", key: row.key });
      settlement = settle(run, afterBug(row, now, configOf(this.env).timeScale, Math.random()), now);
    }
    const { queue } = settlement;
    this.ctx.storage.transactionSync(() => {
      if (queue.move === "defer") return table.defer(this.#sql, row.key, row.seq, queue);
      table.remove(this.#sql, row.key, row.seq);
      for (const next of queue.next) table.put(this.#sql, next, now, now);
    });
    log({
      event: "item",
      store: this.#name(),
      kind: row.work.kind,
      key: row.key,
      outcome: settlement.log.outcome,
      ms,
      calls,
      attempt: row.attempts + 1,
    });
  }

  #claims(): Claims {
    const sql = this.#sql;
    const sync = () => this.ctx.storage.sync();
    return {
      of: (step) => {
        const row = table.claimOf(sql, step);
        return (
          row && {
            mark: row.mark,
            startedAt: row.started,
            attempt: row.attempt,
            lookedAt: row.looked,
            answer: row.answer === null ? null : JSON.parse(row.answer),
          }
        );
      },
      open: async (step, mark) => {
        table.openClaim(sql, step, mark, Date.now());
        await sync();
      },
      looked: async (step) => table.lookedAt(sql, step, Date.now()),
      close: async (step, mark, answer) => table.closeClaim(sql, step, mark, answer, Date.now()),
      drop: async (step) => table.dropClaim(sql, step),
    };
  }

  #drafts(): Drafts {
    const keys = configOf(this.env).sealingKeys;
    const place = (orderId: number) => ({ tenant: this.#name(), table: "drafts", column: "draft", row: String(orderId) });
    return {
      of: async <T>(orderId: number) => {
        const sealed = table.draftOf(this.#sql, orderId);
        return sealed === null ? null : (JSON.parse(await gunzip(await unsealBytes(keys, place(orderId), sealed))) as T);
      },
      keep: async (orderId, value) => {
        const sealed = await seal(keys, place(orderId), await gzip(JSON.stringify(value)));
        table.keepDraft(this.#sql, orderId, sealed, Date.now());
      },
    };
  }
}

/** An outcome with what the report needs beside it. */
type Ran = Outcome & { context: Awaited<ReturnType<typeof runWork>>; ms: number; calls: number };
