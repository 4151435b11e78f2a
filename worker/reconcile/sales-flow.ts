import { salesUpdatedSince } from "../cin7/sale.ts";
import type { SaleRow } from "../cin7/schemas/sale.ts";
import type { AccountContext } from "../inbox/flow.ts";
import { type Again, done, later, type Outcome, skipped } from "../inbox/outcome.ts";
import { haltOf, refusedAs, stop } from "../inbox/vendor-answer.ts";
import type { Work, WorkOf } from "../inbox/work.ts";
import type { StoreHash } from "../lib/ids.ts";
import { type Mark, markOf } from "../orders/marks.ts";
import { type Moved, saveStages } from "../sales/documents-store.ts";
import { isNight } from "./plan.ts";
import { judgeSale, utcInstant } from "./sales.ts";
import { hasStores, knownSales, salesProgress, saveSales, waitsSince, watchesSales } from "./sales-store.ts";

const EVERY_MS = 60_000;
const MAX_PAGES = 10;
/** The list lags behind the documents, and many sales share one instant (cin7-core.md 2.9). */
const OVERLAP_MS = 300_000;
const FIRST_MS = 86_400_000;
/** A sale that waits for longer is told by its next change only. */
const WAITED_MS = 60 * 86_400_000;

/**
 * `sales.sweep` (design 3.7): once a minute every sale that changed in Cin7, one call. Those with an ID of ours are compared
 * with D1; where the two do not agree, the order's own store looks. More than ten pages go on in the next run, at the page
 * where this one ended; only the end of the list moves the watermark. The list is newest first (observed, not promised: cin7-core.md 1.3), so what
 * changes meanwhile pushes rows towards later pages: they are seen twice, never missed.
 */
export async function sweepSales(c: AccountContext, work: WorkOf<"sales.sweep">): Promise<Outcome> {
  const { db, account } = c;
  if (!(await hasStores(db, account))) return skipped("no-stores", "No store of this account is connected.");
  const again: Again = { at: c.now() + (EVERY_MS * (0.95 + 0.1 * c.jitter)) / c.config.timeScale, work: { kind: "sales.sweep" } };
  // Off makes no call (F1): nothing is taken and nothing of ours waits.
  if (!(await watchesSales(db, account))) return done("There is no sale to watch.", { again });
  const progress = await salesProgress(db, account);
  const seenTo = progress?.seenTo;
  const from = work.from ?? (await lookFrom(c, progress));
  const first = work.from ? (work.page ?? 1) : 1;
  const rows: SaleRow[] = [];
  let end = false;
  for (let page = first; page < first + MAX_PAGES && !end; page++) {
    const read = await salesUpdatedSince(c.cin7, from, page);
    if (read.is !== "read") {
      const outcome = stop(haltOf(read, c), c, refusedAs(0, "sales"));
      return outcome.is === "blocked" ? { ...outcome, again } : outcome;
    }
    rows.push(...read.value.rows);
    end = read.value.isLast;
  }
  const found = await compare(c, rows, progress?.sweptAt ?? null);
  if (!(await handOut(c, found))) return later(again.at, "A store's queue could not be reached; the same sales are looked at again.");
  const last = rows.reduce((max, row) => (utcInstant(row.Updated) > max ? utcInstant(row.Updated) : max), work.last ?? seenTo ?? from);
  if (!end) {
    const rest: WorkOf<"sales.sweep"> = { kind: "sales.sweep", from, page: first + MAX_PAGES, last };
    return done(`${rows.length} sales compared, there are more.`, { again: { at: c.now(), work: rest } });
  }
  await saveSales(db, account, last, new Date(c.now()).toISOString());
  return done(`${rows.length} sales compared.`, { again });
}

/**
 * The list is read from here: a little before what was seen, and once a day from the oldest sale that waits for something in
 * Cin7, so that a wake-up that got lost is given again (M55).
 */
async function lookFrom(c: AccountContext, progress: { seenTo: string; sweptAt: string } | null): Promise<string> {
  const back = (instant: number) => new Date(instant).toISOString();
  if (!progress) return back(c.now() - FIRST_MS);
  const usual = back(Date.parse(progress.seenTo) - OVERLAP_MS);
  if (!isNight(progress.sweptAt, back(c.now()), "UTC")) return usual;
  const oldest = await waitsSince(c.db, c.account, back(c.now() - WAITED_MS));
  return oldest && oldest < usual ? oldest : usual;
}

async function compare(c: AccountContext, rows: readonly SaleRow[], sweptAt: string | null): Promise<Map<StoreHash, Work[]>> {
  const now = new Date(c.now()).toISOString();
  const ours = rows.flatMap((row) => {
    const mark = markOf(row.ExternalID);
    return mark ? [{ row, mark }] : [];
  });
  const found = new Map<StoreHash, Work[]>();
  if (ours.length === 0) return found;
  const key = (mark: Pick<Mark, "orderId"> & { store: string }) => `${mark.store}:${mark.orderId}`;
  const stored = await knownSales(
    c.db,
    c.account,
    ours.map(({ mark }) => mark),
  );
  const known = new Map(stored.map((order) => [key({ store: order.storeHash, orderId: order.orderId }), order]));
  const moved: Moved[] = [];
  for (const { row, mark } of ours) {
    const order = known.get(key(mark));
    // An older generation was given up on purpose (design 3.3); a later one is there when an old database was restored.
    if (!order || mark.generation < order.generation) continue;
    if (mark.generation > order.generation) {
      found.set(mark.store, [...(found.get(mark.store) ?? []), { kind: "order.changed", orderId: mark.orderId }]);
      continue;
    }
    const { works, stages } = judgeSale(row, order, { now, sweptAt, timeScale: c.config.timeScale });
    if (works.length > 0) found.set(mark.store, [...(found.get(mark.store) ?? []), ...works]);
    if (stages !== order.stages)
      moved.push({ storeHash: mark.store, orderId: mark.orderId, mark: row.ExternalID, before: order.stages, after: stages });
  }
  await saveStages(c.db, c.account, moved, now);
  return found;
}

/** False: a store's queue did not take its part, so nothing is ticked off. */
async function handOut(c: AccountContext, found: ReadonlyMap<StoreHash, Work[]>): Promise<boolean> {
  const puts = await Promise.allSettled([...found].map(([store, works]) => c.putInto(store, works)));
  return puts.every((put) => put.status === "fulfilled");
}
