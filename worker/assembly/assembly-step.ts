import * as z from "zod";
import { assembleGoods, findGoods, halfMade, isMade, voidGoods } from "../cin7/assembly.ts";
import { readOrder } from "../cin7/sale-order.ts";
import type { FinishedGoods } from "../cin7/schemas/product.ts";
import type { AssembleMode } from "../contract/index.ts";
import { quietMsOf } from "../env.ts";
import { asWritten, type Looked, resolveOnce, type Written, writeOnce, writing } from "../inbox/claim.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { giveTurn, isRaised, lower, raise, takeTurn } from "../inbox/notes.ts";
import { type Halt, haltOf, refusedAs } from "../inbox/vendor-answer.ts";
import { isDaySale } from "../lib/day-sale.ts";
import { dayIn } from "../lib/days.ts";
import type { Answer } from "../lib/http.ts";
import { type Decimal, plain, ZERO } from "../lib/money.ts";
import type { SaleDraft } from "../orders/mapping/sale-draft.ts";
import { assemblyMark, assemblyStep, orderStep, reference, sameMark, stoppedStep, turnStep } from "../orders/marks.ts";
import type { OrderRow } from "../orders/store.ts";
import type { Problem } from "../problems/define-problem.ts";
import { unlessStocktake } from "../stocktake/wait-step.ts";
import { assemblyBody } from "./body.ts";
import { type Assembled, looksAtShelf, toAssemble, type Wanted, wantedKits } from "./plan.ts";
import { kitsAmong, readShelf, shortParts } from "./read-shelf-step.ts";

/** `made`: what is assembled for the order, also by an earlier run. `short`: components are missing; a person or a delivery helps. */
export type Readied = { is: "ready"; made: Assembled[] } | { is: "short"; made: Assembled[]; problems: Problem[] } | Halt;

/**
 * Before the order document: what Setup assembles of its kits, each written exactly once (F23 to F25). The header is in Cin7
 * by then, so the sale is surely ours, and a cancel finds and voids it. Where nothing is to be assembled no call is made.
 */
export async function assembleFor(c: LinkedContext, row: OrderRow, draft: SaleDraft, forgottenAt: number | null): Promise<Readied> {
  const { mode } = c.settings.document.sale.assembly;
  const ready: Readied = { is: "ready", made: [] };
  // Once the order document is begun its stock is allocated, or may be.
  if (mode === "never" || draft.order?.status === "draft" || c.claims.of(orderStep(row.orderId, row.generation))) return ready;
  const known = await kitsAmong(c, [...new Set(draft.lines.map((line) => line.productId))]);
  if (known.is !== "read") return known;
  const kits = wantedKits(draft.lines, known.value);
  if (kits.length === 0) return ready;
  if (forgottenAt !== null) {
    const begun = await isAuthorised(c, row);
    if (begun.is !== "read") return begun;
    if (begun.value) return ready;
  }

  const made: Assembled[] = [];
  const problems: Problem[] = [];
  for (const kit of kits) {
    const done = await remembered(c, row, kit, await assemble(c, row, draft, kit, forgottenAt));
    if (done.is === "made") made.push(done.value);
    else if (done.is === "short") problems.push(done.problem);
    else if (done.is !== "nothing") {
      if (done.is === "refused" || done.is === "problem") await giveTurns(c, row, draft);
      return done;
    }
  }
  if (problems.length === 0) return { is: "ready", made };
  await giveTurns(c, row, draft);
  return { is: "short", made, problems };
}

const assembledKept = z.object({ sku: z.string(), quantity: z.string(), number: z.string() });

type Done = { is: "made"; value: Assembled } | { is: "nothing" } | { is: "short"; problem: Problem } | Halt;

/** That it could not be assembled is known to the next run, until it is, or no longer has to be. */
async function remembered(c: LinkedContext, row: OrderRow, kit: Wanted, done: Done): Promise<Done> {
  const step = stoppedStep(row.orderId, kit.productId);
  if (done.is === "short" || done.is === "problem") await raise(c.claims, step, assemblyMark(c.tenant.store, row.orderId));
  else if (done.is === "made" || done.is === "nothing") await lower(c.claims, step);
  return done;
}

async function assemble(c: LinkedContext, row: OrderRow, draft: SaleDraft, kit: Wanted, forgottenAt: number | null): Promise<Done> {
  const step = assemblyStep(row.orderId, kit.productId);
  const mark = assemblyMark(c.tenant.store, row.orderId);
  const look = () => lookFor(c, mark, kit);
  // A lost answer first: how much is missing now depends on whether it arrived.
  if (c.claims.of(step)) {
    const before = await resolveOnce<Assembled>(writing(c), { step, mark, look, kept: assembledKept });
    if (before.is === "written") return { is: "made", value: before.value };
    if (before.is !== "absent") return before;
  }
  const quantity = await quantityOf(c, row, draft, kit);
  if (quantity.is !== "quantity") return quantity;
  const { value, again } = quantity;
  if (value.eq(0)) return { is: "nothing" };
  // Known to be short: Cin7 is not asked to assemble before the components are there.
  const lacks = again ? await short(c, row, draft, kit, value) : null;
  if (lacks && lacks.is !== "nothing") return lacks;

  const { wipAccount, account } = c.settings.document.sale.assembly;
  const at = { location: draft.location, wipAccount: wipAccount ?? "", account: account ?? "", day: today(c) };
  const body = assemblyBody(
    kit,
    plain(value),
    at,
    reference(isDaySale(row.orderId) ? draft.reference : `BigCommerce order ${row.orderId}`, mark),
  );
  const answer: Written<Assembled> = await writeOnce<Assembled>(writing(c), {
    step,
    mark,
    kept: assembledKept,
    forgottenAt,
    look,
    ...asWritten(
      assembleGoods(c.cin7, body, (sent) => whole(c, sent)),
      (goods) => assembled(kit, goods),
    ),
  });
  if (answer.is === "written") return { is: "made", value: answer.value };
  const halt = await unlessStocktake(c, draft, answer);
  if (halt.is !== "refused") return halt;
  const why = await short(c, row, draft, kit, value);
  return why.is === "nothing" ? { is: "problem", problem: refusedAs(row.orderId, ASSEMBLY)(halt.message) } : why;
}

/** The step under which a refusal is told. */
const ASSEMBLY = "assembly";
const today = (c: LinkedContext): string => dayIn(new Date(c.now()).toISOString(), c.store.timeZone);
const assembled = (kit: Wanted, { Quantity, AssemblyNumber }: FinishedGoods): Assembled => ({
  sku: kit.sku,
  quantity: String(Quantity),
  number: AssemblyNumber,
});

/**
 * How many of a kit. Once it could not be assembled, only what is missing counts, so that what a person has assembled by hand
 * is enough, and nothing is made twice (`again`).
 */
async function quantityOf(
  c: LinkedContext,
  row: OrderRow,
  draft: SaleDraft,
  kit: Wanted,
): Promise<{ is: "quantity"; value: Decimal; again: boolean } | Halt> {
  const { mode, cin7 } = c.settings.document.sale.assembly;
  const again = isRaised(c.claims, stoppedStep(row.orderId, kit.productId));
  const setup = { mode: again ? ("missing" satisfies AssembleMode) : mode, cin7 };
  if (!looksAtShelf(setup, kit)) return { is: "quantity", value: toAssemble(setup, kit, ZERO), again };
  const waits = await waitsForTurn(c, row, draft, kit);
  if (waits) return waits;
  const shelf = await readShelf(c, kit.productId, draft.location, kit.auto);
  return shelf.is === "read" ? { is: "quantity", value: toAssemble(setup, kit, shelf.value), again } : shelf;
}

type Parts = Extract<Problem, { kind: "assembly-short" }>["parts"];
const shortOf = (row: OrderRow, draft: SaleDraft, { sku }: Wanted, quantity: Decimal, parts: Parts): Problem => ({
  kind: "assembly-short",
  orderId: row.orderId,
  saleNumber: row.saleNumber ?? "",
  sku,
  quantity: plain(quantity),
  location: draft.location,
  parts,
});

/** Which components are short; `nothing`: none is. */
async function short(c: LinkedContext, row: OrderRow, draft: SaleDraft, kit: Wanted, quantity: Decimal): Promise<Done> {
  const parts = await shortParts(c, kit, quantity, draft.location);
  if (parts.is !== "read") return parts;
  return parts.value.length === 0 ? { is: "nothing" } : { is: "short", problem: shortOf(row, draft, kit, quantity, parts.value) };
}

/** Made as far as it went: taken back at once and told like a refusal, so that nothing half made is left (cin7-core.md 3.5). */
async function whole(c: LinkedContext, answer: Answer): Promise<Answer> {
  const half = halfMade(answer);
  if (!half) return answer;
  const undone = await voidGoods(c.cin7, half.TaskID);
  // Not surely void: looked for before anything is written again.
  if (undone.is !== "read" || !undone.value) return { is: "trouble", why: "server", status: null };
  return { is: "refused", status: 400, message: half.Errors.join(" ") || "It was not completed.", body: null };
}

async function lookFor(c: LinkedContext, mark: string, kit: Wanted): Promise<Looked<Assembled>> {
  const found = await findGoods(c.cin7, mark, kit.productId, (notes) => sameMark(notes, mark));
  if (found.is !== "read") return haltOf(found, c);
  if (found.value === null) return { is: "absent" };
  if (isMade(found.value)) return { is: "found", value: assembled(kit, found.value) };
  const undone = await voidGoods(c.cin7, found.value.TaskID);
  if (undone.is !== "read") return haltOf(undone, c);
  return undone.value ? { is: "absent" } : { is: "trouble", why: "What was half assembled is not void yet; we look again." };
}

/** The order document may be there from before this connection: then its stock is allocated, and what is missing is another matter. */
async function isAuthorised(c: LinkedContext, row: OrderRow): Promise<{ is: "read"; value: boolean } | Halt> {
  const order = await readOrder(c.cin7, row.saleId ?? "");
  return order.is === "read" ? { is: "read", value: !/^(DRAFT|NOT AVAILABLE|VOIDED)$/i.test(order.value.Status) } : haltOf(order, c);
}

/** So many quiet times a turn lasts: the answers of an assembly and of its order may be lost after each other, each is looked for after one. */
const TURN_LASTS = 5;

/** One order at a time counts what is on a kit's shelf, until its own units are allocated; a turn that was lost ends by itself. */
async function waitsForTurn(c: LinkedContext, row: OrderRow, draft: SaleDraft, kit: Wanted): Promise<Halt | null> {
  const quietMs = quietMsOf(c.config);
  const lapsed = c.now() - TURN_LASTS * quietMs;
  if (await takeTurn(c.claims, turnStep(draft.location, kit.productId), String(row.orderId), lapsed)) return null;
  return { is: "wait", at: c.now() + quietMs / 24, why: `Another order assembles ${kit.sku} just now; its turn comes next.` };
}

/** Its units are allocated, or it is held: the next order counts. */
export async function giveTurns(c: LinkedContext, row: OrderRow, draft: SaleDraft): Promise<void> {
  if (c.settings.document.sale.assembly.mode === "never") return;
  for (const productId of new Set(draft.lines.map((line) => line.productId)))
    await giveTurn(c.claims, turnStep(draft.location, productId), String(row.orderId));
}
