import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Connected } from "../../scripts/connect.ts";
import { atMost, percentile, type Row, reported } from "./row.ts";

/** Orders of one store as a year leaves them, written beside the running Worker: with all that is kept of each. */
export function fillOrders(dataDir: string, c: Connected, from: number, to: number): void {
  const folder = join(dataDir, "state/v3/d1/miniflare-D1DatabaseObject");
  const file = readdirSync(folder).find((name) => name.endsWith(".sqlite") && !name.startsWith("metadata")) as string;
  const db = new DatabaseSync(join(folder, file));
  db.exec("PRAGMA busy_timeout = 10000; BEGIN IMMEDIATE");
  const insert =
    db.prepare(`INSERT INTO orders (store_hash, order_id, account_id, placed_at, status_id, customer, email, state, sale_number, ordered, picture, updated_at)
    VALUES (?, ?, ?, '2026-01-05T09:00:00.000Z', 11, ?, ?, 'sent', ?, ?, ?, '2026-01-05T09:00:00.000Z')`);
  const line = (n: number) => ({ sku: `TEE-MER-${n % 97}-S`, name: "Merino tee", quantity: 1, price: "49.00" });
  for (let n = from; n < to; n++) {
    const lines = [line(n), line(n + 31), line(n + 62)];
    const ordered = JSON.stringify(lines.map(({ sku, quantity }) => ({ sku, quantity })));
    const picture = JSON.stringify({
      came: Array.from({ length: 20 }, (_, i) => ({ label: `Line ${i}`, value: "as it came" })),
      cameLines: lines,
    });
    insert.run(c.store, 1_000_000 + n, c.account, `Shopper ${n}`, `shopper${n}@example.com`, `SO-${10_000 + n}`, ordered, picture);
  }
  db.exec("COMMIT");
  db.close();
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

const search = (c: Connected, n: number) => c.panel("GET", `/api/stores/${c.store}/orders?q=nothing-${n}`);

/** As many as one person may within the limit's ten seconds, which are waited for before. */
const TIMES = 5;
const WINDOW_MS = 10_000;
const pause = (ms: number) => new Promise((next) => setTimeout(next, ms));

/** One after the other, for what is in no order, so that every order is looked at. */
export async function searchRows(c: Connected, orders: number, bar: boolean): Promise<Row[]> {
  await pause(2 * WINDOW_MS);
  const took: number[] = [];
  for (let n = 0; n < TIMES; n++) took.push(await timed(() => search(c, n)));
  const value = Math.round(percentile(took, 50));
  const name = `a search of ${orders.toLocaleString("en")} orders, p50 of ${took.length}`;
  return [bar ? atMost(name, value, "ms", 300) : reported(name, value, "ms")];
}

/** The header of another merchant while nobody else asks, and while one searches as fast as answers come, refused or not. */
export async function neighbourRows(noisy: Connected, other: Connected): Promise<Row[]> {
  const header = async (until: () => boolean) => {
    const took: number[] = [];
    while (!until()) {
      took.push(await timed(() => other.panel("GET", `/api/stores/${other.store}/header`)));
      await pause(60);
    }
    return percentile(took, 95);
  };
  const seconds = (n: number) => {
    const end = performance.now() + n * 1000;
    return () => performance.now() > end;
  };
  await header(seconds(2));
  const quiet = await header(seconds(30));
  const over = seconds(60);
  let [asked, refused] = [0, 0];
  const noise = Array.from({ length: 20 }, async () => {
    while (!over()) {
      asked++;
      await search(noisy, asked).catch(() => {
        refused++;
      });
    }
  });
  const beside = await header(over);
  await Promise.all(noise);
  return [
    reported("header of another merchant, p95", Math.round(quiet), "ms"),
    atMost(
      `… beside one who searches without a pause, 20 at once (${asked} asked, ${refused} refused)`,
      Math.round(beside),
      "ms",
      Math.round(2 * quiet),
    ),
  ];
}
