import { and, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Claims } from "../inbox/claim.ts";
import { inEpoch, insertInEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { sharedThings } from "../lib/db/schema/tables.ts";
import type { Linked } from "../lib/ids.ts";

/** What all stores of an account share in Cin7 and is made once: the row is the claim, before the look-up (design 3.6). */
export type SharedThing = Pick<typeof sharedThings.$inferSelect, "kind" | "key">;
const shared = (tenant: Linked, { kind, key }: SharedThing) =>
  and(eq(sharedThings.accountId, tenant.account), eq(sharedThings.kind, kind), eq(sharedThings.key, key));

/**
 * Claims a shared thing. `mine`: nobody had it, or the holder's claim is older than `staleBefore`. Else the row as it is:
 * with `cin7Id` it is ready, without it somebody else is at it (or the epoch is over) and we come back later.
 */
export async function claimShared(
  db: Db,
  tenant: Linked,
  thing: SharedThing,
  by: string,
  at: { now: string; staleBefore: string },
): Promise<{ mine: boolean; cin7Id: string | null }> {
  const there = () => db.select().from(sharedThings).where(shared(tenant, thing)).get();
  const known = await there();
  if (known?.cin7Id) return { mine: false, cin7Id: known.cin7Id };
  await insertInEpoch(db, tenant, sharedThings, { ...thing, accountId: tenant.account, claimedBy: by, claimedAt: at.now })
    .onConflictDoUpdate({
      target: [sharedThings.accountId, sharedThings.kind, sharedThings.key],
      set: { claimedBy: by, claimedAt: at.now },
      setWhere: sql`${sharedThings.cin7Id} IS NULL AND (${sharedThings.claimedBy} = ${by} OR ${lt(sharedThings.claimedAt, at.staleBefore)})`,
    })
    .run();
  const row = await there();
  return { mine: row?.claimedBy === by && row.cin7Id === null, cin7Id: row?.cin7Id ?? null };
}

/** It is there. `name`: as Cin7 has it, where people see it. */
export async function settleShared(db: Db, tenant: Linked, thing: SharedThing, cin7Id: string, name?: string): Promise<void> {
  await db
    .update(sharedThings)
    .set({ cin7Id, ...(name === undefined ? {} : { name }) })
    .where(and(shared(tenant, thing), inEpoch(tenant)))
    .run();
}

/** Cin7 no longer takes what is stored: the next who needs it looks for it again. Another ID than this one stays. */
export async function forgetShared(db: Db, tenant: Linked, thing: SharedThing, cin7Id: string): Promise<void> {
  await db
    .delete(sharedThings)
    .where(and(shared(tenant, thing), eq(sharedThings.cin7Id, cin7Id), inEpoch(tenant)))
    .run();
}

/** The claim of `by`, while it is theirs: another's, and what is ready, is none. */
const claimOf = (tenant: Linked, thing: SharedThing, by: string) =>
  and(shared(tenant, thing), eq(sharedThings.claimedBy, by), isNull(sharedThings.cin7Id), inEpoch(tenant));

/** Who has the claim gives it back: surely nothing was written. Who lost it meanwhile has nothing to give. */
export async function dropShared(db: Db, tenant: Linked, thing: SharedThing, by: string): Promise<void> {
  await db
    .delete(sharedThings)
    .where(claimOf(tenant, thing, by))
    .run();
}

/**
 * The row as the one rule of writes knows a claim, for who holds it and has looked for the thing under it. It is held anew right
 * before the write, from when on the quiet time counts; who lost it meanwhile throws there. `settle`: what is kept of the answer.
 */
export const claimsOn = (
  db: Db,
  tenant: Linked,
  thing: SharedThing,
  by: string,
  rest: { now(): string; settle(answer: unknown): Promise<void> },
): Claims => ({
  of: () => null,
  open: async () => {
    const held = await db
      .update(sharedThings)
      .set({ claimedAt: rest.now() })
      .where(claimOf(tenant, thing, by))
      .run();
    if (held.meta.changes === 0) throw new Error("somebody else makes it meanwhile");
  },
  looked: async () => {},
  close: (_step, _mark, answer) => rest.settle(answer),
  drop: () => dropShared(db, tenant, thing, by),
  forget: () => dropShared(db, tenant, thing, by),
});

// ---- charge items ----------------------------------------------------------------------------------------------

/** Charge items that Lockstep made for this account, by their names (folded). */
export async function chargesMade(db: Db, tenant: Linked): Promise<Map<string, { id: string; name: string }>> {
  const { cin7Id, name, key, accountId, kind } = sharedThings;
  const rows = await db
    .select({ id: cin7Id, name, key })
    .from(sharedThings)
    .where(and(eq(accountId, tenant.account), eq(kind, "charge"), isNotNull(cin7Id)))
    .all();
  return new Map(rows.flatMap(({ id, name, key }) => (id && name ? [[key, { id, name }] as const] : [])));
}

/** Product IDs of charge items that Cin7 Core has just given us by name: these need no second look when they are saved. */
export async function chargeIds(db: Db, tenant: Linked): Promise<Set<string>> {
  const rows = await db
    .select({ id: sharedThings.cin7Id })
    .from(sharedThings)
    .where(and(eq(sharedThings.accountId, tenant.account), eq(sharedThings.kind, "charge")))
    .all();
  return new Set(rows.flatMap((row) => (row.id === null ? [] : [row.id])));
}
