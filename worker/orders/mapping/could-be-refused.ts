import type { Refusal } from "../../cin7/refusals.ts";
import type { SaleDraft } from "./sale-draft.ts";

type Rows = Pick<SaleDraft, "lines" | "charges">;
const negative = (draft: Rows): boolean => draft.charges.some((charge) => charge.price.startsWith("-"));
const free = (draft: Rows): boolean => [...draft.lines, ...draft.charges].some((row) => row.price === "0");

/** Whether a sale holds something that could be refused, so that its fallback is worked out and kept beside it. */
export const couldBeRefused = (draft: SaleDraft): boolean => negative(draft) || free(draft);

/** Reads Cin7's sentence; null: it refuses something else, or something that this sale does not hold. */
export function refusalIn(message: string, draft: Rows): Refusal | null {
  if (/negativ|less than (0|zero)|below (0|zero)/i.test(message)) return negative(draft) ? "negative-charges" : null;
  if (/(greater|more|higher) than (0|zero)|price.{0,40}\b(0|zero)\b/i.test(message)) {
    if (free(draft)) return "zero-price";
    return negative(draft) ? "negative-charges" : null;
  }
  return null;
}
