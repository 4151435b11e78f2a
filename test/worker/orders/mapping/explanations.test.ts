import { expect, it } from "vitest";
import type { Settings } from "../../../../worker/contract/index.ts";
import { aSettings, type OrderSpec } from "../../../harness/builders.ts";
import { drafted, MUG } from "../../../harness/sale.ts";

const decided = (over: Parameters<typeof aSettings>[0] = {}, spec: Partial<OrderSpec> = {}) =>
  Object.fromEntries(
    drafted({ lines: [MUG], ...spec }, { settings: aSettings(over) as Settings }).decisions.map(({ label, value, why }) => [
      label,
      { value, why },
    ]),
  );

it("every sale says its customer, location, prices, currency and invoice day, and why", () => {
  const said = decided();
  for (const label of ["Customer", "Location", "Prices", "Currency", "Invoice date"]) {
    expect([label, said[label]?.value !== "", said[label]?.why !== ""]).toEqual([label, true, true]);
  }
  expect(said["Prices"]?.value).toBe("Without tax");
  expect(decided({}, { inclusive: true })["Prices"]?.value).toBe("With tax");
});

it("what Setup leaves to a person, and what it does by itself, is said only where it is so", () => {
  expect(Object.keys(decided())).not.toContain("Pick, pack, ship");
  expect(decided({ sale: { fulfil: "pick" } })["Pick, pack, ship"]?.value).toBe("Picked");
  expect(decided({ sale: { status: "draft" } })["Order"]?.value).toBe("Draft");
  expect(decided({ invoice: { status: "none" } })["Invoice"]?.value).toBe("Made by you");
  expect(decided({ invoice: { when: "when-shipped", date: "shipped" } })).toMatchObject({
    Invoice: { value: "When it is shipped" },
    "Invoice date": { value: "The day of the shipment", why: "Set in Setup." },
  });
  expect(decided({ sale: { channel: { attribute: 3, text: "Web" } } })["Additional attribute 3"]?.value).toBe("Web");
  expect(decided({ invoice: { revenueAccount: "200" } })["Revenue account"]?.value).toBe("200");
});
