import * as z from "zod";
import type { Cin7 } from "../cin7/client.ts";
import { saleRow } from "../cin7/schemas.ts";
import type { SaleSign } from "./other-connection.ts";

const text = z
  .string()
  .nullish()
  .transform((v) => v ?? "");
const list = z.object({ SaleList: z.array(saleRow.extend({ SourceChannel: text, Updated: text })).nullish() });

const PAGE = 1000;
export type SalesSince = { is: "read"; rows: SaleSign[] } | { is: "wait"; at: number } | { is: "trouble" };

/** Sales created since an instant (ISO 8601 UTC), whoever wrote them; `pages` of 1,000 at most, a call each (cin7-core.md 5). */
export async function salesSince(cin7: Cin7, since: string, pages: number): Promise<SalesSince> {
  const rows: SaleSign[] = [];
  for (let page = 1; page <= pages; page++) {
    const answer = await cin7.get("/saleList", { CreatedSince: since, Page: page, Limit: PAGE });
    if (answer.is === "wait") return { is: "wait", at: answer.at };
    const read = answer.is === "ok" ? list.safeParse(answer.body) : null;
    if (!read?.success) return { is: "trouble" };
    const found = read.data.SaleList ?? [];
    rows.push(...found);
    if (found.length < PAGE) break;
  }
  return { is: "read", rows };
}
