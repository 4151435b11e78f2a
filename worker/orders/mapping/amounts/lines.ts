import type { OrderLine } from "../../../bigcommerce/schemas.ts";
import { decimal, ZERO } from "../../../lib/money.ts";
import { type BundleRole, bundleRoles } from "../bundles.ts";
import { type Findings, itemFor, ruleFrom } from "../collector.ts";
import { inOneLine } from "../customer-and-addresses.ts";
import type { MappingInput, Origin } from "../sale-draft.ts";
import { fit } from "../truncate.ts";
import { four, type Row } from "./order-row.ts";
import type { Reader } from "./read-amounts.ts";
import { chooseRule, classOfLine, countryOf, taxFree, toldOfLine } from "./tax.ts";

/**
 * Rows of the order's lines, by line ID: products by exact SKU (F116), unknown SKUs on the *unlisted* charge item or held
 * (decision 1.8), gift certificates on theirs (M7), bundles by M26. Lines of quantity 0 were removed in BigCommerce.
 */
export function lineRows(input: MappingInput, { read }: Reader, found: Findings): Row[] {
  const { snapshot } = input;
  const alive = snapshot.lines.filter((line) => line.quantity > 0).sort((a, b) => a.id - b.id);
  const inclusive = snapshot.order.is_tax_inclusive_pricing ?? false;
  const bundles = bundleRoles(alive, input.products);
  return alive.flatMap((line): Row[] => {
    const bundle = bundles.get(line.id);
    if (bundle === "in-parent") {
      found.losses.push(`${titleOf(line)} × ${line.quantity}: part of a bundle that Cin7 Core assembles itself, no line of its own.`);
      return [];
    }
    const ex = four(read(line.total_ex_tax, `products.${line.id}.total_ex_tax`));
    const inc = four(read(line.total_inc_tax, `products.${line.id}.total_inc_tax`));
    const told = toldOfLine(snapshot.taxes, line.id);
    const from = [originOf(line)];
    const base = { lineId: line.id, from, ex, inc, quantity: line.quantity, shopPrice: null, told: told.charged, rate: told.rate };
    if (line.type === "giftcertificate")
      return [
        { ...base, told: told.charged ?? ZERO, from: [{ ...from[0], charge: "gift-certificate" }], ...certificate(line, input, found) },
      ];

    const priced = !ex.eq(0) || !inc.eq(0);
    const classId = classOfLine(snapshot, line, told);
    const choice = chooseRule(input.settings, classId, told.className, {
      priced,
      tax: inc.minus(ex),
      rate: told.rate,
      names: told.names,
      country: countryOf(snapshot),
      exempt: snapshot.customer?.taxExempt ?? false,
    });
    const target = targetOf(line, bundle, input, found);
    const override = input.settings.invoice.revenueAccount;
    const comment = fit(
      [target.note, ...detailsOf(line, bundle, alive, input)].filter(Boolean).join("; "),
      256,
      `Comment of ${titleOf(line)}`,
      found.losses,
    );
    const { to, unlisted } = target;
    const origin: Pick<Row, "from"> = unlisted ? { from: [{ ...from[0], charge: "unlisted" }] } : { from };
    const account = override ?? target.account;
    return [
      {
        ...base,
        ...origin,
        kind: "product",
        shopPrice: decimal(inclusive ? line.price_inc_tax : line.price_ex_tax),
        ...ruleFrom(choice, found),
        to,
        account,
        comment,
      },
    ];
  });
}

/** Goods of one order have one address in BigCommerce, or none that is told. */
const originOf = (line: OrderLine): Origin => ({ line: line.id, ...(line.order_address_id ? { address: line.order_address_id } : {}) });

const titleOf = (line: OrderLine): string => (line.sku.trim() ? `${line.sku.trim()} ${line.name}` : line.name);

type Target = { to: Row["to"]; account: string | null; note: string; unlisted?: true };

/** Bundle lines whose price goes without stock: another line of the bundle takes it (M26). */
const PRICE_ONLY: Partial<Record<BundleRole, string>> = {
  parent: "bundle, its parts follow",
  "priced-part": "part of a bundle that Cin7 Core assembles, no stock of its own",
};

function targetOf(line: OrderLine, role: BundleRole | undefined, { products, settings }: MappingInput, found: Findings): Target {
  const sku = line.sku.trim();
  const product = products.get(sku);
  const isService = product?.type.toLowerCase() === "service";
  const priceOnly = role && PRICE_ONLY[role];
  if (product && (!priceOnly || isService)) {
    const name = fit(product.name || line.name, 1024, `Name of ${sku}`, found.losses);
    return { to: { as: "line", productId: product.productId, sku: product.sku, name }, account: product.revenueAccount, note: "" };
  }
  if (!priceOnly) {
    const held = settings.orders.unknownSku === "hold";
    const problem = { kind: "sku-unknown" as const, sku, name: line.name, held };
    if (held) {
      found.problems.push(problem);
      return { to: { as: "line", productId: "", sku, name: line.name }, account: null, note: "" };
    }
    found.notices.push(problem);
  }
  const item = itemFor(settings, "unlisted", found);
  const name = fit(line.name || item.name, 1024, `Name of ${titleOf(line)}`, found.losses);
  const note = priceOnly ? `${titleOf(line)}: ${priceOnly}` : `Not in Cin7 Core: ${titleOf(line)}`;
  return {
    to: { as: "line", productId: item.productId, sku: "", name },
    account: product?.revenueAccount ?? (item.account || null),
    note,
    unlisted: true,
  };
}

/** What the shopper chose and wrote, for the warehouse: options and modifiers, wrapping, its bundle, its address (M24). */
function detailsOf(
  line: OrderLine,
  bundle: BundleRole | undefined,
  lines: readonly OrderLine[],
  { snapshot, asOneSale }: MappingInput,
): string[] {
  const parent =
    bundle === "child" || bundle === "priced-part" ? lines.find((other) => other.id === line.parent_order_product_id) : undefined;
  const address = asOneSale && snapshot.shipping.length > 1 ? snapshot.shipping.find((s) => s.id === line.order_address_id) : undefined;
  return [
    address ? `Ship to ${inOneLine(address)}` : "",
    parent ? `Part of ${parent.name}` : "",
    ...line.product_options.filter((o) => o.display_value).map((o) => `${o.display_name}: ${o.display_value}`),
    line.wrapping_name || line.wrapping_message
      ? `Gift wrap: ${[line.wrapping_name, line.wrapping_message].filter(Boolean).join(", ")}`
      : "",
  ].filter(Boolean);
}

/** A certificate sold is a liability: its own item and account, no tax, no stock, no override (M6, M7, J9). */
function certificate(
  line: OrderLine,
  { settings }: MappingInput,
  found: Findings,
): Omit<Row, "lineId" | "from" | "ex" | "inc" | "quantity" | "shopPrice" | "told" | "rate"> {
  const item = itemFor(settings, "gift-certificate", found);
  const comment = fit(line.name, 256, "Comment of the gift certificate", found.losses);
  return {
    kind: "gift-certificate",
    ...ruleFrom(taxFree(settings), found),
    to: { as: "charge", name: item.name, productId: item.productId },
    account: item.account,
    comment,
  };
}
