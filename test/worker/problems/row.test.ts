import { expect, it } from "vitest";
import type { Problem } from "../../../worker/problems/define-problem.ts";
import { problemFor, rowOf, type StoredProblem, speaksOf, withoutVendorText } from "../../../worker/problems/row.ts";

const stored = (problem: Problem): StoredProblem => ({
  key: "k",
  facts: problem,
  holds: true,
  raisedAt: "2026-11-21T09:00:00.000Z",
  orders: [7],
  orderCount: 1,
});
const REFUSED = stored({ kind: "cin7-refused", orderId: 7, step: "customer", text: "Ana Reyes <ana@example.org> exists already." });

it("what Cin7 Core said may name a person: who may only look reads everything but that, and no mail carries it", () => {
  const row = rowOf(REFUSED);
  expect(problemFor("operate", row).text).toContain("ana@example.org");
  for (const shown of [problemFor("view", row), withoutVendorText(row)]) {
    expect(JSON.stringify(shown)).not.toMatch(/ana/i);
    expect(shown.title).toBe(row.title);
  }
});

it("what we say ourselves is the same for everybody", () => {
  const row = rowOf(stored({ kind: "sku-unknown", sku: "MUG", name: "Mug", held: true }));
  expect(problemFor("view", row)).toBe(row);
});

it("a search finds a problem by every word of its title, text or facts, in any case, or by an order of it", () => {
  const row = rowOf(REFUSED);
  const finds = (search: string, its = false) => speaksOf(row, REFUSED, search, its);
  expect([finds("REFUSED customer"), finds("ana@example.org"), finds("refused invoice"), finds("1042", true)]).toEqual([
    true,
    true,
    false,
    true,
  ]);
});
