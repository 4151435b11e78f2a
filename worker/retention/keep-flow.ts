import { forgetCustomer, pruneCustomers } from "../accounts/shopper-store.ts";
import type { StoreContext } from "../inbox/flow.ts";
import { done, type Outcome } from "../inbox/outcome.ts";
import type { SealingKeys } from "../lib/crypto.ts";
import type { Db } from "../lib/db/open.ts";
import type { Tenant } from "../lib/ids.ts";
import { shopperPrints } from "../lib/shopper.ts";
import { unaskErase } from "../orders/decisions-store.ts";
import { DAY_MS } from "../settings/keep-days.ts";
import { askedToErase, erasePersons, finishedBefore, shoppersOf, stripPersons } from "./store.ts";

/** Deletes up to 5,000 rows that are too old; how many. `now`: epoch milliseconds. */
export type Prune = (db: Db, tenant: Tenant, now: number) => Promise<number>;

const PART = 500;
const FULL = 5000;
/** Steps of one run; more waits for the next, which comes at once. */
const STEPS = 40;

/**
 * `kept.prune`, once a day in each store's own queue: payloads and personal data of orders finished `days` ago go, link and
 * figures stay (design 5, F140); shoppers to be erased whose orders have come to their end are erased (M46); old lines of the
 * logs go, as many as there are. What is left after 40 steps goes in the next run, so that no store falls behind.
 */
export async function pruneKept(c: StoreContext, days: number, prunes: readonly Prune[]): Promise<Outcome> {
  const { db, tenant } = c;
  c.keeping.prune(days);
  const before = new Date(c.now() - days * DAY_MS).toISOString();
  await pruneCustomers(db, tenant, before);
  let steps = STEPS;
  let [orders, rows] = [0, 0];
  const erased = await eraseAsked(c);
  for (let full = true; full && steps > 0; steps--) {
    const found = await finishedBefore(db, tenant, before, PART);
    const ids = (state: "sent" | "not-taken") => found.filter((order) => order.state === state).map((order) => order.id);
    // The queue first: should the database not answer, they are found again. What is not in Cin7 may yet be taken: its claims stay.
    c.keeping.close(ids("sent"));
    c.keeping.forget(ids("not-taken"));
    orders += await stripPersons(
      db,
      tenant,
      found.map((order) => order.id),
    );
    full = found.length === PART;
  }
  for (const prune of prunes) {
    for (let gone = FULL; gone >= FULL && steps > 0; steps--) {
      gone = await prune(db, tenant, c.now());
      rows += gone;
    }
  }
  const at = steps > 0 ? c.now() + DAY_MS / c.config.timeScale : c.now();
  const again = { at, work: { kind: "kept.prune" as const } };
  return done(`Names and messages of ${orders + erased} orders and ${rows} old lines are gone.`, { again });
}

/** Orders that were on their way when their shopper was erased, and are finished now. */
async function eraseAsked(c: StoreContext): Promise<number> {
  const { db, tenant } = c;
  const ids = await askedToErase(db, tenant, PART);
  if (ids.length === 0) return 0;
  for (const email of await shoppersOf(db, tenant, ids))
    await forgetCustomer(db, tenant, await printsOf(c.config.sealingKeys, tenant, email));
  c.keeping.forget(ids);
  const erased = await erasePersons(db, tenant, ids, new Date(c.now()).toISOString());
  await unaskErase(db, tenant, ids);
  return erased;
}

/** Under which the customers of this shopper are known, in whatever currency (M27). */
export const printsOf = async (keys: SealingKeys, tenant: Tenant, email: string): Promise<string[]> =>
  tenant.account ? shopperPrints(keys, tenant.account, email) : [];
