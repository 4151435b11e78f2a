/** Lines, additional charges and document totals (facts 2.4, 2.5): amounts are the caller's, Cin7 checks and adds up. */
import { ledgerAccount, notFoundCharge, productBySku, saleTaxRule, serviceProduct } from "./books.ts";
import { refuse } from "./errors.ts";
import { flag, guid, needNumber, needText, number, rows, text } from "./fields.ts";
import { add, big, lineTotal, round, sub, sum, times, zero } from "./money.ts";
import { isStocked } from "./stock.ts";
import type { Charge, Content, Ctx, Json, Line, Product, Sale, TaxRule, Totals } from "./types.ts";

type Kind = "quote" | "order" | "invoice" | "credit note";

/** Lines and charges of a body, replaced as a whole; `undefined` when the body names neither. */
export function readContent(ctx: Ctx, sale: Sale, body: Json, kind: Kind): Content {
  const combined = flag(body, "CombineAdditionalCharges") ?? false;
  const given = rows(body, "Lines") ?? [];
  // With CombineAdditionalCharges, charges travel inside Lines without ProductID and SKU (facts 2.4).
  const isCharge = (row: Json) => combined && !row["ProductID"] && !row["SKU"];
  const lines = given.filter((row) => !isCharge(row)).map((row) => readLine(ctx, sale, row, kind));
  const charges = [
    ...given.filter(isCharge).map((row) => readCharge(ctx, sale, { ...row, Description: row["Name"] }, kind)),
    ...(rows(body, "AdditionalCharges") ?? []).map((row) => readCharge(ctx, sale, row, kind)),
  ];
  return { lines, charges, ...totals(ctx, sale, lines, charges) };
}

function readProduct(ctx: Ctx, row: Json): Product {
  const id = guid(row, "ProductID");
  const sku = text(row, "SKU", 50);
  const product = id
    ? ctx.account.products[id]
    : sku
      ? productBySku(ctx.account, sku)
      : refuse("Required attribute ProductID or SKU is not provided.");
  if (!product) return refuse(`Product '${id ?? sku}' was not found in reference book`);
  if (product.Status === "Deprecated" && ctx.switches.deprecatedProduct === "refuse") refuse(`Product '${product.SKU}' is deprecated`);
  return product;
}

function readLine(ctx: Ctx, sale: Sale, row: Json, kind: Kind): Line {
  const product = readProduct(ctx, row);
  if (sale.type === "Service Sale" && isStocked(product)) refuse(`Product '${product.SKU}' is not a service product`);
  const money = readMoney(ctx, sale, row, product.SKU, kind);
  if (money.Price < 0) refuse(`Price of '${product.SKU}' can not be negative`);
  if (money.Price === 0 && money.Discount === 0 && ctx.switches.zeroPrice === "refuse")
    refuse(`Price of '${product.SKU}' must be greater than 0`);
  const Account = readAccount(ctx, row, kind);
  return {
    ProductID: product.ID,
    SKU: product.SKU,
    Name: text(row, "Name", 1024) || product.Name,
    ...money,
    AverageCost: product.AverageCost,
    Account,
    Comment: text(row, "Comment", 256) ?? "",
    DropShip: flag(row, "DropShip") ?? product.DropShipMode === "Always Drop Ship",
    BackorderQuantity: 0,
    allocations: [],
  };
}

function readCharge(ctx: Ctx, sale: Sale, row: Json, kind: Kind): Charge {
  const name = needText(row, "Description");
  // The Description is the name of an existing Service product (facts 2.4).
  const product = serviceProduct(ctx.account, name) ?? notFoundCharge(name);
  const money = readMoney(ctx, sale, row, name, kind);
  if (money.Price < 0 && ctx.switches.negativeCharges === "refuse") refuse(`Price of additional charge '${name}' can not be negative`);
  if (money.Price === 0 && money.Tax !== 0 && ctx.switches.zeroPriceTaxedCharge === "refuse") {
    refuse(`Tax of additional charge '${name}' must be 0 when the price is 0`);
  }
  return {
    Description: product.Name,
    ...money,
    Account: readAccount(ctx, row, kind),
    Comment: text(row, "Comment", 1024) ?? "",
    productId: product.ID,
  };
}

function readAccount(ctx: Ctx, row: Json, kind: Kind): string {
  const code = text(row, "Account", 50);
  if (!code || (kind !== "invoice" && kind !== "credit note")) return "";
  const found = ledgerAccount(ctx.account, code);
  if (found.Class === "LIABILITY" && ctx.switches.liabilityAccountOnInvoice === "refuse") {
    refuse(`Account '${code}' can not be used as revenue account`);
  }
  return found.Code;
}

type Money = Pick<Line, "Quantity" | "Price" | "Discount" | "Tax" | "Total" | "TaxRule">;

function readMoney(ctx: Ctx, sale: Sale, row: Json, name: string, kind: Kind): Money {
  const Quantity = round(big(needNumber(row, "Quantity")));
  if (Quantity < 1) refuse(`Minimum Quantity of '${name}' is 1`);
  const Price = round(big(needNumber(row, "Price")));
  const Discount = round(big(number(row, "Discount") ?? 0), 2);
  if (Discount < 0 || Discount > 100) refuse(`Discount of '${name}' must be between 0 and 100`);
  const rule = saleTaxRule(ctx.account, needText(row, "TaxRule", 50));
  const exact = lineTotal(Quantity, Price, Discount);
  const Total = round(exact, ctx.switches.lineDecimals === "keep" ? 4 : 2);
  checkTotal(ctx, row, round(exact), name, kind);
  return { Quantity, Price, Discount, Tax: readTax(ctx, sale, row, rule, Total, name), Total, TaxRule: rule.Name };
}

/** Total is "for validation" only (facts 2.4): optional on orders and charges, required on invoice lines. */
function checkTotal(ctx: Ctx, row: Json, expected: number, name: string, kind: Kind): void {
  const given = number(row, "Total");
  if (given === undefined) {
    if ((kind === "invoice" || kind === "credit note") && row["Description"] === undefined)
      refuse("Required attribute Total is not provided.");
    return;
  }
  if (big(given).minus(expected).abs().gt(ctx.switches.totalTolerance)) {
    refuse(`Total of '${name}' is not valid. Expected value is ${expected}`);
  }
}

/** The tax that a rule makes of an amount: on top of it, or contained in it. */
function ruleTax(rule: TaxRule, amount: number, inclusive: boolean) {
  const percent = big(rule.TaxPercent);
  return inclusive ? big(amount).times(percent).div(percent.plus(100)) : big(amount).times(percent).div(100);
}

function readTax(ctx: Ctx, sale: Sale, row: Json, rule: TaxRule, total: number, name: string): number {
  const given = number(row, "Tax");
  const own = ruleTax(rule, total, sale.header.TaxInclusive);
  if (given === undefined || ctx.switches.taxDisagrees === "recompute") return round(own, 2);
  if (ctx.switches.taxDisagrees === "refuse" && own.minus(given).abs().gt("0.01")) {
    refuse(`Tax of '${name}' is not valid. Expected value is ${round(own, 2)}`);
  }
  return round(big(given));
}

/** Total = TotalBeforeTax + Tax; inclusive line totals already hold the tax (facts 2.5). */
function totals(ctx: Ctx, sale: Sale, lines: readonly Line[], charges: readonly Charge[]): Totals {
  const all = [...lines, ...charges];
  const content = round(sum(all.map((row) => row.Total)));
  const Tax = ctx.switches.taxCalculationMethod === "Total" ? documentTax(ctx, sale, all) : round(sum(all.map((row) => row.Tax)));
  if (sale.header.TaxInclusive) return { TotalBeforeTax: sub(content, Tax), Tax, Total: content };
  return { TotalBeforeTax: content, Tax, Total: add(content, Tax) };
}

/** TaxCalculationMethod `Total`: tax is computed anew, once per rule on the sum of its rows. */
function documentTax(ctx: Ctx, sale: Sale, all: readonly (Line | Charge)[]): number {
  let tax = zero;
  for (const name of new Set(all.map((row) => row.TaxRule))) {
    const rule = saleTaxRule(ctx.account, name);
    const base = round(sum(all.filter((row) => row.TaxRule === name).map((row) => row.Total)));
    tax = tax.plus(round(ruleTax(rule, base, sale.header.TaxInclusive), 2));
  }
  return round(tax);
}

/** Company option AutomaticallyApplyDiscounts: Cin7's own discounts change the total on authorisation (facts 2.4). */
export function applyOwnDiscounts(ctx: Ctx, sale: Sale, content: Content): Content {
  if (!ctx.switches.automaticallyApplyDiscounts) return content;
  const percent = ctx.switches.automaticDiscountPercent;
  const keep = sub(1, round(big(percent).div(100)));
  const lines = content.lines.map((line) =>
    line.Discount > 0 ? line : { ...line, Discount: percent, Total: times(line.Total, keep), Tax: times(line.Tax, keep) },
  );
  return { lines, charges: content.charges, ...totals(ctx, sale, lines, content.charges) };
}
