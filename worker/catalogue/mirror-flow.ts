import { PAGE } from "../cin7/pages.ts";
import { productPage } from "../cin7/product.ts";
import type { Product } from "../cin7/schemas/product.ts";
import type { AccountContext } from "../inbox/flow.ts";
import { type Again, done, type Outcome, skipped } from "../inbox/outcome.ts";
import { haltOf, refusedAs, stop } from "../inbox/vendor-answer.ts";
import type { Work } from "../inbox/work.ts";
import { progressOf, saveProducts, saveProgress } from "./store.ts";

const EVERY_MS = 15 * 60_000;
const WHOLE_MS = 86_400_000;
/** The list may lag behind a change, and the two clocks may differ. */
const OVERLAP_MS = 10 * 60_000;
/** More than this has changed: reading everything is no dearer. */
const MAX_PAGES = 5;

const WHOLE: Work = { kind: "products.mirror", page: 1 };

/**
 * `products.mirror`: one page of 1,000 products of the account into D1, then the next page, so that an order costs no
 * look-up of its SKUs (K17). Deprecated ones too: hidden, they would stay as they were (cin7-core.md 9.39).
 */
export async function mirrorProducts(c: AccountContext, page: number): Promise<Outcome> {
  const at = new Date(c.now()).toISOString();
  const read = await readPage(c, page);
  if ("outcome" in read) return read.outcome;
  await saveProducts(c.db, c.account, read.products, at);
  // What changes while the other pages are still to come is found by its date.
  if (page === 1) await saveProgress(c.db, c.account, { seenTo: at, wholeAt: at }, at);
  const more: Work = !read.isLast ? { kind: "products.mirror", page: page + 1 } : { kind: "products.refresh" };
  return done(`${read.products.length} products read.`, { next: [more] });
}

/**
 * `products.refresh`: every 15 minutes the products that changed since, one call (F116): another revenue account, a SKU that
 * moved to another product, one that was deprecated or became a kit. Once a day everything is read again.
 */
export async function refreshProducts(c: AccountContext): Promise<Outcome> {
  const { connected, takes, progress } = await progressOf(c.db, c.account);
  if (!connected) return skipped("no-stores", "No store of this account is connected.");
  const again: Again = { at: c.now() + (EVERY_MS * (0.95 + 0.1 * c.jitter)) / c.config.timeScale, work: { kind: "products.refresh" } };
  // Off makes no call (F1): linking reads them once, and switching orders on looks at once.
  if (!takes) return done("No store takes orders.", { again });
  const at = new Date(c.now()).toISOString();
  const isDue = !progress || Date.parse(progress.wholeAt) + WHOLE_MS / c.config.timeScale <= c.now();
  if (isDue) {
    // Noted as begun, so that the next look does not begin it anew while it still waits for its calls.
    await saveProgress(c.db, c.account, { seenTo: progress?.seenTo ?? at, wholeAt: at }, at);
    return done("All products are read again.", { next: [WHOLE], again });
  }

  const since = new Date(Date.parse(progress.seenTo) - OVERLAP_MS).toISOString();
  let seen = 0;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const read = await readPage(c, page, since);
    if ("outcome" in read) return read.outcome.is === "blocked" ? { ...read.outcome, again } : read.outcome;
    await saveProducts(c.db, c.account, read.products, at);
    seen += read.products.length;
    if (read.isLast) break;
  }
  await saveProgress(c.db, c.account, { seenTo: at, wholeAt: progress.wholeAt }, at);
  return done(`${seen} changed products read.`, { again, ...(seen === MAX_PAGES * PAGE ? { next: [WHOLE] } : {}) });
}

type Read = { products: Product[]; isLast: boolean } | { outcome: Outcome };

async function readPage(c: AccountContext, page: number, since?: string): Promise<Read> {
  const read = await productPage(c.cin7, page, since);
  return read.is === "read" ? read.value : { outcome: stop(haltOf(read, c), c, refusedAs(0, "products")) };
}
