import { findByMark, isVoid } from "../cin7/sale.ts";
import { quietMsOf } from "../env.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { blocked, done, later, type Outcome } from "../inbox/outcome.ts";
import { haltOf, refusedAs, stop } from "../inbox/vendor-answer.ts";
import type { Work } from "../inbox/work.ts";
import { instant } from "../lib/days.ts";
import { inItsGeneration } from "../orders/capture/receive-flow.ts";
import { createAgain } from "../orders/capture/recreate-step.ts";
import { holdReasons } from "../orders/hold-words.ts";
import { dayMark, stemIn } from "../orders/marks.ts";
import { paymentsOf } from "../orders/payments-store.ts";
import { mapOrder } from "../orders/reading/map-step.ts";
import { mappedOf, redrawn } from "../orders/reading/picture.ts";
import { readOrder } from "../orders/reading/read-order-flow.ts";
import { begunOf, underHeader } from "../orders/sending/progress.ts";
import { readStages } from "../orders/state.ts";
import { move, type OrderRow, orderOf } from "../orders/store.ts";
import { reached } from "../sales/documents-store.ts";
import type { DayKept, SoldKept } from "../sales/kept.ts";
import { dayKept, keepSale, orderKept } from "../sales/kept-store.ts";
import { keepLines, mapped } from "../sales/lines-store.ts";
import { dayOf } from "./rules/day.ts";
import { daySaleOf, groupOf } from "./rules/day-sale.ts";
import { dissolveDay, membersOf, restoreDay, showDay, stemOfDay } from "./rules/members-store.ts";

/**
 * `order.changed` of a daily sale (F15): there is nothing to read of it in BigCommerce. It is sent as it was closed; held
 * because Cin7 refused it, its orders are mapped anew by today's Setup first; void in Cin7 it is created again when somebody
 * processes it, with the same orders.
 */
export async function receiveDay(c: LinkedContext, daySale: number, pressed: boolean): Promise<Outcome> {
  const kept = await dayKept(c, daySale);
  const stored = await orderOf(c.db, c.tenant, daySale);
  if (!kept)
    return stored?.state === "sent"
      ? done("It is in Cin7 Core.", { next: [{ kind: "order.money", orderId: daySale }] })
      : stored
        ? forgotten(c, stored)
        : done("It is not there any more.");
  if (!stored) await restored(c, daySale, kept);
  let row = await inItsGeneration(c, stored ?? (await orderOf(c.db, c.tenant, daySale)), kept);
  if (!row) return done("It is not there any more.");
  if (pressed) {
    const again = await createAgain(c, row);
    if (again.is === "stop") return again.outcome;
    row = again.row;
  }
  if (row.state === "sent")
    return done(`In Cin7 Core as ${row.saleNumber ?? "a sale"}.`, { next: [{ kind: "order.money", orderId: daySale }] });
  if (readStages(row.stages).includes("voided")) {
    const problem = { kind: "sale-voided" as const, orderId: daySale, saleNumber: row.saleNumber ?? "" };
    await move(c.db, c.tenant, daySale, { state: "held", note: holdReasons([problem]) }, iso(c));
    return blocked([problem]);
  }
  const begun = begunOf(c.claims, daySale, row.generation);
  const mark = dayMark(c.tenant.store, stemIn(kept.draft.mark), row.generation);
  if (kept.draft.mark !== mark) await keepSale(c, withMark(kept, mark));
  else if (row.state === "held" && begun !== "order") await mappedAnew(c, row, kept, begun === "sale");
  await move(c.db, c.tenant, daySale, { state: "pending", note: "Waits for its turn to go to Cin7 Core." }, iso(c));
  return done("It goes to Cin7 Core.", { next: [{ kind: "order.send", orderId: daySale }] });
}

/**
 * After a disconnect nothing is kept of what was to be sent. Cin7 is asked for it by its mark, after the quiet period as ever
 * (design 3.5): there, it is told, because nobody can say any more what it lacks; not there, its orders wait for the next day.
 */
async function forgotten(c: LinkedContext, row: OrderRow): Promise<Outcome> {
  const stem = await stemOfDay(c.db, c.tenant, row.orderId);
  const quiet = Date.parse(c.store.lookBefore) + quietMsOf(c.config);
  if (c.now() < quiet) return later(quiet, "It may still be on its way from before this connection; we look before anything is done.");
  const mark = dayMark(c.tenant.store, stem ?? "", row.generation);
  const sales = await findByMark(c.cin7, mark);
  if (sales.is !== "read") return stop(haltOf(sales, c), c, refusedAs(row.orderId, "sale"));
  const found = sales.value.find((sale) => !isVoid(sale));
  if (!found) {
    const members = await membersOf(c.db, c.tenant, row.orderId);
    await dissolveDay(c.db, c.tenant, row.orderId, iso(c));
    return done("It was not in Cin7 Core; its orders go with the next one.", {
      next: members.map(({ orderId }) => ({ kind: "order.changed" as const, orderId })),
    });
  }
  const ids = { cin7Id: found.SaleID.toLowerCase(), number: found.OrderNumber };
  await reached(c, row, [{ kind: "sale", state: "open", ...ids }]);
  await move(c.db, c.tenant, row.orderId, { state: "sending", note: "" }, iso(c));
  await move(c.db, c.tenant, row.orderId, { state: "sent", note: `In Cin7 Core as ${found.OrderNumber}` }, iso(c));
  const problem = {
    kind: "sale-unfinished" as const,
    orderId: row.orderId,
    saleNumber: found.OrderNumber,
    why: "unmapped" as const,
    what: "",
  };
  return done("It cannot be finished by itself; Needs attention says why.", { notices: [problem] });
}

const iso = (c: LinkedContext): string => new Date(c.now()).toISOString();

/** Created again: other payments too, as a void takes them back. */
function withMark(kept: DayKept, mark: string): DayKept {
  const { batches: _, ...day } = kept.day;
  const marked = (draft: DayKept["draft"]) => ({ ...draft, mark });
  return { ...kept, draft: marked(kept.draft), fallback: kept.fallback ? marked(kept.fallback) : null, day };
}

/** The same orders by today's Setup, where BigCommerce shows them as they were; under the header that Cin7 has already, if any. */
async function mappedAnew(c: LinkedContext, row: OrderRow, kept: DayKept, hasHeader: boolean): Promise<void> {
  const { day } = kept;
  const rows = new Map((await membersOf(c.db, c.tenant, row.orderId)).map((each) => [each.orderId, each]));
  const members: SoldKept[] = [];
  for (const { orderId, modifiedAt } of day.members) {
    const before = rows.get(orderId) ?? null;
    const old = await orderKept(c, orderId);
    if (!old) return;
    const read = await readOrder(c.bigcommerce, orderId);
    const same = read.ok && read.value.date_modified === modifiedAt;
    const mapping = same ? await mapOrder(c, read.value, before, { is: "take", metAt: before?.metAt ?? day.end }) : null;
    const anew: SoldKept = mapping?.is === "mapped" ? { ...old, ...mapping.kept, is: "member", daySale: row.orderId } : old;
    if (anew !== old) {
      await keepSale(c, anew);
      await keepLines(c.db, c.tenant, { orderId, generation: before?.generation ?? 1 }, anew.draft).run();
    }
    members.push(anew);
  }
  const [first] = members;
  if (!first) return;
  const { document: settings, version: settingsVersion } = c.settings;
  const stem = stemIn(kept.draft.mark);
  const group = groupOf(first.draft, settings, dayOf(day.end, c.store.timeZone), day.end);
  const { store } = c.tenant;
  const fresh = daySaleOf({ store, daySale: row.orderId, stem, group, settings, settingsVersion, generation: row.generation, members });
  const under = (anew: DayKept["draft"] | null | undefined) => (anew && hasHeader ? underHeader(kept.draft, anew) : (anew ?? null));
  const draft = under(fresh.draft);
  if (!draft || draft.currency !== kept.draft.currency || draft.totals.incTax !== kept.draft.totals.incTax) return;
  await keepSale(c, { ...kept, draft, fallback: under(fresh.fallback) });
  const picture = redrawn(row.picture, mappedOf(draft));
  await mapped(c, row, draft, { state: "pending", note: "", picture, settingsVersion });
}

/** A restored database does not know it: its row and its page are drawn again from what was to be sent. */
async function restored(c: LinkedContext, daySale: number, { draft, day: { end, members } }: DayKept): Promise<void> {
  const { timeZone: zone } = c.store;
  const day = dayOf(end, zone);
  const { currency, totals, settingsVersion, location } = draft;
  await restoreDay(
    c.db,
    c.tenant,
    { daySale, day, zone, cut: end, stem: stemIn(draft.mark), location, members: members.length },
    {
      placedAt: end,
      modifiedAt: end,
      customer: draft.party.name,
      currency,
      total: totals.incTax,
      note: "It goes on where it stopped.",
      settingsVersion,
      metAt: end,
      picture: { came: [], cameLines: [], cameTotals: [], mapped: mappedOf(draft) },
      updatedAt: iso(c),
    },
    draft,
  );
}

/**
 * After each step of a daily sale its orders show how far it is. `sent`: it may just have come into Cin7: orders that changed
 * while it was on its way are looked at then, so that a cancel is told.
 */
export async function withMembers(c: LinkedContext, daySale: number, work: Work["kind"], outcome: Outcome): Promise<Outcome> {
  const row = await orderOf(c.db, c.tenant, daySale);
  const kept = await dayKept(c, daySale);
  if (!row) return outcome;
  const paid = new Set((await paymentsOf(c.db, c.tenant, daySale)).filter((p) => p.state === "posted").map((p) => p.mark));
  const batches = (kept?.day.batches ?? []).filter((batch) => paid.has(batch.payment.mark));
  const posted = batches.flatMap((batch) => batch.tenders.map((tender) => tender.mark));
  await showDay(c.db, c.tenant, row, posted, iso(c));
  if (outcome.is !== "done") return outcome;
  const members = await membersOf(c.db, c.tenant, daySale);
  const was = new Map((kept?.day.members ?? []).map((member) => [member.orderId, instant(member.modifiedAt)]));
  const changed = work === "order.send" && row.state === "sent" ? members.filter((each) => was.get(each.orderId) !== each.modifiedAt) : [];
  const next = (outcome.next ?? []).flatMap((each): Work[] =>
    each.kind === "order.seen" ? members.map(({ orderId }) => ({ kind: "order.seen", orderId })) : [each],
  );
  return { ...outcome, next: [...next, ...changed.map(({ orderId }): Work => ({ kind: "order.changed", orderId }))] };
}
