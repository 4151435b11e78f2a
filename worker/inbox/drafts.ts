import { gunzip, gzip, type SealingKeys, seal, unsealBytes } from "../lib/crypto.ts";
import type { Drafts } from "./flow.ts";
import * as table from "./table.ts";

/** What is to be sent of each order: gzip, sealed, in the inbox's own SQLite (design 3.4). `inbox`: its name. */
export function draftsIn(sql: SqlStorage, keys: SealingKeys, inbox: string): Drafts {
  const place = (orderId: number) => ({ tenant: inbox, table: "drafts", column: "draft", row: String(orderId) });
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
