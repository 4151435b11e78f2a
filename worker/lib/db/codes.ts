import { and, eq, exists, gt, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { oneTimeCodes } from "./schema/tables.ts";

/**
 * One-time codes of every purpose; the only file that reads and writes them. Their hashes alone are stored, and each serves in its
 * time and once: it is taken by DELETE … RETURNING (design 1).
 */
type Code = typeof oneTimeCodes.$inferInsert;
type Purpose = Code["purpose"];
type Subject = (typeof oneTimeCodes.$inferSelect)["subject"];

export const putCode = (db: Db, code: Code) => db.insert(oneTimeCodes).values(code);

const good = (purpose: Purpose, hashes: readonly string[], now: string) =>
  and(inArray(oneTimeCodes.codeHash, [...hashes]), eq(oneTimeCodes.purpose, purpose), gt(oneTimeCodes.expiresAt, now));

/** In a statement: one of these still serves. */
export const isGood = (db: Db, purpose: Purpose, hashes: readonly string[], now: string): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(oneTimeCodes)
      .where(good(purpose, hashes, now)),
  );

/** Whom it is for, without using it up. */
export async function peekCode(db: Db, purpose: Purpose, hashes: readonly string[], now: string): Promise<Subject | null> {
  const row = await db
    .select({ subject: oneTimeCodes.subject })
    .from(oneTimeCodes)
    .where(good(purpose, hashes, now))
    .get();
  return row?.subject ?? null;
}

/** Takes it away, as a statement of a batch, and says whom it was for; `only`: where this holds as well. */
export const takeCode = (db: Db, purpose: Purpose, hashes: readonly string[], now: string, only?: SQL) =>
  db
    .delete(oneTimeCodes)
    .where(and(good(purpose, hashes, now), only))
    .returning({ subject: oneTimeCodes.subject });

/** In a statement of codes: what their subject says under this name. */
export const saysOf = (name: string): SQL => sql`json_extract(${oneTimeCodes.subject}, ${`$.${name}`})`;

export const forgetCodes = (db: Db, now: string) => db.delete(oneTimeCodes).where(lt(oneTimeCodes.expiresAt, now));
