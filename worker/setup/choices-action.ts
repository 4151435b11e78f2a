import { accountFacts } from "../accounts/facts-store.ts";
import type { ApiContext } from "../api/access.ts";
import { busy } from "../api/sides.ts";
import type { Choices } from "../contract/index.ts";
import { isLinked } from "../lib/ids.ts";
import { takenAt } from "../orders/capture/capture-table.ts";
import { refusalWarnings } from "../settings/warnings.ts";
import { choicesOf, companyWords } from "./choices.ts";
import { keepLists, listsKept } from "./kept-lists-store.ts";
import { isWhole, type KeptLists, listsIn, oldestOf, readLists } from "./lists-flow.ts";

/** `idle`: nobody pressed; it takes what no work wants of Cin7's calls. */
export type Fresh = "no" | "now" | "idle";

/** The choices of Setup as they were kept, what was never read yet now; `fresh`: all of them now. */
export async function choicesFor(c: ApiContext, fresh: Fresh = "no"): Promise<Choices> {
  const { tenant, db, store, now } = c.var;
  const { kept, warnings } = await listsFor(c, fresh);
  const lists = listsIn(kept);
  const refusals = isLinked(tenant) ? refusalWarnings(await accountFacts(db, tenant)) : [];
  return {
    ...choicesOf(lists, store, takenAt),
    readAt: oldestOf(kept) ?? new Date(now()).toISOString(),
    warnings: [...warnings, ...companyWords(lists, store), ...refusals],
  };
}

async function listsFor(c: ApiContext, fresh: Fresh): Promise<{ kept: KeptLists; warnings: string[] }> {
  const { tenant, db, now } = c.var;
  const before = await listsKept(db, tenant);
  // Neither side is asked, so nothing of what is left to ask is used up.
  if (fresh === "no" && isWhole(before)) return { kept: before, warnings: [] };
  const { bigcommerce, cin7 } = await c.var.clients();
  const asked = fresh === "idle" && cin7 ? cin7.as("catalogue") : cin7;
  const read = await readLists({ bigcommerce, cin7: asked, now: now() }, before, fresh !== "no");
  // Also of a look that ends here: the next one goes on where it stopped.
  if (read.changed) await keepLists(db, tenant, read.kept);
  return read.wait === null ? read : busy(read.wait, now());
}
