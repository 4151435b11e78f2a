import { isCancelled, isRefunded } from "../../bigcommerce/order-status.ts";
import type { Order, OrderAddress, OrderLine } from "../../bigcommerce/schemas.ts";
import type { SoldRow } from "../../lib/db/schema/tables.ts";
import { type Decimal, decimal, plain, ZERO } from "../../lib/money.ts";
import type { ShippedTo, Snapshot } from "../mapping/sale-draft.ts";
import { shippedTo, soldOf } from "../mapping/sold.ts";

/**
 * What changed of an order since its sale was made: the one comparison of what was sent with what BigCommerce says now. What one
 * side does not know is no change. Pure.
 */
export type Change =
  | { is: "cancelled" }
  /** `refund`: its ID where both sides name them; null: its status says that there was one (its `refunded_amount` is always 0). */
  | { is: "refunded"; refund: number | null }
  | { is: "line-added"; line: number; sku: string; quantity: number }
  | { is: "line-removed"; line: number; sku: string; quantity: number }
  | { is: "quantity"; line: number; sku: string; was: number; now: number }
  /** Of one unit, before order discounts. */
  | { is: "price"; line: number; sku: string; was: string; now: string }
  /** `address`: the order address that goods are shipped to; null: the billing address. */
  | { is: "address"; address: number | null; was: "there" | "not there"; now: "there" | "not there" }
  | { is: "total"; was: string; now: string };

/** One side of the comparison; null: not known. */
export type Compared = {
  statusId: number | null;
  total: string | null;
  /** IDs of its refunds. */
  refunds: readonly number[] | null;
  lines: readonly SoldRow[] | null;
  billing: OrderAddress | null;
  shipping: readonly ShippedTo[] | null;
};

export function changesOf(sent: Compared, now: Compared): Change[] {
  return [
    ...cancelledIn(sent, now),
    ...refundsIn(sent, now),
    ...(sent.lines && now.lines ? linesIn(sent.lines, now.lines) : []),
    ...addressesIn(sent, now),
    ...totalIn(sent, now),
  ];
}

function cancelledIn(sent: Compared, now: Compared): Change[] {
  const is = ({ statusId }: Compared) => statusId !== null && isCancelled(statusId);
  return is(now) && !is(sent) ? [{ is: "cancelled" }] : [];
}

function refundsIn(sent: Compared, now: Compared): Change[] {
  const before = sent.refunds;
  if (before && now.refunds) return now.refunds.filter((id) => !before.includes(id)).map((refund) => ({ is: "refunded", refund }));
  const told = ({ statusId }: Compared) => statusId !== null && isRefunded(statusId);
  return told(now) && !told(sent) ? [{ is: "refunded", refund: null }] : [];
}

function linesIn(sent: readonly SoldRow[], now: readonly SoldRow[]): Change[] {
  const after = new Map(now.map((row) => [row.line, row]));
  const before = new Set(sent.map(({ line }) => line));
  const added = now.filter(({ line }) => !before.has(line)).map((row): Change => ({ is: "line-added", ...said(row) }));
  return [
    ...sent.flatMap((was): Change[] => {
      const is = after.get(was.line);
      return is ? lineIn(was, is) : [{ is: "line-removed", ...said(was) }];
    }),
    ...added,
  ];
}

const said = ({ line, sku, quantity }: SoldRow) => ({ line, sku, quantity });

function lineIn(was: SoldRow, now: SoldRow): Change[] {
  const { line, sku } = now;
  const changes: Change[] = [];
  if (was.quantity !== now.quantity) changes.push({ is: "quantity", line, sku, was: was.quantity, now: now.quantity });
  const [before, after] = [unit(was), unit(now)];
  if (
    before
      .minus(after)
      .abs()
      .gt(within(was).plus(within(now)))
  ) {
    const [price, other] = [before, after].map((each) => plain(each.round(4))) as [string, string];
    changes.push({ is: "price", line, sku, was: price, now: other });
  }
  return changes;
}

/** The total of a line is rounded, so the price of one of its units is known to within this. */
const HALF_CENT = decimal("0.005") as Decimal;
const unit = ({ total, quantity }: SoldRow): Decimal => (decimal(total) ?? ZERO).div(quantity || 1);
const within = ({ quantity }: SoldRow): Decimal => HALF_CENT.div(quantity || 1);

const FIELDS = ["first_name", "last_name", "company", "street_1", "street_2", "city", "state", "zip", "country_iso2", "phone"] as const;
type Place = Pick<OrderAddress, (typeof FIELDS)[number]>;
const isSame = (a: Place, b: Place): boolean => FIELDS.every((field) => a[field].trim() === b[field].trim());

function addressesIn(sent: Compared, now: Compared): Change[] {
  const [there, gone] = ["there", "not there"] as const;
  const changes: Change[] = [];
  if (sent.billing && now.billing && !isSame(sent.billing, now.billing))
    changes.push({ is: "address", address: null, was: there, now: there });
  if (!sent.shipping || !now.shipping) return changes;
  const after = new Map(now.shipping.map((each) => [each.id, each]));
  for (const was of sent.shipping) {
    const is = after.get(was.id);
    if (!is) changes.push({ is: "address", address: was.id, was: there, now: gone });
    else if (!isSame(was, is)) changes.push({ is: "address", address: was.id, was: there, now: there });
  }
  const before = new Set(sent.shipping.map(({ id }) => id));
  const added = now.shipping.filter(({ id }) => !before.has(id));
  return [...changes, ...added.map(({ id }): Change => ({ is: "address", address: id, was: gone, now: there }))];
}

function totalIn(sent: Compared, now: Compared): Change[] {
  const [was, is] = [decimal(sent.total), decimal(now.total)];
  return was && is && !was.eq(is) ? [{ is: "total", was: plain(was), now: plain(is) }] : [];
}

// ---- the two sides ---------------------------------------------------------------------------------------------

/** An order as BigCommerce says it is; without its lines or addresses where those were not read. */
export function factsNow(order: Order, lines: readonly OrderLine[] | null, shipping: Snapshot["shipping"] | null): Compared {
  return {
    statusId: order.status_id,
    total: String(order.total_inc_tax),
    refunds: null,
    lines: lines && soldOf({ order, lines }),
    billing: order.billing_address,
    shipping: shipping && shippedTo(shipping),
  };
}

type Sent = {
  draft: { totals: { incTax: string }; sold?: readonly SoldRow[] };
  order: Order;
  shippedTo?: readonly ShippedTo[] | undefined;
};

/** What was sent, while it is kept; drafts of an older release say less. */
export function factsSent({ draft, order, shippedTo: shipping }: Sent): Compared {
  const { statusId, refunds, billing } = factsNow(order, null, null);
  return { statusId, total: draft.totals.incTax, refunds, lines: draft.sold ?? null, billing, shipping: shipping ?? null };
}

/** What is left of it once its draft is gone: nothing that names anybody. */
export const factsLeft = (sale: { total: string; sold: readonly SoldRow[] | null } | null): Compared => ({
  statusId: null,
  total: sale?.total ?? null,
  refunds: null,
  lines: sale?.sold ?? null,
  billing: null,
  shipping: null,
});
