import { describe, expect, it } from "vitest";
import { companyWarnings, refusalWarnings } from "../../../worker/settings/warnings.ts";

const me = { company: "", currency: "AUD", timeZone: "Australia/Sydney", lockDate: null, taxByTotal: false, autoDiscounts: false };
const store = { currency: "AUD", timeZone: "Australia/Melbourne" };

describe("settings of Cin7 Core that bite (M43)", () => {
  it("a company that fits the store is not spoken of", () => {
    expect(companyWarnings(me, store)).toEqual([]);
    expect(companyWarnings({ ...me, currency: "aud" }, store), "whatever the case").toEqual([]);
    expect(companyWarnings({ ...me, currency: "" }, store), "what Cin7 Core does not tell is not judged").toEqual([]);
  });
  it.each([
    [{ autoDiscounts: true }, /^Cin7 Core applies discounts automatically .* such a sale is held\. Switch it off\.$/],
    [{ taxByTotal: true }, /^Cin7 Core calculates tax on the total of a document\./],
    [{ lockDate: "2026-10-31T00:00:00" }, /^Books in Cin7 Core are locked up to 2026-10-31\./],
    [{ timeZone: "Europe/Moscow" }, /^The store's days are those of Australia\/Melbourne, Cin7 Core's those of Europe\/Moscow\./],
    [{ currency: "USD" }, /^The store sells in AUD, Cin7 Core keeps its books in USD\./],
  ])("%j", (over, sentence) => expect(companyWarnings({ ...me, ...over }, store)).toEqual([expect.stringMatching(sentence)]));
});

it("what the account was found to refuse is said with what we do instead (M2, M18)", () => {
  expect(refusalWarnings({ negativeChargesRefused: false, zeroPriceRefused: false })).toEqual([]);
  expect(refusalWarnings({ negativeChargesRefused: true, zeroPriceRefused: true })).toEqual([
    expect.stringMatching(/^Cin7 Core refuses negative charges .* each order says so\.$/),
    expect.stringMatching(/^Cin7 Core refuses a price of 0 /),
  ]);
});
