import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connected, connect, json, openPanel } from "../../scripts/connect.ts";
import type { Running } from "../../scripts/processes.ts";
import { type Stack, startStack, startWorker } from "../../scripts/stack.ts";
import type { Me, OrderList, SettingsReply } from "../../worker/contract/index.ts";
import { until } from "../harness/until.ts";
import { booksOf, faults, judge, paidPage, placeAll, salesFor } from "./judge.ts";
import { TIME_SCALE } from "./stack.ts";

/** The Worker and the twins are stopped, killed and started again on one data folder and the same ports. */
const dataDir = mkdtempSync(join(tmpdir(), "lockstep-restart-"));
let stack: Stack;
let worker: Running;
let c: Connected;
const TEE = { sku: "TEE-MER-NVY-S", quantity: 1 };
const shopper = { first_name: "Ruth", last_name: "Again", email: "ruth.again@example.org" };

beforeAll(async () => {
  stack = await startStack({ dataDir, timeScale: TIME_SCALE });
  worker = stack.worker;
  c = await connect(stack);
});
afterAll(async () => {
  await worker?.kill();
  await stack?.twinsProcess.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = async () => {
  worker = await startWorker(stack.again);
};
const salesNow = async (id: number) => salesFor(await booksOf(stack, c.account), c.store, id);

describe("kill -9 of the Worker (F111, design 3)", () => {
  it("right after orders were placed: the notices come again, each order is one sale", async () => {
    const orders = await placeAll(
      stack,
      c.store,
      [1, 2, 3, 4].map((quantity) => ({ lines: [{ ...TEE, quantity }], billing: shopper })),
    );
    await worker.kill();
    await start();
    for (const { id } of orders) await judge(stack, c, id);
  });

  // Held after the commit, the Worker dies without having heard the answer; held before it, it cannot know either.
  it.each(["after", "before"])("%s the commit of each write at once: every order is one sale, one invoice, one payment", async (when) => {
    await faults(
      stack,
      ["/sale", "/sale/order", "/sale/invoice", "/sale/payment"].map((path) => ({
        peer: "cin7",
        kind: "hold",
        when,
        method: "POST",
        path: `${path}$`,
        times: 1,
      })),
    );
    const orders = await placeAll(
      stack,
      c.store,
      [1, 2, 3, 4].map((quantity) => ({ lines: [{ ...TEE, quantity }], billing: shopper })),
    );
    await until(
      "four writes to be held",
      async () => ((await json(await fetch(`${stack.twins}/control/faults`))) as unknown[]).length === 0,
    );
    await worker.kill();
    await fetch(`${stack.twins}/control/faults`, { method: "DELETE" });
    await start();
    for (const { id } of orders) await judge(stack, c, id, await paidPage(c, id));
  });
});

describe("stopped and started again on the same data folder", () => {
  it("orders, settings, sessions and the twins' own data are still there, and work goes on", async () => {
    const [before] = await placeAll(stack, c.store, [{ lines: [TEE], billing: shopper }]);
    await judge(stack, c, before?.id as number);
    const settings = await c.panel<SettingsReply>("GET", `/api/stores/${c.store}/settings`);
    const log = await c.panel<OrderList>("GET", `/api/stores/${c.store}/orders?view=log&perPage=100`);
    await worker.stop();
    await stack.twinsProcess.stop();
    stack = await startStack(stack.again);
    worker = stack.worker;

    // A session that is not over is still good; a new launch opens the same store.
    expect(await c.panel<SettingsReply>("GET", `/api/stores/${c.store}/settings`)).toEqual(settings);
    const again = await openPanel(stack, c.store, "launch");
    expect(await again<Me>("GET", "/api/me")).toMatchObject({
      mode: "panel",
      stores: [{ hash: c.store, state: "active", ordersOn: true }],
    });
    const rows = (await again<OrderList>("GET", `/api/stores/${c.store}/orders?view=log&perPage=100`)).rows;
    expect(rows.map((row) => [row.id, row.state, row.saleNumber, row.total])).toEqual(
      log.rows.map((row) => [row.id, row.state, row.saleNumber, row.total]),
    );
    expect(await salesNow(before?.id as number)).toHaveLength(1);

    const [after] = await placeAll(stack, c.store, [{ lines: [TEE], billing: shopper }]);
    await judge(stack, c, after?.id as number);
    expect(
      Object.values((await booksOf(stack, c.account)).customers).filter((who) => who.Contacts.some((x) => x.Email === shopper.email)),
    ).toHaveLength(1);
  });
});
