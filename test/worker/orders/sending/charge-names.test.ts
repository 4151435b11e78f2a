import { expect, it } from "vitest";
import { speaksOfUnknown, withNames } from "../../../../worker/orders/sending/charge-names.ts";
import { aSettings } from "../../../harness/builders.ts";
import { drafted, MUG } from "../../../harness/sale.ts";

const draft = drafted({ lines: [MUG], shipping: { ex: "5.00", inc: "5.50" } } as never);

it("a charge goes under the name that its item has today, and nothing else of the frozen draft changes", () => {
  const settings = aSettings();
  const item = settings.charges.items.shipping;
  if (item) item.name = "Freight";
  const named = withNames(draft, settings);
  expect(named.charges.map((charge) => charge.description)).toContain("Freight");
  const back = named.charges.map((charge, i) => ({ ...charge, description: draft.charges[i]?.description }));
  expect({ ...named, charges: back }).toEqual(draft);
});

it("an item that Setup no longer has keeps the name under which it was frozen", () => {
  const settings = aSettings({ charges: { items: {} } as never });
  expect(withNames(draft, settings).charges).toEqual(draft.charges);
});

it("a refusal because of something that Cin7 does not know is told from others", () => {
  for (const text of ["Charge 'Shipping' was not found in reference book", "Account 260 is deprecated", "Tax rule is not active"])
    expect(speaksOfUnknown(text), text).toBe(true);
  expect(speaksOfUnknown("Price must be greater than zero")).toBe(false);
});
