import { forgetProducts } from "../../catalogue/store.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { done, type Outcome } from "../../inbox/outcome.ts";
import { type Halt, refusedAs, stop } from "../../inbox/vendor-answer.ts";
import { iso } from "../../lib/days.ts";
import { reached } from "../../sales/documents-store.ts";
import type { Written as Document } from "../../sales/stages.ts";
import { holdReasons } from "../hold-words.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { saleStep } from "../marks.ts";
import { type MoveTo, move, type OrderRow } from "../store.ts";
import { speaksOfUnknown } from "./charge-names.ts";

/** How sending an order ends before its end. */

/**
 * A write that did not come to its end. Refused because Cin7 does not know something (any more): what Setup names is looked at
 * at once, and the products of the order are asked for again when it is mapped next.
 */
export async function halted(
  c: LinkedContext,
  row: OrderRow,
  draft: SaleDraft,
  halt: Halt,
  { step, docs = [] }: { step: "sale" | "order"; docs?: Document[] },
): Promise<Outcome> {
  const outcome = await ended(c, row, stop(halt, c, refusedAs(row.orderId, step)), docs);
  if (halt.is !== "refused" || outcome.is !== "blocked" || !speaksOfUnknown(halt.message)) return outcome;
  if (step === "order") await forgetProducts(c.db, c.tenant, productIds(draft));
  return done(`Held: ${holdReasons(outcome.problems)}`, { notices: outcome.problems, next: [{ kind: "settings.check" }] });
}

const productIds = (draft: SaleDraft): string[] => [...new Set(draft.lines.map((line) => line.productId))];

/** A flow that stops leaves its reason on the order, held with its problems, or waiting with the time of the next try, and what it has written. */
export async function ended(c: LinkedContext, row: OrderRow, outcome: Outcome, docs: Document[] = []): Promise<Outcome> {
  const to = whereTo(c, row, outcome);
  if (docs.length > 0) await reached(c, row, docs, to);
  else if (to) await move(c.db, c.tenant, row.orderId, to, iso(c.now()));
  return outcome;
}

function whereTo(c: LinkedContext, row: OrderRow, outcome: Outcome): MoveTo | undefined {
  if (outcome.is === "blocked") return { state: "held", note: holdReasons(outcome.problems) };
  if (outcome.is !== "later") return undefined;
  const begun = row.saleId !== null || c.claims.of(saleStep(row.orderId, row.generation)) !== null;
  return { state: begun ? "sending" : "pending", note: outcome.why, notedFor: iso(outcome.at) };
}
