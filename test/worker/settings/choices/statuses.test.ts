import { expect, it } from "vitest";
import { takenAt } from "../../../../worker/orders/capture/capture-table.ts";
import { statusesOf } from "../../../../worker/settings/choices/statuses.ts";

it("the shop's own name of a status is shown where it is another one, beside what each rule does with it (M19)", () => {
  const rows = [
    { id: 11, name: "Awaiting Fulfillment", custom_label: "To pack" },
    { id: 5, name: "Cancelled", custom_label: "Cancelled" },
    { id: 10, name: "Completed", custom_label: "" },
  ];
  expect(statusesOf(rows, takenAt).map(({ name, customName }) => [name, customName])).toEqual([
    ["Awaiting Fulfillment", "To pack"],
    ["Cancelled", ""],
    ["Completed", ""],
  ]);
  expect(statusesOf(rows, takenAt).map(({ taken }) => taken.created)).toEqual(["yes", "never", "yes"]);
});
