import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { Env } from "../../env.ts";
import type { AccountId } from "../ids.ts";
import * as schema from "./schema/tables.ts";

export type Db = DrizzleD1Database<typeof schema>;

/** The only way to a database. D1 ends at 10 GB: an account may one day live in another one (design 5). */
export function open(env: Pick<Env, "DB">, _account?: AccountId): Db {
  return drizzle(env.DB, { schema });
}
