import { bigCommerce, freshQuota } from "../../../worker/bigcommerce/client.ts";
import type { Cin7, Cin7Answer } from "../../../worker/cin7/client.ts";
import { openCredentials, storeRow, tenantOfRow } from "../../../worker/connect/store.ts";
import type { AccountContext, LinkedContext } from "../../../worker/inbox/flow.ts";
import type { Work } from "../../../worker/inbox/work.ts";
import { orders, stores } from "../../../worker/lib/db/schema/tables.ts";
import type { AccountId, Linked, StoreHash } from "../../../worker/lib/ids.ts";
import { tenantOf } from "../../../worker/lib/ids.ts";
import { aSettings } from "../../harness/builders.ts";
import { aContext, cin7Of, ok } from "../../harness/context.ts";
import { ACCOUNT, STORE, type Stage, there } from "../../harness/stage.ts";

/** A linked store on the stage, and what its flows are given: real D1, the BigCommerce twin, Cin7's answers as a table. */
const account = ACCOUNT as AccountId;
const hash = STORE as StoreHash;

export { ok };

export async function linkedStore(s: Stage): Promise<void> {
  await s.install();
  await s.db.update(stores).set({ accountId: ACCOUNT, hooksCheckedAt: new Date(s.state.now).toISOString() });
}

export type Asked = { path: string; query: Record<string, unknown> | undefined };

export async function context(s: Stage, cin7: (asked: Asked) => Cin7Answer, held: number[] = [], line?: string): Promise<LinkedContext> {
  const store = there(await storeRow(s.db, hash));
  const tenant = tenantOf(hash, account, store.epoch) as Linked;
  const credentials = there(await openCredentials(s.db, tenantOfRow(store, hash), s.config.sealingKeys));
  const now = () => s.state.now;
  const takeFrom = line ?? new Date(s.state.now - 3_600_000).toISOString();
  return aContext({
    db: s.db,
    config: s.config,
    now,
    tenant,
    store,
    bigcommerce: bigCommerce({
      apiUrl: s.config.bigcommerce.apiUrl,
      hash,
      token: credentials.token,
      timeScale: 20,
      now,
      quota: freshQuota(),
    }),
    cin7: fakeCin7(cin7),
    holding: (ids: readonly number[]) => new Set(ids.filter((id) => held.includes(id))),
    settings: {
      version: 1,
      document: aSettings({ orders: { on: true, captureWhen: "paid", takeFrom, unknownSku: "service-line" } } as never),
    },
  });
}

const fakeCin7 = (answer: (asked: Asked) => Cin7Answer): Cin7 => cin7Of({ get: async (path, query) => answer({ path, query }) });

export function accountContext(s: Stage, answer: (asked: Asked) => Cin7Answer) {
  const puts: { store: string; works: Work[] }[] = [];
  const c: AccountContext = {
    db: s.db,
    config: s.config,
    now: () => s.state.now,
    attempt: 1,
    jitter: 0.5,
    account,
    cin7: fakeCin7(answer),
    putInto: async (store: StoreHash, works: Work[]) => void puts.push({ store, works }),
  };
  return { c, puts };
}

/** An order as D1 has it after it went to Cin7. */
export async function storedOrder(s: Stage, orderId: number, more: Partial<typeof orders.$inferInsert> = {}): Promise<void> {
  const iso = new Date(s.state.now).toISOString();
  await s.db
    .insert(orders)
    .values({
      storeHash: STORE,
      orderId,
      accountId: ACCOUNT,
      placedAt: iso,
      modifiedAt: iso,
      statusId: 11,
      total: "10.00",
      currency: "AUD",
      state: "sent",
      saleId: saleId(orderId),
      saleNumber: `SO-${orderId}`,
      stages: "sale,ordered",
      updatedAt: iso,
      ...more,
    })
    .run();
}

export const saleId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
export const saleRow = (s: Stage, orderId: number, more: Record<string, unknown> = {}) => ({
  SaleID: saleId(orderId).toUpperCase(),
  OrderNumber: `SO-${orderId}`,
  Status: "ORDERED",
  ExternalID: `ls:${STORE}:${orderId}:g1`,
  CustomerReference: String(orderId),
  Updated: new Date(s.state.now - 120_000).toISOString(),
  OrderStatus: "AUTHORISED",
  CombinedPickingStatus: "NOT PICKED",
  CombinedPackingStatus: "NOT PACKED",
  CombinedShippingStatus: "NOT SHIPPED",
  CombinedInvoiceStatus: "NOT INVOICED",
  ...more,
});
export const list = (...rows: unknown[]) => ok({ Total: rows.length, Page: 1, SaleList: rows });
