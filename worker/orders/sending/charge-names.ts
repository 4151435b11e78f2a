import type { Settings } from "../../contract/index.ts";
import { CHARGE_KEYS } from "../../settings/parts/charges.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";

/**
 * A frozen draft under the names that Setup has for its charge items now: Cin7 knows a charge by its name only
 * (cin7-core.md 2.4), so one that was renamed there would be refused for ever. Nothing else of the draft may change.
 */
export function withNames(draft: SaleDraft, { charges }: Settings): SaleDraft {
  const names = new Map(
    CHARGE_KEYS.flatMap((key) => (charges.items[key] ? [[charges.items[key].productId, charges.items[key].name]] : [])) as [
      string,
      string,
    ][],
  );
  const named = draft.charges.map((charge) => ({ ...charge, description: names.get(charge.productId ?? "") ?? charge.description }));
  return { ...draft, charges: named };
}

/** Cin7's sentence names something that it does not know, or no longer (cin7-core.md 1.4). */
export const speaksOfUnknown = (message: string): boolean => /not found|reference book|does not exist|deprecated|not active/i.test(message);
