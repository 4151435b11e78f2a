import { expect, it } from "vitest";
import type { Role } from "../../../../worker/contract/index.ts";
import { askedBy, listQuery } from "../../../../worker/orders/pages/asked.ts";

const asked = (query: Record<string, string>, role: Role = "operate") =>
  askedBy(listQuery.parse(query), { role, zone: "Australia/Melbourne" });

it("days are those of the store: both are included, whatever the zone", () => {
  const { from, before } = asked({ from: "2026-11-01", to: "2026-11-01" });
  expect([from, before]).toEqual(["2026-10-31T13:00:00.000Z", "2026-11-01T13:00:00.000Z"]);
  // The day on which summer time begins has 23 hours.
  const short = asked({ from: "2026-10-04", to: "2026-10-04" });
  expect(Date.parse(short.before ?? "") - Date.parse(short.from ?? "")).toBe(23 * 3_600_000);
});

it("what cannot be read filters nothing", () => {
  const plain = asked({});
  expect(asked({ from: "yesterday", to: "2026-13-01", problem: "it's", state: "x", sort: "y", page: "0", perPage: "1000" })).toEqual(plain);
  expect(plain).toEqual({ states: null, unpaid: false, q: "", persons: true, sort: "id", dir: "desc", limit: 25, offset: 0 });
});

it("Pending orders shows no state but its own; the unpaid are of the log", () => {
  expect(asked({ view: "pending" }).states).toEqual(["pending", "sending", "held", "failed"]);
  expect(asked({ view: "pending", state: "held" }).states).toEqual(["held"]);
  expect(asked({ view: "pending", state: "sent" }).states).toEqual([]);
  expect(asked({ view: "log", state: "sent" }).states).toEqual(["sent"]);
  expect(asked({ view: "log", state: "unpaid" })).toMatchObject({ states: [], unpaid: true });
  expect(asked({ view: "pending", state: "unpaid" })).toMatchObject({ states: [], unpaid: false });
});

it("who may only look searches no persons, and sees no list in their order", () => {
  expect(asked({ q: "alex", sort: "customer" }, "view")).toMatchObject({ persons: false, sort: "id" });
  expect(asked({ q: "alex", sort: "customer" })).toMatchObject({ persons: true, sort: "customer" });
});
