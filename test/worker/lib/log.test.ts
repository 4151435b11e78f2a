import { afterEach, expect, it, vi } from "vitest";
import { alert, logBug, measure } from "../../../worker/lib/log.ts";

afterEach(() => vi.restoreAllMocks());
const lines = () => vi.spyOn(console, "log").mockImplementation(() => {});
const said = (spy: ReturnType<typeof lines>) => spy.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
const points = () => {
  const written: AnalyticsEngineDataPoint[] = [];
  return { written, dataset: { writeDataPoint: (point) => void written.push(point ?? {}) } as AnalyticsEngineDataset };
};

it("a bug is told by its name and our own stack, without its message: messages of parsers quote what they parsed", () => {
  const spy = lines();
  logBug(new SyntaxError("ana.keller@example.org"), { store: "abc123" });
  logBug("thrown text with ana.keller@example.org");
  expect(said(spy)).toMatchObject([
    { event: "bug", store: "abc123", error: "SyntaxError" },
    { event: "bug", error: "string" },
  ]);
  expect(JSON.stringify(said(spy))).not.toContain("ana.keller");
});

it("an alert is a line for the operator and a point for graphs", () => {
  const spy = lines();
  const { written, dataset } = points();
  alert(dataset, { kind: "queue-stuck", store: "abc123", count: 3 });
  expect(said(spy)).toEqual([{ event: "alert", kind: "queue-stuck", store: "abc123", count: 3 }]);
  expect(written).toEqual([{ indexes: ["abc123"], blobs: ["alert", "queue-stuck", "", ""], doubles: [0, 0, 0, 3] }]);
});

it("a point is found by its store, else by its account; without the binding nothing is counted", () => {
  const { written, dataset } = points();
  measure(dataset, { event: "item", account: "a".repeat(100), ms: 12, calls: 2, attempt: 1 });
  expect(written).toEqual([{ indexes: ["a".repeat(96)], blobs: ["item", "", "", ""], doubles: [12, 2, 1, 1] }]);
  expect(() => measure(undefined, { event: "item" })).not.toThrow();
});
