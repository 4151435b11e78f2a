import { and, desc, eq, sql } from "drizzle-orm";
import type { Person, Role } from "../contract/index.ts";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { userAnswers, users } from "../lib/db/schema/tables.ts";
import type { Tenant } from "../lib/ids.ts";

/** Nobody decided about this user since they came in (again). */
const undecided = sql<boolean>`${users.owner} = 0 AND ${users.role} = 'view' AND NOT EXISTS (SELECT 1 FROM ${userAnswers} WHERE ${userAnswers.storeHash} = ${users.storeHash}
  AND ${userAnswers.userId} = ${users.userId} AND unixepoch(${userAnswers.answeredAt}) >= COALESCE(${users.removedAt}, 0))`;

/** Who may open the app for this store: the owner first, then who came last. */
export async function people(db: Db, tenant: Tenant): Promise<Person[]> {
  const rows = await db
    .select({
      id: users.userId,
      email: users.email,
      owner: users.owner,
      role: users.role,
      firstSeenAt: users.firstSeenAt,
      lastSeenAt: users.lastSeenAt,
      isNew: undecided,
    })
    .from(users)
    .where(and(eq(users.storeHash, tenant.store), eq(users.active, true)))
    .orderBy(desc(users.owner), desc(users.lastSeenAt))
    .limit(500)
    .all();
  return rows.map((row) => ({ ...row, isNew: Boolean(row.isNew) }));
}

/** A role acts on the person's next request (design 1). The owner's is not changed: false, as for somebody unknown or removed. */
export async function setRole(db: Db, tenant: Tenant, user: number, role: Role, set: { by: string; at: string }): Promise<Person | null> {
  const them = and(eq(users.storeHash, tenant.store), eq(users.userId, user), eq(users.active, true), eq(users.owner, false));
  const [changed] = await db.batch([
    db
      .update(users)
      .set({ role })
      .where(and(them, inEpoch(tenant)))
      .returning({ id: users.userId }),
    db
      .insert(userAnswers)
      .select(
        sql`SELECT ${tenant.store}, ${user}, ${set.at}, ${set.by} WHERE EXISTS (SELECT 1 FROM ${users} WHERE ${them}) AND ${inEpoch(tenant)}`,
      )
      .onConflictDoUpdate({ target: [userAnswers.storeHash, userAnswers.userId], set: { answeredAt: set.at, by: set.by } }),
  ]);
  if (changed.length === 0) return null;
  return (await people(db, tenant)).find((person) => person.id === user) ?? null;
}
