import type { Cin7 } from "../cin7/client.ts";
import { PAGE } from "../cin7/pages.ts";
import { salesCreatedSince } from "../cin7/sale.ts";
import type { SaleSign } from "./other-connection.ts";

/** `cut`: there are more than were read. */
export type SalesSince = { is: "read"; rows: SaleSign[]; cut: boolean } | { is: "wait"; at: number } | { is: "trouble" };

/**
 * Sales created since an instant (ISO 8601 UTC), whoever wrote them; `pages` of 1,000 at most, a call each (cin7-core.md 5).
 * Unless `whole`, no more than one page of a list that would be cut.
 */
export async function salesSince(cin7: Cin7, since: string, pages: number, whole = true): Promise<SalesSince> {
  const rows: SaleSign[] = [];
  let cut = false;
  for (let page = 1; page <= pages; page++) {
    const read = await salesCreatedSince(cin7, since, page);
    if (read.is === "wait") return read;
    if (read.is !== "read") return { is: "trouble" };
    rows.push(...read.value.rows);
    cut = read.value.total > pages * PAGE;
    if (read.value.isLast || (!whole && cut)) break;
  }
  return { is: "read", rows, cut };
}
