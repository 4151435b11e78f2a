import { missing, scopeNames } from "../../bigcommerce/scopes.ts";
import type { StoreHash } from "../../lib/ids.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import { notAStore, readStoreHash } from "./hash-form.ts";

/** What *Add a store* was given, in a usable form: trimmed, as pasted from BigCommerce's text file (F9). */
export type StoreForm = { hash: StoreHash; token: string; clientId: string; clientSecret: string };

/** They travel in a header: printable, without spaces. */
const CREDENTIAL = /^[\x21-\x7e]{8,200}$/;

export function readStoreForm(body: unknown, apiUrl: string): Result<StoreForm, Record<string, string>> {
  const given = (body && typeof body === "object" ? body : {}) as Record<string, unknown>;
  const credential = (field: string) => (typeof given[field] === "string" ? (given[field] as string).trim() : "");
  const hash = readStoreHash(given["store"], apiUrl);
  const fields: Record<string, string> = {};
  if (!hash.ok) fields["store"] = notAStore(hash.error);
  for (const [field, name, article] of [
    ["accessToken", "access token", "an"],
    ["clientId", "client ID", "a"],
    ["clientSecret", "client secret", "a"],
  ] as const) {
    const value = credential(field);
    if (value === "")
      fields[field] = `Enter the ${name}. BigCommerce shows it once, when the API account is made, and in the file it offers then.`;
    else if (!CREDENTIAL.test(value))
      fields[field] = `This is not ${article} ${name}: paste it as it is in BigCommerce's file, without spaces.`;
  }
  if (!hash.ok || Object.keys(fields).length > 0) return err(fields);
  return ok({
    hash: hash.value,
    token: credential("accessToken"),
    clientId: credential("clientId"),
    clientSecret: credential("clientSecret"),
  });
}

/** The sentence for a token without what nothing works without; null: it has that (F9, F10). All that lack are named at once. */
export function essentialSentence(granted: readonly string[]): string | null {
  const lacking = missing(granted);
  const essential = lacking.filter((s) => s.essential);
  if (essential.length === 0) return null;
  const also = lacking.filter((s) => !s.essential);
  const rest = also.length > 0 ? ` It also lacks ${scopeNames(also)}.` : "";
  return `This token lacks ${scopeNames(essential)}. An API account's scopes cannot be changed: make a new one in BigCommerce with them and paste its credentials.${rest}`;
}

export const REFUSED_TOKEN =
  "BigCommerce does not accept this access token for this store. Check the store, and paste the token again; if its API account was deleted, make a new one.";
export const OTHER_STORE = "This access token belongs to another store. Check the store hash, or paste the token of that store.";
