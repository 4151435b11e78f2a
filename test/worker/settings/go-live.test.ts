import { describe, expect, it } from "vitest";
import { takesOlder, withStart } from "../../../worker/settings/go-live.ts";
import { startFor } from "../../../worker/settings/parts/orders.ts";
import { ready, set } from "../../harness/api.ts";

const ZONE = "Australia/Melbourne";
const NOW = "2026-11-21T09:00:07.450Z";
const on = (takeFrom: string | null) => ready((s) => [set("orders.on", true), set("orders.takeFrom", takeFrom)].map((change) => change(s)));
const off = (takeFrom: string | null = null) =>
  ready((s) => [set("orders.on", false), set("orders.takeFrom", takeFrom)].map((change) => change(s)));

describe("M21: from when orders are taken", () => {
  const start = (...[before, after]: Parameters<typeof takesOlder>) => withStart(before, after, ZONE, NOW).orders.takeFrom;
  it("switched on without a day: from this very second, so that older orders are not touched unasked", () => {
    expect(start(off(), on(null))).toBe("2026-11-21T09:00:07.000Z");
  });
  it("a day is its first instant in the store's zone, an instant stays", () => {
    expect(start(off(), on("2026-11-20"))).toBe("2026-11-19T13:00:00.000Z");
    expect(start(off(), on("2026-11-20T05:00:00.000Z"))).toBe("2026-11-20T05:00:00.000Z");
  });
  it("on already, or still off: nothing is begun", () => {
    expect([start(on(null), on(null)), start(off(), off())]).toEqual([null, null]);
  });
});

it("orders that nobody watched come in when orders are switched on or the start goes back, and only then", () => {
  const [early, late] = ["2026-11-01T00:00:00.000Z", "2026-11-20T00:00:00.000Z"];
  expect([takesOlder(off(), on(late)), takesOlder(on(late), on(early)), takesOlder(on(late), on(null))]).toEqual([true, true, true]);
  expect([takesOlder(on(early), on(late)), takesOlder(on(late), on(late)), takesOlder(on(late), off(early))]).toEqual([
    false,
    false,
    false,
  ]);
});

it("people read the day in the store's zone, with the time unless the day begins there", () => {
  expect(startFor("2026-11-19T13:00:00.000Z", ZONE)).toBe("2026-11-20");
  expect(startFor("2026-11-20T05:30:00.000Z", ZONE)).toBe("2026-11-20 16:30");
  expect(startFor(null, ZONE)).toBeNull();
});
