import * as z from "zod";
import type { Cin7 } from "../cin7/client.ts";
import { saleRow } from "../cin7/schemas.ts";
import type { SaleSign } from "./other-connection.ts";

const text = z
  .string()
  .nullish()
  .transform((v) => v ?? "");
const list = z.object({ Total: z.coerce.number(), SaleList: z.array(saleRow.extend({ SourceChannel: text, Updated: text })).nullish() });

const PAGE = 1000;
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
    const answer = await cin7.get("/saleList", { CreatedSince: since, Page: page, Limit: PAGE });
    if (answer.is === "wait") return { is: "wait", at: answer.at };
    const read = answer.is === "ok" ? list.safeParse(answer.body) : null;
    if (!read?.success) return { is: "trouble" };
    const found = read.data.SaleList ?? [];
    rows.push(...found);
    cut = read.data.Total > pages * PAGE;
    if (found.length < PAGE || (!whole && cut)) break;
  }
  return { is: "read", rows, cut };
}
