import { gunzip, gzip, type SealedAt, type SealingKeys, seal, unsealBytes } from "../lib/crypto.ts";
import type { Claims } from "./claim.ts";
import type { Frozen } from "./flow.ts";
import * as table from "./table.ts";

/** Where a body is sealed; `step` null: as a release before kept it. */
export const frozenPlace = (inbox: string, orderId: number, step: string | null): SealedAt =>
  step === null
    ? { tenant: inbox, table: "drafts", column: "draft", row: String(orderId) }
    : { tenant: inbox, table: "frozen", column: "body", row: `${orderId}:${step}` };

/** What is to be sent under each claim step: gzip, sealed, in the inbox's own SQLite (design 3.4). `inbox`: its name. */
export function frozenIn(sql: SqlStorage, keys: SealingKeys, inbox: string): Frozen {
  const place = (orderId: number, step: string | null) => frozenPlace(inbox, orderId, step);
  const sealed = async (orderId: number, step: string, body: unknown) => seal(keys, place(orderId, step), await gzip(JSON.stringify(body)));
  return {
    newest: async (orderId, end) => {
      const found = table.newestFrozen(sql, orderId, end);
      return found && JSON.parse(await gunzip(await unsealBytes(keys, place(orderId, found.step), found.body)));
    },
    keep: async (orderId, step, body) => table.freeze(sql, orderId, step, await sealed(orderId, step, body), Date.now()),
    older: (limit) => table.olderDrafts(sql, limit),
    settle: async (orderId, step, body) => table.settleDraft(sql, orderId, step, await sealed(orderId, step, body)),
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
