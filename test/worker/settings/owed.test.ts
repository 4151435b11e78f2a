import { describe, expect, it } from "vitest";
import type { Account } from "../../../worker/cin7/schemas/lists.ts";
import { check } from "../../../worker/settings/check.ts";
import { sameDays } from "../../../worker/settings/choices/zones.ts";
import { companyWarnings } from "../../../worker/settings/warnings.ts";
import { aSettings } from "../../harness/builders.ts";

const account = (code: string, cls: string): Account => ({
  code,
  name: `Account ${code}`,
  class: cls,
  active: true,
  forPayments: true,
  currency: null,
  system: "",
});
const accounts = [
  account("713", "ASSET"),
  account("840", "LIABILITY"),
  account("841", "LIABILITY"),
  account("200", "REVENUE"),
  account("205", "REVENUE"),
  account("260", "REVENUE"),
  account("261", "REVENUE"),
  account("860", "EXPENSE"),
];
const said = (key: string, name: string, code: string) => {
  const methods = [{ key, name, account: code, countsAsPaid: "captured" as const }];
  const settings = aSettings({ payments: { methods } });
  return check(settings, settings, { accounts })["payments.methods.0.account"] ?? null;
};

describe("what is owed until it is used (M7, M8)", () => {
  it.each([
    ["giftcertificate", "Gift Certificate", "840", null],
    ["giftcertificate", "Gift Certificate", "841", /sold on account 840/],
    ["voucher", "Gift Certificate", "713", /is not a liability. A gift certificate is money that you owe/],
    ["storecredit", "Store Credit", "841", null],
    ["store_credit", "Credit", "713", /is not a liability. Store credit is money that you owe/],
    ["stripe", "Credit Card", "713", null],
  ])("%s (%s) on account %s", (key, name, code, sentence) => {
    if (sentence === null) expect(said(key, name, code)).toBeNull();
    else expect(said(key, name, code)).toMatch(sentence);
  });
});

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
  it("other days are told in Setup", () => {
    const me = { company: "", currency: "AUD", timeZone: "Europe/Moscow", lockDate: null, taxByTotal: false, autoDiscounts: false };
    expect(companyWarnings(me, { currency: "AUD", timeZone: "Australia/Melbourne" })).toEqual([
      expect.stringMatching(/^The store's days are those of Australia/),
    ]);
    expect(companyWarnings({ ...me, timeZone: "Australia/Sydney" }, { currency: "AUD", timeZone: "Australia/Melbourne" })).toEqual([]);
  });
});
