import { beforeEach, describe, expect, it } from "vitest";
import { moment, money, month, quantity, readable, setLocale, setZone } from "../../ui/lib/format.ts";
import { badgeOf } from "../../ui/lib/words.ts";
import type { Stage } from "../../worker/contract/index.ts";

/** Numbers and dates as the reader writes them, in the store's own zone. */
beforeEach(() => {
  setLocale("en-AU");
  setZone("Australia/Melbourne");
});
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("the badge of an order", () => {
  it("more units than there are is not green: it says that the sale is short of stock, until the goods are picked", () => {
    const of = (...stages: Stage[]) => badgeOf({ state: "sent", stages });
    expect(of("ordered", "invoiced", "paid")).toEqual({ word: "In Cin7", tone: "success" });
    expect(of("ordered", "backordered", "invoiced")).toEqual({ word: "In Cin7, short of stock", tone: "warning" });
    expect(of("ordered", "backordered", "picked").word).toBe("In Cin7");
    expect(of("ordered", "backordered", "voided").word).toBe("Voided in Cin7");
    expect(badgeOf({ state: "held", stages: ["backordered"] }).word).toBe("Held");
  });
});

describe("sentences of the server", () => {
  it.each([
    ["Orders placed before 2026-11-22 08:35 stay out.", "Orders placed before 22 Nov 2026, 8:35 am stay out."],
    ["2026-11-22", "22 Nov 2026"],
    ["Books are locked up to 2027-12-31: a document cannot be dated.", "Books are locked up to 31 Dec 2027: a document cannot be dated."],
    ["WELCOME10: 23.60 AUD", "WELCOME10: $23.60"],
    ["We sent 1234.50 EUR, Cin7 Core made it -0.12 EUR.", "We sent EUR 1,234.50, Cin7 Core made it -EUR 0.12."],
    ["was charged 10 %", "was charged 10 %"],
  ])("%s", (from, to) => {
    expect(plain(readable(from))).toBe(to);
  });

  it.each(["SKU TEE-2026-11-22", "LOT2026-11-22", "version 1.2.3 of ABC", "2026-13-45", "A-10.50 AUDIO"])("leaves %s alone", (text) => {
    expect(readable(text)).toBe(text);
  });
});

describe("values", () => {
  it("money stays exact and is written in the reader's way", () => {
    expect(money("12345678901234.56", "AUD")).toBe("$12,345,678,901,234.56");
    setLocale("de-DE");
    expect(plain(money("1234.5", "EUR"))).toBe("1.234,50 €");
    expect(money("not a number", "EUR")).toBe("not a number");
    expect(quantity("2.5000")).toBe("2,5");
  });

  it("a month is the same in every zone", () => expect(month("2026-11")).toBe("Nov 2026"));

  it("times are the store's: today by the clock alone, else with the day", () => {
    const now = new Date("2026-11-21T22:00:00Z");
    expect(plain(moment("2026-11-21T21:36:00Z", now))).toBe("8:36 am");
    expect(plain(moment("2026-11-20T21:36:00Z", now))).toBe("21 Nov, 8:36 am");
    expect(moment(null)).toBe("–");
  });
});
