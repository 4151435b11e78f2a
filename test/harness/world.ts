import { env } from "cloudflare:workers";
import { onTestFinished, vi } from "vitest";
import { type Connected, type ConnectOptions, connect, type Place } from "../../scripts/connect.ts";
import { app } from "../../worker/app/routes.ts";
import { rankOf } from "../../worker/cin7/priority.ts";
import { configOf, type Env } from "../../worker/env.ts";
import type { InboxStub } from "../../worker/inbox/client.ts";
import type { Work } from "../../worker/inbox/work.ts";
import { createTwins } from "../twins/index.ts";
import { PATIENCE_MS } from "./until.ts";

/**
 * The whole app in one isolate: its real routes, D1 and Durable Objects, with both twins in process. Webhooks are not
 * delivered: a test wakes the queue itself, so that it knows when an order is taken.
 */
export const PLACE: Place = { app: "http://app.test", twins: "http://127.0.0.1:8788" };

const SWEEP = rankOf("sweep");

export function world() {
  onTestFinished(stop);
  const worker = env as unknown as Env;
  const config = configOf(worker);
  const twins = createTwins({
    appUrl: PLACE.app,
    clientId: config.bigcommerce.clientId,
    clientSecret: config.bigcommerce.clientSecrets[0] as string,
    seed: 11,
    toApp: async (request) => app.fetch(request, worker),
    setTimer: () => () => {},
  });
  // As the Worker's own durations: Cin7's minute is three seconds on both sides.
  twins.world.clock.speed = config.timeScale;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    const { origin } = new URL(request.url);
    if (origin === PLACE.twins) return twins.fetch(request);
    if (origin === PLACE.app) return app.fetch(request, worker);
    throw new Error(`unexpected host ${origin}`);
  });
  const inbox = (hash: string) => env.INBOX.getByName(`store:${hash}`) as unknown as InboxStub;
  const control = async (path: string, body: unknown = {}) =>
    (await (
      await fetch(`${PLACE.twins}/control${path}`, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      })
    ).json()) as Record<string, unknown>;
  /** Puts work into a store's queue and answers when nothing more is due. */
  const run = async (hash: string, works: Work[]): Promise<void> => {
    await inbox(hash).put(works);
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      await inbox(hash).poke();
      const { nextDue, waiting, demand } = await inbox(hash).status();
      // Orders and money only: the twin's webhooks never become active here, because its timers stand still.
      if (waiting === (demand[SWEEP] ?? 0) || nextDue === null) return;
      if (Date.now() > end) throw new Error(`the queue of ${hash} did not come to rest`);
      // Cin7's calls of this (scaled) minute are used up: the next one comes in three seconds.
      await new Promise((done) => setTimeout(done, Math.min(Math.max(nextDue - Date.now(), 0), 3000)));
    }
  };
  return {
    twins,
    control,
    /** Connected, and the queue at rest: what a new connection looks for comes before the first order of the test. */
    async connect(options: ConnectOptions = {}): Promise<Connected> {
      const connected = await connect(PLACE, { ...options, hooks: false });
      await run(connected.store, []);
      return connected;
    },
    order: async (hash: string, form: unknown) => Number((await control(`/bigcommerce/${hash}/orders`, form))["id"]),
    /** Puts work into a store's queue and runs what is due now; what waits for a side that is away is left. */
    async put(hash: string, works: Work[]): Promise<void> {
      await inbox(hash).put(works);
      await inbox(hash).poke();
    },
    run,
    /** What a queue remembers is gone, as after a disconnect. */
    forget: async (hash: string) => inbox(hash).erase(),
  };
}
export type World = ReturnType<typeof world>;

/** Nothing may run on when the test has ended, however it ended: alarms would ask a twin that is not there any more. */
async function stop(): Promise<void> {
  try {
    const { results } = await env.DB.prepare(
      "SELECT 'store:' || hash AS name FROM stores UNION SELECT 'account:' || id FROM accounts",
    ).all<{
      name: string;
    }>();
    for (const { name } of results) {
      const inbox = env.INBOX.getByName(name) as unknown as InboxStub;
      // What runs just now ends first.
      await inbox.poke();
      await inbox.erase();
    }
  } finally {
    vi.restoreAllMocks();
  }
}
