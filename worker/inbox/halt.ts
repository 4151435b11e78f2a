import type { Cin7Answer } from "../cin7/client.ts";
import { speaksOfLicence } from "../cin7/licence.ts";
import { backoff } from "../lib/backoff.ts";
import { never } from "../lib/result.ts";
import type { Problem } from "../problems/define-problem.ts";
import type { Halt } from "./claim.ts";
import type { FlowContext } from "./flow.ts";
import { blocked, ITS_TURN, later, type Outcome } from "./outcome.ts";

/** When to look again after trouble of a peer: capped at 5 minutes, without a strike, for ever (design 2). */
const nextTry = (c: FlowContext): number => c.now() + backoff(c.attempt, c.jitter) / c.config.timeScale;

/** What a reading from Cin7 means when it did not bring what it should; null: it did. */
export function haltOf(answer: Cin7Answer, c: FlowContext): Halt | null {
  switch (answer.is) {
    case "ok":
      return null;
    case "wait":
      return { is: "wait", at: answer.at, why: ITS_TURN };
    case "throttled":
      return {
        is: "wait",
        at: c.now() + (answer.waitMs ?? 60_000 / c.config.timeScale),
        why: "Too many calls at once; the next minute has room.",
      };
    case "trouble":
      return { is: "trouble", why: "Cin7 Core does not answer." };
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
export function stop(halt: Halt, c: FlowContext, refused: (text: string) => Problem): Outcome {
  switch (halt.is) {
    case "wait":
      return later(halt.at, halt.why);
    case "trouble":
      return later(nextTry(c), halt.why);
    case "denied":
      // One exception for all, and nothing to press afterwards: it goes on by itself when key and licence are good again (design 2, F4).
      return {
        is: "later",
        at: nextTry(c),
        why: halt.licence ? "Cin7 Core says that its licence or subscription has ended." : "Cin7 Core does not accept our application key.",
        strike: false,
        tells: [{ kind: "cin7-denied", ...(halt.licence ? { licence: true } : {}) }],
      };
    case "refused":
      return blocked([refused(halt.message)]);
    case "problem":
      return blocked([halt.problem]);
    default:
      return never(halt);
  }
}
