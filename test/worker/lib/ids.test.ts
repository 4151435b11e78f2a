import { expect, it } from "vitest";
import { type AccountId, accountId, isLinked, type StoreHash, sameGuid, storeHash, tenantOf } from "../../../worker/lib/ids.ts";

const GUID = "11111111-2222-4333-8444-55555555555A";

it.each([
  [" ABC123 ", "abc123"],
  ["abc", null],
  ["a".repeat(21), null],
  ["abc/12", null],
  ["../abc", null],
  [123_456, null],
])("store hash %j is %j", (text, hash) => expect(storeHash(text)).toBe(hash));

it.each([
  [` ${GUID} `, GUID.toLowerCase()],
  [GUID.replaceAll("-", ""), null],
  [`{${GUID}}`, null],
  ["", null],
  [null, null],
])("account %j is %j", (text, id) => expect(accountId(text)).toBe(id));

it("Cin7 Core writes one ID in either case; none is the same as none", () => {
  expect(sameGuid(GUID, GUID.toLowerCase())).toBe(true);
  expect([sameGuid(null, null), sameGuid(undefined, GUID), sameGuid("", GUID)]).toEqual([false, false, false]);
});

it("a tenant is linked when its store has an account", () => {
  expect(isLinked(tenantOf("abc123" as StoreHash, GUID.toLowerCase() as AccountId, 1))).toBe(true);
  expect(isLinked(tenantOf("abc123" as StoreHash, null, 1))).toBe(false);
});
