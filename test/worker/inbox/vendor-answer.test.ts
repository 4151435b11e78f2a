import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../../worker/inbox/vendor-answer.ts";
import type { Unwanted } from "../../../worker/lib/http.ts";

const at = (now: number, attempt = 1, timeScale = 1) => ({ now: () => now, attempt, jitter: 0.5, config: { timeScale } });

describe("what an unwanted answer of BigCommerce means for a work item (design 2)", () => {
  const headers: Record<string, unknown> = {};
  it.each<[string, Unwanted, Record<string, unknown>]>([
    ["429 with a time: then, no strike", { is: "throttled", status: 429, waitMs: 7000 }, { is: "later", at: 8000, strike: false }],
    ["429 without a time: backoff, no strike", { is: "throttled", status: 429, waitMs: null }, { is: "later", at: 3000, strike: false }],
    ["timeout: backoff, no strike", { is: "trouble", why: "timeout", status: null }, { is: "later", at: 3000, strike: false }],
    ["500: backoff, no strike", { is: "trouble", why: "server", status: 500 }, { is: "later", at: 3000, strike: false }],
    [
      "401: a person must open the app again",
      { is: "denied", status: 401, message: "x" },
      { is: "blocked", problems: [{ kind: "bigcommerce-denied", scope: null }] },
    ],
    [
      "403: the scope is named",
      { is: "denied", status: 403, message: "x" },
      { is: "blocked", problems: [{ kind: "bigcommerce-denied", scope: "store_v2_orders" }] },
    ],
    ["404: our mistake, with a strike", { is: "missing", status: 404, message: "x" }, { is: "later", strike: true }],
    ["422: our mistake, with a strike", { is: "refused", status: 422, message: "x", body: headers }, { is: "later", strike: true }],
  ])("%s", (_, answer, outcome) => {
    expect(outcomeOf(answer, at(1000), "store_v2_orders")).toMatchObject(outcome);
  });

  it("the backoff grows with the attempt and is divided by TIME_SCALE", () => {
    const trouble: Unwanted = { is: "trouble", why: "reset", status: null };
    expect(outcomeOf(trouble, at(0, 3))).toMatchObject({ at: 8000 });
    expect(outcomeOf(trouble, at(0, 3, 20))).toMatchObject({ at: 400 });
    expect(outcomeOf(trouble, at(0, 50))).toMatchObject({ at: 300_000 });
  });
});
