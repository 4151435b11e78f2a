import { expect, it } from "vitest";
import { itemFor, nothingYet, once, ruleFrom } from "../../../../worker/orders/mapping/collector.ts";
import { aSettings } from "../../../harness/builders.ts";

it("each cause is told once, as it was found first", () => {
  const [a, b] = [
    { kind: "charge-missing" as const, charge: "fee" as const },
    { kind: "charge-missing" as const, charge: "coupon" as const },
  ];
  expect(once([a, b, { ...a }])).toEqual([a, b]);
});

it("decision 1.13: a charge item that is missing is a problem only where it is needed", () => {
  const found = nothingYet();
  const settings = aSettings();
  expect(itemFor(settings, "shipping", found)).toEqual(settings.charges.items.shipping);
  expect(found.problems).toEqual([]);
  settings.charges.items = {};
  expect(itemFor(settings, "shipping", found)).toEqual({ productId: "", name: "", account: "" });
  expect(found.problems).toEqual([{ kind: "charge-missing", charge: "shipping" }]);
});

it("a tax rule brings along what keeps it from being chosen", () => {
  const found = nothingYet();
  const problem = { kind: "charge-missing" as const, charge: "fee" as const };
  expect(ruleFrom({ rule: "GST", why: "its class", problem: null }, found)).toEqual({ taxRule: "GST", taxWhy: "its class" });
  expect(found.problems).toEqual([]);
  ruleFrom({ rule: "", why: "", problem }, found);
  expect(found.problems).toEqual([problem]);
});
