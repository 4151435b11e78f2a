import { factsFor, rememberLock } from "../accounts/facts-store.ts";
import { type Posting, postedOn } from "../accounts/lock-date.ts";
import { readCompany } from "../cin7/company.ts";
import type { LockedBooks } from "../contract/index.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { type Halt, haltOf } from "../inbox/vendor-answer.ts";
import { isDecided, postOpen } from "./decisions-store.ts";

/** The day of a document in these books (M13): as Setup says, or as somebody decided for this period. */
export async function postingDay(c: LinkedContext, day: string, choice: LockedBooks): Promise<Posting> {
  const { lockedTo } = await factsFor(c);
  const posting = postedOn(day, lockedTo, choice);
  if (posting.is === "open" || !(await isDecided(c.db, c.tenant, postOpen(posting.lockedTo)))) return posting;
  return postedOn(day, lockedTo, "first-open-day");
}

/** Cin7 refused a date: its lock date is read again and kept. Null: done. */
export async function readLockAgain(c: LinkedContext): Promise<Halt | null> {
  const me = await readCompany(c.cin7);
  if (me.is !== "read") return haltOf(me, c);
  await rememberLock(c, me.value.lockDate);
  return null;
}
