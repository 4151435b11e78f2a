import { describe, expect, it } from "vitest";
import { account } from "../../../../worker/cin7/schemas/lists.ts";
import { byCode, chargeAccountProblem, paymentAccountProblem, revenueProblem } from "../../../../worker/settings/parts/accounts.ts";
import type { LiveAccount } from "../../../../worker/settings/parts/live.ts";

const row = (code: string, more: Record<string, unknown> = {}): LiveAccount => ({
  ...account.parse({ Code: code, Name: `Account ${code}`, Status: "ACTIVE" }),
  ...more,
});
const CHART = [
  row("200", { class: "REVENUE" }),
  row("400", { class: "EXPENSE" }),
  row("713", { class: "ASSET", forPayments: true, currency: "AUD" }),
  row("714", { class: "ASSET", forPayments: true, currency: "" }),
  row("715", { class: "ASSET", forPayments: true, currency: "USD" }),
  row("840", { class: "LIABILITY", forPayments: true }),
  row("841", { class: "LIABILITY", forPayments: false }),
  row("OLD", { class: "REVENUE", active: false }),
  row("X1", { class: "" }),
];

it("an account is known by its code in any case", () => {
  expect(byCode("x1", CHART)?.code).toBe("X1");
  expect(byCode("999", CHART)).toBeUndefined();
});

it("one that Cin7 Core does not have, or no longer uses, is chosen for nothing", () => {
  const judges = [
    (code: string) => revenueProblem(code, CHART),
    (code: string) => paymentAccountProblem(code, CHART, "AUD"),
    (code: string) => chargeAccountProblem("shipping", code, CHART),
  ];
  for (const judge of judges) {
    expect(judge("999")).toBe("Cin7 Core has no account 999. Choose another one.");
    expect(judge("OLD")).toBe("Account OLD Account OLD is not active in Cin7 Core. Choose another one.");
  }
});

it("revenue goes to a revenue account; a class that Cin7 Core does not tell is not judged", () => {
  expect([revenueProblem("200", CHART), revenueProblem("X1", CHART)]).toEqual([null, null]);
  expect(revenueProblem("713", CHART)).toMatch(/is not a revenue account/);
});

describe("money is received on an account that can, in the currency of the orders (M9)", () => {
  it("its currency is theirs, or the one of the books", () => {
    expect(["713", "714"].map((code) => paymentAccountProblem(code, CHART, "aud"))).toEqual([null, null]);
    expect(paymentAccountProblem("715", CHART, "AUD")).toMatch(/is in USD; the orders are in AUD\. Choose an account in AUD/);
    expect(paymentAccountProblem("200", CHART, "AUD")).toMatch(/cannot receive payments/);
  });
  it("for a currency of its own the account must say that currency itself", () => {
    expect(paymentAccountProblem("715", CHART, "USD", true)).toBeNull();
    expect(paymentAccountProblem("714", CHART, "USD", true)).toMatch(/is in the currency of the books\. Choose an account in USD/);
  });
  it("a currency that is not known yet is not judged", () => expect(paymentAccountProblem("715", CHART, undefined)).toBeNull());
});

describe("a charge goes to revenue or expense, a gift certificate to what is owed (M7)", () => {
  it.each([
    ["shipping", "200", null],
    ["fee", "400", null],
    ["shipping", "713", /neither revenue nor expense/],
    ["rounding", "713", null],
    ["gift-certificate", "840", null],
    ["gift-certificate", "841", /cannot receive payments/],
    ["gift-certificate", "200", /is not a liability/],
  ] as const)("%s on %s", (charge, code, problem) => {
    const said = chargeAccountProblem(charge, code, CHART);
    if (problem === null) expect(said).toBeNull();
    else expect(said).toMatch(problem);
  });
});
