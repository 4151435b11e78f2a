import type { ApiContext } from "../api/access.ts";
import { allowed, networkIn } from "../api/limits.ts";
import { cin7 } from "../cin7/client.ts";
import { readCompany } from "../cin7/company.ts";
import type { Config } from "../env.ts";
import type { AccountId } from "../lib/ids.ts";
import { type CompanyOfKey, companyOf } from "./company.ts";

export const TOO_MANY = "Too many tries. Wait a minute, then try again.";
export const BUSY = "Cin7 Core did not answer. Nothing was changed; try again in a minute.";

/** 5 tries a minute from one address, before anything else is looked at (design 1). */
export const tooManyHere = async (c: ApiContext): Promise<boolean> => !(await allowed(c, "SIGN_IN_LIMIT", `address:${networkIn(c)}`));

/**
 * 5 a minute for one account, counted before Cin7 Core is asked. Who knows an account ID can use those up: then each address
 * still has 2 of its own there, so that its people come in while a stranger tries.
 */
export async function tooManyFor(c: ApiContext, account: AccountId): Promise<boolean> {
  if (await allowed(c, "SIGN_IN_LIMIT", `account:${account}`)) return false;
  return !(await allowed(c, "SIGN_IN_SLOW", `account:${account}:${networkIn(c)}`));
}

/** Somebody who is signed in is counted as themselves: what strangers do at the door does not count against them. */
export const tooManyBy = async (c: ApiContext): Promise<boolean> => {
  const { mode, store, account, user } = c.var.session;
  return !(await allowed(c, "SIGN_IN_LIMIT", `person:${mode}:${store ?? account}:${user}`));
};

/** `refused`: Cin7 Core does not know this account with this key. `no-answer`: it did not say. */
export type Proof = { is: "proven"; company: CompanyOfKey } | { is: "refused" } | { is: "no-answer" };

/** Account and key together at `/me` (cin7-core.md 7.1): 200 is of this very account. No gate object comes into being before it (design 1). */
export async function proveKey(config: Config, account: AccountId, key: string): Promise<Proof> {
  const client = cin7({
    apiUrl: config.cin7.apiUrl,
    account,
    key,
    timeScale: config.timeScale,
    cls: "order",
    ask: async () => ({ granted: true }),
    throttled: async () => {},
  });
  const read = await readCompany(client);
  if (read.is === "denied" || read.is === "refused" || read.is === "missing") return { is: "refused" };
  const company = read.is === "read" ? companyOf(read.value) : null;
  return company ? { is: "proven", company } : { is: "no-answer" };
}
