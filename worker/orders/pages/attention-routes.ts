import { Hono } from "hono";
import * as z from "zod";
import { type ApiContext, type ApiEnv, bodyOf, fail, need } from "../../api/access.ts";
import { fairUseHere } from "../../api/limits.ts";
import type { AttentionKinds, AttentionList, Dismissed, ProblemRow, Restored } from "../../contract/index.ts";
import { auditLine } from "../../lib/db/audit.ts";
import { type Asked, type Listed, listProblems, openKinds } from "../../problems/attention-store.ts";
import type { Problem } from "../../problems/define-problem.ts";
import { labelOf, wordsOf } from "../../problems/registry.ts";
import { problemFor, rowOf, speaksOf, withSides } from "../../problems/row.ts";
import { dismiss, factsAt, restore } from "../../problems/store.ts";
import { orderUrl, saleUrl } from "./list-row.ts";
import { salesOf } from "./list-store.ts";

/** *Needs attention* (contract), mounted under /api/stores/:hash. */
export const exceptionRoutes = new Hono<ApiEnv>();

const query = z.object({
  q: z.string().trim().max(100).catch("").default(""),
  area: z.enum(["finance", "warehouse", "shop"]).nullable().catch(null).default(null),
  sort: z.enum(["urgency", "raisedAt", "orders"]).catch("urgency").default("urgency"),
  dir: z.enum(["asc", "desc"]).catch("desc").default("desc"),
  read: z.literal("1").nullable().catch(null).default(null),
  page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
  perPage: z.coerce.number().int().min(1).max(100).catch(25).default(25),
});
/** A search looks at this many open problems: words are made from facts, so the database cannot find them. */
const SEARCHED = 2000;

/** As this person sees them: with both sides, and without what they may not read. */
async function shownTo(c: ApiContext, rows: readonly Listed[]): Promise<ProblemRow[]> {
  const { db, tenant, session, store, config } = c.var;
  const about = rows.flatMap(({ orders, orderCount }) => (orderCount === 1 ? orders : []));
  const sales = await salesOf(db, tenant, about);
  const sides = (orderId: number): ProblemRow["sides"] => {
    const { saleId = null, saleNumber = null } = sales.get(orderId) ?? {};
    const { links } = config;
    return { orderId, order: orderUrl(links.order, store, orderId), sale: saleUrl(links.sale, tenant, saleId), saleNumber };
  };
  return rows.map((stored) => problemFor(session.role, withSides(rowOf(stored), sides)));
}

exceptionRoutes.get("/attention", async (c) => {
  const { q, page, perPage, read, ...order } = query.parse(c.req.query());
  const { db, tenant, session } = c.var;
  const asked: Omit<Asked, "limit" | "offset"> = { ...order, read: read !== null };
  const offset = (page - 1) * perPage;
  if (q === "") {
    const { rows, total } = await listProblems(db, tenant, { ...asked, limit: perPage, offset });
    // Past the last page there is no row to carry the total.
    const all = rows.length || page === 1 ? total : (await listProblems(db, tenant, { ...asked, limit: 1, offset: 0 })).total;
    return c.json({ rows: await shownTo(c, rows), total: all, page, perPage } satisfies AttentionList);
  }
  await fairUseHere(c, "search");
  const number = /^#?\d{1,12}$/.test(q) ? Number(q.replace("#", "")) : null;
  const all = await listProblems(db, tenant, { ...asked, limit: SEARCHED, offset: 0 }, number);
  const found = all.rows.filter((stored) => {
    const row = problemFor(session.role, rowOf(stored));
    return speaksOf(row, session.role === "view" ? { ...stored, facts: null } : stored, q, stored.itsOrder);
  });
  const rows = await shownTo(c, found.slice(offset, offset + perPage));
  return c.json({ rows, total: found.length, page, perPage } satisfies AttentionList);
});

/** What orders can be filtered by: the kinds that are open, as an order's line says them. */
exceptionRoutes.get("/attention/kinds", async (c) => {
  const kinds = (await openKinds(c.var.db, c.var.tenant)).map(({ facts, orders }) => {
    const problem = facts as Problem;
    return { kind: problem.kind, label: labelOf(problem), orders };
  });
  return c.json({ kinds } satisfies AttentionKinds);
});

const key = z.string().min(1).max(500);
const keys = z.union([
  z.object({ key }).transform(({ key }) => [key]),
  z.object({ keys: z.array(key).min(1).max(200) }).transform((b) => b.keys),
]);
const notReadable = () => fail(400, "not-readable", "The request could not be read. Reload the page and try again.");

exceptionRoutes.post("/attention/dismiss", async (c) => {
  need(c, "operate");
  const body = keys.safeParse(await bodyOf(c));
  if (!body.success) return notReadable();
  const { db, tenant } = c.var;
  const { aside, rest } = await dismiss(db, tenant, body.data, new Date(c.var.now()).toISOString());
  if (aside.length === 0 && rest === "unknown") return fail(404, "not-found", "This is no longer in the list.");
  if (aside.length === 0)
    return fail(409, "holds-orders", "Orders wait for this, so it cannot be put aside. It goes away by itself when it is answered.");
  for (const each of aside) await noteSaid(c, each, "Said");
  return c.json({ dismissed: true, keys: aside, left: body.data.length - aside.length } satisfies Dismissed);
});

exceptionRoutes.post("/attention/restore", async (c) => {
  need(c, "operate");
  const body = keys.safeParse(await bodyOf(c));
  if (!body.success) return notReadable();
  const restored = await restore(c.var.db, c.var.tenant, body.data);
  if (restored === 0) return fail(404, "not-found", "This is no longer among what was read.");
  for (const each of body.data) await noteSaid(c, each, "Took back");
  return c.json({ restored } satisfies Restored);
});

/** Who puts aside what is more than read says something by it, and that is kept with who said so. */
async function noteSaid(c: ApiContext, key: string, did: string): Promise<void> {
  const { db, tenant, session } = c.var;
  const problem = await factsAt(db, tenant, key);
  const words = problem && wordsOf(problem, { orders: [], orderCount: 0 });
  if (!words?.aside) return;
  const what = `${did} "${words.aside}": ${words.title}`.slice(0, 500);
  await auditLine(db, tenant, { at: new Date(c.var.now()).toISOString(), by: session.name, what });
}
