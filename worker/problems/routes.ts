import { Hono } from "hono";
import * as z from "zod";
import { type ApiEnv, bodyOf, fail, need } from "../api/access.ts";
import { fairUseHere } from "../api/limits.ts";
import type { AttentionList } from "../contract/index.ts";
import { auditLine } from "../lib/db/audit.ts";
import { wordsOf } from "./registry.ts";
import { problemFor, rowOf, speaksOf } from "./row.ts";
import { dismiss, factsAt, listProblems } from "./store.ts";

/** *Needs attention* (contract), mounted under /api/stores/:hash. */
export const exceptionRoutes = new Hono<ApiEnv>();

const query = z.object({
  q: z.string().trim().max(100).catch("").default(""),
  area: z.enum(["finance", "warehouse", "shop"]).nullable().catch(null).default(null),
  sort: z.enum(["raisedAt", "orders"]).catch("raisedAt").default("raisedAt"),
  dir: z.enum(["asc", "desc"]).catch("desc").default("desc"),
  page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
  perPage: z.coerce.number().int().min(1).max(100).catch(25).default(25),
});
/** A search looks at this many open problems: words are made from facts, so the database cannot find them. */
const SEARCHED = 2000;

exceptionRoutes.get("/attention", async (c) => {
  const { q, page, perPage, area, sort, dir } = query.parse(c.req.query());
  const { db, tenant, session } = c.var;
  const { role } = session;
  const offset = (page - 1) * perPage;
  if (q === "") {
    const { rows, total } = await listProblems(db, tenant, { area, sort, dir, limit: perPage, offset });
    // Past the last page there is no row to carry the total.
    const all = rows.length || page === 1 ? total : (await listProblems(db, tenant, { area, sort, dir, limit: 1, offset: 0 })).total;
    return c.json({ rows: rows.map((stored) => problemFor(role, rowOf(stored))), total: all, page, perPage } satisfies AttentionList);
  }
  await fairUseHere(c, "search");
  const number = /^#?\d{1,12}$/.test(q) ? Number(q.replace("#", "")) : null;
  const all = await listProblems(db, tenant, { area, sort, dir, limit: SEARCHED, offset: 0 }, number);
  const found = all.rows
    .map((stored) => ({ stored, row: problemFor(role, rowOf(stored)) }))
    .filter(({ stored, row }) => speaksOf(row, role === "view" ? { ...stored, facts: null } : stored, q, stored.itsOrder));
  return c.json({
    rows: found.slice(offset, offset + perPage).map(({ row }) => row),
    total: found.length,
    page,
    perPage,
  } satisfies AttentionList);
});

exceptionRoutes.post("/attention/dismiss", async (c) => {
  need(c, "operate");
  const body = z.object({ key: z.string().min(1).max(500) }).safeParse(await bodyOf(c));
  if (!body.success) return fail(400, "not-readable", "The request could not be read. Reload the page and try again.");
  const { db, tenant, session } = c.var;
  const at = new Date(c.var.now()).toISOString();
  const { key } = body.data;
  const problem = await factsAt(db, tenant, key);
  const done = await dismiss(db, tenant, key, at);
  if (done === "unknown") return fail(404, "not-found", "This is no longer in the list.");
  if (done === "holds")
    return fail(409, "holds-orders", "Orders wait for this, so it cannot be put aside. It goes away by itself when it is answered.");
  const words = problem && wordsOf(problem, { orders: [], orderCount: 0 });
  if (words?.aside) await auditLine(db, tenant, { at, by: session.name, what: `Said "${words.aside}": ${words.title}`.slice(0, 500) });
  return c.json({ dismissed: true });
});
