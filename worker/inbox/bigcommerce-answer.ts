import { backoff } from "../lib/backoff.ts";
import type { Answer } from "../lib/http.ts";
import { blocked, later, type Outcome } from "./outcome.ts";

/** Every answer of BigCommerce that is not what we asked for. */
export type Unwanted = Exclude<Answer, { is: "ok" }>;

export type Circumstances = {
  /** Of a 403: the scope that the call needs, e.g. `store_v2_orders`; unknown: null. */
  scope?: string | null;
  /** Divides the waiting times that are ours (`config.timeScale`); a time that BigCommerce names is kept. */
  timeScale?: number;
  /** In [0, 1): stores do not march in step. */
  jitter?: number;
};

/**
 * What an unwanted answer means for a work item, decided once for every flow (design 2: the peer's trouble never parks;
 * facts/bigcommerce.md 10.3). `attempt` counts from 1, `now` is epoch milliseconds.
 * - throttled, trouble: later, without a strike;
 * - denied: a person must act (401: open the app again; 403: the scope that lacks);
 * - missing, refused: the same again would be refused again, so it is our mistake: later with a strike, parks in the end.
 *   A caller to whom 404 or a refusal says something handles it before asking here.
 */
export function outcomeOf(answer: Unwanted, now: number, attempt: number, more: Circumstances = {}): Outcome {
  const wait = backoff(attempt, more.jitter ?? 0.5) / (more.timeScale ?? 1);
  switch (answer.is) {
    case "throttled":
      return later(now + (answer.waitMs ?? wait), "BigCommerce asks to wait: its call limit is reached");
    case "trouble":
      return later(now + wait, `BigCommerce did not answer (${answer.why})`);
    case "denied":
      return blocked([{ kind: "bigcommerce-denied", scope: answer.status === 403 ? (more.scope ?? null) : null }]);
    case "missing":
      return later(now + wait, "BigCommerce does not know what was asked for", true);
    case "refused":
      return later(now + wait, `BigCommerce refused: ${answer.message}`.slice(0, 300), true);
  }
}
