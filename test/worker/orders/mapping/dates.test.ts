import { describe, expect, it } from "vitest";
import type { Settings } from "../../../../worker/contract/index.ts";
import { aSettings } from "../../../harness/builders.ts";
import { drafted, MUG, problems } from "../../../harness/sale.ts";
import { J1 } from "./journals.ts";

describe("days (M12)", () => {
  it("the invoice carries the day placed or the day taken, the order always the day placed", () => {
    const days = (date: Settings["invoice"]["date"]) => {
      const { orderDate, invoice } = drafted(J1, { settings: aSettings({ invoice: { date } }), metAt: "2026-07-05T02:00:00Z" });
      return [orderDate, invoice.date, invoice.dueDate];
    };
    expect(days("met")).toEqual(["2026-07-01", "2026-07-05", "2026-07-05"]);
    expect(days("placed")).toEqual(["2026-07-01", "2026-07-01", "2026-07-01"]);
  });
});

describe("dates (M12, J20)", () => {
  const days = (placed: string, metAt: string) => {
    const draft = drafted({ lines: [MUG], order: { date_created: placed } }, { metAt });
    return [draft.orderDate, draft.invoice.date];
  };
  it("Melbourne, after midnight there and before it in UTC", () => {
    expect(days("Fri, 31 Oct 2025 21:30:00 +0000", "2025-10-31T21:35:00Z")).toEqual(["2025-11-01", "2025-11-01"]);
  });
  it("placed before midnight, paid after it", () => {
    expect(days("Fri, 31 Oct 2025 12:50:00 +0000", "2025-10-31T13:05:00Z")).toEqual(["2025-10-31", "2025-11-01"]);
  });
  it("both days on which the clock changes: 23 hours on 5 October, 25 hours on 5 April", () => {
    expect(days("Sat, 04 Oct 2025 13:59:00 +0000", "2025-10-04T14:00:00Z")).toEqual(["2025-10-04", "2025-10-05"]);
    expect(days("Sun, 05 Oct 2025 12:59:00 +0000", "2025-10-05T13:00:00Z")).toEqual(["2025-10-05", "2025-10-06"]);
    expect(days("Sat, 04 Apr 2026 12:59:00 +0000", "2026-04-04T13:00:00Z")).toEqual(["2026-04-04", "2026-04-05"]);
    expect(days("Sun, 05 Apr 2026 13:59:00 +0000", "2026-04-05T14:00:00Z")).toEqual(["2026-04-05", "2026-04-06"]);
  });
  it("an order without a readable date is malformed", () => {
    expect(problems({ lines: [MUG], order: { date_created: "soon" } })).toEqual([
      { kind: "order-malformed", orderId: 1042, fields: ["date_created"] },
    ]);
  });
});
