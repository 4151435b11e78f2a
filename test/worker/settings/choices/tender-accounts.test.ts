import { describe, expect, it } from "vitest";
import type { Account } from "../../../../worker/cin7/schemas/lists.ts";
import { check } from "../../../../worker/settings/check.ts";
import { aSettings } from "../../../harness/builders.ts";

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
