import { describe, expect, it } from "vitest";
import { missing, missingScopes, parseScopes, SCOPES, scopeNames } from "../../../worker/bigcommerce/scopes.ts";

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
