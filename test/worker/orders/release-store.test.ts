import { expect, it } from "vitest";
import { lockedOrders, ordersToRelease, unpaidOrders } from "../../../worker/orders/release-store.ts";
import { addOrder, addStore, db, OTHER_ACCOUNT, tenant } from "../../harness/api.ts";

it("what a store left in another account is no matter of this one: its orders are not looked at again", async () => {
  await addStore();
  await addOrder(1, { state: "sent", waitsFor: "books" });
  await addOrder(2, { state: "sent", waitsFor: "books", accountId: OTHER_ACCOUNT });
  await addOrder(3, { state: "held" });
  await addOrder(4, { state: "held", accountId: OTHER_ACCOUNT });
  await addOrder(5, { state: "not-taken", unpaidMethod: "Bank Deposit" });
  await addOrder(6, { state: "not-taken", unpaidMethod: "Bank Deposit", accountId: OTHER_ACCOUNT });
  expect(await lockedOrders(db(), tenant())).toEqual([1]);
  expect(await ordersToRelease(db(), tenant())).toEqual([3]);
  expect(await unpaidOrders(db(), tenant())).toEqual([5]);
});
