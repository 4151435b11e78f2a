import type { Ref, Settings } from "../../contract/index.ts";

/** *Stock locations* of Setup (F26, M34): whose stock counts for a store, beside the one from which its sales ship. */

/** The locations that were chosen one by one; none where all count. */
export const stockChosen = ({ location }: Pick<Settings, "location">): readonly Ref[] => (location.stock === "all" ? [] : location.stock);

/** Names that speak of goods which no shopper gets. A guess, so that it only warns. */
const NOT_FOR_SALE =
  /quarantin|\breturn(s|ed)?\b|\brma\b|damage|defect|faulty|reject|scrap|write.?off|\brepairs?\b|\brecall|fba|amazon|transit|consign|samples?\b|\bhold\b/i;
export const looksNotForSale = (name: string): boolean => NOT_FOR_SALE.test(name);
