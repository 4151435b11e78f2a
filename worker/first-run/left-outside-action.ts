import type { ApiContext } from "../api/access.ts";
import { linked } from "../api/sides.ts";
import type * as bc from "../bigcommerce/schemas.ts";
import type { LeftOutside, OrderState, Settings } from "../contract/index.ts";
import { boundsOf, dayIn, instant, iso } from "../lib/days.ts";
import { accept } from "../orders/capture/accept.ts";
import { chosenAmong } from "../orders/decisions-store.ts";
import { statesOf } from "../orders/pages/list-store.ts";
import { settingsNow } from "../settings/current-store.ts";
import { openBefore } from "./open-orders-action.ts";

/**
 * How many open orders *Take orders from* leaves outside (M21), with this start, or the one in force, or the moment in which orders are
 * switched on.
 */
export async function leftOutside(c: ApiContext, from: string | null): Promise<LeftOutside> {
  const { db, store, now } = c.var;
  const tenant = linked(c);
  const { bigcommerce } = await c.var.clients();
  const { settings } = await settingsNow(db, tenant);
  const startsAt = startOf(from, settings, store.timeZone, iso(now()));
  const { orders: before, more } = await openBefore(bigcommerce, startsAt);
  const ids = before.map(({ id }) => id);
  const [states, chosen] = await Promise.all([statesOf(db, tenant, ids), chosenAmong(db, tenant, ids)]);
  const today = boundsOf(dayIn(iso(now()), store.timeZone), store.timeZone).from;
  const known = new Map([...states].map(([id, { state }]) => [id, state]));
  return {
    startsAt,
    ...countOutside(before, { settings, startsAt, today, now: iso(now()), known, chosen }),
    more,
  };
}

const startOf = (from: string | null, settings: Settings, zone: string, now: string): string => {
  if (from !== null && /^\d{4}-\d{2}-\d{2}$/.test(from)) return iso(Date.parse(boundsOf(from, zone).from));
  return instant(from) ?? instant(settings.orders.takeFrom) ?? now;
};

type Given = {
  settings: Settings;
  startsAt: string;
  /** When the store's day began. */
  today: string;
  now: string;
  known: ReadonlyMap<number, OrderState>;
  chosen: ReadonlySet<number>;
};

/** Judged by the very rule that takes orders: what only the start keeps out, and what of it is of today and would be taken else. Pure. */
function countOutside(orders: readonly bc.Order[], given: Given): { open: number; readyToday: number } {
  const { settings, startsAt, now, known, chosen } = given;
  const under = (takeFrom: string | null): Settings => ({ ...settings, orders: { ...settings.orders, on: true, takeFrom } });
  const out = orders.filter((order) => {
    const state = known.get(order.id);
    if (chosen.has(order.id) || (state !== undefined && state !== "not-taken")) return false;
    const verdict = accept(order, under(startsAt), { now });
    return verdict.is === "skip" && verdict.code === "before-start";
  });
  const today = instant(given.today) ?? given.today;
  const ready = out.filter((order) => (instant(order.date_created) ?? "") >= today && accept(order, under(null), { now }).is !== "skip");
  return { open: out.length, readyToday: ready.length };
}
