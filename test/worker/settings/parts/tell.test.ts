import { expect, it } from "vitest";
import { each, nameOf, says, tellerOf } from "../../../../worker/settings/parts/tell.ts";

it("a value is told when it differs; what is not chosen is none", () => {
  const told: string[] = [];
  const field = says("Account", (part: { account: string | null }) => part.account);
  field(tellerOf(told), { account: "1" }, { account: "1" }, "UTC");
  field(tellerOf(told), { account: "1" }, { account: null }, "UTC");
  field(tellerOf(told), { account: null }, { account: "2" }, "UTC");
  expect(told).toEqual(["Account: 1 → none", "Account: none → 2"]);
});

it("rows of a list are told one by one, by what names them", () => {
  const told: string[] = [];
  const row = { key: (r: string[]) => r[0] as string, says: (r: string[]) => r[1] as string };
  tellerOf(told).lists(
    "Rate for",
    [
      ["USD", "1"],
      ["EUR", "2"],
    ],
    [
      ["EUR", "3"],
      ["NZD", "4"],
    ],
    row,
  );
  expect(told).toEqual(["Rate for USD: 1 → none", "Rate for EUR: 2 → 3", "Rate for NZD: none → 4"]);
});

it("rows that went are told first, then each that stayed or came, in the new order", () => {
  const told: string[] = [];
  each(["a", "b", "c"], ["d", "c", "a"], (r) => r, {
    gone: (r) => void told.push(`-${r}`),
    both: (a, b) => void told.push(a + b),
    come: (r) => void told.push(`+${r}`),
  });
  expect(told).toEqual(["-b", "+d", "cc", "aa"]);
});

it("of two things with one name the ID is said as well", () => {
  expect(nameOf({ id: "1", name: "Shop" }, { id: "2", name: "Shop" })).toBe("Shop (1)");
  expect(nameOf({ id: "1", name: "Shop" }, { id: "1", name: "Shop" })).toBe("Shop");
  expect(nameOf({ id: "1", name: "Shop" }, null)).toBe("Shop");
  expect(nameOf(null, { id: "1", name: "Shop" })).toBeNull();
});
