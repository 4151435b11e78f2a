import { Inbox as OurInbox } from "../../worker/app/inbox-object.ts";
import { Gate as OurGate } from "../../worker/cin7/gate.ts";
import type { Env } from "../../worker/env.ts";
import worker from "../../worker/index.ts";

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

type Meta = { rows_read?: number; rows_written?: number };
type Fetcher = { fetch(...args: unknown[]): Promise<Response> };

/** Workerd's own D1 client hides the rows of `raw()`, so its answers are read on their way to it. */
function meterD1(db: D1Database): void {
  const session = (db as unknown as { alwaysPrimarySession: { fetcher: Fetcher } }).alwaysPrimarySession;
  const { fetcher } = session;
  session.fetcher = {
    async fetch(...args) {
      const response = await fetcher.fetch(...args);
      const body = (await response.clone().json()) as { meta?: Meta } | { meta?: Meta }[];
      for (const { meta } of [body].flat()) {
        spent.d1Queries++;
        spent.d1Read += meta?.rows_read ?? 0;
        spent.d1Written += meta?.rows_written ?? 0;
      }
      return response;
    },
  };
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
const cursors: Cursor[] = [];
/** A cursor knows its rows when it was read: asked later. */
function meterSql(ctx: DurableObjectState): DurableObjectState {
  const { sql } = ctx.storage;
  const exec = sql.exec.bind(sql);
  Object.defineProperty(sql, "exec", {
    value: (query: string, ...bound: unknown[]) => {
      const cursor = exec(query, ...bound);
      cursors.push(cursor);
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
    spent.objectRequests++;
    await super.alarm();
  }
}

export class Gate extends OurGate {
  constructor(ctx: DurableObjectState, env: Env) {
    super(meterSql(ctx), meter(env));
  }
}

export default {
  fetch(request, env, context) {
    if (new URL(request.url).pathname === "/spent") {
      for (const { rowsRead, rowsWritten } of cursors.splice(0)) {
        spent.objectRead += rowsRead;
        spent.objectWritten += rowsWritten;
      }
      return Response.json(spent);
    }
    spent.requests++;
    return worker.fetch(request, meter(env), context);
  },
  scheduled: (event, env) => worker.scheduled(event, meter(env)),
} satisfies ExportedHandler<Env>;
