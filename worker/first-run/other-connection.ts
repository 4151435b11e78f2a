import type { OtherConnection } from "../contract/index.ts";
import { isOurs } from "../orders/marks.ts";
import { numberIn } from "../orders/order-number.ts";
import type { Problem, ProblemKey } from "../problems/define-problem.ts";
import { keyOf } from "../problems/registry.ts";

/** A row of saleList as far as it tells who wrote the sale. */
export type SaleSign = {
  ExternalID: string;
  CustomerReference: string;
  SourceChannel: string;
  Status: string;
  Updated: string;
  OrderNumber: string;
};
type Found = OtherConnection["found"];

const QUIET_MS = 15 * 60_000;
export const LOOK_DAYS = 30;
export const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/**
 * Who else brought this store's orders: Cin7's own integration names its channel; others show by our order numbers, however
 * they are written (M22). `looked`: for how many days, and whether all sales of them were read.
 */
export function othersIn(rows: readonly SaleSign[], orders: ReadonlySet<number>, looked: { days: number; cut: boolean }): Found {
  const found = new Map<string, Found[number]>();
  for (const row of rows) {
    if (isOurs(row.ExternalID) || row.Status === "VOIDED") continue;
    const native = /bigcommerce/i.test(row.SourceChannel);
    if (!native && !orders.has(numberIn(row.CustomerReference) ?? 0)) continue;
    const name = native ? "Cin7's own integration" : row.SourceChannel ? "Another connection" : "Something else";
    const known = found.get(name) ?? { name, sales: 0, lastAt: null, days: looked.days, atLeast: looked.cut };
    const at = instantOf(row.Updated);
    found.set(name, { ...known, sales: known.sales + 1, lastAt: at && (!known.lastAt || at > known.lastAt) ? at : known.lastAt });
  }
  return [...found.values()].sort((a, b) => b.sales - a.sales);
}

/** Cin7 writes UTC without saying so (cin7-core.md 1.5). */
function instantOf(text: string): string | null {
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

type Seen = { found: Found | null; offBy: string | null; offAt: string | null; lookedAt: string | null };

/** Does it still keep orders from being switched on? Not when it is quiet for 15 minutes, nor when a person says it is off and it wrote nothing since. */
export function stateOf(seen: Seen | null, now: number, timeScale: number): OtherConnection {
  const found = seen?.found ?? [];
  const last = found.reduce((newest, one) => (one.lastAt && one.lastAt > newest ? one.lastAt : newest), "");
  const off = seen?.offBy && seen.offAt && last <= seen.offAt ? { by: seen.offBy, at: seen.offAt } : null;
  const quiet = last === "" || Date.parse(last) <= now - QUIET_MS / timeScale;
  return { lookedAt: seen?.lookedAt ?? null, found, off, blocks: found.length > 0 && !off && !quiet };
}

/** Is the weekly look due? The last one may have been a person's own. */
export const due = (seen: Pick<Seen, "lookedAt"> | null, now: number, timeScale: number): boolean =>
  !seen?.lookedAt || now - Date.parse(seen.lookedAt) >= WEEK_MS / timeScale;

/** From when the weekly look looks (ISO 8601 UTC): the last look, or the moment from which it was said to be off; at most 30 days. */
export function since(seen: Pick<Seen, "lookedAt" | "offAt"> | null, now: number): string {
  const longest = new Date(now - LOOK_DAYS * DAY_MS).toISOString();
  return [seen?.lookedAt ?? new Date(now - WEEK_MS).toISOString(), seen?.offAt ?? "", longest].reduce((a, b) => (a > b ? a : b));
}

/** At most one a store. */
export const problemOf = (found: Found): Extract<Problem, { kind: "other-connection" }> => ({
  kind: "other-connection",
  found: found.map(({ name, sales }) => ({ name, sales })),
});
export const othersKey = (): ProblemKey => keyOf(problemOf([]));

/** One sentence for the checklist and for the refusal: who and how many. */
export function sentenceOf({ found }: Pick<OtherConnection, "found">): string {
  const parts = found.map(
    ({ name, sales, days = LOOK_DAYS, atLeast = false }) =>
      `${name} sent ${atLeast ? "at least " : ""}${sales === 1 ? "1 sale" : `${sales} sales`} in ${days === 1 ? "the last day" : `${days} days`}`,
  );
  return parts.length === 0 ? "Nothing found." : `${parts.join("; ")}.`;
}
