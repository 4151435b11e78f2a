import type { Exchange as BigCommerceExchange } from "../bigcommerce/client.ts";
import type { Exchange as Cin7Exchange } from "../cin7/client.ts";
import type { Attempt } from "../contract/index.ts";
import { gunzip, gzip, type SealingKeys, seal, unsealBytes } from "../lib/crypto.ts";
import type { Answer } from "../lib/http.ts";
import { type AttemptRow, attemptsOf } from "./attempts.ts";
import type { Side } from "./breaker.ts";
import { stepWords } from "./steps.ts";

/**
 * Every call made for an order is kept with what was sent and answered: gzip, sealed, at most 256 KB each (design 5). The
 * headers, where credentials are, are never part of it, nor are answers to lists: they hold what others bought. Calls for no
 * order (the sweeps, lists for Setup) are not kept at all: nobody could read them, and erasing a shopper would not find them.
 */
const MAX_TEXT = 262_144;
const placeOf = (inbox: string, column: string) => ({ tenant: inbox, table: "attempts", column, row: "*" });

const OUTCOME: Record<Answer["is"], Attempt["outcome"]> = {
  ok: "ok",
  missing: "refused",
  refused: "refused",
  denied: "refused",
  throttled: "waits",
  trouble: "unknown",
  "too-large": "unknown",
};

const LISTS = /^\/(saleList|customer|v2\/orders)(\?|$)/;

export async function attemptOf(
  keys: SealingKeys,
  inbox: string,
  orderId: number,
  side: Side,
  exchange: BigCommerceExchange | Cin7Exchange,
  now: number,
): Promise<AttemptRow> {
  const { method, path, answer, ms } = exchange;
  const note = "message" in answer ? answer.message : answer.is === "trouble" ? `no clear answer (${answer.why})` : "";
  const status = "status" in answer ? answer.status : null;
  const keep = (column: string, text: string | null) => (text ? sealText(keys, inbox, column, text) : Promise.resolve(null));
  const list = method === "GET" && LISTS.test(path);
  const [request, response] = await Promise.all([keep("request", exchange.request), keep("response", list ? null : exchange.response)]);
  return {
    orderId,
    at: now,
    step: stepWords(side, method, path),
    side,
    method,
    path,
    status,
    outcome: OUTCOME[answer.is],
    ms,
    note: note || (list && exchange.response ? `A list of ${exchange.response.length} characters, not kept.` : ""),
    request,
    response,
  };
}

async function sealText(keys: SealingKeys, inbox: string, column: string, text: string): Promise<string> {
  return seal(keys, placeOf(inbox, column), await gzip(text.slice(0, MAX_TEXT)));
}

async function openText(keys: SealingKeys, inbox: string, column: string, sealed: string): Promise<string> {
  return gunzip(await unsealBytes(keys, placeOf(inbox, column), sealed));
}

export async function openAttempts(sql: SqlStorage, keys: SealingKeys, inbox: string, orderId: number): Promise<Attempt[]> {
  const open = (column: string, sealed: string | null) => (sealed ? openText(keys, inbox, column, sealed) : Promise.resolve(null));
  return Promise.all(
    attemptsOf(sql, orderId).map(async ({ orderId: _, at, request, response, ...rest }) => ({
      ...rest,
      at: new Date(at).toISOString(),
      request: await open("request", request),
      response: await open("response", response),
    })),
  );
}
