import { describe, expect, it } from "vitest";
import { areaOf, holds, keyOf, urgencyOf, wordsOf } from "../../../worker/problems/registry.ts";
import { SAMPLES, VARIANTS } from "./samples.ts";

const about = (n: number) => ({ orders: n ? [1042] : [], orderCount: n });
/** ui.md 10.2: never on screen. */
const FORBIDDEN =
  /\b(inbox|lane|gate|permit|settle|sweep|drain|intent|drift|replay|exception|retry|retries|sync|mutex|claim|payload|service product|undefined|null|NaN)\b/i;

describe("problem text: what happened, to which, what it means, what to do (ui.md 10.2)", () => {
  it.each(Object.values(SAMPLES).map((p) => [p.kind, p] as const))("%s: reads well for no, one and many orders", (_, problem) => {
    for (const n of [0, 1, 4, 58]) {
      const { title, text, remedies } = wordsOf(problem, about(n));
      expect(`${title} ${text}`).not.toMatch(FORBIDDEN);
      expect(title).toMatch(/^[A-Z].*\.$/);
      expect(text).toMatch(/^[A-Z\d].*\.$/);
      expect(`${title}${text}`).not.toMatch(/ {2}|\.\.|\s[.,:]/);
      for (const remedy of remedies) expect(remedy.label).not.toMatch(/^(ok|submit|sync|process all)$/i);
    }
  });

  it("one decision lets all go, and the text says how many", () => {
    expect(wordsOf(SAMPLES["tax-unmapped"], about(4))).toEqual({
      area: "finance",
      title: 'Order 1042 is held: no Cin7 tax rule for "Reduced rate".',
      text: "3 other orders wait for the same reason. Stock is held. Choose a tax rule: all four go at once.",
      remedies: [
        {
          ...{ label: "Choose a tax rule", to: "/setup/tax" },
          answer: { is: "tax-rule", classId: 2, className: "Reduced rate", side: "with" },
        },
      ],
    });
    expect(wordsOf({ ...SAMPLES["tax-unmapped"], side: "without" }, about(1)).title).toBe(
      'Order 1042 is held: no Cin7 tax rule for "Reduced rate" when no tax was charged.',
    );
    expect(wordsOf(SAMPLES["charge-missing"], about(2)).text).toBe(
      "1 other order waits for the same reason. Stock is held. Find or create the charge item: both go at once.",
    );
    expect(wordsOf(SAMPLES["charge-missing"], about(58)).text).toMatch(/^57 other orders wait .* all 58 go at once\.$/);
  });

  it("decision 1.8: a line without stock is never silent, and says that the warehouse will not see it", () => {
    const words = wordsOf({ ...SAMPLES["sku-unknown"], held: false }, about(1));
    expect(words.title).toBe('Cin7 Core does not know SKU "MUG-BLU": order 1042 carries it as a line without stock.');
    expect(words.text).toMatch(/warehouse will not see "Blue mug" as stock/);
  });

  it("a cancelled order says first what must not happen", () => {
    expect(wordsOf(SAMPLES["changed-after-sale"], about(1)).title).toBe("Do not ship SO-00731: order 1042 was cancelled in BigCommerce.");
  });

  it("what Cin7 Core says is passed on in its own words, with the remedy to process the order", () => {
    const words = wordsOf(SAMPLES["cin7-refused"], about(1));
    expect(words.text).toMatch(/^It says: "Location not found\."/);
    expect(words.remedies[0]).toEqual({ label: "Process order 1042", action: "process", orderId: 1042, after: true });
    expect(areaOf({ ...SAMPLES["cin7-refused"], step: "invoice" })).toBe("finance");
  });

  it("a processing that changes nothing by itself says so; where it is the remedy it stands first", () => {
    const first = (kind: keyof typeof SAMPLES) => wordsOf(SAMPLES[kind], about(1)).remedies[0];
    for (const kind of ["test-payment", "sale-voided", "voided-after-sale", "parked"] as const)
      expect(first(kind)).toEqual({ label: "Process order 1042", action: "process", orderId: 1042 });
    for (const kind of ["total-differs", "below-zero", "cancel-waits", "cin7-total-differs"] as const)
      expect(first(kind)).toMatchObject({ action: "process", after: true });
  });

  it("each kind says what depends on it, most urgent first", () => {
    const of = (urgency: string) =>
      Object.values(SAMPLES)
        .filter((problem) => urgencyOf(problem.kind, holds(problem)) === urgency)
        .map((problem) => problem.kind)
        .sort();
    expect(of("goods")).toEqual(["cancel-waits", "changed-after-sale", "other-connection", "refund-to-enter", "twin-sale"]);
    expect(of("every-order")).toEqual([
      "bigcommerce-denied",
      "bigcommerce-down",
      "cin7-denied",
      "cin7-down",
      "setup-incomplete",
      "totals-differ",
    ]);
    expect(of("books")).toEqual([
      "payment-differs",
      "payment-unclear",
      "payment-unmapped",
      "price-basis",
      "sale-unfinished",
      "written-twice",
    ]);
    // What holds orders is never news.
    for (const problem of [...Object.values(SAMPLES), ...VARIANTS])
      if (holds(problem)) expect(["goods", "every-order", "orders"], problem.kind).toContain(urgencyOf(problem.kind, true));
  });

  it("every kind has a key of its own", () => {
    const keys = Object.values(SAMPLES).map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
