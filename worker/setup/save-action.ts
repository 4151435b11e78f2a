import { accountCurrency } from "../accounts/facts-store.ts";
import { chargeIds } from "../accounts/shared-store.ts";
import type { ApiContext } from "../api/access.ts";
import { fail } from "../api/access.ts";
import { busy, notLinked } from "../api/sides.ts";
import type { CapturePreview, Settings } from "../contract/index.ts";
import { accountInbox } from "../inbox/client.ts";
import type { Linked, Tenant } from "../lib/ids.ts";
import { logBug } from "../lib/log.ts";
import { capturesOthers, previewCapture } from "../orders/capture/capture-preview.ts";
import { ordersToRelease, unpaidOrders } from "../orders/release-store.ts";
import { clearAnswered, openProblems } from "../problems/store.ts";
import { check, listsNeeded } from "../settings/check.ts";
import type { Fields } from "../settings/document.ts";
import { takesOlder, withStart } from "../settings/go-live.ts";
import { changes } from "../settings/parts/compose.ts";
import type { Live } from "../settings/parts/live.ts";
import { releaseOf } from "../settings/release.ts";
import { withLiveNames } from "../settings/renamed.ts";
import { resolvedBy } from "../settings/resolved.ts";
import { currentSettings, saveSettings } from "../settings/store.ts";
import { readLive } from "./choices-flow.ts";
import { listsKept } from "./kept-lists-store.ts";
import { waitingOrders } from "./waiting-store.ts";

/** `first`: the first line of what changed, such as "Back to version 3"; `rename`: where objections are shown. */
type How = { first?: string; rename?: (fields: Fields) => Fields };
type Reply = { version: number; settings: Settings; savedAt: string | null; savedBy: string | null; released: number };

/**
 * Saves a well-formed document whole or not at all: judged against the live lists that its changes touch, written as the
 * next version, then every order that waits is looked at again (decision 1.6). Ends with 409, 422 or 503 and a sentence otherwise.
 */
export async function save(c: ApiContext, tenant: Linked, basedOn: number, sent: Settings, how: How = {}): Promise<Reply> {
  const { db, now, store, session } = c.var;
  const before = await currentSettings(db, tenant);
  if (before.version !== basedOn) changedMeanwhile(before.savedBy);

  const need = listsNeeded(before.settings, sent);
  const live: Live = need.size === 0 ? {} : await liveFor(c, tenant, need, sent);
  const found = check(before.settings, sent, live);
  const fields = how.rename ? how.rename(found) : found;
  const wrong = Object.keys(fields).length;
  if (wrong > 0)
    fail(
      422,
      "not-valid",
      wrong === 1 ? "One field needs another look. Nothing was saved." : `${wrong} fields need another look. Nothing was saved.`,
      fields,
    );

  const at = new Date(now()).toISOString();
  const settings = withBasis(withStart(before.settings, withLiveNames(sent, live), store.timeZone, at), store.pricesIncludeTax);
  const said = changes(before.settings, settings, store.timeZone);
  if (before.version > 0 && said.length === 0) return { ...before, released: 0 };

  const told = how.first ? [how.first, ...said] : said;
  const version = await saveSettings(db, tenant, {
    basedOn,
    settings,
    changes: told,
    by: session.name,
    at,
    lookBefore: takesOlder(before.settings, settings),
  });
  if (version === null) changedMeanwhile(null);
  await clearAnswered(
    db,
    tenant,
    resolvedBy(settings, await openProblems(db, tenant, ["payment-unmapped", "tax-class-gone"]), store.pricesIncludeTax),
    at,
  );
  return {
    version,
    settings,
    savedAt: at,
    savedBy: session.name,
    released: await release(c, tenant, await others(c, tenant, before.settings, settings), before.settings.orders.on, settings.orders.on),
  };
}

async function liveFor(c: ApiContext, tenant: Linked, need: ReturnType<typeof listsNeeded>, next: Settings): Promise<Live> {
  const { cin7 } = await c.var.clients();
  if (!cin7) return notLinked();
  const { db } = c.var;
  const known = { found: await chargeIds(db, tenant), kept: await listsKept(db, tenant) };
  const read = await readLive(cin7, need, next, await accountCurrency(db, tenant), known);
  if (read.is === "wait") busy(read.at, c.var.now(), "Nothing was saved.");
  if (read.is === "failed") fail(503, "not-checked", `${read.why} Nothing was saved.`);
  return read.value;
}

/** Under which price basis Setup is saved for the first time; from then on a person confirms another one (F152). */
const withBasis = (settings: Settings, withTax: boolean): Settings =>
  settings.tax.pricesIncludeTax === null ? { ...settings, tax: { ...settings.tax, pricesIncludeTax: withTax } } : settings;

/** A day from now, unless it is due sooner: from then on the check schedules itself. */
const CHECK_MS = 86_400_000;

/** What these settings do to the orders that are known, before they are saved (F13); null: they take the same ones. Asks nobody. */
export async function preview(c: ApiContext, tenant: Tenant, sent: Settings): Promise<CapturePreview | null> {
  const { db, now, store } = c.var;
  const at = new Date(now()).toISOString();
  const { settings } = await currentSettings(db, tenant);
  const next = withStart(settings, sent, store.timeZone, at);
  return capturesOthers(settings, next) ? previewCapture(await waitingOrders(db, tenant), next, at) : null;
}

/** Orders that were not taken and may be now, or hold their stock for longer (F13, M31). */
async function others(c: ApiContext, tenant: Linked, before: Settings, after: Settings): Promise<number[]> {
  const { db, now } = c.var;
  const taken = capturesOthers(before, after)
    ? previewCapture(await waitingOrders(db, tenant), after, new Date(now()).toISOString())
    : null;
  const same = before.orders.captureWhen === after.orders.captureWhen && JSON.stringify(before.payments) === JSON.stringify(after.payments);
  const unpaid = same ? [] : await unpaidOrders(db, tenant);
  return [...new Set([...unpaid, ...(taken?.taken ?? []), ...(taken?.unsure ?? [])])];
}

/**
 * Every order that waits is looked at again, and `more`; the products first, which nobody read while orders were off. The catch-up
 * check finds the rest should the queue not answer. How many that wait: none while orders are off, as nothing is looked at then.
 */
async function release(c: ApiContext, tenant: Linked, more: readonly number[], wasOn: boolean, on: boolean): Promise<number> {
  let released = 0;
  try {
    if (on && !wasOn) await accountInbox(c.env, tenant.account).put([{ kind: "products.refresh" }]);
    for (const works of releaseOf(await ordersToRelease(c.var.db, tenant))) {
      await c.var.inbox.put(works);
      released += on ? works.length : 0;
    }
    for (const works of releaseOf(more)) await c.var.inbox.put(works);
    // A new start line or a switch may take in what was passed over: looked through now, not in five minutes.
    await c.var.inbox.put([{ kind: "orders.sweep" }]);
    await c.var.inbox.put([{ kind: "settings.check" }], { delayMs: CHECK_MS / c.var.config.timeScale });
  } catch (error) {
    logBug(error, { kind: "settings.release", store: tenant.store });
  }
  return released;
}

function changedMeanwhile(by: string | null): never {
  return fail(
    409,
    "changed-meanwhile",
    `${by ?? "Somebody"} saved other settings meanwhile. Reload the page to see them, then make your change again.`,
  );
}
