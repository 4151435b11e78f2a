import { Hono } from "hono";
import * as z from "zod";
import { type ApiContext, type ApiEnv, bodyOf, fail, need } from "../../api/access.ts";
import { fairUseHere } from "../../api/limits.ts";
import { goodsFor } from "../../assembly/availability-action.ts";
import type { BulkDone, OrderDetail, OrderGoods, OrderList, OrderRow, OrderState, Queued } from "../../contract/index.ts";
import { membersOf } from "../../daily-sales/rules/members-store.ts";
import { dayOfNumber, isDaySale } from "../../lib/day-sale.ts";
import { iso } from "../../lib/days.ts";
import { auditLine } from "../../lib/db/audit.ts";
import { isLinked } from "../../lib/ids.ts";
import { logBug } from "../../lib/log.ts";
import { problemFor, rowOf } from "../../problems/row.ts";
import { settingsNow } from "../../settings/current-store.ts";
import { booksLocked, decide, decideAbout, decidedOf, decideLocked, ordersOf, sendAsOne } from "../decisions-store.ts";
import type { Facts } from "../order-facts.ts";
import { readStages } from "../state.ts";
import { orderOf } from "../store.ts";
import { askedBy, listQuery } from "./asked.ts";
import { booksOf } from "./books.ts";
import { keptOut } from "./kept-out.ts";
import { orderRow, orderUrl, waitingOf, withWait } from "./list-row.ts";
import { hasOrder, listOrders, looksThrough, neighboursOf, orderWhole, statesOf } from "./list-store.ts";
import { attemptFor, mappedFor, saidFor } from "./masked.ts";
import { orderNow } from "./now-action.ts";
import { pictureFrom } from "./picture.ts";

/** *Pending orders*, *Log* and an order's page (contract), mounted under /api/stores/:hash. */
export const orderRoutes = new Hono<ApiEnv>();

orderRoutes.get("/orders", async (c) => {
  const query = listQuery.parse(c.req.query());
  const { db, tenant, session, store } = c.var;
  const asked = askedBy(query, { role: session.role, zone: store.timeZone });
  if (looksThrough(asked)) await fairUseHere(c, "search");
  const { rows, total } = await listOrders(db, tenant, asked);
  const { page, perPage } = query;
  const shown = await withWaits(
    c,
    rows.map((row) => ({
      ...orderRow(c.var, row, row.problems),
      ...(row.unpaid ? { unpaid: JSON.parse(row.unpaid) as OrderRow["unpaid"] } : {}),
    })),
  );
  return c.json({ rows: shown, total, page, perPage } satisfies OrderList);
});

orderRoutes.get("/orders/:id", async (c) => {
  const orderId = orderIdOf(c.req.param("id"));
  const { config, db, tenant, store, session, inbox } = c.var;
  const whole = await orderWhole(db, tenant, orderId);
  if (!whole) return notHere();
  const { order, sale, made, payments, problems } = whole;
  const [row] = await withWaits(c, [orderRow(c.var, order, problems.length)]);
  const picture = pictureFrom(order.picture, sale, made, sale?.location ?? "");
  const detail: OrderDetail = {
    order: row as OrderRow,
    cameLines: picture.cameLines,
    cameTotals: picture.cameTotals,
    came: saidFor(session.role, picture.came),
    mapped: mappedFor(session.role, picture.mapped),
    payments: payments.map(({ method, amount, currency, account, reference, paidAt, state, why }) => ({
      method,
      amount,
      currency,
      account,
      reference,
      at: paidAt,
      state,
      why,
    })),
    problems: problems.map((problem) => problemFor(session.role, rowOf(problem))),
    attempts: (await inbox.attempts(orderId)).map((attempt) => attemptFor(session.role, attempt)),
    bigcommerceUrl: orderUrl(config.links.order, store, orderId),
    daily: await dailyOf(c, orderId, order.daySale),
    keptOut: order.state === "not-taken" ? ((await keptOutNow(c, orderId))?.shown ?? null) : null,
    books: booksOf(sale, payments, readStages(order.stages)),
    ...(orderId > 0 ? await neighboursOf(db, tenant, orderId) : { previous: null, next: null }),
  };
  return c.json(detail);
});

/** As BigCommerce says it is now, for the page alone. */
orderRoutes.get("/orders/:id/now", async (c) => {
  const orderId = orderIdOf(c.req.param("id"));
  const whole = orderId > 0 ? await orderWhole(c.var.db, c.var.tenant, orderId) : null;
  if (!whole) return notHere();
  return c.json(await orderNow(c, whole));
});

/** Where its goods are (F25): asked of Cin7 Core when somebody presses, so it takes the right to act. */
orderRoutes.get("/orders/:id/goods", async (c) => {
  need(c, "operate");
  const whole = await orderWhole(c.var.db, c.var.tenant, orderIdOf(c.req.param("id")));
  if (!whole) return notHere();
  return c.json((await goodsFor(c, whole)) satisfies OrderGoods);
});

/** What keeps an order out, as it is and after somebody pressed *Process*; null: there is no such order, or no account. */
async function keptOutNow({ var: { db, tenant, store, now } }: ApiContext, orderId: number) {
  if (!isLinked(tenant) || orderId <= 0) return null;
  const row = await orderOf(db, tenant, orderId);
  if (row?.state !== "not-taken" || row.accountId !== tenant.account) return null;
  const [{ settings }, decided] = await Promise.all([settingsNow(db, tenant), decidedOf(db, tenant, orderId)]);
  const [chosen, early] = [decided.has("chosen"), decided.has("take-now")];
  const facts = row.facts as Facts | null;
  const skippedBy = decided.get("skip") ?? null;
  const at = { orderId, state: row.state, facts, now: iso(now()), timeZone: store.timeZone, chosen, early, skippedBy };
  return { shown: keptOut(settings, at), pressed: keptOut(settings, at, true) };
}

/** The daily sale that an order is part of, and its orders. */
async function dailyOf({ var: seer }: ApiContext, orderId: number, daySale: number | null): Promise<OrderDetail["daily"]> {
  const id = isDaySale(orderId) ? orderId : daySale;
  if (id === null) return null;
  const members = await membersOf(seer.db, seer.tenant, id);
  return { id, day: dayOfNumber(id), orders: members.map((row) => orderRow(seer, row, 0)) };
}

/** A list still opens while the queue does not answer. */
async function withWaits(c: ApiContext, rows: OrderRow[]): Promise<OrderRow[]> {
  const ids = waitingOf(rows);
  if (ids.length === 0) return rows;
  try {
    const waits = await c.var.waits(ids);
    return rows.map((row) => withWait(row, waits.get(row.id)));
  } catch (error) {
    logBug(error, { kind: "orders.waits" });
    return rows;
  }
}

/** A wake-up: two people who press at once get the same one (F107). */
orderRoutes.post("/orders/:id/process", async (c) => {
  need(c, "operate");
  const orderId = orderIdOf(c.req.param("id"));
  const { db, tenant, session, now } = c.var;
  if (!(await hasOrder(db, tenant, orderId))) return notHere();
  // What a person chose stays chosen, also where it cannot be taken yet.
  if (isLinked(tenant)) await decideAbout(db, tenant, ["chosen"], [orderId], { by: session.name, at: new Date(now()).toISOString() });
  await c.var.inbox.put([{ kind: "order.changed", orderId, pressed: true }]);
  const out = (await keptOutNow(c, orderId))?.pressed;
  return c.json({ queued: true, ...(out ? { keptOut: out.text } : {}) } satisfies Queued);
});

/** It becomes a sale before its moment has come, such as unpaid: somebody takes it on, and is named. */
orderRoutes.post("/orders/:id/take-now", async (c) => {
  need(c, "operate");
  const orderId = orderIdOf(c.req.param("id"));
  const { db, tenant, session, now, inbox } = c.var;
  const row = isLinked(tenant) ? (await statesOf(db, tenant, [orderId])).get(orderId) : undefined;
  if (!isLinked(tenant) || !row) return notHere();
  if (row.state !== "not-taken") return fail(409, "not-out", `Order ${orderId} is not out any more. Reload the page.`);
  const at = new Date(now()).toISOString();
  await decideAbout(db, tenant, ["chosen", "take-now"], [orderId], { by: session.name, at });
  await auditLine(db, tenant, { at, by: session.name, what: `Took order ${orderId} before its moment has come` });
  await inbox.put([{ kind: "order.changed", orderId, pressed: true }]);
  return c.json({ queued: true } satisfies Queued);
});

/** A sale in Cin7 Core stays; what has begun ends first (F124, decision 1.7). */
const DELETABLE: readonly OrderState[] = ["sent", "held", "not-taken", "failed"];

orderRoutes.post("/orders/:id/delete-entry", async (c) => {
  need(c, "operate");
  const orderId = orderIdOf(c.req.param("id"));
  const { db, tenant, session, now, inbox } = c.var;
  const known = isLinked(tenant) ? (await statesOf(db, tenant, [orderId])).get(orderId) : undefined;
  if (!isLinked(tenant) || !known) return notHere();
  const { state } = known;
  if (known.ofDay) return ofDay(orderId);
  if (!DELETABLE.includes(state)) return fail(409, "on-its-way", `Order ${orderId} is on its way to Cin7 Core. Wait until it is there.`);
  const at = new Date(now()).toISOString();
  await decideAbout(db, tenant, ["take-again", "look-first"], [orderId], { by: session.name, at });
  await auditLine(db, tenant, { at, by: session.name, what: `Deleted the log entry of order ${orderId}, to take it again` });
  await inbox.put([{ kind: "order.changed", orderId, pressed: true }]);
  return c.json({ queued: true } satisfies Queued);
});

/** Its second choice; the first, *Send again*, is to process it. */
orderRoutes.post("/orders/:id/void-and-create", async (c) => {
  need(c, "operate");
  const orderId = orderIdOf(c.req.param("id"));
  const { db, tenant, session, now, inbox } = c.var;
  const row = isLinked(tenant) ? (await statesOf(db, tenant, [orderId])).get(orderId) : undefined;
  if (!isLinked(tenant) || !row) return notHere();
  if (row.ofDay) return ofDay(orderId);
  if (row.state !== "held" || !row.hasSale)
    return fail(409, "nothing-to-void", `Order ${orderId} has no sale that waits for this. Reload the page.`);
  const at = new Date(now()).toISOString();
  await decideAbout(db, tenant, ["void-sale"], [orderId], { by: session.name, at });
  await auditLine(db, tenant, { at, by: session.name, what: `Asked to void the sale of order ${orderId} and to create it again` });
  await inbox.put([{ kind: "order.changed", orderId, pressed: true }]);
  return c.json({ queued: true } satisfies Queued);
});

const bulk = z.object({ ids: z.array(z.int().positive()).min(1).max(200), action: z.enum(["process", "skip"]) });

/** Many at once (K12). What is in Cin7 Core, or may be, is not skipped: it goes to its end. */
orderRoutes.post("/orders/bulk", async (c) => {
  need(c, "operate");
  const body = bulk.safeParse(await bodyOf(c));
  const { db, tenant, session, now, inbox } = c.var;
  if (!body.success || !isLinked(tenant)) return fail(400, "not-readable", "Choose at least one order, at most 200 at once.");
  const { action } = body.data;
  const ids = [...new Set(body.data.ids)];
  const known = await statesOf(db, tenant, ids);
  const skippable = (id: number) => ["pending", "held", "failed"].includes(known.get(id)?.state ?? "") && !known.get(id)?.hasSale;
  const chosen = ids.filter((id) => (action === "process" ? known.has(id) : skippable(id)));
  const at = new Date(now()).toISOString();
  if (chosen.length > 0) await decideAbout(db, tenant, [action === "skip" ? "skip" : "chosen"], chosen, { by: session.name, at });
  if (action === "skip" && chosen.length > 0) {
    await auditLine(db, tenant, {
      at,
      by: session.name,
      what: `Skipped ${chosen.length === 1 ? `order ${chosen[0]}` : `${chosen.length} orders`}`,
    });
  }
  if (chosen.length > 0)
    await inbox.put(
      chosen.map((orderId) => ({ kind: "order.changed" as const, orderId, ...(action === "process" ? { pressed: true } : {}) })),
    );
  return c.json({ done: chosen.length, left: ids.length - chosen.length } satisfies BulkDone);
});

/** M24: one sale for several addresses. What it means stands beside the button; once decided it stays. */
orderRoutes.post("/orders/:id/send-as-one", async (c) => {
  need(c, "operate");
  const orderId = orderIdOf(c.req.param("id"));
  const { db, tenant, session, now, inbox } = c.var;
  if (!isLinked(tenant) || !(await hasOrder(db, tenant, orderId))) return notHere();
  await decide(db, tenant, sendAsOne(orderId), session.name, new Date(now()).toISOString());
  await inbox.put([{ kind: "order.changed", orderId, pressed: true }]);
  return c.json({ queued: true } satisfies Queued);
});

/** M13: what waits for these locked books, now and later, is dated the first open day. */
orderRoutes.post("/locked-books", async (c) => {
  need(c, "operate");
  const body = z.object({ lockedTo: z.iso.date() }).safeParse(await bodyOf(c));
  const { db, tenant, session, now, inbox } = c.var;
  if (!body.success || !isLinked(tenant)) return fail(400, "not-readable", "The request could not be read. Reload the page and try again.");
  const { lockedTo } = body.data;
  if (!(await decideLocked(db, tenant, lockedTo, session.name, new Date(now()).toISOString())))
    return fail(404, "not-found", `No document of this store waits for books that are locked up to ${lockedTo}. Nothing was changed.`);
  const waiting = await ordersOf(db, tenant, [booksLocked(lockedTo)]);
  for (let at = 0; at < waiting.length; at += 200)
    await inbox.put(waiting.slice(at, at + 200).map((orderId) => ({ kind: "order.money" as const, orderId })));
  return c.json({ queued: true } satisfies Queued);
});

/** A daily sale has a negative number (F15). */
const orderIdOf = (text: string): number => (/^(\d{1,12}|-\d{15,16})$/.test(text) ? Number(text) : notHere());

const ofDay = (orderId: number): never =>
  fail(409, "daily-sale", `Order ${orderId} is part of a daily sale and was not changed: its sale in Cin7 Core holds other orders too.`);

function notHere(): never {
  return fail(404, "not-found", "Lockstep does not know this order. It appears here after BigCommerce tells of it.");
}
