import type { Claims } from "../../inbox/claim.ts";
import type { DayKept, DayParts, MemberKept } from "../../sales/kept.ts";
import { markOf, saleStep } from "../marks.ts";
import { type Looks, type LooksFrom, looksFirst } from "./look-first.ts";

/** What we remember of an order, and from when on (design 3.5). Pure. */
type Row = { placedAt: string; generation: number };

/**
 * Of an order whose documents are looked for first, earlier writes may not be remembered: the last instant of one that we
 * forgot, epoch ms (long ago where nothing was); null: all are remembered.
 */
export const forgottenAt = (c: LooksFrom & { claims: Pick<Claims, "since"> }, row: Pick<Row, "placedAt">, kept: Looks): number | null =>
  looksFirst(c, row, kept) ? (c.claims.since ?? Date.parse(c.store.lookBefore)) : null;

/**
 * The generation that was sent last: the row's, unless the mapped sale or a claim knows a later one, because an old database
 * was restored. `isClaimed`: whether a sale of this generation was begun.
 */
export function generationOf(row: Pick<Row, "generation">, draftMark: string | null, isClaimed: (generation: number) => boolean): number {
  let last = Math.max(row.generation, (draftMark && markOf(draftMark)?.generation) || 1);
  while (isClaimed(last + 1)) last++;
  return last;
}

/** Whether a mapped sale is the one that the row wants; else the row is older (a restored database) or newer (created again). */
export const isWanted = (draftMark: string, row: Pick<Row, "generation">): boolean => markOf(draftMark)?.generation === row.generation;

/**
 * The daily sale that an order is in, if that was begun; a restored database may have forgotten both. `day`: what is kept of that
 * sale. A day that was never begun takes it in when it ends next.
 */
export function begunDay(claims: Pick<Claims, "of">, { order, daySale }: MemberKept, day: DayKept | null): DayParts | null {
  if (!day || !claims.of(saleStep(daySale, 1))) return null;
  return day.day.members.some((member) => member.orderId === order.id) ? day.day : null;
}
