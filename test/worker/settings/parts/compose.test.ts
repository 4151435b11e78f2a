import { expect, it } from "vitest";
import * as z from "zod";
import { PAGE_OF } from "../../../../worker/contract/setup-pages.ts";
import { changes, defaults, document, PARTS, toldFields } from "../../../../worker/settings/parts/compose.ts";
import { ready, set } from "../../../harness/api.ts";

/** What a value is, whether it may be absent or not. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return bare(schema.def.innerType);
  return schema;
}
const isRef = (shape: object) => Object.keys(shape).join() === "id,name";
/** Every field of a form: a list is one, and so is a list in its rows. */
function fieldsOf(schema: z.core.$ZodType, path: string): string[] {
  const value = bare(schema);
  if (value instanceof z.ZodArray) {
    const row = bare(value.element);
    const within = row instanceof z.ZodObject ? Object.entries(row.shape) : [];
    return [path, ...within.filter(([, each]) => bare(each) instanceof z.ZodArray).map(([name]) => `${path}.${name}`)];
  }
  if (!(value instanceof z.ZodObject) || isRef(value.shape)) return [path];
  return Object.entries(value.shape).flatMap(([name, each]) => fieldsOf(each, path ? `${path}.${name}` : name));
}

it("each field of the settings document has its page in Setup and its words for a change, and nothing else has", () => {
  const fields = fieldsOf(document, "").sort();
  expect(fields.length).toBeGreaterThan(40);
  expect(Object.keys(PAGE_OF).sort()).toEqual(fields);
  expect(toldFields().sort()).toEqual(fields);
});

it("parts are stored in one order, and told in that of the pages: a store's first version is these very bytes", () => {
  expect(Object.keys(PARTS).join(" ")).toBe("orders customers location sale invoice tax payments charges rounding currency seen keep");
  expect(JSON.stringify(defaults())).toBe(
    '{"orders":{"on":false,"captureWhen":"paid","takeFrom":null,"unknownSku":"service-line","consolidate":"each","consolidateAt":"23:00"},' +
      '"customers":{"defaultCustomer":null,"guests":"per-email","perCurrency":[],"companyInAddress":false},' +
      '"location":{"salesShipFrom":null,"pickups":[],"stock":"all"},' +
      '"sale":{"status":"authorised","fulfil":"none","assembly":{"mode":"never","cin7":null,"wipAccount":null,"account":null},' +
      '"representative":null,"representatives":[],"channel":{"attribute":null,"text":""},"referencePrefix":""},' +
      '"invoice":{"status":"draft","revenueAccount":null,"when":"with-order","date":"met","lockedBooks":"ask"},' +
      '"tax":{"classes":[],"special":[],"pricesIncludeTax":null},' +
      '"payments":{"on":true,"unpaidDays":7,"methods":[],"otherAccount":null},' +
      '"charges":{"items":{},"loadCouponCodes":true,"spreadDiscounts":false},' +
      '"rounding":{"cap":"0.05"},"currency":{"rates":[]},"seen":{"metafield":true,"staffNote":false},"keep":{"days":30}}',
  );
});

it("of several changes the sentences come in the order of Setup's pages", () => {
  const after = ready((settings) => {
    for (const [path, value] of [
      ["rounding.cap", "0.10"],
      ["keep.days", 60],
      ["seen.staffNote", true],
      ["charges.spreadDiscounts", true],
      ["payments.on", false],
      ["currency.rates", [{ currency: "USD", rate: "1.5" }]],
      ["orders.on", true],
    ] as const)
      set(path, value)(settings);
  });
  expect(changes(ready(), after, "UTC")).toEqual([
    "Orders: off → on",
    "Rate for USD: none → 1.5",
    "Payments: on → off",
    "Discounts lower the line prices: off → on",
    "Sale number in the staff notes in BigCommerce: off → on",
    "Days that names and messages of finished orders are kept: 30 → 60",
    "Rounding: at most, per document: 0.05 → 0.10",
  ]);
  expect(changes(after, after, "UTC")).toEqual([]);
});

it("what a store begins with is its own: changing one store's settings changes no other's", () => {
  defaults().tax.classes.push({ classId: 1, className: "a", withTax: null, withoutTax: null });
  expect(defaults().tax.classes).toEqual([]);
});
