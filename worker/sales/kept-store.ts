import type { LinkedContext } from "../inbox/flow.ts";
import { markOf, saleStep } from "../orders/marks.ts";
import { type DayKept, type Kept, keptFrom, type SoldKept } from "./kept.ts";

/** What is kept of sales, each under its claim step; the one way to it. Only while no claim of its sale exists it is mapped anew (design 3.4). */
type In = Pick<LinkedContext, "frozen">;

/** Of the generation that was kept last; null: nothing is kept. */
export async function saleKept(c: In, orderId: number): Promise<Kept | null> {
  const stored = await c.frozen.newest(orderId, SALES);
  return stored === null ? null : keptFrom(stored);
}

/** The steps of an order's sales, whichever generation. */
const SALES = ":sale";

export async function orderKept(c: In, orderId: number): Promise<SoldKept | null> {
  const kept = await saleKept(c, orderId);
  return kept?.is === "day" ? null : kept;
}

export async function dayKept(c: In, daySale: number): Promise<DayKept | null> {
  const kept = await saleKept(c, daySale);
  return kept?.is === "day" ? kept : null;
}

export const stepOf = ({ draft }: Kept): string => saleStep(draft.orderId, markOf(draft.mark)?.generation ?? 1);

export const keepSale = (c: In, kept: Kept): Promise<void> => c.frozen.keep(kept.draft.orderId, stepOf(kept), kept);
