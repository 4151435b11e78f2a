import { openStocktakes } from "../cin7/stock-on-hand.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { type Halt, haltOf } from "../inbox/vendor-answer.ts";
import type { SaleDraft } from "../orders/mapping/sale-draft.ts";
import { isOpenAt, speaksOfStocktake } from "../orders/stocktake-words.ts";
import type { Problem } from "../problems/define-problem.ts";
import { keyOf } from "../problems/registry.ts";
import { isOpen } from "../problems/store.ts";

/**
 * Stocktakes keep orders and invoices of a location waiting, together (M36): the first refusal raises one problem for the
 * location, everybody else reads that before asking Cin7, and the store's look every 5 minutes (`lift-step.ts`) lets all go.
 */
const problemAt = (location: string): Problem => ({ kind: "stocktake-open", location });

/** The problem that keeps this location waiting already, without a call; null: none is known. */
export async function stocktakeAt(c: LinkedContext, draft: SaleDraft): Promise<Problem | null> {
  const problem = problemAt(draft.location);
  return (await isOpen(c.db, c.tenant, keyOf(problem))) ? problem : null;
}

/** A refusal that comes from a stocktake becomes its problem; one call where its words leave that open. Else as it was. */
export async function unlessStocktake<T extends { is: string }>(c: LinkedContext, draft: SaleDraft, answer: T | Halt): Promise<T | Halt> {
  if (answer.is !== "refused") return answer;
  const said = speaksOfStocktake((answer as Extract<Halt, { is: "refused" }>).message);
  if (said === "no") return answer;
  const halt: Halt = { is: "problem", problem: problemAt(draft.location) };
  if (said === "yes") return halt;
  const list = await openStocktakes(c.cin7);
  if (list.is === "read") return isOpenAt(list.value, draft.location) ? halt : answer;
  const stopped = haltOf(list, c);
  // Without the list nobody knows: Cin7's own words are passed on.
  return stopped.is === "refused" ? answer : stopped;
}
