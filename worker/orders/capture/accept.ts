import { hasLeft, STATUS } from "../../bigcommerce/order-status.ts";
import type { Transaction } from "../../bigcommerce/schemas.ts";
import type { CaptureRule, Settings } from "../../contract/index.ts";
import { instant, isPlausible } from "../../lib/days.ts";
import { startFor } from "../../settings/parts/orders.ts";
import { countsAsPaid, isAuthorised, isCaptured, methodFor, ownTender } from "../mapping/amounts/payment-method.ts";
import { isTestMoney, moneyCameAt } from "../mapping/amounts/transactions.ts";
import { isTestGateway } from "../mapping/amounts/unclear-money.ts";
import type { Facts } from "../order-facts.ts";
import type { MetBy, Verdict } from "../verdict.ts";
import { type Condition, STATUS_TABLE } from "./capture-table.ts";

export { takenAt } from "./capture-table.ts";

/** What is known besides the order. Instants are ISO 8601. */
export type AcceptContext = {
  now: string;
  /** The store's, for days in sentences. */
  timeZone?: string;
  /** *Process* was pressed: test payments and orders before the start line go through (M20, M21). */
  pressed?: boolean;
  /** Somebody once chose it by hand: the start line does not keep it out, also when it is paid later (M21). */
  chosen?: boolean;
  /** Somebody takes it before its moment has come: as if orders were taken when they are created. */
  early?: boolean;
  /** When the capture rule was first seen to be met, if it was stored: it stays (M12). */
  metAt?: string | null;
  /** Its sale exists already. */
  sent?: { saleNumber: string | null } | null;
  /** The order's transactions, where they were read: they tell the day of the money, and whether it is a gateway's test. */
  transactions?: readonly Transaction[];
};

const skip = (code: string, text: string): Verdict => ({ is: "skip", code, text });

/**
 * Whether an order is taken now (F13, M19 to M21, decision 1.5). `skip` reasons are sentences for *Not taken: …*; an order
 * that is only not ready yet comes by itself when BigCommerce tells of its next change. `hold`: it stays in Pending.
 */
export function accept(order: Facts, ofSetup: Settings, ctx: AcceptContext): Verdict {
  const settings: Settings = ctx.early ? { ...ofSetup, orders: { ...ofSetup.orders, captureWhen: "created" } } : ofSetup;
  if (ctx.sent) return skip("already-sent", `It is already in Cin7 Core${ctx.sent.saleNumber ? ` as ${ctx.sent.saleNumber}` : ""}.`);
  if (order.is_deleted) return skip("archived", "It was archived in BigCommerce before it was taken.");
  if (order.external_source === "M-MIG") return skip("migrated", "It was copied from another shop system and is no new sale.");
  const row = STATUS_TABLE[order.status_id];
  if (row?.is === "never") return skip(row.code, row.text);
  if (isBefore(order, settings.orders.takeFrom) && !ctx.pressed && !ctx.chosen) {
    return skip(
      "before-start",
      `It was placed before ${startFor(settings.orders.takeFrom, ctx.timeZone ?? "UTC")}, from when orders are taken. Process it to take it all the same.`,
    );
  }
  if (!row) return skip("status-unknown", `Lockstep does not know the status ${nameOf(order)}.`);
  if (row.is === "held")
    return { is: "hold", problems: [{ kind: "status-hold", orderId: order.id, statusId: order.status_id, status: nameOf(order) }] };

  const { captureWhen } = settings.orders;
  const cell = row.cells[captureWhen];
  const condition = typeof cell === "object" ? cell.yesIf : null;
  if (cell === "not-yet" || (condition && !isTrue(condition, order, settings))) return notYet(captureWhen, condition, order, settings);
  if (isTest(order, ctx) && !ctx.pressed) return { is: "hold", problems: [{ kind: "test-payment", orderId: order.id }] };
  const placed = instant(order.date_created);
  if (placed !== null && !isPlausible(placed, ctx.now))
    return { is: "hold", problems: [{ kind: "order-malformed", orderId: order.id, fields: ["date_created"] }] };
  return { is: "take", ...whenMet(order, settings, ctx) };
}

/** Where the shopper's own checkout makes orders; everything else is staff, an app or a marketplace (bigcommerce.md 4.3). */
const SHOP_SOURCES = new Set([
  "",
  "www",
  "iphone",
  "ipad",
  "android",
  "mobile",
  "checkout_api",
  "buybutton",
  "facebookshop",
  "facebookcheckout",
  "pinterest",
  "socialshop",
]);

function isTrue(condition: Condition, order: Facts, settings: Settings): boolean {
  switch (condition) {
    case "staff-or-app":
      return !SHOP_SOURCES.has(order.order_source.toLowerCase());
    case "authorised":
      return isAuthorised(order);
    case "captured":
      return isCaptured(order);
    case "paid":
      return countsAsPaid(order, settings) || isEarned(order, settings);
    case "all-shipped":
      return order.date_shipped !== "" || (order.items_total > 0 && order.items_shipped >= order.items_total);
  }
}

/** Goods sold on account are never paid in the shop: they are taken when they have left, and are revenue from then on (decision 0028). */
const isEarned = (order: Facts, settings: Settings): boolean =>
  hasLeft(order.status_id) && methodFor(settings, [], [order.payment_method])?.countsAsPaid === "never";

function notYet(captureRule: CaptureRule, condition: Condition | null, order: Facts, settings: Settings): Verdict {
  const comes = "It comes by itself when it is.";
  if (order.status_id === STATUS.pending)
    return skip("checkout-unfinished", `Its status is still ${nameOf(order)}. It comes by itself when the shop confirms it.`);
  if (captureRule === "completed") return skip("not-completed", `It is not shipped or completed yet (${nameOf(order)}). ${comes}`);
  if (condition === "authorised") return skip("not-authorised", `BigCommerce does not show its payment as authorised yet. ${comes}`);
  const method = methodFor(settings, [], [order.payment_method]);
  if (condition === "paid" && method?.countsAsPaid === "never") {
    return skip(
      "on-account",
      `It is on account (${method.name}), so nothing tells that it is paid. It comes by itself when it is shipped or completed; choose another moment in Setup to take such orders before.`,
    );
  }
  return skip("unpaid", `It is not paid yet (${nameOf(order)}). ${comes}`);
}

/** M20: an order paid through the test gateway brought no money. */
const isTest = (order: Facts, ctx: AcceptContext): boolean => isTestMoney(ctx.transactions ?? []) || isTestGateway(order);

/** M21: the start line; an order of exactly that instant is taken. */
function isBefore(order: Facts, takeFrom: string | null): boolean {
  const [placed, start] = [instant(order.date_created), instant(takeFrom)];
  return placed !== null && start !== null && placed < start;
}

/**
 * When the capture rule was met (M12), from what tells it: placed for *created* and for what needs no money, shipped for
 * *completed*, else the transactions. Where nothing does, it is the order's last change, at the latest the day of its shipment.
 * Never before it was placed nor after now; what was stored when it was first met stays.
 */
function whenMet(order: Facts, settings: Settings, ctx: AcceptContext): { metAt: string; metBy: MetBy } {
  const placed = instant(order.date_created) ?? ctx.now;
  const now = instant(ctx.now) ?? ctx.now;
  const within = (at: string) => (at < placed ? placed : at > now ? now : at);
  const told = whatTells(order, settings, ctx, placed);
  if (told && (!ctx.metAt || ctx.metAt === within(told.metAt))) return { ...told, metAt: within(told.metAt) };
  const shipped = instant(order.date_shipped);
  const changed = instant(order.date_modified) ?? ctx.now;
  return { metAt: ctx.metAt ?? within(shipped && shipped < changed ? shipped : changed), metBy: "change" };
}

function whatTells(order: Facts, settings: Settings, ctx: AcceptContext, placed: string): { metAt: string; metBy: MetBy } | null {
  const { captureWhen } = settings.orders;
  const shipped = instant(order.date_shipped);
  if (captureWhen === "created") return { metAt: placed, metBy: "placed" };
  const onAccount = captureWhen === "paid" && !countsAsPaid(order, settings) && isEarned(order, settings);
  if (captureWhen === "completed" || onAccount) return shipped ? { metAt: shipped, metBy: "shipment" } : null;
  const came = moneyCameAt(ctx.transactions ?? [], captureWhen, ctx.now);
  if (came) return { metAt: came, metBy: "payment" };
  return ownTender(order).lte(0) ? { metAt: placed, metBy: "placed" } : null;
}

/** The shop's own name of the status, with BigCommerce's where they differ (ui.md 10.2). */
const nameOf = (order: Facts): string => {
  const own = order.custom_status || order.status || String(order.status_id);
  return order.status && own !== order.status ? `${order.status} (your "${own}")` : own;
};
