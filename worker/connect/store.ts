import { and, eq, ne, sql } from "drizzle-orm";
import type { StoreRow } from "../api/access.ts";
import type { StoreInfo } from "../bigcommerce/schemas.ts";
import { randomText, type SealingKeys, seal, unseal } from "../lib/crypto.ts";
import { storeInEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { storeCredentials, stores, usedTokens, users } from "../lib/db/schema/tables.ts";
import { type StoreHash, type Tenant, tenantOf } from "../lib/ids.ts";
import { type CredentialColumn, credentialPlace, infoColumns } from "./columns.ts";

/** D1 rows of the directory that connecting writes: stores, sealed credentials, users, used tokens (design 1, 5). */
export type { StoreRow };

export async function storeRow(db: Db, hash: StoreHash): Promise<StoreRow | null> {
  return (await db.select().from(stores).where(eq(stores.hash, hash)).get()) ?? null;
}

/** True the first time only, over all callbacks (design 1: each `jti` is accepted once). */
export async function useToken(db: Db, jti: string, expiresAt: string): Promise<boolean> {
  const result = await db.insert(usedTokens).values({ jti, expiresAt }).onConflictDoNothing().run();
  return result.meta.changes > 0;
}

// ---- credentials ----------------------------------------------------------------------------------------------

export type Credentials = {
  connection: "app" | "store-api";
  clientId: string;
  token: string;
  /** Null for the app: its secret is the deployment's. */
  clientSecret: string | null;
  hookSecret: string;
  updatedAt: string;
};

/** Opens a store's credentials; null: it has none. For inbox, webhooks and clicks alike. */
export async function openCredentials(db: Db, tenant: Tenant, keys: SealingKeys): Promise<Credentials | null> {
  const row = await db.select().from(storeCredentials).where(eq(storeCredentials.storeHash, tenant.store)).get();
  if (!row) return null;
  const open = (column: CredentialColumn, sealed: string) => unseal(keys, credentialPlace(tenant.store, column), sealed);
  return {
    connection: row.connection,
    clientId: row.clientId,
    token: await open("sealed_token", row.sealedToken),
    clientSecret: row.sealedClientSecret === null ? null : await open("sealed_client_secret", row.sealedClientSecret),
    hookSecret: await open("sealed_hook_secret", row.sealedHookSecret),
    updatedAt: row.updatedAt,
  };
}

export type NewConnection = {
  hash: StoreHash;
  connection: "app" | "store-api";
  clientId: string;
  token: string;
  clientSecret: string | null;
  scopes: readonly string[];
  /** Null: BigCommerce did not answer; what is stored stays and is refreshed later. */
  info: StoreInfo | null;
  /** Of a console: the store is linked to this account. Null: the present link, or none, is kept. */
  account: string | null;
};

/**
 * Connects a store, or connects it again: an upsert that keeps link and settings (F8, F11). Both rows in one transaction.
 * False: the store is linked to another account, and nothing changed.
 */
export async function connectStore(db: Db, keys: SealingKeys, c: NewConnection, now: string): Promise<boolean> {
  const free = sql`(${stores.accountId} IS NULL OR ${stores.accountId} = ${c.account})`;
  const [stored] = await db.batch([
    db
      .insert(stores)
      .values(newStore(c, now))
      .onConflictDoUpdate({ target: stores.hash, set: storeAgain(c, now), ...(c.account === null ? {} : { setWhere: free }) })
      .returning({ hash: stores.hash }),
    // Only where the first statement found the store free: `EXISTS` sees what it wrote.
    db
      .insert(storeCredentials)
      .select(
        db
          .select(await credentialsOf(keys, c, now))
          .from(stores)
          .where(and(eq(stores.hash, c.hash), c.account === null ? undefined : eq(stores.accountId, c.account))),
      )
      .onConflictDoUpdate({ target: storeCredentials.storeHash, set: CREDENTIALS_AGAIN }),
  ]);
  return stored.length > 0;
}

const newStore = (c: NewConnection, now: string): typeof stores.$inferInsert => ({
  hash: c.hash,
  connection: c.connection,
  state: "active",
  accountId: c.account,
  scopes: c.scopes.join(" "),
  lookBefore: now,
  connectedAt: now,
  updatedAt: now,
  ...(c.info ? infoColumns(c.info) : {}),
});

/**
 * A store that is known already. Orders of the time before are looked up first unless it was active all along (design 3.5). A
 * running disconnect loses its epoch.
 */
function storeAgain(c: NewConnection, now: string) {
  const unlessActive = sql`CASE WHEN ${stores.state} = 'active' THEN`;
  return {
    ...(c.info ? infoColumns(c.info) : {}),
    connection: c.connection,
    state: "active" as const,
    scopes: c.scopes.join(" "),
    updatedAt: now,
    hooksCheckedAt: null,
    uninstallHintAt: null,
    epoch: sql`CASE WHEN ${stores.state} = 'closing' THEN ${stores.epoch} + 1 ELSE ${stores.epoch} END`,
    lookBefore:
      c.account === null
        ? sql`${unlessActive} ${stores.lookBefore} ELSE ${now} END`
        : sql`CASE WHEN ${stores.state} = 'active' AND ${stores.accountId} IS NOT NULL THEN ${stores.lookBefore} ELSE ${now} END`,
    connectedAt: sql`${unlessActive} ${stores.connectedAt} ELSE ${now} END`,
    ...(c.account === null ? {} : { accountId: c.account }),
  };
}

/** Its credentials, sealed, as columns of a statement that selects from the store. */
async function credentialsOf(keys: SealingKeys, c: NewConnection, now: string) {
  const seals = (column: CredentialColumn, text: string) => seal(keys, credentialPlace(c.hash, column), text);
  const secret = c.clientSecret === null ? null : await seals("sealed_client_secret", c.clientSecret);
  return {
    storeHash: stores.hash,
    connection: sql<"app" | "store-api">`${c.connection}`.as("connection"),
    clientId: sql<string>`${c.clientId}`.as("client_id"),
    sealedToken: sql<string>`${await seals("sealed_token", c.token)}`.as("sealed_token"),
    sealedClientSecret: sql<string | null>`${secret}`.as("sealed_client_secret"),
    sealedHookSecret: sql<string>`${await seals("sealed_hook_secret", randomText())}`.as("sealed_hook_secret"),
    updatedAt: sql<string>`${now}`.as("updated_at"),
  };
}

/** The hooks of the same client keep their secret header; a new client makes its own. */
const CREDENTIALS_AGAIN = {
  connection: sql`excluded.connection`,
  clientId: sql`excluded.client_id`,
  sealedToken: sql`excluded.sealed_token`,
  sealedClientSecret: sql`excluded.sealed_client_secret`,
  sealedHookSecret: sql`CASE WHEN ${storeCredentials.clientId} = excluded.client_id THEN ${storeCredentials.sealedHookSecret} ELSE excluded.sealed_hook_secret END`,
  updatedAt: sql`excluded.updated_at`,
};

// ---- what the flows write -------------------------------------------------------------------------------------

export async function presentStore(db: Db, tenant: Tenant): Promise<StoreRow | null> {
  return (await db.select().from(stores).where(storeInEpoch(tenant)).get()) ?? null;
}

export async function saveInfo(db: Db, tenant: Tenant, info: StoreInfo, now: string): Promise<void> {
  await db
    .update(stores)
    .set({ ...infoColumns(info), updatedAt: now })
    .where(storeInEpoch(tenant))
    .run();
}

export async function hooksChecked(db: Db, tenant: Tenant, now: string): Promise<void> {
  await db.update(stores).set({ hooksCheckedAt: now }).where(storeInEpoch(tenant)).run();
}

export async function hintUninstall(db: Db, tenant: Tenant, at: string | null): Promise<void> {
  await db.update(stores).set({ uninstallHintAt: at }).where(storeInEpoch(tenant)).run();
}

/**
 * BigCommerce no longer knows our token: sessions and running flows end (epoch + 1), everything else is kept for a
 * reinstall. Only while the credentials are those that were refused: an install meanwhile wins. False: it did.
 */
export async function refuseToken(db: Db, tenant: Tenant, credentialsOf: string, now: string): Promise<boolean> {
  const same = sql`EXISTS (SELECT 1 FROM ${storeCredentials} WHERE ${storeCredentials.storeHash} = ${tenant.store} AND ${storeCredentials.updatedAt} = ${credentialsOf})`;
  const result = await db
    .update(stores)
    .set({ state: "reconnect", epoch: sql`${stores.epoch} + 1`, hooksCheckedAt: null, uninstallHintAt: null, updatedAt: now })
    .where(and(storeInEpoch(tenant), eq(stores.state, "active"), same))
    .run();
  return result.meta.changes > 0;
}

/** Before the store is opened to anybody: who made the request is told by its signature. */
export const tenantOfRow = (row: StoreRow, hash: StoreHash): Tenant => tenantOf(hash, row.accountId as Tenant["account"], row.epoch);

// ---- users ----------------------------------------------------------------------------------------------------

export type SeenUser = { id: number; email: string; locale: string; owner: boolean; issuedAt: number };

/**
 * A person opens the app: the owner may configure, anybody else first seen may look (M47). Who was removed and is let in
 * by BigCommerce again begins anew; a launch signed before the removal does not count. False: not let in.
 */
export async function seeUser(db: Db, tenant: Tenant, seen: SeenUser, now: string): Promise<boolean> {
  const row = { storeHash: tenant.store, userId: seen.id, email: seen.email, locale: seen.locale, owner: seen.owner };
  const role = seen.owner ? "configure" : "view";
  const result = await db
    .insert(users)
    .values({ ...row, role, active: true, firstSeenAt: now, lastSeenAt: now })
    .onConflictDoUpdate({
      target: [users.storeHash, users.userId],
      set: {
        email: seen.email,
        locale: seen.locale,
        owner: seen.owner,
        active: true,
        lastSeenAt: now,
        // A former owner and a person who was removed begin again with the least.
        role: seen.owner ? "configure" : sql`CASE WHEN ${users.owner} = 1 OR ${users.active} = 0 THEN 'view' ELSE ${users.role} END`,
      },
      setWhere: sql`(${users.removedAt} IS NULL OR ${users.removedAt} < ${seen.issuedAt})`,
    })
    .run();
  if (result.meta.changes === 0) return false;
  if (seen.owner) await demoteOthers(db, tenant, seen.id, seen.issuedAt);
  return true;
}

/** A store has one owner: who was it before is a further user now, and launches signed before that no longer count. */
async function demoteOthers(db: Db, tenant: Tenant, owner: number, issuedAt: number): Promise<void> {
  await db
    .update(users)
    .set({ owner: false, role: "view", removedAt: issuedAt })
    .where(and(eq(users.storeHash, tenant.store), eq(users.owner, true), ne(users.userId, owner)))
    .run();
}

/** From this moment no session of the person works; a launch signed before it does not bring them back. Who they were is forgotten. */
export async function removeUser(
  db: Db,
  tenant: Tenant,
  user: { id: number; locale: string },
  issuedAt: number,
  now: string,
): Promise<void> {
  await db
    .insert(users)
    .values({
      storeHash: tenant.store,
      userId: user.id,
      email: "",
      locale: user.locale,
      owner: false,
      role: "view",
      active: false,
      removedAt: issuedAt,
      firstSeenAt: now,
      lastSeenAt: now,
    })
    .onConflictDoUpdate({
      target: [users.storeHash, users.userId],
      set: { active: false, owner: false, email: "", removedAt: sql`max(coalesce(${users.removedAt}, 0), ${issuedAt})` },
    })
    .run();
}
