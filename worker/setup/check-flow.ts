import { saveCompany } from "../accounts/facts-store.ts";
import { savePriceBasis } from "../accounts/store-row-store.ts";
import * as shopLists from "../bigcommerce/lists.ts";
import { readPriceBasis } from "../bigcommerce/store.ts";
import { readCompany } from "../cin7/company.ts";
import type { Settings } from "../contract/index.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { type Again, done, later, type Outcome } from "../inbox/outcome.ts";
import type { Work } from "../inbox/work.ts";
import { lockedOrders } from "../orders/release-store.ts";
import type { Problem } from "../problems/define-problem.ts";
import { keyOf } from "../problems/registry.ts";
import { openProblems } from "../problems/store.ts";
import { check, listsNeeded } from "../settings/check.ts";
import { taxClasses } from "../settings/choices/tax-classes.ts";
import { defaults } from "../settings/parts/compose.ts";
import { type Renamed, renamed, renamedWords, withLiveNames } from "../settings/renamed.ts";
import { saveSettings } from "../settings/store.ts";
import { readLive } from "./choices-flow.ts";

const DAY_MS = 86_400_000;
const RETRY_MS = 1_800_000;

/**
 * `settings.check`, once a day and when Cin7 refuses a name: what Setup names is still there (accounts, tax rules, locations,
 * customers, charge items), what is only renamed is followed by its ID, tax classes and the price basis are those for which
 * Setup was saved (F41, F152), and the lock date is today's (M13). It schedules itself.
 */
export async function checkSettings(c: LinkedContext): Promise<Outcome> {
  const { db, tenant } = c;
  const { document } = c.settings;
  const again: Again = { at: c.now() + (DAY_MS * (0.9 + 0.2 * c.jitter)) / c.config.timeScale, work: { kind: "settings.check" } };
  const locked = await lockedOrders(db, tenant);
  // Off makes no call (F1), unless documents of before wait for their books.
  if (!document.orders.on && locked.length === 0) return done("Orders are not switched on.", { again });
  const soon = () => later(c.now() + RETRY_MS / c.config.timeScale, "The settings are checked a little later.");
  const me = await readCompany(c.cin7);
  if (me.is !== "read") return me.is === "wait" ? later(me.at, "Cin7 Core allows 60 calls a minute; its turn comes next.") : soon();
  const { lockDate, autoDiscounts, taxByTotal } = me.value;
  const facts = { lockDate, autoDiscounts, taxCalculation: taxByTotal ? "Total" : "Row Total" };
  const moved = await saveCompany(db, tenant, facts, new Date(c.now()).toISOString());

  const live = await readLive(c.cin7, listsNeeded(defaults(), document), document, c.account.currency);
  if (live.is !== "read") return live.is === "wait" ? later(live.at, "Cin7 Core allows 60 calls a minute; its turn comes next.") : soon();
  const gone = Object.entries(check(document, document, live.value)).map(
    ([field, text]): Problem => ({ kind: "setting-gone", field, text }),
  );

  const shop = await shopOf(c);
  const now = withLiveNames(shop.settings, live.value);
  const renames = [...renamed(document, now), ...shop.renamed];
  const names = await follow(c, now, renames);
  const notices = [...gone, ...shop.told, ...names];
  const still = new Set(notices.map(keyOf));
  const open = await openProblems(db, tenant, ["setting-gone", ...shop.judged]);
  const next: Work[] = (moved ? locked : []).map((orderId) => ({ kind: "order.money", orderId }));
  // Orders that Cin7 refused for the old name go by themselves.
  if (names.some((name) => name.side === undefined)) next.push({ kind: "orders.release" });
  const note = notices.length ? `${notices.length} settings need a look.` : "Everything that Setup names is there.";
  return done(note, { notices, clears: open.flatMap(({ key }) => (still.has(key) ? [] : [key])), again, next });
}

type Shop = { told: Problem[]; renamed: Renamed[]; settings: Settings; judged: Problem["kind"][] };

/** What of the shop Setup was made for: its tax classes (F41) and its price basis (F152). What BigCommerce does not tell is not judged. */
async function shopOf(c: LinkedContext): Promise<Shop> {
  const { document } = c.settings;
  const classes = await shopLists.taxClasses(c.bigcommerce);
  const store = await readPriceBasis(c.bigcommerce);
  const found = taxClasses(document, classes.is === "read" ? classes.value : []);
  const basis = store.is === "read" ? store.value.is_price_entered_with_tax : undefined;
  // The page on which it is confirmed shows the same as this look.
  if (basis !== undefined && basis !== c.store.pricesIncludeTax) await savePriceBasis(c.db, c.tenant, basis);
  const { pricesIncludeTax } = document.tax;
  const differs = basis !== undefined && pricesIncludeTax !== null && basis !== pricesIncludeTax;
  return {
    ...found,
    told: [...found.told, ...(differs ? [{ kind: "price-basis" as const, withTax: basis }] : [])],
    judged: [
      ...(classes.is === "read" ? (["tax-class-new", "tax-class-gone"] as const) : []),
      ...(basis === undefined ? [] : (["price-basis"] as const)),
    ],
  };
}

type Told = Renamed & { kind: "setting-renamed" };

/** Setup under the names of today, as a version of its own; [] where nothing is renamed or somebody saves just now. */
async function follow(c: LinkedContext, now: Settings, names: readonly Renamed[]): Promise<Told[]> {
  const { version } = c.settings;
  if (names.length === 0) return [];
  const at = new Date(c.now()).toISOString();
  const save = { basedOn: version, settings: now, changes: renamedWords(names), by: "Lockstep", at, lookBefore: false };
  const saved = await saveSettings(c.db, c.tenant, save);
  return saved === null ? [] : names.map((name): Told => ({ kind: "setting-renamed", ...name }));
}
