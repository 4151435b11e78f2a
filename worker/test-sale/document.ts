import type { Refusal } from "../cin7/refusals.ts";
import type { Settings, Takes } from "../contract/index.ts";
import { taxFree } from "../orders/mapping/amounts/tax.ts";
import { refusalIn } from "../orders/mapping/could-be-refused.ts";
import type { DraftCharge, DraftLine } from "../orders/mapping/sale-draft.ts";
import { orderBody } from "../orders/sending/bodies.ts";

/**
 * The test sale of decision 1.13: what only Cin7 itself can tell, whether this account takes negative charges (M2) and prices of
 * 0 (M18). One sale of one charge item, its order a draft that allocates nothing, voided at once.
 */
export type TestSale = { header: Record<string, unknown>; probes: Probe[] };
/** `body`: POST /sale/order with the one thing that may be refused. */
export type Probe = { what: Refusal; lines: DraftLine[]; charges: DraftCharge[]; body: (saleId: string) => ReturnType<typeof orderBody> };

/** What Setup must hold first, in its own words. */
export function missingFor({ customers, location, charges, tax }: Settings): string[] {
  const needs: [there: unknown, name: string][] = [
    [customers.defaultCustomer, "Default customer"],
    [location.salesShipFrom, "Ship from"],
    [tax.classes.some((row) => row.withoutTax), "Tax (the rule for no tax charged)"],
    [charges.items.shipping, "Charge item for shipping"],
    [charges.items.discount, "Charge item for discounts"],
  ];
  return needs.filter(([there]) => !there).map(([, name]) => name);
}

/** Null: Setup lacks something. `day`: YYYY-MM-DD in the store's zone. */
export function trialOf(settings: Settings, mark: string, day: string): TestSale | null {
  const { defaultCustomer } = settings.customers;
  const { salesShipFrom } = settings.location;
  const { shipping, discount } = settings.charges.items;
  const { rule } = taxFree(settings);
  if (!defaultCustomer || !salesShipFrom || !shipping || !discount || !rule) return null;
  const row = { quantity: "1", discount: "0", tax: "0", taxRule: rule, comment: "", why: "" };
  const line = { ...row, productId: shipping.productId, sku: "", name: shipping.name, price: "10", total: "10", account: null };
  const free = { ...line, productId: discount.productId, name: discount.name, price: "0", discount: "100", total: "0" };
  const charge = { ...row, description: discount.name, sku: "", price: "-1", total: "-1", account: discount.account };
  const probe = (what: Refusal, lines: DraftLine[], charges: DraftCharge[]): Probe => ({
    what,
    lines,
    charges,
    body: (saleId) => orderBody({ order: { status: "draft", fulfil: "none" }, lines, charges }, saleId),
  });
  return {
    header: {
      CustomerID: defaultCustomer.id,
      SkipQuote: true,
      SaleType: "Simple",
      TaxRule: rule,
      TaxInclusive: false,
      Location: salesShipFrom.name,
      SaleOrderDate: `${day}T00:00:00`,
      Note: "Test by Lockstep, voided at once. Nothing to ship.",
      CustomerReference: "Lockstep test",
      CurrencyRate: 1,
      ExternalID: mark,
    },
    probes: [probe("negative-charges", [line], [charge]), probe("zero-price", [line, free], [])],
  };
}

/** What a refusal tells; "": Cin7 speaks of something else. */
export const takesFrom = (message: string, probe: Probe): Takes => (refusalIn(message, probe) === probe.what ? "refused" : "");

const SENTENCES: Record<Refusal, Record<Takes, string>> = {
  "negative-charges": {
    accepted: "Cin7 Core takes negative charges: discounts and coupons are charges of their own.",
    refused: "Cin7 Core refuses negative charges: discounts and coupons lower the prices of the lines.",
    "": "Whether Cin7 Core takes negative charges is still open.",
  },
  "zero-price": {
    accepted: "It takes prices of 0.",
    refused: "It refuses prices of 0: free lines show a price of 1 with a discount of 100 %.",
    "": "Whether it takes prices of 0 is still open.",
  },
};

/** What was found, for people; `texts`: what Cin7 said besides. */
export function trialNote(found: Record<Refusal, Takes>, saleNumber: string, texts: readonly string[]): string {
  const said = texts.length > 0 ? ` It said: "${texts.join(" ")}"` : "";
  const sale = `The test sale${saleNumber ? ` ${saleNumber}` : ""} is void.`;
  return `${SENTENCES["negative-charges"][found["negative-charges"]]} ${SENTENCES["zero-price"][found["zero-price"]]}${said} ${sale}`;
}
