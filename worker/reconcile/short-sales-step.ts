import type { Settings } from "../contract/index.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { fallsShort } from "../orders/money/falls-short.ts";
import { openSales } from "./store.ts";

const PART = 1000;
const DAY_MS = 86_400_000;
/** Asked in vain for so many nights, it is a matter of the lists of the month, not of the queue. */
const ASKED_DAYS = 90;

/** Sales whose documents fall short of what Setup wanted when they were sent, all of them: the night asks each (M54, M55). */
export async function shortSales(c: LinkedContext): Promise<number[]> {
  const since = new Date(c.now() - ASKED_DAYS * DAY_MS).toISOString();
  const { document } = c.settings;
  const versions = new Map<number | null, Settings>();
  const found: number[] = [];
  for (let below = Number.MAX_SAFE_INTEGER; ; ) {
    const part = await openSales(c.db, c.tenant, since, below, PART);
    for (const sale of part) {
      const { settingsVersion: version } = sale;
      const wanted = versions.get(version) ?? ((version && (await c.settingsOf(version))) || document);
      versions.set(version, wanted);
      if (fallsShort(sale, wanted, document.payments.on)) found.push(sale.orderId);
    }
    const last = part.at(-1);
    if (!last || part.length < PART) return found;
    below = last.orderId;
  }
}
