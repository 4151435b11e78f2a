import { Hono } from "hono";
import type { ApiEnv } from "../api/access.ts";
import { networkIn } from "../api/limits.ts";
import { SECRET_HEADER } from "../bigcommerce/hooks.ts";
import { signatureHeaders, signedWith } from "../bigcommerce/signature.ts";
import { openCredentials, storeRow, tenantOfRow } from "../connect/store.ts";
import { type Config, configOf, type Env } from "../env.ts";
import { storeInbox } from "../inbox/client.ts";
import type { Work } from "../inbox/work.ts";
import { readRequest } from "../lib/body.ts";
import { sameText } from "../lib/crypto.ts";
import { open } from "../lib/db/open.ts";
import type { StoreHash } from "../lib/ids.ts";
import { log, logBug } from "../lib/log.ts";
import { type Delivery, readDelivery, workOf } from "./webhook-work.ts";

/**
 * `POST /webhooks/bigcommerce` (design 8.1, 8.2): raw body, signature, envelope, a work item in the store's inbox, an empty 200.
 * Validly signed, of any age and however often: 200, a wake-up, also for a store we do not know. No valid signature: 401.
 * The answer carries no header of ours (facts/bigcommerce.md 3.3). Signed by the app: no D1 before the answer.
 */
export const webhookRoutes = new Hono<ApiEnv>();

/** No delivery is larger. */
const MAX_BYTES = 65_536;
const answer = (status: number) => new Response(null, { status });

webhookRoutes.post("/webhooks/bigcommerce", async (c) => {
  const body = await readRequest(c.req.raw, MAX_BYTES);
  if (body === null) return answer(413);
  const headers = signatureHeaders(c.req.raw.headers);
  if (!headers) return answer(401);
  const config = configOf(c.env);
  const delivery = readDelivery(body);
  const byApp = signedWith(config.bigcommerce.clientSecrets, headers, body);
  const address = networkIn(c);
  const known =
    byApp || !delivery ? null : await byStore(c.env, config, delivery.store, address, (secret) => signedWith([secret], headers, body));
  // Not 401, as the signature was not looked at: BigCommerce sends it again.
  if (known === "too-many") return answer(429);
  if (!byApp && !known) return answer(401);
  if (!delivery) return answer(200);
  const works = workOf(delivery);
  // Validly signed, but made with another header: the webhooks are to be looked after. The signature decides.
  if (known && !sameText(c.req.header(SECRET_HEADER) ?? "", known.hookSecret)) works.push({ kind: "hooks.ensure" });
  if (works.length === 0) return answer(200);
  return answer((await hand(c.env, delivery, works)) ? 200 : 500);
});

/** Retried once at once; BigCommerce sends again what was answered 500. */
async function hand(env: Env, delivery: Delivery, works: Work[]): Promise<boolean> {
  for (let attempt = 1; attempt <= 2; attempt++) {
    try {
      await storeInbox(env, delivery.store).put(works);
      return true;
    } catch (error) {
      logBug(error, { store: delivery.store, kind: "webhook", attempt });
    }
  }
  return false;
}

// ---- secrets of Store API accounts ----------------------------------------------------------------------------

type Known = { clientSecret: string; hookSecret: string };
type Entry = { at: number; known: Known | null };
/**
 * For 5 minutes in this isolate; strangers' guesses cost one read each half minute per hash, 60 a minute per address and hash,
 * and little memory: BigCommerce delivers for everybody from the same few addresses, so that one store's hooks, or what a
 * stranger has it deliver, never use up what is another's. What is signed by the app needs no read and is never counted; nor is a Store API account that is known here.
 * Who names ever new hashes that are no store's is not read for any more once there were 600 in a minute (`strangers`: until then).
 */
const cache = new Map<StoreHash, Entry>();
const KEEP_MS = 5 * 60_000;
const AGAIN_MS = 30_000;
const MAX_ENTRIES = 1000;
const strangers = new Map<string, number>();
const MINUTE_MS = 60_000;

async function byStore(
  env: Env,
  config: Config,
  hash: StoreHash,
  address: string,
  signed: (secret: string) => boolean,
): Promise<Known | "too-many" | null> {
  const entry = cache.get(hash);
  const age = entry ? (Date.now() - entry.at) * config.timeScale : Number.POSITIVE_INFINITY;
  if (entry?.known && age < KEEP_MS && signed(entry.known.clientSecret)) return entry.known;
  // Not known, or no longer signed with what was: credentials may have been replaced meanwhile.
  if (entry && age < AGAIN_MS) return null;
  const isStranger = (strangers.get(address) ?? 0) > Date.now();
  if (isStranger || !(await env.PUBLIC_LIMIT.limit({ key: `webhook:${address}:${hash}` })).success) {
    log({ event: "webhook", status: 429, reason: "too-many" });
    return "too-many";
  }
  const known = await read(env, config, hash);
  if (!known && !(await env.API_LIMIT.limit({ key: `webhook:${address}` })).success) {
    if (strangers.size >= MAX_ENTRIES) strangers.clear();
    strangers.set(address, Date.now() + MINUTE_MS / config.timeScale);
  }
  if (cache.size >= MAX_ENTRIES) for (const old of [...cache.keys()].slice(0, MAX_ENTRIES / 10)) cache.delete(old);
  cache.delete(hash);
  cache.set(hash, { at: Date.now(), known });
  if (known && signed(known.clientSecret)) return known;
  log({ event: "webhook", status: 401, reason: known ? "signature" : "no-secret" });
  return null;
}

async function read(env: Env, config: Config, hash: StoreHash): Promise<Known | null> {
  const db = open(env);
  const row = await storeRow(db, hash);
  const credentials = row && (await openCredentials(db, tenantOfRow(row, hash), config.sealingKeys));
  return credentials?.clientSecret ? { clientSecret: credentials.clientSecret, hookSecret: credentials.hookSecret } : null;
}

/** For tests: an isolate that knows nothing. */
export const forgetSecrets = (): void => {
  cache.clear();
  strangers.clear();
};
