import type { RowOrigin, SaleLineRow, SoldRow } from "../lib/db/schema/tables.ts";
import { type Decimal, decimal, plain, ZERO } from "../lib/money.ts";
import type { DraftCharge, DraftLine, Origin, SaleDraft } from "../orders/mapping/sale-draft.ts";

/** What a frozen draft holds, without anything personal: no comment (messages, addresses), no name of a line (a shop may write one). Pure. */
export type SaleLines = {
  currency: string;
  rate: string;
  taxInclusive: boolean;
  location: string;
  net: string;
  tax: string;
  total: string;
  settingsVersion: number;
  lines: SaleLineRow[];
  sold: SoldRow[] | null;
};

const amount = (text: string): Decimal => decimal(text) ?? ZERO;

export function saleLinesOf(draft: SaleDraft, isDaily: boolean): SaleLines {
  const { currency, rate, taxInclusive, location, totals, settingsVersion, sold } = draft;
  const rows = [...draft.lines.map(lineRow), ...draft.charges.map(chargeRow)].map(({ row, from }): SaleLineRow => {
    const net = taxInclusive ? amount(row.total).minus(amount(row.tax)) : amount(row.total);
    const { total: _, ...rest } = row;
    const origins = isDaily ? undefined : from?.map(asStored);
    return { ...rest, net: plain(net), ...(origins ? { from: origins } : {}) };
  });
  return {
    currency,
    rate,
    taxInclusive,
    location,
    net: totals.exTax,
    tax: totals.tax,
    total: totals.incTax,
    settingsVersion,
    lines: rows,
    sold: isDaily ? null : (sold ?? null),
  };
}

type Given = { row: Omit<SaleLineRow, "net" | "from"> & { total: string }; from: Origin[] | undefined };

const lineRow = ({ productId, sku, quantity, price, discount, tax, taxRule, total, account, from }: DraftLine): Given => ({
  row: { as: "line", productId, sku, quantity, price, discount, tax, taxRule, total, account: account ?? "" },
  from,
});

const chargeRow = ({ description, productId, sku, quantity, price, discount, tax, taxRule, total, account, from }: DraftCharge): Given => ({
  row: { as: "charge", productId: productId ?? "", sku, item: description, quantity, price, discount, tax, taxRule, total, account },
  from,
});

/** The row's order is the sale's own. */
const asStored = ({ order: _, ...origin }: Origin): RowOrigin => origin;
