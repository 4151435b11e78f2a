import type { ApiContext } from "../api/access.ts";
import { accountInbox, type InboxStub, storeInbox } from "../inbox/client.ts";
import type { Work } from "../inbox/work.ts";
import { type AccountId, storeHash } from "../lib/ids.ts";
import { logBug } from "../lib/log.ts";
import { storesOf } from "./key-store.ts";

/** After a key was replaced: every queue of the account asks once with it, so that what a refused key held goes on at once. */
export async function wakeAll(c: ApiContext, account: AccountId): Promise<void> {
  const work: Work = { kind: "key.changed" };
  const put = async (inbox: InboxStub, store: string) => {
    try {
      await inbox.put([work]);
    } catch (error) {
      // What waits for Cin7 tries again by itself, every 5 minutes at least.
      logBug(error, { kind: work.kind, store });
    }
  };
  for (const hash of await storesOf(c.var.db, account)) {
    const known = storeHash(hash);
    if (known) await put(storeInbox(c.env, known), hash);
  }
  await put(accountInbox(c.env, account), account);
}
