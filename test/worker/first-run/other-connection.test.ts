import { describe, expect, it } from "vitest";
import {
  due,
  othersIn,
  othersKey,
  problemOf,
  type SaleSign,
  sentenceOf,
  since,
  stateOf,
} from "../../../worker/first-run/other-connection.ts";
import { keyOf } from "../../../worker/problems/registry.ts";

const sale = (over: Partial<SaleSign> = {}): SaleSign => ({
  ExternalID: "",
  CustomerReference: "1042",
  SourceChannel: "Zapier",
  Status: "ORDERED",
  Updated: "2026-11-21T08:00:00",
  OrderNumber: "SO-1",
  ...over,
});
const NOW = Date.parse("2026-11-21T09:00:00.000Z");
const found = (...rows: SaleSign[]) => othersIn(rows, new Set([1042, 1043]), { days: 30, cut: false });

describe("who else brought this store's orders (M22)", () => {
  it("our own sales, void ones and those of other orders are nobody's connection", () => {
    expect(found(sale({ ExternalID: "ls:abc123:1042" }), sale({ Status: "VOIDED" }), sale({ CustomerReference: "77" }))).toEqual([]);
  });
  it("Cin7's own integration shows by its channel, whatever the order; others by our numbers, the busiest first", () => {
    const rows = [
      sale({ SourceChannel: "BigCommerce AU", CustomerReference: "" }),
      sale(),
      sale({ CustomerReference: "Order #1043", Updated: "2026-11-21T08:30:00" }),
      sale({ SourceChannel: "" }),
    ];
    expect(found(...rows).map(({ name, sales, lastAt }) => [name, sales, lastAt])).toEqual([
      ["Another connection", 2, "2026-11-21T08:30:00.000Z"],
      ["Cin7's own integration", 1, "2026-11-21T08:00:00.000Z"],
      ["Something else", 1, "2026-11-21T08:00:00.000Z"],
    ]);
  });
});

describe("whether it keeps orders from being switched on", () => {
  const seen = (lastAt: string, off: { offBy: string | null; offAt: string | null } = { offBy: null, offAt: null }) => ({
    found: [{ name: "Something else", sales: 1, lastAt, days: 30, atLeast: false }],
    lookedAt: "2026-11-21T08:59:00.000Z",
    ...off,
  });
  it("while it wrote in the last 15 minutes, and nobody says that it is off", () => {
    expect(stateOf(seen("2026-11-21T08:50:00.000Z"), NOW, 1).blocks).toBe(true);
    expect(stateOf(seen("2026-11-21T08:44:00.000Z"), NOW, 1).blocks).toBe(false);
    expect(stateOf(null, NOW, 1)).toMatchObject({ blocks: false, found: [], lookedAt: null });
  });
  it("what a person said holds until it writes again", () => {
    const off = { offBy: "Ann", offAt: "2026-11-21T08:51:00.000Z" };
    expect(stateOf(seen("2026-11-21T08:50:00.000Z", off), NOW, 1)).toMatchObject({ blocks: false, off: { by: "Ann" } });
    expect(stateOf(seen("2026-11-21T08:52:00.000Z", off), NOW, 1)).toMatchObject({ blocks: true, off: null });
  });
});

it("it is looked for once a week, from the last look or from when it was said to be off, for 30 days at most", () => {
  expect([
    due(null, NOW, 1),
    due({ lookedAt: "2026-11-14T09:00:00.000Z" }, NOW, 1),
    due({ lookedAt: "2026-11-20T09:00:00.000Z" }, NOW, 1),
  ]).toEqual([true, true, false]);
  expect(since({ lookedAt: "2026-11-14T09:00:00.000Z", offAt: "2026-11-16T00:00:00.000Z" }, NOW)).toBe("2026-11-16T00:00:00.000Z");
  expect(since({ lookedAt: "2026-01-01T00:00:00.000Z", offAt: null }, NOW)).toBe("2026-10-22T09:00:00.000Z");
});

it("it is told once a store, with who and how many", () => {
  const found = [{ name: "Zapier", sales: 1, lastAt: null, days: 1, atLeast: false }];
  expect(keyOf(problemOf(found))).toBe(othersKey());
  expect(sentenceOf({ found })).toBe("Zapier sent 1 sale in the last day.");
  expect(sentenceOf({ found: [{ ...found[0], name: "Zapier", sales: 5, lastAt: null, days: 30, atLeast: true }] })).toBe(
    "Zapier sent at least 5 sales in 30 days.",
  );
  expect(sentenceOf({ found: [] })).toBe("Nothing found.");
});
