import { type AccountFacts, accountFacts, rememberLock } from "../../accounts/facts-store.ts";
import { type Posting, postedOn } from "../../accounts/lock-date.ts";
import * as cin7 from "../../cin7/schemas.ts";
import type { LockedBooks } from "../../contract/index.ts";
import type { Halt } from "../../inbox/claim.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { haltOf } from "../../inbox/halt.ts";
import { isDecided, postOpen } from "../decisions-store.ts";

/** Read once in a run: its context lives as long as it does. */
const known = new WeakMap<LinkedContext, AccountFacts>();

/** The day of a document in these books (M13): as Setup says, or as somebody decided for this period. */
export async function postingDay(c: LinkedContext, day: string, choice: LockedBooks): Promise<Posting> {
  const facts = known.get(c) ?? (await accountFacts(c.db, c.tenant));
  known.set(c, facts);
  const { lockedTo } = facts;
  const posting = postedOn(day, lockedTo, choice);
  if (posting.is === "open" || !(await isDecided(c.db, c.tenant, postOpen(posting.lockedTo)))) return posting;
  return postedOn(day, lockedTo, "first-open-day");
}

/** Cin7 refused a date: its lock date is read again and kept. Null: done. */
export async function readLockAgain(c: LinkedContext): Promise<Halt | null> {
  const answer = await c.cin7.get("/me");
  const halt = haltOf(answer, c);
  if (halt) return halt;
  const me = cin7.me.safeParse(answer.is === "ok" ? answer.body : null);
  if (!me.success) return { is: "trouble", why: "Cin7 Core's answer could not be understood." };
  await rememberLock(c.db, c.tenant, me.data.LockDate || null);
  known.delete(c);
  return null;
}
