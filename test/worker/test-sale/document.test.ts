import { describe, expect, it } from "vitest";
import { missingFor, takesFrom, trialNote, trialOf } from "../../../worker/test-sale/document.ts";
import { aSettings } from "../../harness/builders.ts";

const settings = aSettings();
const trial = trialOf(settings, "ls:abc123:trial-1", "2026-11-21");

describe("the test sale (decision 1.13)", () => {
  it("is one sale with two orders to try, each with the one thing that may be refused, and allocates nothing", () => {
    expect(trial?.header).toMatchObject({ ExternalID: "ls:abc123:trial-1", SaleOrderDate: "2026-11-21T00:00:00", SkipQuote: true });
    expect(trial?.probes.map(({ what }) => what)).toEqual(["negative-charges", "zero-price"]);
    for (const probe of trial?.probes ?? []) expect(probe.body("sale-1")).toMatchObject({ SaleID: "sale-1", Status: "DRAFT" });
    expect(trial?.probes[0]?.charges.map(({ price }) => price)).toEqual(["-1"]);
    expect(trial?.probes[1]?.lines.map(({ price, discount }) => [price, discount])).toEqual([
      ["10", "0"],
      ["0", "100"],
    ]);
  });

  it("names all that Setup lacks for it, and is not made without", () => {
    const bare = aSettings();
    bare.customers.defaultCustomer = null;
    bare.location.salesShipFrom = null;
    bare.charges.items = {};
    bare.tax.classes = [];
    expect(missingFor(bare)).toEqual([
      "Default customer",
      "Ship from",
      "Tax (the rule for no tax charged)",
      "Charge item for shipping",
      "Charge item for discounts",
    ]);
    expect(trialOf(bare, "m", "2026-11-21")).toBeNull();
    expect(missingFor(settings)).toEqual([]);
  });
});

it("a refusal tells only of the thing that was tried; what Cin7 Core says besides leaves it open", () => {
  const [negative, zero] = trial?.probes ?? [];
  if (!negative || !zero) throw new Error("there is a test sale");
  expect(takesFrom("Price must be greater than zero", zero)).toBe("refused");
  expect(takesFrom("Negative amounts are not allowed", negative)).toBe("refused");
  expect(takesFrom("Customer is not active", negative)).toBe("");
});

it("what was found is said, with what Cin7 Core said besides, and that the sale is void", () => {
  expect(trialNote({ "negative-charges": "refused", "zero-price": "" }, "SO-9", ["Customer is not active."])).toBe(
    'Cin7 Core refuses negative charges: discounts and coupons lower the prices of the lines. Whether it takes prices of 0 is still open. It said: "Customer is not active." The test sale SO-9 is void.',
  );
});
