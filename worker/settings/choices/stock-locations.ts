import type { Ref, Settings } from "../../contract/index.ts";

/** *Stock locations* of Setup (F26, M34): whose stock counts for a store, beside the one from which its sales ship. */

/** The locations that were chosen one by one; none where all count. */
export const stockChosen = ({ location }: Pick<Settings, "location">): readonly Ref[] => (location.stock === "all" ? [] : location.stock);
