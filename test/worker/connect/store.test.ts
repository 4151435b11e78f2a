import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { connectStore, openCredentials, refuseToken, storeRow, tenantOfRow } from "../../../worker/connect/store.ts";
import { stores } from "../../../worker/lib/db/schema/tables.ts";
import type { StoreHash } from "../../../worker/lib/ids.ts";
import { ACCOUNT, OTHER_ACCOUNT, OWNER, STORE, type Stage, stage, there } from "../../harness/stage.ts";

let s: Stage;
beforeEach(() => {
  s = stage();
});
afterEach(() => vi.restoreAllMocks());

const hash = STORE as StoreHash;
const tenant = async () => tenantOfRow(there(await storeRow(s.db, hash)), hash);
const by = (account: string | null, token: string) =>
  ({
    hash,
    connection: "store-api",
    clientId: `client-of-${token}`,
    token,
    clientSecret: "a-client-secret",
    scopes: [],
    info: null,
    account,
  }) as const;

it("a store of another account is not taken over, and its credentials stay, however the requests meet (F6)", async () => {
  const at = "2026-11-21T12:00:00.000Z";
  const both = [
    connectStore(s.db, s.config.sealingKeys, by(ACCOUNT, "token-a"), at),
    connectStore(s.db, s.config.sealingKeys, by(OTHER_ACCOUNT, "token-b"), at),
  ];
  expect((await Promise.all(both)).sort()).toEqual([false, true]);
  const winner = there(await s.db.select().from(stores).get()).accountId;
  const token = winner === ACCOUNT ? "token-a" : "token-b";
  expect(await openCredentials(s.db, await tenant(), s.config.sealingKeys)).toMatchObject({ token, clientId: `client-of-${token}` });
});

it("an app install keeps whose the store is", async () => {
  await connectStore(s.db, s.config.sealingKeys, by(ACCOUNT, "token-a"), "2026-11-21T12:00:00.000Z");
  await connectStore(
    s.db,
    s.config.sealingKeys,
    { ...by(null, "token-c"), connection: "app", clientSecret: null },
    "2026-11-21T13:00:00.000Z",
  );
  expect(await storeRow(s.db, hash)).toMatchObject({ connection: "app", accountId: ACCOUNT });
  expect(await openCredentials(s.db, await tenant(), s.config.sealingKeys)).toMatchObject({ token: "token-c", clientSecret: null });
});

it("a token is refused only while it is the stored one: an install meanwhile wins", async () => {
  await s.install();
  const before = there(await openCredentials(s.db, await tenant(), s.config.sealingKeys));
  s.state.now += 1000;
  await s.install();
  expect(await refuseToken(s.db, await tenant(), before.updatedAt, "2026-11-21T12:00:00.000Z")).toBe(false);
  expect(await storeRow(s.db, hash)).toMatchObject({ state: "active", epoch: 1 });
});

it("nothing of a person but what a session needs is kept", async () => {
  await s.install();
  const row = JSON.stringify(await storeRow(s.db, hash));
  expect(row).not.toContain("@");
  expect(row).not.toContain(String(OWNER));
});
