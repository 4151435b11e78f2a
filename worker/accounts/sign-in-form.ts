import { type AccountId, accountId } from "../lib/ids.ts";
import { err, ok, type Result } from "../lib/result.ts";

/** One wording for a wrong account and a wrong key: neither can be tried out (design 1). */
export const NOT_ACCEPTED =
  "Cin7 Core does not accept this account ID with this application key. Copy both again from Integrations → API in Cin7 Core.";

export type SignInForm = { account: AccountId; key: string; name: string };

const KEY = /^[\x21-\x7e]{8,100}$/;
const KEY_WRONG = "Enter the application key as Cin7 Core shows it.";
const field = (given: Record<string, unknown>, name: string) => (typeof given[name] === "string" ? (given[name] as string).trim() : "");
const fieldsIn = (body: unknown) => (body && typeof body === "object" ? body : {}) as Record<string, unknown>;

/** The key alone, for *Replace key*. */
export function readKey(body: unknown): Result<string, string> {
  const key = field(fieldsIn(body), "applicationKey");
  return KEY.test(key) ? ok(key) : err(KEY_WRONG);
}

/** Checks the form only; what is wrong with it tells nothing about any account. */
export function readSignIn(body: unknown): Result<SignInForm, Record<string, string>> {
  const given = fieldsIn(body);
  const account = accountId(field(given, "accountId"));
  const key = field(given, "applicationKey");
  const name = field(given, "name").replace(/\p{Cc}+/gu, " ");
  const fields: Record<string, string> = {};
  if (!account) fields["accountId"] = "Enter the account ID as Cin7 Core shows it: 36 characters with dashes.";
  if (!KEY.test(key)) fields["applicationKey"] = KEY_WRONG;
  if (name === "" || name.length > 80) fields["name"] = "Enter your name, at most 80 characters. It is shown beside the changes you make.";
  return account && Object.keys(fields).length === 0 ? ok({ account, key, name }) : err(fields);
}
