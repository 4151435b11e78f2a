import type { ApiContext } from "../api/access.ts";
import { cin7 } from "../cin7/client.ts";
import type { Config } from "../env.ts";
import type { AccountId } from "../lib/ids.ts";
import { type Company, readCompany } from "./company.ts";

export const TOO_MANY = "Too many tries. Wait a minute, then try again.";
export const BUSY = "Cin7 Core did not answer. Nothing was changed; try again in a minute.";

/** 5 a minute per address and per account ID, counted before Cin7 Core is asked (design 1). */
export async function tooOften(c: ApiContext, of: "address" | AccountId): Promise<boolean> {
  const key = of === "address" ? `address:${c.req.header("cf-connecting-ip") ?? "local"}` : `account:${of}`;
  return !(await c.env.SIGN_IN_LIMIT.limit({ key })).success;
}

/** `refused`: Cin7 Core does not know this account with this key. `no-answer`: it did not say. */
export type Proof = { is: "proven"; company: Company } | { is: "refused" } | { is: "no-answer" };

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
  const answer = await client.get("/me");
  if (answer.is === "denied" || answer.is === "refused" || answer.is === "missing") return { is: "refused" };
  const company = answer.is === "ok" ? readCompany(answer.body) : null;
  return company ? { is: "proven", company } : { is: "no-answer" };
}
