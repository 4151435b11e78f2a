import type { Settings } from "../../contract/index.ts";
import { type DayGroup, placeKey } from "../../orders/day-number.ts";
import type { SaleDraft } from "../../orders/mapping/sale-draft.ts";
import { fit } from "../../orders/mapping/truncate.ts";
import { dayMark } from "../../orders/marks.ts";
import type { DayKept, SoldKept } from "../../sales/kept.ts";
import { mergeRows, totalsOf } from "./merge.ts";

/** A daily sale as the sale of an order that never was (F15): its draft goes the way of every other. Pure. */
export type DayInput = {
  store: string;
  daySale: number;
  stem: string;
  group: DayGroup;
  settings: Settings;
  settingsVersion: number;
  generation: number;
  /** Of one currency, rate, location and tax basis, by order number. */
  members: readonly SoldKept[];
};

/** What an order's draft says of the daily sale that it belongs to. */
export function groupOf(draft: SaleDraft, { location }: Settings, day: string, end: string): DayGroup {
  const places = [location.salesShipFrom, ...location.pickups.map((row) => row.location)];
  const known = places.find((place) => place?.name === draft.location);
  const where = known?.id ?? draft.location;
  // One sale has one rate, and it is to be each order's own (M16): another rate is another sale. The base currency's mark is as ever.
  const place = placeKey(draft.rate === "1" ? where : `${where} at ${draft.rate}`);
  return { day, end, currency: draft.currency, place, taxInclusive: draft.taxInclusive };
}

export function daySaleOf(input: DayInput): DayKept {
  const { members, group } = input;
  const drafts = members.map((kept) => kept.draft);
  const others = members.map((kept) => kept.fallback ?? kept.draft);
  const draft = draftOf(input, drafts);
  return {
    is: "day",
    draft,
    fallback: members.some((kept) => kept.fallback) ? draftOf(input, others) : null,
    day: {
      end: group.end,
      members: members.map(({ draft, order }) => ({
        orderId: order.id,
        total: draft.totals.incTax,
        modifiedAt: order.date_modified,
      })),
    },
    ...(members.some((kept) => kept.lookFirst) ? { lookFirst: true } : {}),
  };
}

const NOTE = 1024;

function draftOf(
  { store, daySale, stem, group, settings, settingsVersion, generation, members }: DayInput,
  drafts: SaleDraft[],
): SaleDraft {
  const [first] = drafts as [SaleDraft, ...SaleDraft[]];
  const { lines, charges } = mergeRows(drafts);
  const all = [...lines, ...charges];
  const ids = members.map((kept) => kept.order.id);
  const orders = ids.length === 1 ? "1 order" : `${ids.length} orders`;
  const { day, currency } = group;
  const { sale, invoice } = settings;
  const same = <T>(values: readonly T[]): T | undefined => (values.every((value) => value === values[0]) ? values[0] : undefined);
  const units = new Map<string, number>();
  for (const { sku, quantity } of drafts.flatMap((draft) => draft.reserved)) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return {
    mark: dayMark(store, stem, generation),
    orderId: daySale,
    reference: `${sale.referencePrefix}Daily ${day} ${currency}`,
    currency,
    rate: first.rate,
    taxInclusive: group.taxInclusive,
    taxRule: (all.find((row) => Number(row.tax) > 0) ?? all[0])?.taxRule ?? null,
    orderDate: day,
    location: first.location,
    representative: same(drafts.map((draft) => draft.representative)),
    attributes: first.attributes,
    order: { status: sale.status, fulfil: same(drafts.map((draft) => draft.order?.fulfil ?? "none")) ?? "none" },
    party: first.party,
    // Customers and addresses of its orders are ignored (F104).
    contact: "",
    phone: "",
    email: "",
    billing: null,
    shipping: null,
    note: fit(`Daily sale of ${day}, ${orders}: ${ids.join(", ")}`, NOTE, "", []),
    shippingNotes: "",
    lines,
    charges,
    totals: totalsOf(drafts),
    invoice: {
      status: invoice.status,
      date: day,
      dueDate: day,
      // Somebody has not paid yet: what is open is due by the customer's terms (M12).
      ...(drafts.some((draft) => draft.invoice.byTerms) ? { byTerms: true as const } : {}),
      when: invoice.when,
      by: invoice.date,
      lockedBooks: invoice.lockedBooks,
    },
    settingsVersion,
    decisions: [
      { label: "Orders", value: ids.join(", "), why: `All orders in ${currency} of the day that ended then, and those that came late.` },
      { label: "Customer", value: first.party.name, why: "The default customer: daily sales ignore who bought." },
      ...(first.rate === "1"
        ? []
        : [{ label: "Rate", value: first.rate, why: "That of each of its orders: others have a sale of their own." }]),
      { label: "Location", value: first.location, why: "Where these orders ship from." },
      { label: "Invoice date", value: day, why: "The day of the daily sale." },
    ],
    losses: [],
    notices: [],
    reserved: [...units].map(([sku, quantity]) => ({ sku, quantity })),
  };
}
