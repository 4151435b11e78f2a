import type { SealedAt, SealingKeys } from "../lib/crypto.ts";

/** Under which an older release recognised application keys again: the sealing keys themselves. Looked up still, no more written. */
export const formerSecrets = (keys: SealingKeys): string[] =>
  Object.entries(keys.keys)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, secret]) => secret);

/** What is fingerprinted carries its purpose: a link code is never taken for a key. */
export const keyText = (account: string, key: string): string => `cin7-key:${account}:${key.toLowerCase()}`;
export const linkText = (code: string): string => `link:${code}`;
/** That this store used this code: the same press again finds the same one connection. */
export const usedText = (store: string, code: string): string => `link-used:${store}:${code}`;

export const keyPlace = (account: string, keyId: string): SealedAt => ({
  tenant: account,
  table: "account_keys",
  column: "sealed_key",
  row: keyId,
});
