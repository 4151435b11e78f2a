import { fingerprints, type SealingKeys } from "./crypto.ts";
import type { AccountId } from "./ids.ts";

/**
 * By what a shopper's customer in Cin7 Core is known again: a keyed hash of the e-mail, the currency behind it. Without our keys
 * nobody can tell from a row whether an address is among them. All of them, the present one first: for erasing.
 */
export const shopperPrints = (keys: SealingKeys, account: AccountId, email: string): Promise<string[]> =>
  fingerprints(keys, "shopper", `${account}|${email.trim().toLowerCase()}`);

export const shopperKey = (print: string, currency: string): string => `${print}:${currency}`;
