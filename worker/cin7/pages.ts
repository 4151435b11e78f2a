import * as z from "zod";
import type { Cin7, Cin7Answer } from "./client.ts";

/** A list of Cin7 Core, page by page (cin7-core.md 1.3). `stopped`, `unread`: what ends it before its end. */
export async function cin7Pages<T, Stop>(
  cin7: Cin7,
  path: string,
  query: Record<string, string | number | boolean | undefined>,
  key: string,
  row: z.ZodType<T>,
  pages: number,
  { stopped, unread }: { stopped: (answer: Cin7Answer) => Stop | null; unread: Stop },
): Promise<{ is: "read"; value: T[] } | Stop> {
  const all: T[] = [];
  for (let page = 1; page <= pages; page++) {
    const answer = await cin7.get(path, { ...query, Page: page, Limit: 1000 });
    const stop = stopped(answer);
    if (stop) return stop;
    const list = rowsOf(answer.is === "ok" ? answer.body : null, key, row);
    if (!list) return unread;
    all.push(...list.rows);
    if (page * 1000 >= list.total) break;
  }
  return { is: "read", value: all };
}

type ListPage<T> = { rows: T[]; total: number };

/** Rows of a list answer; a row that does not fit is left out, an answer without the list is null. */
export function rowsOf<T>(body: unknown, key: string, row: z.ZodType<T>): ListPage<T> | null {
  const parsed = z.looseObject({ Total: z.coerce.number().optional(), [key]: z.array(z.unknown()) }).safeParse(body);
  if (!parsed.success) return null;
  const all = (parsed.data as Record<string, unknown>)[key] as unknown[];
  const rows = all.flatMap((each) => {
    const one = row.safeParse(each);
    return one.success ? [one.data] : [];
  });
  return { rows, total: (parsed.data.Total as number | undefined) ?? all.length };
}
