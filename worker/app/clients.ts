import type { Clients, StoreRow } from "../api/access.ts";
import { bigCommerce, freshQuota, type StoreQuota } from "../bigcommerce/client.ts";
import { type Cin7, cin7, type Permit } from "../cin7/client.ts";
import type { Gate, Item, Meter } from "../cin7/gate.ts";
import type { WorkClass } from "../cin7/priority.ts";
import { type Config, configOf, type Env } from "../env.ts";
import { unseal } from "../lib/crypto.ts";
import type { Db } from "../lib/db/open.ts";
import type { accounts, orders, settingsVersions } from "../lib/db/schema/tables.ts";
import type { Exchange } from "../lib/http.ts";
import { type AccountId, accountId, type StoreHash } from "../lib/ids.ts";
import { keyRow, storeRows } from "./clients-store.ts";

/**
 * Puts the clients of both sides together for one store or account: credentials are unsealed here and live no longer than
 * the run or request that needs them. Part of the composition: slices are handed what this makes.
 */
export type Secrets = { token: string; key: { id: string; account: AccountId; secret: string; currency: string } | null };
type Hooks = {
  onBigCommerce?: (e: Exchange) => void;
  onCin7?: (e: Exchange) => void;
};

/** Who asks the gate for permits, and for how much. */
export type Asker = {
  /** Who takes turns: a store, or the account's own inbox. */
  name: string;
  /** The running item, and what waits beside it. */
  item(cls: WorkClass): Item;
  /** What the gate answered. */
  told(cls: WorkClass, permit: Permit): void;
};

type Loaded = {
  store: StoreRow;
  secrets: Secrets | null;
  saved: typeof settingsVersions.$inferSelect | null;
  account: typeof accounts.$inferSelect | null;
  order: typeof orders.$inferSelect | null;
};

/**
 * The row and, while the store is connected, its credentials, with the newest version of Setup for its account; null: no such
 * store. `orderId`: with this order's row. One statement: every item of a queue begins with it.
 */
export async function loadStore(env: Env, db: Db, hash: StoreHash, orderId: number | null = null): Promise<Loaded | null> {
  const row = await storeRows(db, hash, orderId);
  if (!row) return null;
  const { credentials, key, ...rows } = row;
  if (!credentials) return { ...rows, secrets: null };
  const token = await unseal(
    configOf(env).sealingKeys,
    { tenant: hash, table: "store_credentials", column: "sealed_token", row: hash },
    credentials.sealedToken,
  );
  const { account } = rows;
  return { ...rows, secrets: { token, key: key && account ? await openKey(env, { ...key, currency: account.currency }) : null } };
}

export async function loadKey(env: Env, db: Db, account: AccountId): Promise<NonNullable<Secrets["key"]> | null> {
  const row = await keyRow(db, account);
  return row ? openKey(env, row) : null;
}

async function openKey(env: Env, row: { id: string; account: string; sealedKey: string; currency: string }) {
  const place = { tenant: row.account, table: "account_keys", column: "sealed_key", row: row.id };
  const secret = await unseal(configOf(env).sealingKeys, place, row.sealedKey);
  return { id: row.id, account: accountId(row.account) as AccountId, secret, currency: row.currency };
}

export function bigCommerceFor(config: Config, hash: StoreHash, token: string, hooks: Hooks = {}, quota: StoreQuota = freshQuota()) {
  return bigCommerce({
    apiUrl: config.bigcommerce.apiUrl,
    hash,
    token,
    timeScale: config.timeScale,
    now: Date.now,
    quota,
    ...(hooks.onBigCommerce ? { onExchange: hooks.onBigCommerce } : {}),
  });
}

export function cin7For(env: Env, key: NonNullable<Secrets["key"]>, asker: Asker, cls: WorkClass, hooks: Hooks = {}): Cin7 {
  const config = configOf(env);
  const gate = gateOf(env, key.id);
  return cin7({
    apiUrl: config.cin7.apiUrl,
    account: key.account,
    key: key.secret,
    timeScale: config.timeScale,
    cls,
    ask: async (askedFor) => {
      const item = asker.item(askedFor);
      const want = Math.max(item.demand[askedFor] ?? 0, item.size);
      const permit = (await gate.ask(askedFor, asker.name, want, item)) as Permit;
      asker.told(askedFor, permit);
      return permit;
    },
    throttled: async () => {
      await gate.throttled();
    },
    ...(hooks.onCin7 ? { onExchange: hooks.onCin7 } : {}),
  });
}

const gateOf = (env: Env, keyId: string) => env.GATE.getByName(keyId) as unknown as DurableObjectStub<Gate>;

/** The call times of each of these keys, and who waited for them, go. */
export async function eraseGates(env: Env, keyIds: readonly string[]): Promise<void> {
  for (const id of keyIds) await gateOf(env, id).erase();
}

export const meterOf = (env: Env, keyId: string): Promise<Meter> => gateOf(env, keyId).meter() as Promise<Meter>;

export const forecastOf = (env: Env, keyId: string, cls: WorkClass, asker: string, nths: number[]): Promise<number[]> =>
  gateOf(env, keyId).forecast(cls, asker, nths) as Promise<number[]>;

/** One call now, nothing waiting behind it, and somebody in front of it. */
const ALONE: Omit<Asker, "name"> = {
  item: () => ({ key: "", size: 1, begun: false, running: [], demand: {}, person: true }),
  told: () => {},
};

/** What a person starts has a small share of its own, and beyond it asks as *order*: it never waits for sweeps or the catalogue (K38). */
export async function clientsForPerson(env: Env, db: Db, hash: StoreHash): Promise<Clients | null> {
  const loaded = await loadStore(env, db, hash);
  if (!loaded?.secrets) return null;
  const { token, key } = loaded.secrets;
  return {
    bigcommerce: bigCommerceFor(configOf(env), hash, token),
    cin7: key ? cin7For(env, key, { name: `person:${hash}`, ...ALONE }, "order") : null,
  };
}
