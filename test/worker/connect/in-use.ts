import { storeRow, tenantOfRow } from "../../../worker/connect/store.ts";
import * as schema from "../../../worker/lib/db/schema/tables.ts";
import type { StoreHash } from "../../../worker/lib/ids.ts";
import { raise } from "../../../worker/problems/store.ts";
import { ready } from "../../harness/api.ts";
import { ACCOUNT, STORE, type Stage, there } from "../../harness/stage.ts";

const HASH = STORE as StoreHash;
/** The stage's time, `n` milliseconds later. */
export const iso = (s: Stage, n: number) => new Date(s.state.now + n).toISOString();

/** A store in use: orders with sales, one that is held, payments, settings, a problem, an alert address, a customer. */
export async function fill(s: Stage) {
  const at = (n: number) => iso(s, n);
  const order = (orderId: number, more: Partial<typeof schema.orders.$inferInsert>) => ({
    storeHash: STORE,
    orderId,
    accountId: ACCOUNT,
    placedAt: at(-orderId),
    statusId: 11,
    customer: "Ana Keller",
    email: "ana.keller@example.org",
    total: "37.40",
    currency: "AUD",
    state: "sent" as const,
    saleId: `sale-${orderId}`,
    saleNumber: `SO-${orderId}`,
    stages: "ordered,invoiced",
    picture: {
      came: [{ label: "Ship to", value: "7 Quarry Rd" }],
      mapped: { lines: [{ name: "Mug for Ana" }], totals: { incTax: "37.40" }, decisions: [{ value: "Ana Keller" }], settingsVersion: 1 },
    },
    updatedAt: at(0),
    ...more,
  });
  for (let id = 1; id <= 20; id++) await s.db.insert(schema.orders).values(order(id, {}));
  await s.db.insert(schema.orders).values(order(21, { state: "held", saleId: null, saleNumber: null, note: "tax" }));
  await s.db.insert(schema.orderPayments).values({
    storeHash: STORE,
    orderId: 1,
    accountId: ACCOUNT,
    mark: "ls:1:77",
    method: "Credit Card",
    amount: "37.40",
    currency: "AUD",
    reference: "ch_1 / ls:1:77",
    paidAt: at(0),
    state: "posted",
    updatedAt: at(0),
  });
  const of = { storeHash: STORE, generation: 1, accountId: ACCOUNT };
  for (let orderId = 1; orderId <= 20; orderId++) {
    const sale = { ...of, orderId, mark: `ls:${STORE}:${orderId}:g1`, state: "open", cin7Id: `sale-${orderId}`, at: at(0) };
    await s.db.insert(schema.documents).values([
      { ...sale, kind: "sale" },
      { ...sale, kind: "invoice", state: "authorised", cin7Id: null },
    ]);
  }
  const lines = { ...of, currency: "AUD", rate: "1", taxInclusive: false, location: "Main", net: "34.00", tax: "3.40", total: "37.40" };
  for (const orderId of [1, 21])
    await s.db.insert(schema.saleLines).values({ ...lines, orderId, settingsVersion: 1, lines: [], sold: null });
  const document = ready((settings) => {
    settings.orders.on = true;
  });
  await s.db
    .insert(schema.settingsVersions)
    .values({ storeHash: STORE, version: 1, accountId: ACCOUNT, document, changes: [], savedBy: "olivia@example.com", savedAt: at(0) });
  const tenant = tenantOfRow(there(await storeRow(s.db, HASH)), HASH);
  await raise(s.db, tenant, [{ kind: "tax-unmapped", classId: 0, className: "GST", side: "with" }], 21, at(0));
  await s.db
    .insert(schema.alertAddresses)
    .values({ storeHash: STORE, area: "orders", accountId: ACCOUNT, email: "shop@example.com", savedBy: "o", savedAt: at(0) });
  await s.db
    .insert(schema.sharedThings)
    .values({ accountId: ACCOUNT, kind: "customer", key: "k", cin7Id: "c-1", name: "Ana Keller", claimedBy: "x", claimedAt: at(0) });
}
