import type { Order, Transaction } from "../../bigcommerce/schemas.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { done, type Outcome } from "../../inbox/outcome.ts";
import type { Work } from "../../inbox/work.ts";
import { iso } from "../../lib/days.ts";
import type { OrderKept } from "../../sales/kept.ts";
import { keepSale } from "../../sales/kept-store.ts";
import { forgetLines, mapped } from "../../sales/lines-store.ts";
import { isAuthorised, isCaptured } from "../mapping/amounts/payment-method.ts";
import { roundingOf } from "../mapping/amounts/rounding.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { type Mapping, mapOrder } from "../reading/map-step.ts";
import { mappedFor } from "../reading/picture.ts";
import { readTransactions } from "../reading/read-order-flow.ts";
import { underHeader } from "../sending/progress.ts";
import type { MoveTo } from "../store.ts";
import type { Verdict } from "../verdict.ts";
import { accept } from "./accept.ts";
import type { Present } from "./decide-next.ts";
import { hold, unread } from "./hold-flow.ts";
import { notTaken } from "./unpaid-flow.ts";
import { alone, dayNote, waitsForDay } from "./waits-for-day-flow.ts";

/** An order that was read. `pressed`: a person wants it now; `chosen`: one did once; `early`: before its moment; `lookFirst`: it is looked up before every write. */
export type Came = Present & { order: Order; pressed: boolean; chosen: boolean; early: boolean; lookFirst: boolean };

/** It goes to Cin7; a person who wants it now tries it where others wait. */
export const sendNext = ({ order, pressed }: Pick<Came, "order" | "pressed">): Work => ({
  kind: "order.send",
  orderId: order.id,
  ...(pressed ? { pressed } : {}),
});

/** Judged by the rule of Setup, then mapped. `transactions` null: they were not read. */
export async function judgeAndTake(c: LinkedContext, came: Came): Promise<Outcome> {
  const { order, row, pressed, chosen, early } = came;
  const { document } = c.settings;
  const facts = { pressed, chosen, early, now: iso(c.now()), metAt: row?.metAt ?? null, timeZone: c.store.timeZone };
  let verdict = accept(order, document, facts);
  // The payments, which are needed anyway when money was taken, tell its day (M12) and a gateway in test mode (M20).
  const money = isCaptured(order) || (document.orders.captureWhen === "authorised" && isAuthorised(order));
  const transactions = verdict.is === "take" && money ? await readTransactions(c.bigcommerce, order.id) : null;
  if (transactions?.ok === false) return unread(c, order.id, transactions.error);
  if (transactions) verdict = accept(order, document, { ...facts, transactions: transactions.value });
  if (verdict.is === "skip") return notTaken(c, order, verdict, row);
  return take(c, came, verdict, transactions?.value ?? null);
}

async function take(
  c: LinkedContext,
  came: Came,
  verdict: Exclude<Verdict, { is: "skip" }>,
  transactions: Transaction[] | null,
): Promise<Outcome> {
  const { order, row } = came;
  const orderId = order.id;
  const mapping = await mapOrder(c, order, row, verdict);
  if (mapping.is === "stop") return mapping.outcome;
  if (mapping.is === "unread") return unread(c, orderId, mapping.failure);
  const of = { orderId, generation: row?.generation ?? 1 };
  if (mapping.is === "held") {
    const { metAt } = mapping;
    await forgetLines(c.db, c.tenant, of).run();
    return hold(c, orderId, mapping.problems, { ...mapping.came, ...(metAt ? { metAt } : {}) });
  }
  const keep = keptOf(came, mapping.kept, transactions);
  if (!keep) return done("It goes on where it stopped.", { next: [sendNext(came)] });
  await keepSale(c, keep);
  const daily = waitsForDay(c, came.begun);
  const found = daily ? await alone(c, orderId, keep) : null;
  if (found) return found;
  const moved = await mapped(c, of, keep.draft, pendingAs(c, came, mapping, keep.draft));
  const told = { notices: keep.draft.notices, clears: answeredBy(orderId, came) };
  if (daily && !moved) return done("Its day was closed meanwhile.", { next: [{ kind: "order.changed", orderId }] });
  if (daily) return done("Taken; goes with the daily sale.", told);
  return done("Taken; goes to Cin7 Core next.", { next: [sendNext(came)], ...told });
}

/** A sale that is made anew is of the order as it is now: that the former one was voided, or differed, is answered by it. */
const answeredBy = (orderId: number, { row, begun }: Came): string[] => [
  `unpaid-released:${orderId}`,
  ...(begun === "nothing" && (row?.generation ?? 1) > 1 ? [`voided-after-sale:${orderId}`, `changed-after-sale:${orderId}`] : []),
];

/**
 * What is frozen. Where its header is in Cin7 and nothing else of it, lines and charges follow today's Setup and order under
 * that header. Null: they do not fit it, so the frozen draft goes on.
 */
function keptOf({ kept, begun, lookFirst }: Came, anew: OrderKept, transactions: Transaction[] | null): OrderKept | null {
  const under = (draft: SaleDraft | null) => (kept && begun === "sale" && draft ? underHeader(kept.draft, draft) : draft);
  const draft = under(anew.draft);
  if (!draft) return null;
  return {
    ...anew,
    draft,
    fallback: under(anew.fallback ?? null),
    ...(lookFirst ? { lookFirst: true } : {}),
    ...(transactions ? { transactions } : {}),
  };
}

function pendingAs(c: LinkedContext, { row, begun }: Came, mapping: Extract<Mapping, { is: "mapped" }>, draft: SaleDraft): MoveTo {
  const { picture, ...came } = mapping.came;
  return {
    state: "pending",
    note: "Waits for its turn to go to Cin7 Core.",
    ...(waitsForDay(c, begun) ? dayNote(c) : {}),
    ...came,
    metAt: mapping.metAt,
    picture: { ...picture, mapped: mappedFor(row?.erasedAt != null, draft) },
    settingsVersion: c.settings.version,
    rounding: roundingOf(draft),
  };
}
