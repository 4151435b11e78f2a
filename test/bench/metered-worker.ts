import { Inbox as OurInbox } from "../../worker/app/inbox-object.ts";
import { Gate as OurGate } from "../../worker/cin7/gate.ts";
import type { Env } from "../../worker/env.ts";
import worker from "../../worker/index.ts";
import { watchD1 } from "../harness/rows.ts";

/**
 * The same Worker with counters around its bindings, for the benchmark alone: what Cloudflare would bill. D1 tells the rows
 * with each answer, a Durable Object's SQLite with each cursor; requests to Durable Objects are calls and alarms.
 */
export type Spent = {
  requests: number;
  objectRequests: number;
  d1Queries: number;
  d1Read: number;
  d1Written: number;
  objectRead: number;
  objectWritten: number;
};
const spent: Spent = { requests: 0, objectRequests: 0, d1Queries: 0, d1Read: 0, d1Written: 0, objectRead: 0, objectWritten: 0 };

/** Rows by the text of each statement, for who looks for what costs most (`/spent/statements`). */
export type Statement = { where: "object" | "d1"; sql: string; runs: number; read: number; written: number };
const statements = new Map<string, Statement>();
function tally(where: Statement["where"], sql: string, read: number, written: number): void {
  const known = statements.get(sql);
  if (!known) {
    statements.set(sql, { where, sql, runs: 1, read, written });
    return;
  }
  known.runs++;
  known.read += read;
  known.written += written;
}

function meterD1(db: D1Database): void {
  watchD1(db, (asked, answers) => {
    for (const [n, { meta }] of answers.entries()) {
      const [read, written] = [meta?.rows_read ?? 0, meta?.rows_written ?? 0];
      spent.d1Queries++;
      spent.d1Read += read;
      spent.d1Written += written;
      tally("d1", asked[n] ?? "?", read, written);
    }
  });
}

/** Calls of an object from outside are requests. */
const counting = (namespace: DurableObjectNamespace): DurableObjectNamespace =>
  ({
    getByName: (name: string) =>
      new Proxy(namespace.getByName(name), {
        get: (stub, method: string) => {
          return (...args: unknown[]) => {
            spent.objectRequests++;
            return (stub as unknown as Record<string, (...args: unknown[]) => unknown>)[method]?.(...args);
          };
        },
      }),
  }) as unknown as DurableObjectNamespace;

/** True: items are taken in and none is run, so that any number of orders waits before the first goes (`/spent/paused`, `/spent/running`). */
let paused = false;
const PAUSE_LOOK_MS = 100;

const metered = new WeakMap<object, Env>();
const meter = (env: Env): Env => {
  const known = metered.get(env.DB);
  if (known) return known;
  meterD1(env.DB);
  const made = { ...env, INBOX: counting(env.INBOX), GATE: counting(env.GATE) };
  metered.set(env.DB, made);
  return made;
};

type Cursor = { rowsRead: number; rowsWritten: number };
const cursors: { query: string; cursor: Cursor }[] = [];
/** A cursor knows its rows when it was read: asked so many statements later, as one that is kept costs memory. */
const READ_BY_THEN = 1000;
function countRows(read: typeof cursors): void {
  for (const { query, cursor } of read) {
    spent.objectRead += cursor.rowsRead;
    spent.objectWritten += cursor.rowsWritten;
    tally("object", query, cursor.rowsRead, cursor.rowsWritten);
  }
}

function meterSql(ctx: DurableObjectState): DurableObjectState {
  const { sql } = ctx.storage;
  const exec = sql.exec.bind(sql);
  Object.defineProperty(sql, "exec", {
    value: (query: string, ...bound: unknown[]) => {
      const cursor = exec(query, ...bound);
      cursors.push({ query, cursor });
      if (cursors.length >= 2 * READ_BY_THEN) countRows(cursors.splice(0, READ_BY_THEN));
      return cursor;
    },
  });
  return ctx;
}

export class Inbox extends OurInbox {
  constructor(ctx: DurableObjectState, env: Env) {
    super(meterSql(ctx), meter(env));
  }
  override async alarm(): Promise<void> {
    if (paused) {
      await this.ctx.storage.setAlarm(Date.now() + PAUSE_LOOK_MS);
      return;
    }
    spent.objectRequests++;
    await super.alarm();
  }
  override async poke(): Promise<void> {
    if (!paused) await super.poke();
  }
}

export class Gate extends OurGate {
  constructor(ctx: DurableObjectState, env: Env) {
    super(meterSql(ctx), meter(env));
  }
}

export default {
  fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === "/spent/paused" || pathname === "/spent/running") {
      paused = pathname === "/spent/paused";
      return Response.json({ paused });
    }
    if (pathname.startsWith("/spent")) {
      countRows(cursors.splice(0));
      return Response.json(
        pathname === "/spent" ? spent : [...statements.values()].map((each) => ({ ...each, sql: each.sql.replace(/\s+/g, " ").trim() })),
      );
    }
    spent.requests++;
    return worker.fetch(request, meter(env), context);
  },
  scheduled: (event, env) => worker.scheduled(event, meter(env)),
} satisfies ExportedHandler<Env>;
