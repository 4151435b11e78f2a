import { beforeEach, expect, it } from "vitest";
import type { StoreRow } from "../../../../worker/api/access.ts";
import { ordersOn, summary } from "../../../../worker/connect/stores/summary.ts";
import { ACCOUNT, addStore } from "../../../harness/api.ts";

let store: StoreRow;
beforeEach(async () => {
  store = await addStore();
});
const counts = { ordersOn: true, attention: 2, waiting: 1, lastOrderAt: null };

it("a store goes by its name, and by its hash until BigCommerce has told one", () => {
  expect(summary(store, "Harbour Trading", counts)).toMatchObject({
    hash: "abc123",
    account: { id: ACCOUNT, company: "Harbour Trading" },
    ...counts,
  });
  expect(summary({ ...store, name: "" }, null, counts)).toMatchObject({ name: "abc123", account: { company: "" } });
  expect(summary({ ...store, accountId: null }, null, counts).account).toBeNull();
});

it.each([
  [{ orders: { on: true } }, true],
  [{ orders: { on: "yes" } }, false],
  [{ orders: null }, false],
  [{}, false],
  [null, false],
])("%j of any version takes orders: %s", (document, on) => expect(ordersOn(document)).toBe(on));
