import { describe, expect, it } from "vitest";
import { lockedTo, memoOf, openDayAfter, postedOn, speaksOfLock } from "../../../worker/accounts/lock-date.ts";
import { invoiceBody } from "../../../worker/orders/sending/bodies.ts";
import { drafted } from "../../harness/sale.ts";
import { J1 } from "../orders/mapping/journals.ts";

describe("locked books (M13, J20)", () => {
  it("reads Cin7's lock date in both of its forms", () => {
    expect(["2025-10-31T00:00:00", "31/10/2025", "", null, "never"].map(lockedTo)).toEqual(["2025-10-31", "2025-10-31", null, null, null]);
  });
  it("the lock date itself is locked, the day after is open; December ends the year", () => {
    expect(postedOn("2025-10-31", "2025-10-31", "ask")).toEqual({ is: "locked", lockedTo: "2025-10-31", openDay: "2025-11-01" });
    expect(postedOn("2025-11-01", "2025-10-31", "ask")).toEqual({ is: "open", day: "2025-11-01", moved: null });
    expect(postedOn("2025-10-31", null, "ask")).toEqual({ is: "open", day: "2025-10-31", moved: null });
    expect(openDayAfter("2025-12-31")).toBe("2026-01-01");
  });
  it("the first open day, with the true date in the memo", () => {
    const posting = postedOn("2025-10-31", "2025-10-31", "first-open-day");
    expect(posting).toEqual({ is: "open", day: "2025-11-01", moved: "2025-10-31" });
    expect(memoOf("2025-10-31")).toBe("BigCommerce 31 Oct 2025, period locked");
    expect(invoiceBody(drafted(J1), "s", "t", { date: "2025-11-01", dueDate: "2025-11-01", memo: memoOf("2025-10-31") })).toMatchObject({
      InvoiceDate: "2025-11-01T00:00:00",
      Memo: "BigCommerce 31 Oct 2025, period locked",
    });
  });
  it("knows a refusal for that reason from others", () => {
    expect(speaksOfLock("Date 2025-10-31 is not valid. Transactions dated on or before lock date 2025-10-31 are not allowed.")).toBe(true);
    expect(speaksOfLock("Stock of the product is blocked")).toBe(false);
  });
});
