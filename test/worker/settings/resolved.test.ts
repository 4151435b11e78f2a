import { expect, it } from "vitest";
import type { Settings } from "../../../worker/contract/index.ts";
import type { Problem } from "../../../worker/problems/define-problem.ts";
import { keyOf } from "../../../worker/problems/registry.ts";
import { defaults } from "../../../worker/settings/parts/compose.ts";
import { resolvedBy } from "../../../worker/settings/resolved.ts";
import { ready, set } from "../../harness/api.ts";

type Method = Settings["payments"]["methods"][number];
const method = (name: string, account: string | null, more: Partial<Method> = {}): Method =>
  ({ key: name.toLowerCase(), name, account, countsAsPaid: "captured", ...more }) as Method;
const open = (...problems: Problem[]) => problems.map((problem) => ({ key: keyOf(problem), problem }));
const answered = (settings: Settings, problems: Problem[] = [], withTax?: boolean) =>
  resolvedBy(settings, open(...problems), withTax).notices.filter((key) => !key.startsWith("tax-class-new"));

it("F45, M9: a method with an account answers what was told of it, under its key and its name; one without answers nothing", () => {
  const settings = ready(set("payments.methods", [method("Stripe", "713", { name: "Card" }), method("COD", null)]));
  expect(answered(settings)).toEqual(["payment-unmapped:stripe", "payment-unmapped:card"]);
});

it("M16: an account for a currency answers what was told of the method in that currency alone", () => {
  const settings = ready(set("payments.methods", [method("Card", null, { currencies: [{ currency: "USD", account: "715" }] })]));
  expect(answered(settings)).toEqual(["payment-unmapped:card in usd"]);
});

it("F45: the account of everything else answers methods that Setup does not list, never one that it lists, never another currency", () => {
  const told: Problem[] = [
    { kind: "payment-unmapped", method: "Zip" },
    { kind: "payment-unmapped", method: "Zip", currency: "NZD" },
    { kind: "payment-unmapped", method: "Paid in usd" },
    { kind: "payment-unmapped", method: "COD" },
  ];
  const listed = set("payments.methods", [method("COD", null)]);
  expect(answered(ready(listed), told)).toEqual([]);
  const other = ready((s) => [listed, set("payments.otherAccount", "713")].map((change) => change(s)));
  expect(answered(other, told)).toEqual(["payment-unmapped:zip", "payment-unmapped:paid in usd"]);
});

it("a tax class that is gone is answered when Setup no longer has it, and a new one when Setup has it", () => {
  const kept = ready();
  const classId = kept.tax.classes[0]?.classId as number;
  const gone = (id: number): Problem => ({ kind: "tax-class-gone", classId: id, className: "x" });
  expect(answered(kept, [gone(classId), gone(classId + 1)])).toEqual([`tax-class-gone:${classId + 1}`]);
  expect(resolvedBy(kept).notices).toContain(`tax-class-new:${classId}`);
});

it("F152: the price basis is answered by the one that the shop has now, and by no other", () => {
  const settings = ready(set("tax.pricesIncludeTax", true));
  expect(answered(settings, [], true)).toEqual(["price-basis"]);
  expect([answered(settings, [], false), answered(settings)]).toEqual([[], []]);
});

it("a setup that is complete answers that it was not; the defaults do not", () => {
  expect(resolvedBy(ready()).setup).toEqual(["setup-incomplete"]);
  expect(resolvedBy(defaults()).setup).toEqual([]);
});
