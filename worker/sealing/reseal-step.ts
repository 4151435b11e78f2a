import type { InboxStub, ResealedUpTo } from "../inbox/client.ts";
import type { SealingKeys } from "../lib/crypto.ts";
import type { Db } from "../lib/db/open.ts";
import type { StoreHash } from "../lib/ids.ts";
import { logBug } from "../lib/log.ts";
import { queueResealed, queuesToReseal, resealRows } from "./reseal-store.ts";

/**
 * Everything that is sealed with an older key is sealed anew with the present one, some of it at each tick of the cron, until
 * nothing is left: then the older key can be taken away (docs/runbook.md). Cut short anywhere it goes on at the next tick:
 * what is done is known by how it begins, a queue that is done by its store's row.
 */
const ROWS = 200;
const QUEUES = 50;
/** Of one queue, in one tick. */
const PARTS = 100;

/** How much was sealed anew, and how many queues are not done; zeros: nothing is left. */
type Resealed = { rows: number; queuesLeft: number };

export async function resealSome(db: Db, keys: SealingKeys, inboxOf: (store: StoreHash) => Pick<InboxStub, "reseal">): Promise<Resealed> {
  let rows = await resealRows(db, keys, ROWS);
  const queues = await queuesToReseal(db, keys, QUEUES);
  let queuesLeft = queues.length === QUEUES ? 1 : 0;
  for (const store of queues) {
    try {
      const { rows: of, done } = await resealQueue(keys, inboxOf(store));
      rows += of;
      if (done) await queueResealed(db, keys, store);
      else queuesLeft++;
    } catch (error) {
      // One's trouble is not the others'.
      logBug(error, { kind: "reseal", store });
      queuesLeft++;
    }
  }
  return { rows, queuesLeft };
}

/** A queue may still run the former deploy and judge by its keys: what it calls done then is not. */
async function resealQueue(keys: SealingKeys, inbox: Pick<InboxStub, "reseal">): Promise<{ rows: number; done: boolean }> {
  let rows = 0;
  let upTo: ResealedUpTo | null = null;
  for (let part = 0; part < PARTS; part++) {
    const next = await inbox.reseal(upTo);
    rows += next.rows;
    if (next.under !== keys.current) return { rows, done: false };
    upTo = next.upTo;
    if (upTo === null) return { rows, done: true };
  }
  return { rows, done: false };
}
