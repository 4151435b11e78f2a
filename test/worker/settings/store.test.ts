import { expect, it } from "vitest";
import { openProblems, raise } from "../../../worker/problems/store.ts";
import { lockedOrders } from "../../../worker/settings/store.ts";
import { addOrder, addStore, db, iso, OTHER_ACCOUNT, tenant } from "../../harness/api.ts";

it("what a store left in another account is no matter of this one: its orders of locked books and its open questions are not read", async () => {
  await addStore();
  await addOrder(1, { state: "sent", waitsFor: "books" });
  await addOrder(2, { state: "sent", waitsFor: "books", accountId: OTHER_ACCOUNT });
  const theirs = tenant("abc123", OTHER_ACCOUNT);
  await raise(db(), theirs, [{ kind: "payment-unmapped", method: "Theirs" }], 2, iso());
  await raise(db(), tenant(), [{ kind: "payment-unmapped", method: "Ours" }], 1, iso());
  expect(await lockedOrders(db(), tenant())).toEqual([1]);
  expect(await openProblems(db(), tenant(), ["payment-unmapped"])).toEqual([
    { key: "payment-unmapped:ours", problem: { kind: "payment-unmapped", method: "Ours" } },
  ]);
});
