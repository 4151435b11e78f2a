import { fingerprints, type SealingKeys } from "./crypto.ts";
import type { AccountId, Linked } from "./ids.ts";

/**
 * By what a shopper's customer in Cin7 Core is known again: a keyed hash of the e-mail, the currency behind it. Without our keys
 * nobody can tell from a row whether an address is among them. All of them, the present one first: for erasing.
 */
export const shopperPrints = (keys: SealingKeys, account: AccountId, email: string): Promise<string[]> =>
  fingerprints(keys, "shopper", `${account}|${email.trim().toLowerCase()}`);

export const shopperKey = (print: string, currency: string): string => `${print}:${currency}`;

/** `registered`: of BigCommerce's own customer in that store, who may have another e-mail tomorrow; null: a guest. */
export type ShopperKeys = { email: string; registered: string | null };

export async function shopperKeys(
  keys: SealingKeys,
  tenant: Linked,
  shopper: { email: string; registered?: number | undefined },
  currency: string,
): Promise<ShopperKeys> {
  const [email = ""] = await shopperPrints(keys, tenant.account, shopper.email);
  if (!shopper.registered) return { email: shopperKey(email, currency), registered: null };
  const [registered = ""] = await fingerprints(keys, "shopper", `${tenant.account}|${tenant.store}|${shopper.registered}`);
  return { email: shopperKey(email, currency), registered: shopperKey(registered, currency) };
}
