import type { ShopRead } from "../bigcommerce/reading.ts";
import type { Cin7Unwanted, Read } from "../cin7/reading.ts";
import type { Unwanted } from "../lib/http.ts";

/**
 * A reading for a person who waits in front of a page: rows, or why not, as a sentence. `wait`: Cin7 Core's calls are used
 * up until `at` (epoch milliseconds), the call was not made.
 */
export type Reading<T> = { is: "read"; value: T } | { is: "wait"; at: number } | { is: "failed"; why: string };

/** What came of a reading of Cin7 Core, for that person. `what`: what it was about. */
export function said<T>(read: Read<T>, what: string): Reading<T> {
  return read.is === "read" ? read : cin7Failure(read, what);
}

export function cin7Failure(answer: Cin7Unwanted, what: string): Exclude<Reading<never>, { is: "read" }> {
  switch (answer.is) {
    case "wait":
      return answer;
    case "throttled":
      return {
        is: "failed",
        why: `Cin7 Core asks to wait: too many calls in this minute. We could not read ${what}; try again in a minute.`,
      };
    case "denied":
      return {
        is: "failed",
        why: `Cin7 Core no longer accepts our application key, so we could not read ${what}. Give a new key under Setup, Connection.`,
      };
    case "missing":
    case "refused":
      return { is: "failed", why: `Cin7 Core did not give us ${what}: ${answer.message || "no reason given"}` };
    case "too-large":
      return { is: "failed", why: `Cin7 Core's answer about ${what} is larger than we read at once.` };
    case "trouble":
      if (answer.why === "garbage") return { is: "failed", why: `Cin7 Core's answer about ${what} could not be understood.` };
      return { is: "failed", why: `Cin7 Core does not answer, so we could not read ${what}. Try again in a minute.` };
  }
}

/** The same of BigCommerce. */
export function saidByShop<T>(read: ShopRead<T>, what: string): Exclude<Reading<T>, { is: "wait" }> {
  if (read.is === "read") return read;
  if (read.is === "malformed") return { is: "failed", why: `BigCommerce's answer about ${what} could not be understood.` };
  return { is: "failed", why: bigcommerceFailure(read, what) };
}

function bigcommerceFailure(answer: Unwanted, what: string): string {
  switch (answer.is) {
    case "denied":
      return answer.status === 401
        ? `BigCommerce no longer accepts our access, so we could not read ${what}. Open the app again from Apps in the control panel.`
        : `BigCommerce does not let us read ${what}: a permission is missing. Open the app again from Apps and grant it.`;
    case "throttled":
      return `BigCommerce asks to wait: its call limit is reached. We could not read ${what}; try again in a minute.`;
    case "missing":
    case "refused":
      return `BigCommerce did not give us ${what}: ${answer.message || "no reason given"}`;
    case "too-large":
      return `BigCommerce's answer about ${what} is larger than we read at once.`;
    case "trouble":
      return `BigCommerce does not answer, so we could not read ${what}. Try again in a minute.`;
  }
}
