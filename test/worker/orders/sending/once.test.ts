import { beforeEach, describe, expect, it } from "vitest";
import type { StoreRow } from "../../../../worker/api/access.ts";
import type { LinkedContext } from "../../../../worker/inbox/flow.ts";
import { dueOf } from "../../../../worker/orders/money/payment-flow.ts";
import { sendOrder } from "../../../../worker/orders/sending/send-flow.ts";
import { fromStates } from "../../../../worker/orders/state.ts";
import { type OrderRow, orderOf } from "../../../../worker/orders/store.ts";
import { aTransaction } from "../../../harness/a-transaction.ts";
import { addOrder, addStore, db, NOW, tenant } from "../../../harness/api.ts";
import { aSnapshot, type OrderSpec } from "../../../harness/builders.ts";
import { claimsInMemory, type MemoryClaims } from "../../../harness/claims.ts";
import { aContext, bigCommerceOf, cin7Of, frozenInMemory, LOST, ok } from "../../../harness/context.ts";
import { drafted, MUG } from "../../../harness/sale.ts";

/** Exactly once beyond the single write (F111, design 3): found by `npm run prove`, each with its rule. */
const t = tenant();
const spec: OrderSpec = { lines: [{ ...MUG, rate: "10" }] };
let store: StoreRow;
let claims: MemoryClaims;
let sent: string[];
beforeEach(async () => {
  store = await addStore();
  claims = claimsInMemory(() => NOW);
  sent = [];
});

/** Every read of Cin7 and BigCommerce answers what `answers` says; every write is only noted. */
function context(answers: Record<string, unknown> = {}): LinkedContext {
  const kept = { draft: drafted(spec), order: aSnapshot(spec).order };
  const get = async (path: string) => ok(answers[path] ?? null);
  const write = async (method: string, path: string) => {
    sent.push(`${method} ${path}`);
    return LOST;
  };
  return aContext({
    store,
    claims,
    frozen: frozenInMemory(() => kept),
    bigcommerce: bigCommerceOf((_, path) => get(path)),
    cin7: cin7Of({ get, write }),
  });
}
const SALE = "order:1042:g1:sale";

describe("what was taken back before the first claim never becomes a sale (F111, M19)", () => {
  it.each(["not-taken", "held"] as const)("mapped, then %s while it waited: nothing is sent, the present decides anew", async (state) => {
    await addOrder(1042, { state });
    expect(await sendOrder(context(), 1042)).toMatchObject({ is: "done", next: [{ kind: "order.changed", orderId: 1042 }] });
    expect(sent).toEqual([]);
  });

  it("with an open claim the sale may exist: the frozen draft goes to its end first (design 3.2)", async () => {
    await addOrder(1042, { state: "held" });
    await claims.open(SALE, "ls:abc123:1042:g1");
    expect(await sendOrder(context(), 1042)).toMatchObject({ is: "later" });
    expect(sent).toEqual([]);
  });

  it("refused a permit it has begun nothing, so it may still be mapped anew or not be taken", () => {
    expect(fromStates("not-taken")).toContain("sending");
    expect(fromStates("pending")).toContain("sending");
    expect(fromStates("not-taken")).not.toContain("sent");
  });
});

describe("a change that is told while the frozen draft is on its way is looked at afterwards (K30)", () => {
  const order = { ...aSnapshot(spec).order };
  const cases = [
    ["changed meanwhile", "2026-07-01T09:00:00.000Z", true],
    ["the same", new Date(order.date_modified).toISOString(), false],
  ] as const;
  it.each(cases)("%s", async (_, modifiedAt, again) => {
    await addOrder(1042, { state: "sent", modifiedAt, saleId: "s-1", saleNumber: "SO-1" });
    const outcome = await sendOrder(context(), 1042);
    const kinds = outcome.is === "done" ? outcome.next?.map((work) => work.kind) : null;
    expect(kinds).toEqual(again ? ["order.money", "order.changed"] : ["order.money"]);
  });
});

describe("a tender keeps the mark under which it was sent, however it shows later (M51)", () => {
  it("sent as tender-3 and not yet noted, it stays tender-3 when its transaction shows up", async () => {
    await addOrder(1042, { state: "sent", saleId: "s-1", modifiedAt: new Date(aSnapshot(spec).order.date_modified).toISOString() });
    const row = (await orderOf(db(), t, 1042)) as OrderRow;
    const c = context({ "/v3/orders/1042/transactions": { data: [aTransaction({ amount: 11 })] } });
    const kept = { draft: drafted(spec), order: aSnapshot(spec).order };
    const marks = async () => {
      const due = await dueOf(c, row, kept as Parameters<typeof dueOf>[2]);
      return "outcome" in due ? [] : due.due.map((payment) => payment.mark);
    };
    expect(await marks()).toEqual(["ls:1042:77"]);
    await claims.open("order:1042:g1:payment:ls:1042:tender-3", "ls:1042:tender-3");
    expect(await marks()).toEqual(["ls:1042:tender-3"]);
  });
});
