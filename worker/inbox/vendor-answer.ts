import { speaksOfLicence } from "../cin7/licence.ts";
import type { Cin7Unwanted } from "../cin7/reading.ts";
import { backoff } from "../lib/backoff.ts";
import type { Unwanted } from "../lib/http.ts";
import { never } from "../lib/result.ts";
import type { Problem } from "../problems/define-problem.ts";
import { blocked, ITS_TURN, later, type Outcome } from "./outcome.ts";

/**
 * What an answer that is not what was asked for means for a work item: decided here, once, for both vendors and every flow.
 *
 * | the vendor | Cin7 Core | BigCommerce |
 * |---|---|---|
 * | asks to wait | later, no strike | later, no strike |
 * | is away, or cannot be understood | later, no strike | later, no strike |
 * | does not accept us | later, told | a person must act |
 * | says more than we read at once | later with a strike; lists come in smaller pages before | the same |
 * | refuses by rule, or does not know it | a person must act | later with a strike: our own mistake |
 *
 * A flow to whom a refusal says something handles it before it asks here. The peer's trouble never parks (design 2).
 */
/** When it is, which run of the item this is, and how fast time goes (inbox/flow.ts). */
type Circumstances = { now(): number; attempt: number; jitter: number; config: { timeScale: number } };

/** When to look again after trouble of a peer: capped at 5 minutes, without a strike, for ever (design 2). */
const wait = (c: Circumstances): number => backoff(c.attempt, c.jitter) / c.config.timeScale;
/** Later and later: a fixed time would ask for ever. */
export const tryAgain = (c: Circumstances, why: string, strike = false): Outcome => later(c.now() + wait(c), why, strike);

// ---- Cin7 Core --------------------------------------------------------------------------------------------------

/** Not now: for quota, for the peer, or because a person must act. */
export type Halt =
  | { is: "wait"; at: number; why: string }
  /** `strike`: the peer is well and the same again would be the same, so it is ours to mend. */
  | { is: "trouble"; why: string; strike?: boolean }
  /** Our key, or what the merchant pays Cin7 for (`licence`, F4), is not good for this now. */
  | { is: "denied"; licence?: boolean }
  | { is: "refused"; message: string }
  | { is: "problem"; problem: Problem };

/** What an answer from Cin7 means that is not what was asked for. */
export const haltOf = (answer: Cin7Unwanted, c: Pick<Circumstances, "now" | "config">): Halt =>
  haltBy(answer, c.now(), 60_000 / c.config.timeScale);

/** `minuteMs`: how long calls are not allowed after too many, where nobody says. */
export function haltBy(answer: Cin7Unwanted, now: number, minuteMs: number): Halt {
  switch (answer.is) {
    case "wait":
      return { is: "wait", at: answer.at, why: ITS_TURN };
    case "throttled":
      return { is: "wait", at: now + (answer.waitMs ?? minuteMs), why: "Too many calls at once; the next minute has room." };
    case "trouble":
      return {
        is: "trouble",
        why: answer.why === "garbage" ? "Cin7 Core's answer could not be understood." : "Cin7 Core does not answer.",
      };
    case "too-large":
      return { is: "trouble", why: "Cin7 Core's answer is larger than we read at once.", strike: true };
    case "denied":
    case "refused":
    case "missing": {
      const licence = speaksOfLicence(answer.message, answer.status);
      return licence || answer.is === "denied" ? { is: "denied", licence } : { is: "refused", message: answer.message };
    }
    default:
      return never(answer);
  }
}

/** The problem for Cin7's own sentence about a step of an order; order 0: of none. */
export const refusedAs =
  (orderId: number, step: string) =>
  (text: string): Problem => ({ kind: "cin7-refused", orderId, step, text });

/** The outcome of a flow that could not go on at Cin7. `refused`: the problem for the vendor's own sentence. */
export function stop(halt: Halt, c: Circumstances, refused: (text: string) => Problem): Outcome {
  switch (halt.is) {
    case "wait":
      return later(halt.at, halt.why);
    case "trouble":
      return tryAgain(c, halt.why, halt.strike);
    case "denied": {
      // One exception for all, and nothing to press afterwards: it goes on by itself when key and licence are good again (design 2, F4).
      const why = halt.licence
        ? "Cin7 Core says that its licence or subscription has ended."
        : "Cin7 Core does not accept our application key.";
      const tells: Problem[] = [{ kind: "cin7-denied", ...(halt.licence ? { licence: true } : {}) }];
      return { is: "later", at: c.now() + wait(c), why, strike: false, tells };
    }
    case "refused":
      return blocked([refused(halt.message)]);
    case "problem":
      return blocked([halt.problem]);
    default:
      return never(halt);
  }
}

// ---- BigCommerce ------------------------------------------------------------------------------------------------

/** `scope`: of a 403, the scope that the call needs, e.g. `store_v2_orders` (facts/bigcommerce.md 10.3); unknown: null. */
export function outcomeOf(answer: Unwanted, c: Circumstances, scope: string | null = null): Outcome {
  switch (answer.is) {
    case "throttled":
      // A time that BigCommerce names is kept.
      return later(c.now() + (answer.waitMs ?? wait(c)), "BigCommerce asks to wait: its call limit is reached");
    case "trouble":
      return tryAgain(c, `BigCommerce did not answer (${answer.why})`);
    case "denied":
      return blocked([{ kind: "bigcommerce-denied", scope: answer.status === 403 ? scope : null }]);
    case "too-large":
      return tryAgain(c, "BigCommerce's answer is larger than we read at once", true);
    case "missing":
      return tryAgain(c, "BigCommerce does not know what was asked for", true);
    case "refused":
      return tryAgain(c, `BigCommerce refused: ${answer.message}`.slice(0, 300), true);
    default:
      return never(answer);
  }
}
