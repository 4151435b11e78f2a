import * as z from "zod";
import type { OrderState, Role } from "../../contract/index.ts";
import { boundsOf, iso } from "../../lib/days.ts";
import { PENDING } from "./list-row.ts";
import type { AskedOrders } from "./list-store.ts";

/** What a list of orders is asked for in its address: the same for the page and for the file of exactly what it shows. */
const day = z.iso.date().nullable().catch(null).default(null);
export const listQuery = z.object({
  view: z.enum(["pending", "log"]).catch("log").default("log"),
  q: z
    .string()
    .trim()
    .catch("")
    .default("")
    .transform((q) => q.slice(0, 100)),
  state: z.enum(["pending", "sending", "held", "sent", "not-taken", "failed", "unpaid"]).nullable().catch(null).default(null),
  /** Days on which they were placed, in the store's zone; both included. */
  from: day,
  to: day,
  /** Orders with an open problem of this kind. */
  problem: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .nullable()
    .catch(null)
    .default(null),
  sort: z.enum(["id", "placedAt", "total", "customer", "updatedAt"]).catch("id").default("id"),
  dir: z.enum(["asc", "desc"]).catch("desc").default("desc"),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1).default(1),
  perPage: z.coerce.number().int().min(1).max(100).catch(25).default(25),
});
export type ListQuery = z.infer<typeof listQuery>;

/** Who may only look cannot try out who bought. */
export function askedBy(query: ListQuery, { role, zone }: { role: Role; zone: string }): AskedOrders {
  const { view, q, state, from, to, problem, sort, dir, page, perPage } = query;
  return {
    states: statesOf(view, state),
    unpaid: state === "unpaid" && view === "log",
    q,
    persons: role !== "view",
    ...(from ? { from: at(boundsOf(from, zone).from) } : {}),
    ...(to ? { before: at(boundsOf(to, zone).to) } : {}),
    ...(problem ? { problem } : {}),
    // In the order of what is covered it would be told after all.
    sort: sort === "customer" && role === "view" ? "id" : sort,
    dir,
    limit: perPage,
    offset: (page - 1) * perPage,
  };
}

/** As it is stored, so that texts compare. */
const at = (instant: string): string => iso(Date.parse(instant));

function statesOf(view: ListQuery["view"], state: ListQuery["state"]): readonly OrderState[] | null {
  const inView = view === "pending" ? PENDING : null;
  if (state === null) return inView;
  return state !== "unpaid" && (inView === null || inView.includes(state)) ? [state] : [];
}
