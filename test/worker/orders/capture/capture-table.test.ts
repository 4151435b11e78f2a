import { expect, it } from "vitest";
import { STATUS } from "../../../../worker/bigcommerce/order-status.ts";
import { NEVER_TAKEN, STATUS_TABLE, takenAt } from "../../../../worker/orders/capture/capture-table.ts";

it("M19: every status of BigCommerce has its row", () => {
  expect(Object.keys(STATUS_TABLE).map(Number).sort()).toEqual(Object.values(STATUS).sort());
});

it("what is incomplete, refunded, cancelled or declined is never taken, by any rule", () => {
  expect([...NEVER_TAKEN].sort()).toEqual([STATUS.incomplete, STATUS.refunded, STATUS.cancelled, STATUS.declined].sort());
  expect(new Set(Object.values(takenAt(STATUS.cancelled)))).toEqual(new Set(["never"]));
});

it("a rule that is stricter takes no order that an easier one leaves, unless on its own condition", () => {
  for (const row of Object.values(STATUS_TABLE)) {
    if (row.is !== "rule") continue;
    const { created, authorised, paid } = row.cells;
    if (created === "not-yet") expect([row.name, authorised, paid]).toEqual([row.name, "not-yet", "not-yet"]);
    if (authorised === "not-yet") expect([row.name, paid]).toEqual([row.name, "not-yet"]);
  }
});

it("Setup's table names a condition; a status that we do not know is not taken yet", () => {
  expect(takenAt(STATUS.awaitingPayment)).toEqual({ created: "yes", authorised: "authorised", paid: "captured", completed: "not-yet" });
  expect(takenAt(STATUS.disputed)).toEqual({ created: "held", authorised: "held", paid: "held", completed: "held" });
  expect(takenAt(999)).toEqual({ created: "not-yet", authorised: "not-yet", paid: "not-yet", completed: "not-yet" });
});
