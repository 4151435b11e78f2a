import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { StoreRow } from "../../../worker/api/access.ts";
import type { Settings } from "../../../worker/contract/index.ts";
import { decisions } from "../../../worker/lib/db/schema/tables.ts";
import { factsOf } from "../../../worker/orders/order-facts.ts";
import { saveSettings } from "../../../worker/settings/store.ts";
import { settingsRoutes } from "../../../worker/setup/routes.ts";
import { ACCOUNT, addOrder, addStore, api, db, iso, ready, SIDES, set, tenant } from "../../harness/api.ts";
import { aSnapshot } from "../../harness/builders.ts";
import { MUG } from "../../harness/sale.ts";

/** An order that nobody has paid yet. */
const facts = factsOf(
  aSnapshot({
    lines: [MUG],
    order: { status_id: 7, payment_status: "", payment_method: "Stripe", date_created: "Fri, 20 Nov 2026 01:00:00 +0000" },
  }).order,
);

let store: StoreRow;
beforeEach(async () => {
  store = await addStore();
});
afterEach(() => vi.restoreAllMocks());

it("F13: before it is saved, it is said which known orders another rule takes and which it no longer does; nothing is asked or saved", async () => {
  await addStore("zzz999");
  const order = (id: number, state: "pending" | "held" | "not-taken", over: object) =>
    addOrder(id, { state, statusId: { ...facts, ...over }.status_id, facts: { ...facts, id, ...over } });
  await order(1, "not-taken", { payment_status: "authorized" });
  await order(2, "pending", { status_id: 11, payment_status: "captured" });
  await order(3, "held", { status_id: 11, payment_status: "captured" });
  await order(4, "not-taken", { status_id: 5 });
  await order(5, "not-taken", {});
  await db().insert(decisions).values({ storeHash: "abc123", accountId: ACCOUNT, key: "skip:5", by: "Ann", at: iso() });
  await addOrder(6, { state: "not-taken", statusId: 9 });
  await addOrder(7, { state: "sent", facts });
  // A daily sale is no order of the shop: no rule takes it (F15).
  await addOrder(-20261122, { state: "held", statusId: 0 });
  await addOrder(8, { storeHash: "zzz999", state: "not-taken", facts });
  const { save, post, get, calls, put } = await api(settingsRoutes, store, { answers: SIDES });
  const on = (change: (s: Settings) => void) => ({
    settings: ready((s) => {
      s.orders.on = true;
      s.orders.takeFrom = "2025-12-31T13:00:00.000Z";
      change(s);
    }),
  });
  expect((await post("/settings/preview", on(set("orders.captureWhen", "created")))).body).toBe(null);
  await saveSettings(db(), tenant(), { basedOn: 0, ...on(() => {}), changes: [], by: "ann", at: iso(), lookBefore: false });
  calls.length = 0;
  const asked = async (change: (s: Settings) => void) => (await post("/settings/preview", on(change))).body;
  expect(await asked(set("orders.captureWhen", "created"))).toEqual({ known: 4, taken: [1], notTaken: [], unsure: [6] });
  expect(await asked(set("orders.captureWhen", "completed"))).toEqual({ known: 4, taken: [], notTaken: [3, 2], unsure: [6] });
  expect(await asked(set("orders.takeFrom", "2026-11-21"))).toEqual({ known: 4, taken: [], notTaken: [3, 2], unsure: [6] });
  expect(await asked(set("rounding.cap", "0.10"))).toBe(null);
  expect(await asked(set("orders.captureWhen", "sometimes"))).toBe(null);
  expect(calls).toEqual([]);
  expect((await get("/settings")).body.version).toBe(1);
  // What was previewed is what saving does: what is held or waits (the daily sale too), and those that may come.
  await save({ basedOn: 1, ...on(set("orders.captureWhen", "created")) });
  expect(put.flat().flatMap((work) => ("orderId" in work ? [work.orderId] : []))).toEqual([-20261122, 2, 3, 1, 6]);
  const viewer = await api(settingsRoutes, store, { role: "view" });
  expect(
    (
      await viewer.post(
        "/settings/preview",
        on(() => {}),
      )
    ).status,
  ).toBe(403);
});
