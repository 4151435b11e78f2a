import { isOver } from "../../bigcommerce/order-status.ts";
import type { Order } from "../../bigcommerce/schemas.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { done, type Outcome, passedOver, skipped } from "../../inbox/outcome.ts";
import { instant, iso } from "../../lib/days.ts";
import { decimal, inCurrency } from "../../lib/money.ts";
import { laterGeneration } from "../../sales/generations-store.ts";
import type { Kept, SoldKept } from "../../sales/kept.ts";
import { orderKept } from "../../sales/kept-store.ts";
import { mapped } from "../../sales/lines-store.ts";
import { afterSent } from "../changes/after-sent-flow.ts";
import { stopCancelled } from "../changes/cancel-flow.ts";
import { saleStep } from "../marks.ts";
import { factsOf } from "../order-facts.ts";
import { mappedOf, orderedIn, pictureOf } from "../reading/picture.ts";
import { type ReadFailure, readOrder, readSnapshot, unreadOutcome } from "../reading/read-order-flow.ts";
import { generationOf } from "../sending/memory.ts";
import { begunOf } from "../sending/progress.ts";
import { move, type OrderRow, orderFor, orderOf, see } from "../store.ts";
import { decideNext, type Next } from "./decide-next.ts";
import { hold, unread } from "./hold-flow.ts";
import { asDecided } from "./person-decided-step.ts";
import { type Came, judgeAndTake, sendNext } from "./take-flow.ts";
import { inDay } from "./waits-for-day-flow.ts";

/**
 * `order.changed`: reads the order as it is now, decides whether it is taken, maps it, keeps it as pending with its stock
 * reserved, and hands it to `order.send` (design 8.4 to 8.8). Everything that keeps it from being mapped is named at once.
 */
export async function receiveOrder(c: LinkedContext, orderId: number, asked: boolean): Promise<Outcome> {
  const { db, tenant, settings } = c;
  if (!settings.document.orders.on) return whileOff(c, orderId, asked);
  const read = await readOrder(c.bigcommerce, orderId);
  if (!read.ok) return unread(c, orderId, read.error);
  const order = read.value;
  const kept = await orderKept(c, orderId);
  const known = await orderOf(db, tenant, orderId);
  await see(db, tenant, seenOf(order), iso(c.now()));
  // Lost with a restored database: what was begun is known by its claims all the same.
  const stored = known ?? (kept && (await orderOf(db, tenant, orderId)));
  const closed = await inDay(c, stored, order, kept);
  if (closed) return closed;
  const before = await inItsGeneration(c, stored, kept);
  const decided = before && (await asDecided(c, before, asked, !isOver(order.status_id)));
  if (decided?.is === "stop") return decided.outcome;
  const row = decided?.row ?? null;
  const came: Came = {
    order,
    row,
    kept,
    begun: kept ? begunOf(c.claims, orderId, row?.generation ?? 1) : "nothing",
    skippedBy: decided?.skippedBy ?? null,
    settingsVersion: settings.version,
    pressed: decided?.pressed ?? asked,
    chosen: decided?.chosen ?? asked,
    early: decided?.early ?? false,
    lookFirst: decided?.lookFirst ?? false,
  };
  return follow(c, came, decideNext(came));
}

/** What was decided is done. */
async function follow(c: LinkedContext, came: Came, next: Next): Promise<Outcome> {
  const { order, kept } = came;
  const orderId = order.id;
  switch (next.is) {
    case "compare":
      return afterSent(c, next.row, order, kept);
    case "stop-cancelled":
      return (await stopCancelled(c, next.row, next.kept.draft)) ?? follow(c, came, next.otherwise);
    case "stays-void":
      return hold(c, orderId, [{ kind: "sale-voided", orderId, saleNumber: next.row.saleNumber ?? "" }]);
    case "go-on": {
      const before = next.row;
      const undrawn = !before.picture ? await drawAgain(c, order, next.kept, before.generation) : null;
      if (undrawn?.is === "answer") return unreadOutcome(c, orderId, undrawn);
      const page = undrawn ? " Its page stays empty: what BigCommerce says of its lines could not be understood." : "";
      return done(`It goes on where it stopped.${page}`, { next: [sendNext(came)] });
    }
    case "skip":
      await move(c.db, c.tenant, orderId, { state: "not-taken", note: `Skipped by ${next.by}.`, reserved: [] }, iso(c.now()));
      return skipped("skipped", "Somebody skipped it. Process it to take it all the same.");
    case "as-mapped": {
      const { notices } = next.kept.draft;
      if (next.row.waitsFor === "day") return done("It goes with the daily sale as it was mapped.", { notices });
      return done("It goes to Cin7 Core as it was mapped.", { next: [sendNext(came)], notices });
    }
    case "judge":
      return judgeAndTake(c, came);
  }
}

/** Nothing is taken, nothing of it is looked at. What somebody asks of a sale that is there already goes on: it is begun (F1). */
async function whileOff(c: LinkedContext, orderId: number, asked: boolean): Promise<Outcome> {
  const row = asked ? await orderFor(c, orderId) : null;
  if (row?.state === "sent") return done("Orders are off; what its sale lacks goes on.", { next: [{ kind: "order.money", orderId }] });
  return passedOver("orders-off", "Orders are not switched on.");
}

/** The row as it should be: an old database that was given back may know an older generation than the one that was sent. */
export async function inItsGeneration(c: LinkedContext, row: OrderRow | null, kept: Kept | null): Promise<OrderRow | null> {
  if (!row) return null;
  const claimed = (generation: number) => c.claims.of(saleStep(row.orderId, generation)) !== null;
  const generation = generationOf(row, kept?.draft.mark ?? null, claimed);
  if (generation === row.generation) return row;
  return laterGeneration(c.db, c.tenant, row, generation, new Date(c.now()).toISOString());
}

/** The order's page was lost with its row (a restored database): drawn again from BigCommerce and the draft that was sent. Null: it is. */
async function drawAgain(c: LinkedContext, order: Order, kept: SoldKept, generation: number): Promise<ReadFailure | null> {
  const snapshot = await readSnapshot(c.bigcommerce, order, false);
  if (!snapshot.ok) return snapshot.error;
  const picture = { ...pictureOf(snapshot.value, c.store.timeZone), mapped: mappedOf(kept.draft) };
  const { settingsVersion } = kept.draft;
  await mapped(c, { orderId: order.id, generation }, kept.draft, {
    state: "pending",
    note: "It goes on where it stopped.",
    picture,
    ordered: orderedIn(snapshot.value),
    settingsVersion,
  });
  return null;
}

function seenOf(order: Order) {
  const { billing_address: who } = order;
  const currency = order.default_currency_code || order.currency_code;
  const total = decimal(order.total_inc_tax);
  return {
    orderId: order.id,
    placedAt: instant(order.date_created) ?? new Date(0).toISOString(),
    modifiedAt: instant(order.date_modified) ?? "",
    statusId: order.status_id,
    status: order.custom_status || order.status,
    customer: who.company || `${who.first_name} ${who.last_name}`.trim() || who.email,
    email: who.email.trim().toLowerCase(),
    currency,
    total: total ? inCurrency(total, currency) : "0",
    facts: factsOf(order),
    totalSort: total ? Math.round(Number(total.times(10000).toFixed(0))) : 0,
  };
}
