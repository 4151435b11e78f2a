import type { Db } from "../lib/db/open.ts";
import type { Tenant } from "../lib/ids.ts";
import { documentsOf } from "../sales/documents-store.ts";
import { assembledWords, madeIn } from "./plan.ts";

/** What was assembled for an order, in words; "": nothing. */
export const assembledFor = async (db: Db, tenant: Tenant, orderId: number): Promise<string> =>
  assembledWords(madeIn(await documentsOf(db, tenant, orderId)));
