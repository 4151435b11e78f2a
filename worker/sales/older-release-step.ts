import * as z from "zod";
import type { LinkedContext } from "../inbox/flow.ts";
import { iso } from "../lib/days.ts";
import { logBug } from "../lib/log.ts";
import { markOf } from "../orders/marks.ts";
import { paymentsOf } from "../orders/payments-store.ts";
import { orderOf } from "../orders/store.ts";
import { writeDocuments } from "./documents-store.ts";
import type { Kept } from "./kept.ts";
import { saleKept, stepOf } from "./kept-store.ts";
import { fillLines } from "./lines-store.ts";
import { documentsFrom } from "./older-release.ts";

/** Orders of one run: some statements each, and a run has a thousand. */
const PART = 100;

/**
 * What a release before wrote is brought into today's tables while what was sent is still kept (decision 0026): each draft under
 * its claim step, its rows, the documents that its order shows. Nothing that is known better is overwritten, so it may run beside
 * the order's own flows and more than once. True: there may be more.
 */
export async function settleOlder(c: LinkedContext): Promise<boolean> {
  const ids = c.frozen.older(PART);
  let settled = 0;
  for (const orderId of ids) {
    try {
      const kept = await saleKept(c, orderId);
      if (kept) await settleOne(c, orderId, kept);
      settled++;
    } catch (error) {
      // One that cannot be read keeps nothing else from going on; it goes with its order.
      logBug(error, { kind: "older-release", store: c.tenant.store, key: String(orderId) });
    }
  }
  return ids.length === PART && settled > 0;
}

const service = z.object({ service: z.literal(true) });

async function settleOne(c: LinkedContext, orderId: number, kept: Kept): Promise<void> {
  const { draft } = kept;
  const step = stepOf(kept);
  const generation = markOf(draft.mark)?.generation ?? 1;
  const row = await orderOf(c.db, c.tenant, orderId);
  if (row?.generation === generation && row.accountId === c.tenant.account) {
    const isService = service.safeParse(c.claims.of(step)?.answer).success;
    const docs = documentsFrom(row, draft, await paymentsOf(c.db, c.tenant, orderId), isService);
    const lines = fillLines(c.db, c.tenant, { orderId, generation }, draft);
    if (docs.length > 0) await c.db.batch([lines, writeDocuments(c.db, c.tenant, row, docs, iso(c.now()))]);
    else await lines.run();
  }
  await c.frozen.settle(orderId, step, kept);
}
