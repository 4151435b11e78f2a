import { describe, expect, it } from "vitest";
import { missing, missingScopes, parseScopes, SCOPES, scopeNames } from "../../../worker/bigcommerce/scopes.ts";
import { outcomeOf, type Unwanted } from "../../../worker/inbox/bigcommerce-answer.ts";

const all = SCOPES.map((s) => s.scope);

describe("scopes (F10)", () => {
  it.each<[string, string[], string[]]>([
    ["exactly the needed ones: nothing lacks", all, []],
    ["a modify scope satisfies its read-only need", all.map((s) => s.replace(/_read_only$/, "")), []],
    [
      "a read-only scope does not satisfy a modify need",
      all.map((s) => (s === "store_v2_orders" ? "store_v2_orders_read_only" : s)),
      ["store_v2_orders"],
    ],
    ["one that lacks is named", all.filter((s) => s !== "store_inventory"), ["store_inventory"]],
    ["none: all are named", [], all],
    ["others do not help", ["store_v2_marketing", "default"], all],
  ])("%s", (_, granted, lacking) => {
    expect(missing(granted).map((s) => s.scope)).toEqual(lacking);
  });

  it("every scope has a name, a reason and a probe; orders and information are essential", () => {
    for (const need of missingScopes([]))
      expect(need).toEqual({ scope: expect.any(String), name: expect.stringMatching(/\w/), why: expect.stringMatching(/^to |^the /) });
    expect(
      SCOPES.filter((s) => s.essential)
        .map((s) => s.scope)
        .sort(),
    ).toEqual(["store_v2_information_read_only", "store_v2_orders"]);
    expect(SCOPES.every((s) => /^\/v[23]\/[a-z]/.test(s.probe.path) && !s.probe.path.endsWith("/"))).toBe(true);
  });

  it("the list of a token is read, and null when the token was made without context", () => {
    expect(parseScopes(" store_v2_orders  store_inventory store_v2_orders ")).toEqual(["store_v2_orders", "store_inventory"]);
    expect(parseScopes(null)).toEqual([]);
    expect(scopeNames(SCOPES.slice(0, 2))).toBe('"Information & settings: read-only" and "Orders: modify"');
  });
});

describe("what an unwanted answer means for a work item (design 2)", () => {
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
    expect(outcomeOf(answer, 1000, 1, { scope: "store_v2_orders" })).toMatchObject(outcome);
  });

  it("the backoff grows with the attempt and is divided by TIME_SCALE", () => {
    const trouble: Unwanted = { is: "trouble", why: "reset", status: null };
    expect(outcomeOf(trouble, 0, 3)).toMatchObject({ at: 8000 });
    expect(outcomeOf(trouble, 0, 3, { timeScale: 20 })).toMatchObject({ at: 400 });
    expect(outcomeOf(trouble, 0, 50)).toMatchObject({ at: 300_000 });
  });
});
