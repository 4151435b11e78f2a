import { gunzip, gzip, type Place, type SealingKeys, seal, unsealBytes } from "../lib/crypto.ts";
import type { Claims } from "./claim.ts";
import type { Drafts } from "./flow.ts";
import * as table from "./table.ts";

export const draftPlace = (inbox: string, orderId: number): Place => ({
  tenant: inbox,
  table: "drafts",
  column: "draft",
  row: String(orderId),
});

/** What is to be sent of each order: gzip, sealed, in the inbox's own SQLite (design 3.4). `inbox`: its name. */
export function draftsIn(sql: SqlStorage, keys: SealingKeys, inbox: string): Drafts {
  const place = (orderId: number) => draftPlace(inbox, orderId);
  return {
    of: async <T>(orderId: number) => {
      const sealed = table.draftOf(sql, orderId);
      return sealed === null ? null : (JSON.parse(await gunzip(await unsealBytes(keys, place(orderId), sealed))) as T);
    },
    keep: async (orderId, value) => {
      const sealed = await seal(keys, place(orderId), await gzip(JSON.stringify(value)));
      table.keepDraft(sql, orderId, sealed, Date.now());
    },
  };
}

/**
 * Claims in the inbox's own SQLite. `sync`: waits until what was written is durable; a superseded object throws there (design
 * 3.1). `before`: what goes to the disk with a claim that is opened.
 */
export function claimsIn(sql: SqlStorage, sync: () => Promise<void>, before = async () => {}): Claims {
  return {
    since: table.erasedAt(sql),
    of: (step) => {
      const row = table.claimOf(sql, step);
      return (
        row && {
          mark: row.mark,
          startedAt: row.started,
          attempt: row.attempt,
          lookedAt: row.looked,
          answer: row.answer === null ? null : JSON.parse(row.answer),
        }
      );
    },
    open: async (step, mark) => {
      await before();
      table.openClaim(sql, step, mark, Date.now());
      await sync();
    },
    looked: async (step) => table.lookedAt(sql, step, Date.now()),
    close: async (step, mark, answer) => table.closeClaim(sql, step, mark, answer, Date.now()),
    drop: async (step) => table.dropClaim(sql, step),
    forget: async (step) => {
      table.forgetClaim(sql, step);
      await sync();
    },
  };
}
