import { beforeEach, describe, expect, it } from "vitest";
import type { StoreRow } from "../../../../worker/api/access.ts";
import { receiveOrder } from "../../../../worker/orders/capture/receive-flow.ts";
import { moneyOrder } from "../../../../worker/orders/money/invoice-and-pay-flow.ts";
import { forgottenAt, generationOf } from "../../../../worker/orders/sending/memory.ts";
import { sendOrder } from "../../../../worker/orders/sending/send-flow.ts";
import { orderOf } from "../../../../worker/orders/store.ts";
import type { Kept } from "../../../../worker/sales/kept.ts";
import { addOrder, addStore, db, NOW, tenant } from "../../../harness/api.ts";
import { aSnapshot, type OrderSpec } from "../../../harness/builders.ts";
import { claimsInMemory, type MemoryClaims } from "../../../harness/claims.ts";
import { aContext, bigCommerceOf, frozenInMemory, ok } from "../../../harness/context.ts";
import { drafted, MUG } from "../../../harness/sale.ts";

describe("what is remembered of an order (design 3.5)", () => {
  it("of orders placed before the store was connected (again) earlier writes are not", () => {
    const at = (claims: { since?: number }) => ({
      store: { lookBefore: "2026-11-21T09:00:00.000Z" },
      settings: { document: { orders: { takeFrom: null } } },
      claims,
    });
    const older = { placedAt: "2026-11-21T08:59:59.000Z" };
    expect(forgottenAt(at({}), older, {})).toBe(Date.parse("2026-11-21T09:00:00.000Z"));
    expect(forgottenAt(at({}), { placedAt: "2026-11-21T09:00:01.000Z" }, {})).toBeNull();
    // Connected for the first time: looked for first, and there is nothing of ours to wait for.
    expect(forgottenAt(at({ since: 0 }), older, {})).toBe(0);
    expect(forgottenAt(at({ since: 77 }), older, {})).toBe(77);
  });

  it.each([
    ["as the row says", 2, "ls:abc123:1042:g2", [1, 2], 2],
    ["the mapped sale knows a later one", 1, "ls:abc123:1042:g3", [1], 3],
    ["a claim knows a later one", 1, null, [1, 2], 2],
    ["created again and not mapped yet", 2, "ls:abc123:1042:g1", [1], 2],
    ["nothing is known", 1, null, [], 1],
  ] as const)("its generation: %s", (_, generation, mark, claimed, last) => {
    expect(generationOf({ generation }, mark, (n) => (claimed as readonly number[]).includes(n))).toBe(last);
  });
});

describe("an old database under a newer queue (decision page 11)", () => {
  const t = tenant();
  const spec: OrderSpec = { lines: [{ ...MUG, rate: "10" }] };
  const order = aSnapshot(spec).order;
  let store: StoreRow;
  let kept: Kept | null;
  let claims: MemoryClaims;
  beforeEach(async () => {
    store = await addStore();
    kept = { is: "order", draft: { ...drafted(spec), mark: "ls:abc123:1042:g2" }, order };
    claims = claimsInMemory(() => NOW);
    for (const step of ["order:1042:g1:sale", "order:1042:g2:sale"]) await claims.close(step, "", { saleId: "s-2", saleNumber: "SO-2" });
  });
  const context = () =>
    aContext({
      store,
      claims,
      frozen: frozenInMemory(() => kept),
      bigcommerce: bigCommerceOf(async () => ok(order)),
    });

  it("the row's voided first sale is left alone: the second one that was sent is taken up again", async () => {
    await addOrder(1042, { state: "held", generation: 1, saleId: "s-1", stages: "sale,voided", picture: {} });
    expect(await sendOrder(context(), 1042)).toMatchObject({ is: "done", next: [{ kind: "order.changed" }] });
    expect(await moneyOrder(context(), 1042)).toMatchObject({ is: "done", next: [{ kind: "order.changed" }] });
    expect(await receiveOrder(context(), 1042, false)).toMatchObject({ is: "done", next: [{ kind: "order.send" }] });
    expect(await orderOf(db(), t, 1042)).toMatchObject({ generation: 2, state: "pending", saleId: null, stages: "" });
  });

  it("also where the row says that the first one was sent", async () => {
    await addOrder(1042, { state: "sent", generation: 1, saleId: "s-1", stages: "sale,ordered", picture: {} });
    expect(await receiveOrder(context(), 1042, false)).toMatchObject({ is: "done", next: [{ kind: "order.send" }] });
    expect(await orderOf(db(), t, 1042)).toMatchObject({ generation: 2, state: "pending" });
  });
});
