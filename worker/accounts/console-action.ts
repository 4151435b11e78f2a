import type { ApiContext } from "../api/access.ts";
import type { SessionReply } from "../contract/index.ts";
import { randomText } from "../lib/crypto.ts";
import type { AccountId } from "../lib/ids.ts";
import { signSession } from "../lib/token.ts";
import { accountEpoch } from "./store.ts";

/** A session of the console for who just proved a key of the account. */
export async function consoleSession(c: ApiContext, account: AccountId, name: string): Promise<SessionReply> {
  const { config, db, now } = c.var;
  const epoch = await accountEpoch(db, account);
  const claims = {
    mode: "console",
    id: randomText(16),
    subject: account,
    user: 0,
    name,
    epoch,
    launchedAt: Math.floor(now() / 1000),
  } as const;
  return { ...(await signSession(config.sessionKeys[0] as string, claims, now())), mode: "console" };
}
