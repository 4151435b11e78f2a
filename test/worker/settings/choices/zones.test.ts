import { describe, expect, it } from "vitest";
import { sameDays } from "../../../../worker/settings/choices/zones.ts";

describe("the days of Cin7 and of the store (M12)", () => {
  it.each([
    ["Australia/Sydney", "Australia/Melbourne", true],
    ["(UTC+10:00) Canberra, Melbourne, Sydney", "Australia/Melbourne", true],
    ["Europe/Moscow", "Australia/Melbourne", false],
    ["(UTC-05:00) Eastern Time", "Australia/Melbourne", false],
    ["(UTC) London", "Europe/London", true],
    ["Australia/Brisbane", "Australia/Melbourne", false],
    ["Melbourne", "Australia/Melbourne", null],
  ])("%s beside %s: %j", (cin7, store, same) => expect(sameDays(cin7, store)).toBe(same));
});
