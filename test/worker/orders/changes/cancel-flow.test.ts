import { beforeEach, describe, expect, it } from "vitest";
import { stopCancelled } from "../../../../worker/orders/changes/cancel-flow.ts";
import { type OrderRow, orderOf } from "../../../../worker/orders/store.ts";
import { addOrder, addStore, db, NOW, tenant } from "../../../harness/api.ts";
import { claimsInMemory, type MemoryClaims } from "../../../harness/claims.ts";
import { aContext, cin7Of, ok } from "../../../harness/context.ts";
import { drafted, MUG } from "../../../harness/sale.ts";

/** Cancelled while a write is open: resolved first, and never concluded before (M28, design 3.2). */
const draft = drafted({ lines: [{ ...MUG, rate: "10" }] });
const SALE = "order:1042:g1:sale";
const ID = "00000000-0000-4000-8000-000000000042";
let claims: MemoryClaims;
let sent: string[];
let now: number;
let store: Awaited<ReturnType<typeof addStore>>;
beforeEach(async () => {
  store = await addStore();
  await addOrder(1042, { state: "sending", statusId: 5 });
  [claims, sent, now] = [claimsInMemory(() => now), [], NOW];
});

const sale = (more: Record<string, unknown> = {}) => ({
  ID,
  Status: "ESTIMATED",
  Invoices: [],
  Order: { SaleOrderNumber: "SO-7" },
  ...more,
});

/** Cin7 with this sale, or none. */
async function stopped(there: Record<string, unknown> | null) {
  const row = { SaleID: ID, OrderNumber: "SO-7", Status: there?.["Status"], ExternalID: draft.mark, CustomerReference: "1042" };
  const c = aContext({
    store,
    now: () => now,
    claims,
    cin7: cin7Of({
      get: async (path) => ok(path === "/sale" ? there : { Total: there ? 1 : 0, SaleList: there ? [row] : [] }),
      write: async (method, path, _, query) => {
        sent.push(`${method} ${path} ${JSON.stringify(query)}`);
        return ok(sale({ Status: "VOIDED" }));
      },
    }),
  });
  return stopCancelled(c, (await orderOf(db(), tenant(), 1042)) as OrderRow, draft);
}

describe("cancelled with a write that is still open", () => {
  it("the sale whose answer was lost is found and voided, once", async () => {
    await claims.open(SALE, draft.mark);
    expect(await stopped(sale())).toMatchObject({ is: "skipped", why: { code: "cancelled" } });
    expect(sent).toEqual([`DELETE /sale {"ID":"${ID}","Void":true}`]);
    expect(await orderOf(db(), tenant(), 1042)).toMatchObject({
      state: "not-taken",
      stages: "sale,voided",
      saleNumber: "SO-7",
      reserved: [],
    });
    await stopped(sale({ Status: "VOIDED" }));
    expect(sent).toHaveLength(1);
  });
  it("not there yet is not concluded to be nothing before the quiet time and a second look", async () => {
    await claims.open(SALE, draft.mark);
    expect(await stopped(null)).toMatchObject({ is: "later", at: NOW + 120_000 });
    now += 121_000;
    expect(await stopped(null)).toMatchObject({ is: "later" });
    now += 10_000;
    expect(await stopped(null)).toBeNull();
    expect([sent, claims.all.size]).toEqual([[], 0]);
  });
  it("an order document that may still arrive is waited for: it could ship the goods", async () => {
    await claims.close(SALE, draft.mark, { saleId: ID, saleNumber: "SO-7" });
    await claims.open("order:1042:g1:order", ID);
    expect(await stopped(sale())).toMatchObject({ is: "later", at: NOW + 120_000 });
    expect(sent).toEqual([]);
  });
  it("goods that are picked by a person, packed, shipped or invoiced are not voided behind their backs: the warehouse is told what is there", async () => {
    await claims.close(SALE, draft.mark, { saleId: ID, saleNumber: "SO-7" });
    const told = async (more: Record<string, unknown>) => {
      const outcome = await stopped(sale({ Status: "ORDERED", ...more }));
      return outcome?.is === "blocked" && outcome.problems[0]?.kind === "cancel-waits" ? outcome.problems[0].why : null;
    };
    expect(await told({ CombinedPickingStatus: "PICKED" })).toBe("its goods are picked");
    expect(await told({ CombinedPackingStatus: "PACKING" })).toBe("its goods are packed");
    expect(await told({ CombinedShippingStatus: "PARTIALLY SHIPPED" })).toBe("its goods are shipped, or on their way out");
    expect(await told({ Invoices: [{ Status: "AUTHORISED" }] })).toBe("its invoice is authorised");
    expect(sent).toEqual([]);
  });
});
