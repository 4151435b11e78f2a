import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { stores } from "../../../worker/lib/db/schema/tables.ts";
import { paymentsOf, savePayment } from "../../../worker/orders/payments-store.ts";
import { addOrder, addStore, db, iso, tenant } from "../../harness/api.ts";

const PAID = {
  orderId: 1,
  mark: "ls:1:t1",
  method: "Visa",
  amount: "10.00",
  currency: "AUD",
  account: "610",
  reference: "ch_1 / ls:1:t1",
  paidAt: iso(),
  state: "waits" as const,
  why: "",
  cin7PaymentId: null,
  updatedAt: iso(),
};
const states = async () => (await paymentsOf(db(), tenant(), 1)).map((payment) => payment.state);

it("a payment is kept by a flow of the present connection only: one that outlived a disconnect writes nothing (design 5)", async () => {
  await addStore();
  await addOrder(1);
  await savePayment(db(), tenant(), PAID);
  await db().update(stores).set({ epoch: 2 }).where(eq(stores.hash, "abc123"));
  await savePayment(db(), tenant(), { ...PAID, state: "posted" });
  await savePayment(db(), tenant(), { ...PAID, mark: "ls:1:t2" });
  expect(await states()).toEqual(["waits"]);
  await savePayment(db(), tenant("abc123", undefined, 2), { ...PAID, state: "posted" });
  await savePayment(db(), tenant("abc123", undefined, 2), { ...PAID, state: "left-out" });
  expect(await states()).toEqual(["posted"]);
});
