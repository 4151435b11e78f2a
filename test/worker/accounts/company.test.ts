import { expect, it } from "vitest";
import { companyOf } from "../../../worker/accounts/company.ts";

const me = {
  company: "Harbour Trading",
  currency: "aud",
  timeZone: "Melbourne",
  lockDate: null,
  taxCalculation: "Total",
  autoDiscounts: false,
  taxByTotal: true,
};

it("an answer without a company or its currency is not a company's: the key is not taken for one that works", () => {
  expect(companyOf({ ...me, company: "" })).toBeNull();
  expect(companyOf({ ...me, currency: "" })).toBeNull();
});

it("its currency is kept in capitals, as orders have theirs; how it rounds tax is not the account's to keep", () => {
  expect(companyOf(me)).toEqual({
    company: "Harbour Trading",
    currency: "AUD",
    timeZone: "Melbourne",
    lockDate: null,
    taxCalculation: "Total",
    autoDiscounts: false,
  });
});
