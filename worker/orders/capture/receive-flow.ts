import { isCancelled, isOver } from "../../bigcommerce/order-status.ts";
import type { Order } from "../../bigcommerce/schemas.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { blocked, done, later, type Outcome, passedOver, skipped } from "../../inbox/outcome.ts";
import { instant } from "../../lib/days.ts";
import { decimal, inCurrency } from "../../lib/money.ts";
import type { Problem } from "../../problems/define-problem.ts";
import { laterGeneration } from "../../sales/generations-store.ts";
import { forgetLines, mapped } from "../../sales/lines-store.ts";
import { afterSent } from "../changes/after-sent-flow.ts";
import { stopCancelled } from "../changes/cancel-flow.ts";
import { holdReasons } from "../hold-words.ts";
import { isAuthorised, isCaptured } from "../mapping/amounts/payment-method.ts";
import { roundingOf } from "../mapping/amounts/rounding.ts";
import type { Kept, SaleDraft } from "../mapping/sale-draft.ts";
import { saleStep } from "../marks.ts";
import { factsOf } from "../order-facts.ts";
import { mapOrder } from "../reading/map-flow.ts";
import { mappedFor, mappedOf, orderedIn, pictureOf } from "../reading/picture.ts";
import { type ReadFailure, readOrder, readSnapshot, readTransactions, unreadOutcome } from "../reading/read-order-flow.ts";
import { generationOf, isWanted } from "../sending/memory.ts";
import { begunOf, underHeader } from "../sending/progress.ts";
import { readStages } from "../state.ts";
import { type MoveTo, move, type OrderRow, orderOf, see } from "../store.ts";
import { isUnread, toldOf } from "../told-store.ts";
import { accept } from "./accept.ts";
import { asDecided } from "./person-decided-flow.ts";
import { notTaken } from "./unpaid-flow.ts";
import { alone, dayNote, inDay, waitsForDay } from "./waits-for-day-flow.ts";

/** BigCommerce may not know an order yet that it has just told us of; after this many looks it does not exist. */
const UNKNOWN_LOOKS = 6;

/**
 * `order.changed`: reads the order as it is now, decides whether it is taken, maps it, keeps it as pending with its stock
 * reserved, and hands it to `order.send` (design 8.4 to 8.8). Everything that keeps it from being mapped is named at once.
 */
export async function receiveOrder(c: LinkedContext, orderId: number, asked: boolean): Promise<Outcome> {
  const { db, tenant, settings } = c;
  if (!settings.document.orders.on) return whileOff(c, orderId, asked);
  const now = () => new Date(c.now()).toISOString();

  const read = await readOrder(c.bigcommerce, orderId);
  if (!read.ok) return unread(c, orderId, read.error);
  const order = read.value;
  const kept = await c.drafts.of<Kept>(orderId);
  const row = await orderOf(db, tenant, orderId);
  await see(db, tenant, seenOf(order), now());
  // Lost with a restored database: what was begun is known by its claims all the same.
  const known = row ?? (kept && (await orderOf(db, tenant, orderId)));
  const closed = await inDay(c, known, order, kept);
  if (closed) return closed;
  let before = await inItsGeneration(c, known, kept);

  const decided = before && (await asDecided(c, before, asked, !isOver(order.status_id)));
  if (decided?.is === "stop") return decided.outcome;
  before = decided?.row ?? null;
  const pressed = decided?.pressed ?? asked;
  if (before?.state === "sent") return afterSent(c, before, order, kept);
  const begun = kept ? begunOf(c.claims, orderId, before?.generation ?? 1) : "nothing";
  if (kept && before && begun !== "nothing") {
    if (isCancelled(order.status_id)) {
      const stopped = await stopCancelled(c, before, kept.draft);
      if (stopped) return stopped;
    } else if (readStages(before.stages).includes("voided")) {
      // Un-cancelled: a voided sale is not revived, and only a person creates it again (M28).
      return hold(c, orderId, [{ kind: "sale-voided", orderId, saleNumber: before.saleNumber ?? "" }]);
    } else if (begun === "order" || before.state !== "held") {
      // Frozen: a claim was made, the document may exist. The frozen draft goes to its end first (K30).
      if (!before.picture) await drawAgain(c, order, kept, before.generation);
      return done("It goes on where it stopped.", { next: [{ kind: "order.send", orderId }] });
    }
  }

  if (decided?.skippedBy != null) {
    await move(db, tenant, orderId, { state: "not-taken", note: `Skipped by ${decided.skippedBy}.`, reserved: [] }, now());
    return skipped("skipped", "Somebody skipped it. Process it to take it all the same.");
  }

  // Told twice of the same state: what is mapped already is not read again (M48).
  if (kept && before && GOING.has(before.state) && isSame(kept, order, settings.version, before)) {
    if (before.waitsFor === "day") return done("It goes with the daily sale as it was mapped.", { notices: kept.draft.notices });
    return done("It goes to Cin7 Core as it was mapped.", { next: [{ kind: "order.send", orderId }], notices: kept.draft.notices });
  }

  const facts = { pressed, now: now(), metAt: before?.metAt ?? null, timeZone: c.store.timeZone };
  let verdict = accept(order, settings.document, facts);
  // The payments, which are needed anyway when money was taken, tell its day (M12) and a gateway in test mode (M20).
  const money = isCaptured(order) || (settings.document.orders.captureWhen === "authorised" && isAuthorised(order));
  const transactions = verdict.is === "take" && money ? await readTransactions(c.bigcommerce, orderId) : null;
  if (transactions?.ok === false) return unread(c, orderId, transactions.error);
  if (transactions) verdict = accept(order, settings.document, { ...facts, transactions: transactions.value });
  if (verdict.is === "skip") return notTaken(c, order, verdict, before);

  const mapping = await mapOrder(c, order, before, verdict);
  if (mapping.is === "stop") return mapping.outcome;
  if (mapping.is === "unread") return unread(c, orderId, mapping.failure);
  const { picture, reserved, ordered } = mapping.came;
  const of = { orderId, generation: before?.generation ?? 1 };
  if (mapping.is === "held") {
    const { metAt } = mapping;
    await forgetLines(db, tenant, of).run();
    return hold(c, orderId, mapping.problems, { picture, reserved, ordered, ...(metAt ? { metAt } : {}) });
  }
  // Its header is in Cin7 and nothing else of it: lines and charges follow today's Setup and order under that header.
  const under = (anew: SaleDraft | null) => (kept && begun === "sale" && anew ? underHeader(kept.draft, anew) : anew);
  const draft = under(mapping.kept.draft);
  if (!draft) return done("It goes on where it stopped.", { next: [{ kind: "order.send", orderId }] });
  const keep: Kept = {
    ...mapping.kept,
    draft,
    fallback: under(mapping.kept.fallback ?? null),
    ...(decided?.lookFirst ? { lookFirst: true } : {}),
    ...(transactions ? { transactions: transactions.value } : {}),
  };
  await c.drafts.keep(orderId, keep);
  const daily = waitsForDay(c, begun);
  const found = daily ? await alone(c, orderId, keep) : null;
  if (found) return found;
  const moved = await mapped(
    db,
    tenant,
    of,
    draft,
    {
      state: "pending",
      note: "Waits for its turn to go to Cin7 Core.",
      ...(daily ? dayNote(c) : {}),
      reserved,
      ordered,
      metAt: mapping.metAt,
      picture: { ...picture, mapped: mappedFor(before?.erasedAt != null, draft) },
      settingsVersion: settings.version,
      rounding: roundingOf(draft),
    },
    now(),
  );
  const clears = [`unpaid-released:${orderId}`];
  const { notices } = draft;
  if (daily && !moved) return done("Its day was closed meanwhile.", { next: [{ kind: "order.changed", orderId }] });
  if (daily) return done("Taken; goes with the daily sale.", { notices, clears });
  return done("Taken; goes to Cin7 Core next.", { next: [{ kind: "order.send", orderId }], notices, clears });
}

/** Nothing is taken, nothing of it is looked at. What somebody asks of a sale that is there already goes on: it is begun (F1). */
async function whileOff(c: LinkedContext, orderId: number, asked: boolean): Promise<Outcome> {
  const row = asked ? await orderOf(c.db, c.tenant, orderId) : null;
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

/** The order's page was lost with its row (a restored database): drawn again from BigCommerce and the draft that was sent. */
async function drawAgain(c: LinkedContext, order: Order, kept: Kept, generation: number): Promise<void> {
  const snapshot = await readSnapshot(c.bigcommerce, order, false);
  if (!snapshot.ok) return;
  const picture = { ...pictureOf(snapshot.value, c.store.timeZone), mapped: mappedOf(kept.draft) };
  const { settingsVersion } = kept.draft;
  await mapped(
    c.db,
    c.tenant,
    { orderId: order.id, generation },
    kept.draft,
    { state: "pending", note: "It goes on where it stopped.", picture, ordered: orderedIn(snapshot.value), settingsVersion },
    new Date(c.now()).toISOString(),
  );
}

const GOING: ReadonlySet<OrderRow["state"]> = new Set(["pending", "sending"]);

/** The order as it was mapped, under the same settings. */
const isSame = (kept: Kept, order: Order, settingsVersion: number, row: OrderRow): boolean =>
  isWanted(kept.draft.mark, row) &&
  kept.order.date_modified === order.date_modified &&
  kept.order.status_id === order.status_id &&
  kept.draft.settingsVersion === settingsVersion;

/** A held order shows what keeps it; its stock stays held where its lines could be read. */
async function hold(c: LinkedContext, orderId: number, problems: Problem[], more: Partial<MoveTo> = {}): Promise<Outcome> {
  await move(c.db, c.tenant, orderId, { ...more, state: "held", note: holdReasons(problems) }, new Date(c.now()).toISOString());
  return blocked(problems);
}

async function unread(c: LinkedContext, orderId: number, failure: ReadFailure): Promise<Outcome> {
  const now = new Date(c.now()).toISOString();
  const missing = failure.is === "answer" && failure.answer.is === "missing";
  if (!missing) await toldOf(c.db, c.tenant, orderId, now);
  if (failure.is === "malformed") return hold(c, orderId, [{ kind: "order-malformed", orderId, fields: failure.fields }]);
  if (missing) {
    // An order that is not there (yet): BigCommerce tells of orders before every copy of it knows them (decision 0005).
    if (c.attempt > UNKNOWN_LOOKS) {
      if (isUnread(await orderOf(c.db, c.tenant, orderId)))
        await move(
          c.db,
          c.tenant,
          orderId,
          { state: "not-taken", note: "BigCommerce does not know this order any more.", reserved: [] },
          now,
        );
      return skipped("unknown-order", "BigCommerce does not know this order.");
    }
    return later(c.now() + (10_000 * c.attempt) / c.config.timeScale, "BigCommerce does not show this order yet.");
  }
  return unreadOutcome(c, orderId, failure);
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
