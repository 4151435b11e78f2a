import { expect, it } from "vitest";
import { openProblems, raise } from "../../../worker/problems/store.ts";
import { addStore, db, iso, OTHER_ACCOUNT, tenant } from "../../harness/api.ts";

it("what a store left in another account is no matter of this one: its open questions are not read", async () => {
  await addStore();
  const theirs = tenant("abc123", OTHER_ACCOUNT);
  await raise(db(), theirs, [{ kind: "payment-unmapped", method: "Theirs" }], 2, iso());
  await raise(db(), tenant(), [{ kind: "payment-unmapped", method: "Ours" }], 1, iso());
  expect(await openProblems(db(), tenant(), ["payment-unmapped"])).toEqual([
    { key: "payment-unmapped:ours", problem: { kind: "payment-unmapped", method: "Ours" } },
  ]);
});
