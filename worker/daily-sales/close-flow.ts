import { isCancelled, NO_STATUS } from "../bigcommerce/order-status.ts";
import { speaksOfRefund } from "../bigcommerce/refunds.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { done, type Outcome } from "../inbox/outcome.ts";
import type { Work } from "../inbox/work.ts";
import { instant } from "../lib/days.ts";
import { decimal } from "../lib/money.ts";
import { numberOf, stemOf } from "../orders/day-number.ts";
import { saleStep } from "../orders/marks.ts";
import { mappedOf } from "../orders/reading/picture.ts";
import { begunDay, isWanted } from "../orders/sending/memory.ts";
import type { SoldKept } from "../sales/kept.ts";
import { dayKept, keepSale, orderKept } from "../sales/kept-store.ts";
import { isDaily } from "../settings/is-daily.ts";
import { dayOf, endAfter, endsDue, endUpTo } from "./rules/day.ts";
import { daySaleOf, groupOf } from "./rules/day-sale.ts";
import { closedOrders, closeOrders, daysToSend, isThere, lastClosed, makeDay, openAgain } from "./rules/store.ts";

/** After the end of a day its last orders may still be on their way to us. */
const GRACE_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * `day.close` (F15, F16): every day that has ended becomes one sale for each currency, location and tax basis. First its orders
 * are closed, in one statement; from then on no other flow moves them. What a crash leaves half done is gone on with. Looked at
 * every hour at least, and right after each end. `from`: days up to there are closed.
 */
export async function closeDays(c: LinkedContext, from: string | undefined): Promise<Outcome> {
  const { db, tenant } = c;
  const { orders } = c.settings.document;
  const zone = c.store.timeZone;
  const at = new Date(c.now() - GRACE_MS / c.config.timeScale).toISOString();
  const daily = orders.on && isDaily(c.settings.document);
  let closedTo = later(from ?? null, await lastClosed(db, tenant));
  const next = await makeSales(c);
  for (const end of daily ? endsDue(closedTo, at, orders.consolidateAt, zone) : []) {
    await closeOrders(db, tenant, end);
    next.push(...(await makeSales(c)));
    closedTo = end;
  }
  next.push(...(await daysToSend(db, tenant)).map((orderId): Work => ({ kind: "order.send", orderId })));
  const note =
    next.length === 0 ? "No daily sale is due." : `${next.filter((work) => work.kind === "order.send").length} daily sales are due.`;
  // Each order as it comes: what was closed before is gone on with by its own items.
  if (!daily) return done(note, { next });
  const end = Date.parse(endAfter(at, orders.consolidateAt, zone)) + GRACE_MS / c.config.timeScale;
  const due = Math.min(end, c.now() + HOUR_MS / c.config.timeScale);
  const upTo = closedTo ?? endUpTo(at, orders.consolidateAt, zone);
  return done(note, { next, again: { at: due, work: { kind: "day.close", from: upTo } } });
}

const later = (a: string | null, b: string | null): string | null => (a !== null && (b === null || a > b) ? a : b);

type Closed = Awaited<ReturnType<typeof closedOrders>>[number];
type Member = { row: Closed; kept: SoldKept };

/** What is closed and in no sale yet: sold, or back to wait for the next day where it changed at the last moment. */
async function makeSales(c: LinkedContext): Promise<Work[]> {
  const { db, tenant } = c;
  const zone = c.store.timeZone;
  const groups = new Map<string, Member[]>();
  const changed: number[] = [];
  for (const row of await closedOrders(db, tenant)) {
    const kept = await orderKept(c, row.orderId);
    const isBegun = kept?.is === "member" && begunDay(c.claims, kept, await dayKept(c, kept.daySale));
    // In a sale already, which a restored database has forgotten: read again, it goes on with that.
    if (!kept || !isAsMapped(c, row, kept) || isBegun) {
      changed.push(row.orderId);
      continue;
    }
    const stem = stemOf(groupOf(kept.draft, c.settings.document, dayOf(row.dayCut, zone), row.dayCut));
    groups.set(stem, [...(groups.get(stem) ?? []), { row, kept }]);
  }
  const late: number[] = [];
  const refunded: number[] = [];
  for (const [stem, members] of groups) {
    const daySale = numberOf(stem);
    // A sale that is there takes no further order: it may be in Cin7 already.
    if (daySale === null || c.claims.of(saleStep(daySale, 1)) || (await isThere(db, tenant, daySale)))
      late.push(...members.map(({ row }) => row.orderId));
    else {
      await makeSale(c, stem, daySale, members);
      refunded.push(...members.filter(({ kept }) => speaksOfRefund(kept.order, kept.transactions ?? [])).map(({ row }) => row.orderId));
    }
  }
  if (changed.length + late.length > 0) await openAgain(db, tenant, [...changed, ...late]);
  return [
    ...changed.map((orderId): Work => ({ kind: "order.changed", orderId })),
    ...refunded.map((orderId): Work => ({ kind: "order.refunds", orderId })),
  ];
}

/** Mapped as BigCommerce showed it last, not cancelled, and nothing of it begun alone. */
const isAsMapped = (c: LinkedContext, row: Closed, kept: SoldKept): boolean =>
  isWanted(kept.draft.mark, row) &&
  row.modifiedAt === instant(kept.order.date_modified) &&
  kept.draft.party.is === "default" &&
  !isCancelled(row.statusId) &&
  !c.claims.of(saleStep(row.orderId, row.generation));

async function makeSale(c: LinkedContext, stem: string, daySale: number, members: readonly Member[]): Promise<void> {
  const { document: settings, version: settingsVersion } = c.settings;
  const now = new Date(c.now()).toISOString();
  const [first] = members as [Member, ...Member[]];
  const end = first.row.dayCut;
  const day = dayOf(end, c.store.timeZone);
  const group = groupOf(first.kept.draft, settings, day, end);
  const kepts = members.map(({ kept }) => kept);
  const store = c.tenant.store;
  const kept = daySaleOf({ store, daySale, stem, group, settings, settingsVersion, generation: 1, members: kepts });
  await keepSale(c, kept);
  // What an older database would forget, each order's own draft remembers.
  for (const each of members) await keepSale(c, { ...each.kept, is: "member", daySale });
  const { draft } = kept;
  const total = decimal(draft.totals.incTax);
  const memberIds = members.map(({ row }) => row.orderId);
  await makeDay(c.db, c.tenant, {
    day: { daySale, day, zone: c.store.timeZone, cut: end, stem, location: draft.location },
    order: {
      placedAt: end,
      modifiedAt: end,
      statusId: NO_STATUS,
      customer: draft.party.name,
      currency: draft.currency,
      total: draft.totals.incTax,
      totalSort: total ? Math.round(Number(total.times(10000).toFixed(0))) : 0,
      state: "pending",
      note: "Waits for its turn to go to Cin7 Core.",
      settingsVersion,
      metAt: end,
      picture: {
        came: [
          { label: "Day", value: day },
          { label: "Time zone", value: c.store.timeZone },
          { label: "Orders", value: memberIds.join(", ") },
          { label: "Total", value: `${draft.totals.incTax} ${draft.currency}` },
        ],
        cameLines: [],
        cameTotals: [],
        mapped: mappedOf(draft),
      },
      updatedAt: now,
    },
    draft,
    memberIds,
    memberNote: `Goes with the daily sale of ${day}.`,
  });
}
