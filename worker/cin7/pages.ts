import * as z from "zod";
import type { Query } from "../lib/http.ts";
import { type PageAt as Part, smaller } from "../lib/smaller-page.ts";
import type { Cin7 } from "./client.ts";
import { type Cin7Unwanted, type Read, UNREADABLE } from "./reading.ts";

/**
 * A list of Cin7 Core, page by page (cin7-core.md 1.3). `whole`: nothing may be overlooked in it, so a row that does not fit makes
 * it unreadable, and it ends with a page that is not full. Else such a row is left out, and it ends where `Total` says.
 */
export type List<T> = { path: string; key: string; row: z.ZodType<T>; whole?: true };
type Page<T> = { rows: T[]; isLast: boolean; total: number };

export const PAGE = 1000;
const TOO_LONG: Cin7Unwanted = { is: "too-large", status: null };

/** A page of 1,000 rows, however many answers they need: one that is too large to be read comes in smaller ones. */
export async function readPage<T>(
  cin7: Pick<Cin7, "get">,
  list: List<T>,
  query: Query,
  page: number,
  limit = PAGE,
): Promise<Read<Page<T>>> {
  const answer = await cin7.get(list.path, { ...query, Page: page, Limit: limit });
  const less = answer.is === "too-large" ? smaller({ page, limit }) : null;
  if (less) return inParts(less, limit, (part) => readPage(cin7, list, query, part.page, part.limit));
  if (answer.is !== "ok") return answer;
  const found = rowsOf(answer.body, list.key, list.row);
  if (!found || (list.whole && found.rows.length < found.listed)) return UNREADABLE;
  const isLast = list.whole ? found.listed < limit : page * limit >= found.total;
  return { is: "read", value: { rows: found.rows, isLast, total: found.total } };
}

/** The same rows, part by part until the list ends. */
async function inParts<T>(first: Part, limit: number, read: (part: Part) => Promise<Read<Page<T>>>): Promise<Read<Page<T>>> {
  const rows: T[] = [];
  for (let page = first.page; ; page++) {
    const part = await read({ ...first, page });
    if (part.is !== "read") return part;
    rows.push(...part.value.rows);
    if (part.value.isLast || page * first.limit >= (first.page - 1) * first.limit + limit)
      return { is: "read", value: { ...part.value, rows } };
  }
}

/** All of it; of a list that must be whole and is longer than `pages`, nothing: what is behind them is not known. */
export async function readList<T>(cin7: Pick<Cin7, "get">, list: List<T>, query: Query, pages: number): Promise<Read<T[]>> {
  const all: T[] = [];
  for (let page = 1; page <= pages; page++) {
    const read = await readPage(cin7, list, query, page);
    if (read.is !== "read") return read;
    all.push(...read.value.rows);
    if (read.value.isLast) return { is: "read", value: all };
  }
  return list.whole ? TOO_LONG : { is: "read", value: all };
}

type Rows<T> = { rows: T[]; listed: number; total: number };

/** Rows of a list answer; a row that does not fit is left out, an answer without the list is null. */
export function rowsOf<T>(body: unknown, key: string, row: z.ZodType<T>): Rows<T> | null {
  const parsed = z.looseObject({ Total: z.coerce.number().optional(), [key]: z.array(z.unknown()).nullish() }).safeParse(body);
  if (!parsed.success || (!(key in parsed.data) && parsed.data.Total !== 0)) return null;
  const all = ((parsed.data as Record<string, unknown>)[key] as unknown[] | null | undefined) ?? [];
  const rows = all.flatMap((each) => {
    const one = row.safeParse(each);
    return one.success ? [one.data] : [];
  });
  return { rows, listed: all.length, total: (parsed.data.Total as number | undefined) ?? all.length };
}
