import { describe, expect, it } from "vitest";
import type { Settings } from "../../../../../worker/contract/index.ts";
import { aSettings } from "../../../../harness/builders.ts";
import { drafted, MUG } from "../../../../harness/sale.ts";

const rulesOf = (settings: Partial<Settings["tax"]>, spec: Parameters<typeof drafted>[0]) =>
  drafted(spec, { settings: aSettings({ tax: { ...aSettings().tax, ...settings } }) }).lines.map((l) => [l.sku, l.taxRule, l.why]);

describe("which tax rule (M5): special rules before the class's own", () => {
  const special = (country: string, taxName = "") => [{ classId: 0, side: "with" as const, taxName, country, rule: "VAT" }];
  it("by country, and by every country but one", () => {
    expect(rulesOf({ special: special("AU") }, { lines: [MUG] })[0]?.slice(0, 2)).toEqual(["MUG", "VAT"]);
    expect(rulesOf({ special: special("NZ") }, { lines: [MUG] })[0]?.slice(0, 2)).toEqual(["MUG", "GST"]);
    const abroad = { lines: [MUG], shipping: { ex: "1.00", inc: "1.10" }, addresses: [{ country_iso2: "NZ" }] };
    expect(rulesOf({ special: special("!AU") }, abroad)[0]).toEqual([
      "MUG",
      "VAT",
      'VAT, because the country is NZ in tax class "Default Tax Class"',
    ]);
  });
  it("for exempt customers only, in every class, and only where no tax was charged", () => {
    const special = [{ classId: null, side: "without" as const, taxName: "", country: "", customers: "exempt" as const, rule: "Exempt" }];
    const free = { sku: "B", ex: "5.00", inc: "5.00" };
    const rules = (taxExempt: boolean) =>
      rulesOf({ special }, { lines: [MUG, free, { ...free, sku: "C", classId: 1 }], customer: { groupId: 0, taxExempt } });
    expect(rules(true).map((row) => row[1])).toEqual(["GST", "Exempt", "Exempt"]);
    expect(rules(false).map((row) => row[1])).toEqual(["GST", "Tax free", "Tax free"]);
    expect(rules(true)[1]?.[2]).toBe('Exempt, because the customer is tax-exempt in tax class "Default Tax Class"');
  });
  it("by the tax's name without case; another name, side or class keeps the class's rule", () => {
    const taxed = { lines: [{ ...MUG, rate: "10.0000" }] };
    expect(rulesOf({ special: special("", "gst") }, taxed)[0]?.[1]).toBe("VAT");
    expect(rulesOf({ special: special("", "PST") }, taxed)[0]?.[1]).toBe("GST");
    expect(rulesOf({ special: special("AU") }, { lines: [{ sku: "B", ex: "5.00", inc: "5.00" }] })[0]?.[1]).toBe("Tax free");
    expect(rulesOf({ special: special("AU") }, { lines: [{ ...MUG, classId: 1 }] })[0]?.[1]).toBe("GST");
  });
});
