import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, it } from "vitest";
import { type Connected, connect, openPanel } from "../../scripts/connect.ts";
import type { Running } from "../../scripts/processes.ts";
import { type Stack, startStack, startWorker } from "../../scripts/stack.ts";
import { until } from "../harness/until.ts";
import { booksOf, heldPage, judge, page, paidPage, placeAll, salesFor } from "./judge.ts";
import { control, TIME_SCALE } from "./stack.ts";

/** The runbook's *Restore after D1 Time Travel*, rehearsed on real files: an old D1 under a newer inbox and a newer Cin7 Core. */
const dataDir = mkdtempSync(join(tmpdir(), "lockstep-restore-"));
let stack: Stack | undefined;
let worker: Running | undefined;
afterAll(async () => {
  await worker?.kill();
  await stack?.twinsProcess.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const d1 = join(dataDir, "state/v3/d1");
/** What the runbook has the operator do by `wrangler d1 execute`. */
const RUNBOOK = "UPDATE stores SET look_before = strftime('%Y-%m-%dT%H:%M:%fZ','now'), epoch = epoch + 1";

it("orders that the restored database has never seen are found in Cin7 by their mark and adopted, never written again (design 3.5)", async () => {
  stack = await startStack({ dataDir, timeScale: TIME_SCALE });
  worker = stack.worker;
  let c = await connect(stack);
  const place = stack;
  const line = { sku: "TEE-MER-NVY-S" };
  const [early] = await placeAll(place, c.store, [{ lines: [{ ...line, quantity: 1 }] }]);
  await judge(place, c, early?.id as number);
  const again = await stoppedAtItsTotal(place, c, line);

  await worker.stop();
  const backup = join(dataDir, "d1-of-yesterday");
  cpSync(d1, backup, { recursive: true });
  worker = await startWorker(stack.again);
  await createAgain(place, c, again);
  const late = await placeAll(
    place,
    c.store,
    [2, 3, 4].map((quantity) => ({ lines: [{ ...line, quantity }] })),
  );
  for (const { id } of late) await judge(place, c, id);
  const second = await secondSale(place, c, again);

  await worker.stop();
  rmSync(d1, { recursive: true });
  cpSync(backup, d1, { recursive: true });
  const file = readdirSync(d1, { recursive: true, encoding: "utf8" }).find(
    (name) => name.endsWith(".sqlite") && !name.includes("metadata"),
  );
  const db = new DatabaseSync(join(d1, file as string));
  db.exec(RUNBOOK);
  db.close();
  worker = await startWorker(stack.again);

  c = { ...c, panel: await openPanel(place, c.store, "launch") };
  const orders = [early?.id as number, ...late.map(({ id }) => id)];
  for (const id of orders) {
    await paidPage(c, id);
    expect(salesFor(await booksOf(place, c.account), c.store, id)).toHaveLength(1);
    await judge(place, c, id);
  }
  // The restored database thinks of its first sale, which is void: the second one is found and nothing is created again.
  await until(
    "the second sale to be known again",
    async () => (await page(c, again).catch(() => null))?.order.saleNumber === second.number,
  );
  expect(await secondSale(place, c, again)).toEqual(second);
});

/** An order whose first sale Cin7 made with another total, so it stopped there. */
async function stoppedAtItsTotal(place: Stack, c: Connected, line: { sku: string }): Promise<number> {
  await control(place.twins, "/switches", { automaticallyApplyDiscounts: true });
  const [order] = await placeAll(place, c.store, [{ lines: [{ ...line, quantity: 5 }] }]);
  await heldPage(c, order?.id as number);
  await control(place.twins, "/switches", { automaticallyApplyDiscounts: false });
  return order?.id as number;
}

/** Somebody voids that sale and presses *Process*: the explicit second generation (design 3.3). */
async function createAgain(place: Stack, c: Connected, id: number): Promise<void> {
  const [sale] = salesFor(await booksOf(place, c.account), c.store, id);
  await control(place.twins, `/cin7/${c.account}/sales/${sale?.ID}/void`);
  await (await openPanel(place, c.store, "launch"))("POST", `/api/stores/${c.store}/orders/${id}/process`);
}

/** The one sale of the order that is not void: of the second generation, with one invoice. */
async function secondSale(place: Stack, c: Connected, id: number): Promise<{ id: string; number: string; invoices: number }> {
  const shown = await paidPage(c, id);
  const sales = salesFor(await booksOf(place, c.account), c.store, id).filter((sale) => sale.Status !== "VOIDED");
  expect(sales.map((sale) => sale.ExternalID)).toEqual([`ls:${c.store}:${id}:g2`]);
  return { id: sales[0]?.ID ?? "", number: shown.order.saleNumber ?? "", invoices: sales[0]?.Invoices.length ?? 0 };
}
