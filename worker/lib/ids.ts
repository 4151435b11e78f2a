/** Branded identifiers: swapping two of them does not compile. They are parsed once, at the border. */
declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

export type StoreHash = Branded<string, "StoreHash">;
/** Cin7 Core's account ID: a GUID in lower case. */
export type AccountId = Branded<string, "AccountId">;

/**
 * Whose data it is. First argument of every `store.ts` function; made only by session, webhook and inbox (design 1).
 * `account` is null until the store is linked to a Cin7 Core account. `epoch` is the store's when the tenant was made:
 * a write of an older epoch changes nothing.
 */
export type Tenant = Branded<{ readonly store: StoreHash; readonly account: AccountId | null; readonly epoch: number }, "Tenant">;
/** A tenant whose store is linked. */
export type Linked = Tenant & { readonly account: AccountId };

const HASH = /^[a-z0-9]{4,20}$/;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A store hash as BigCommerce writes it: `^[a-z0-9]{4,20}$` after lower-casing (design 6). Null: not one. */
export function storeHash(text: unknown): StoreHash | null {
  if (typeof text !== "string") return null;
  const hash = text.trim().toLowerCase();
  return HASH.test(hash) ? (hash as StoreHash) : null;
}

/** GUIDs differ in case between Cin7's endpoints: lower case everywhere (cin7-core.md 1.5). Null: not one. */
export function accountId(text: unknown): AccountId | null {
  if (typeof text !== "string") return null;
  const id = text.trim().toLowerCase();
  return GUID.test(id) ? (id as AccountId) : null;
}

export const sameGuid = (a: string | null | undefined, b: string | null | undefined): boolean =>
  a != null && b != null && a.toLowerCase() === b.toLowerCase();

/** Only session, webhook and inbox make tenants; everybody else is handed one. */
export const tenantOf = (store: StoreHash, account: AccountId | null, epoch: number): Tenant => ({ store, account, epoch }) as Tenant;
export const isLinked = (tenant: Tenant): tenant is Linked => tenant.account !== null;
