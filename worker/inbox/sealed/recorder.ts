import type { Attempt } from "../../contract/index.ts";
import { gunzip, gzip, type SealingKeys, seal, unsealBytes } from "../../lib/crypto.ts";
import type { Answer, Exchange } from "../../lib/http.ts";
import { type AttemptRow, attemptsOf } from "../attempts.ts";
import type { Side } from "../breaker.ts";
import { stepWords } from "../steps.ts";

/**
 * Every call made for an order is kept with what was sent and answered: gzip, sealed, at most 256 KB each (design 5). The
 * headers, where credentials are, are never part of it, nor are answers to lists: they hold what others bought. Calls for no
 * order (the sweeps, lists for Setup) are not kept at all: nobody could read them, and erasing a shopper would not find them.
 */
const MAX_TEXT = 262_144;
/** Of one order: moved to another, it does not open. `*`: as an older release sealed them, for as long as such rows are kept. */
export const placeOf = (inbox: string, column: string, order: string) => ({ tenant: inbox, table: "attempts", column, row: order });

const OUTCOME: Record<Answer["is"], Attempt["outcome"]> = {
  ok: "ok",
  missing: "refused",
  refused: "refused",
  denied: "refused",
  throttled: "waits",
  trouble: "unknown",
  "too-large": "unknown",
};

/** Before a sealed text in a column that also holds plain ones: a query may hold an e-mail, a refusal a name (design 5). */
export const SEALED = "sealed:";
const LISTS = /^\/(saleList|customer|v2\/orders)(\?|$)/;

/** A call that has ended, of an order; `inbox`: whose texts are sealed for it alone. */
type Call = { inbox: string; orderId: number; side: Side; exchange: Exchange; at: number };

export async function attemptOf(keys: SealingKeys, { inbox, orderId, side, exchange, at }: Call): Promise<AttemptRow> {
  const { method, path, answer, ms } = exchange;
  const note = "message" in answer ? answer.message : answer.is === "trouble" ? `no clear answer (${answer.why})` : "";
  const status = "status" in answer ? answer.status : null;
  const keep = (column: string, text: string | null) => (text ? sealText(keys, inbox, orderId, column, text) : Promise.resolve(null));
  const list = method === "GET" && LISTS.test(path);
  const said = note || (list && exchange.response ? `A list of ${exchange.response.length} characters, not kept.` : "");
  const [request, response, sealedPath, sealedNote] = await Promise.all([
    keep("request", exchange.request),
    keep("response", list ? null : exchange.response),
    path.includes("?") ? keep("path", path.slice(path.indexOf("?") + 1)) : null,
    note ? keep("note", note) : null,
  ]);
  return {
    orderId,
    at,
    step: stepWords(side, method, path),
    side,
    method,
    path: sealedPath ? `${path.split("?")[0]}?${SEALED}${sealedPath}` : path,
    status,
    outcome: OUTCOME[answer.is],
    ms,
    note: sealedNote ? SEALED + sealedNote : said,
    request,
    response,
  };
}

/**
 * Calls of a run that have ended, taken out of `ended`. They go to the disk together, with the next claim that is opened or with
 * the end of the run: each wait for the disk keeps every other request waiting. What could not be sealed is not kept.
 */
export const takeEnded = async (ended: Promise<AttemptRow>[]): Promise<AttemptRow[]> =>
  (await Promise.allSettled(ended.splice(0))).flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));

/** The query is sealed, the path before it is not: lines stay readable, and pruning cuts at the same place. */
async function openedPath(path: string, open: (column: string, sealed: string) => Promise<string | null>): Promise<string> {
  const at = path.indexOf(`?${SEALED}`);
  return at < 0 ? path : `${path.slice(0, at)}?${(await open("path", path.slice(at + 1 + SEALED.length))) ?? ""}`;
}

async function sealText(keys: SealingKeys, inbox: string, orderId: number, column: string, text: string): Promise<string> {
  return seal(keys, placeOf(inbox, column, String(orderId)), await gzip(text.slice(0, MAX_TEXT)));
}

async function openText(keys: SealingKeys, inbox: string, orderId: number, column: string, sealed: string): Promise<string> {
  const bytes = (order: string) => unsealBytes(keys, placeOf(inbox, column, order), sealed);
  return gunzip(await bytes(String(orderId)).catch(() => bytes("*")));
}

export async function openAttempts(sql: SqlStorage, keys: SealingKeys, inbox: string, orderId: number): Promise<Attempt[]> {
  const open = (column: string, sealed: string | null) => (sealed ? openText(keys, inbox, orderId, column, sealed) : Promise.resolve(null));
  return Promise.all(
    attemptsOf(sql, orderId).map(async ({ orderId: _, at, path, request, response, ...rest }) => ({
      ...rest,
      at: new Date(at).toISOString(),
      path: await openedPath(path, open),
      note: rest.note.startsWith(SEALED) ? ((await open("note", rest.note.slice(SEALED.length))) ?? "") : rest.note,
      request: await open("request", request),
      response: await open("response", response),
    })),
  );
}
