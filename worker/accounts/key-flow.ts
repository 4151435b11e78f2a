import type { ApiContext } from "../api/access.ts";
import type { Cin7 } from "../cin7/client.ts";
import { readCompany } from "../cin7/company.ts";
import { accountInbox, type InboxStub, storeInbox } from "../inbox/client.ts";
import type { FlowContext } from "../inbox/flow.ts";
import { done, type Outcome } from "../inbox/outcome.ts";
import { haltOf, stop } from "../inbox/vendor-answer.ts";
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

/**
 * `key.changed`: one call with the key that is used now. It needs no side to be there, so it runs while Cin7 counts as away:
 * its answer brings Cin7 back, and what waited for it is due. `next`: what else is looked at then.
 */
export async function askAgain(c: FlowContext & { cin7: Cin7 }, next: Work[]): Promise<Outcome> {
  const read = await readCompany(c.cin7);
  if (read.is !== "read") return stop(haltOf(read, c), c, () => ({ kind: "cin7-denied" }));
  return done("Cin7 Core accepts the application key. What waited goes on.", { clears: ["cin7-denied"], next });
}
