import type { OrderLine } from "../../bigcommerce/schemas.ts";
import { decimal, plain, ZERO } from "../../lib/money.ts";
import type { ShippedTo, Snapshot, SoldLine } from "./sale-draft.ts";

/** The order's lines in BigCommerce's own figures, by line ID; lines of quantity 0 were removed there. Pure. */
export const soldOf = ({ order, lines }: Told): SoldLine[] =>
  lines
    .filter((line) => line.quantity > 0)
    .map((line) => ({
      line: line.id,
      sku: line.sku.trim(),
      quantity: line.quantity,
      total: plain(decimal(order.is_tax_inclusive_pricing ? line.total_inc_tax : line.total_ex_tax) ?? ZERO),
    }))
    .sort((a, b) => a.line - b.line);

type Told = { order: { is_tax_inclusive_pricing?: boolean | undefined }; lines: readonly OrderLine[] };

/** Where its goods go. */
export const shippedTo = (shipping: Snapshot["shipping"]): ShippedTo[] =>
  shipping.map((to) => {
    const { id, first_name, last_name, company, street_1, street_2, city, state, zip, country, country_iso2, phone } = to;
    return { id, first_name, last_name, company, street_1, street_2, city, state, zip, country, country_iso2, phone };
  });
