import * as z from "zod";
import { taxClass } from "../bigcommerce/schemas.ts";
import type { Settings } from "../contract.ts";
import { keyOf, type Problem } from "../exceptions/problem.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { type Again, done, later, type Outcome } from "../inbox/outcome.ts";
import type { Work } from "../inbox/work.ts";
import { check, listsNeeded, withLiveNames } from "./check.ts";
import { readLive } from "./choices-flow.ts";
import { company } from "./cin7-lists.ts";
import { defaults } from "./document.ts";
import { bigcommerceRead, cin7One } from "./lists-flow.ts";
import { renamed, renamedWords } from "./renamed.ts";
import { lockedOrders, openKeys, saveCompany, saveSettings } from "./store.ts";

const DAY_MS = 86_400_000;
const RETRY_MS = 1_800_000;

/**
 * `settings.check`, once a day and when Cin7 refuses a name: what Setup names is still there (accounts, tax rules, locations,
 * customers, charge items), what is only renamed is followed by its ID, a new tax class is told before the first order needs
 * it (F41), and the lock date is today's (M13). It schedules itself.
 */
export async function checkSettings(c: LinkedContext): Promise<Outcome> {
  const { db, tenant } = c;
  const { document } = c.settings;
  const soon = () => later(c.now() + RETRY_MS / c.config.timeScale, "The settings are checked a little later.");
  const me = await cin7One(c.cin7, "/me", company, "the company");
  if (me.is !== "read") return me.is === "wait" ? later(me.at, "Cin7 Core allows 60 calls a minute; its turn comes next.") : soon();
  const { lockDate, autoDiscounts, taxByTotal } = me.value;
  const facts = { lockDate, autoDiscounts, taxCalculation: taxByTotal ? "Total" : "Row Total" };
  const moved = await saveCompany(db, tenant, facts, new Date(c.now()).toISOString());

  const live = await readLive(c.cin7, listsNeeded(defaults(), document), document, c.account.currency, new Set());
  if (live.is !== "read") return live.is === "wait" ? later(live.at, "Cin7 Core allows 60 calls a minute; its turn comes next.") : soon();
  const gone = Object.entries(check(document, document, live.value)).map(
    ([field, text]): Problem => ({ kind: "setting-gone", field, text }),
  );

  const classes = await bigcommerceRead(c.bigcommerce, "/v2/tax_classes", { limit: 250 }, z.array(taxClass), [], "the tax classes");
  const known = new Set(document.tax.classes.map((row) => row.classId));
  const fresh =
    classes.is === "read" && known.size > 0
      ? classes.value
          .filter((row) => !known.has(row.id))
          .map((row): Problem => ({ kind: "tax-class-new", classId: row.id, className: row.name }))
      : [];

  const names = await follow(c, withLiveNames(document, live.value));
  const notices = [...gone, ...fresh, ...names];
  const still = new Set(notices.map(keyOf));
  const open = await openKeys(db, tenant, classes.is === "read" ? ["setting-gone", "tax-class-new"] : ["setting-gone"]);
  const again: Again = { at: c.now() + (DAY_MS * (0.9 + 0.2 * c.jitter)) / c.config.timeScale, work: { kind: "settings.check" } };
  const locked = moved ? await lockedOrders(db, tenant) : [];
  const next: Work[] = locked.map((orderId) => ({ kind: "order.money", orderId }));
  // Orders that were refused for the old name go by themselves.
  if (names.length) next.push({ kind: "orders.release" });
  const note = notices.length ? `${notices.length} settings need a look.` : "Everything that Setup names is there.";
  return done(note, { notices, clears: open.filter((key) => !still.has(key)), again, next });
}

/** Setup under the names of today, as a version of its own; [] where nothing is renamed or somebody saves just now. */
async function follow(c: LinkedContext, now: Settings): Promise<Problem[]> {
  const { version, document } = c.settings;
  const names = renamed(document, now);
  if (names.length === 0) return [];
  const at = new Date(c.now()).toISOString();
  const save = { basedOn: version, settings: now, changes: renamedWords(names), by: "Lockstep", at, lookBefore: false };
  const saved = await saveSettings(c.db, c.tenant, save);
  return saved === null ? [] : names.map((name): Problem => ({ kind: "setting-renamed", ...name }));
}
