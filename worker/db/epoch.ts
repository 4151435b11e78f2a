import { sql } from "drizzle-orm";
import type { Tenant } from "../lib/ids.ts";
import { stores } from "./schema.ts";

/** True only while the tenant's epoch is the store's: a flow that outlived a disconnect writes nothing (design 5). */
export const inEpoch = (tenant: Tenant) =>
  sql`EXISTS (SELECT 1 FROM ${stores} WHERE ${stores.hash} = ${tenant.store} AND ${stores.epoch} = ${tenant.epoch})`;
