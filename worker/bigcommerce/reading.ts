import * as z from "zod";
import type { Query, Unwanted } from "../lib/http.ts";
import { type PageAt, smaller } from "../lib/smaller-page.ts";
import type { BigCommerce } from "./client.ts";

/**
 * What every resource of this folder answers: what was asked for, or the answer that was none of it. `malformed`: a 200 whose fields
 * are not what they must be, and which ones. What it means for the work is said in inbox/vendor-answer.
 */
export type Malformed = { is: "malformed"; fields: string[] };
export type ShopRead<T> = { is: "read"; value: T } | Unwanted | Malformed;

/** `empty`: what 204 stands for; without it, an answer without a body is malformed. `at`: what the fields are named under. */
export async function get<T>(
  client: BigCommerce,
  path: string,
  query: Query | undefined,
  shape: z.ZodType<T>,
  { empty, at = "" }: { empty?: T; at?: string } = {},
): Promise<ShopRead<T>> {
  const answer = await client.get(path, query);
  if (answer.is !== "ok") return answer;
  return answer.body === null && empty !== undefined ? { is: "read", value: empty } : fit(shape, answer.body, at);
}

export function fit<T>(shape: z.ZodType<T>, value: unknown, at: string): { is: "read"; value: T } | Malformed {
  const result = shape.safeParse(value);
  if (result.success) return { is: "read", value: result.data };
  const fields = result.error.issues.slice(0, 5).map((issue) => [at, ...issue.path].filter((p) => p !== "").join("."));
  return { is: "malformed", fields: [...new Set(fields)] };
}

export const mapped = <T, R>(read: ShopRead<T>, of: (value: T) => R): ShopRead<R> =>
  read.is === "read" ? { is: "read", value: of(read.value) } : read;

/** Where nobody can do anything about single fields: an answer that nobody understands. */
export const GARBAGE: Unwanted = { is: "trouble", why: "garbage", status: 200 };
export const unreadable = (read: Unwanted | Malformed): Unwanted => (read.is === "malformed" ? GARBAGE : read);

/** A V3 answer: what was asked for is inside `data`. */
export const inData = <T extends z.ZodType>(inner: T) => z.object({ data: inner });

const PAGE = 250;
const PAGES = 40;
const TOO_LONG: Unwanted = { is: "too-large", status: null };

/**
 * A V2 list to its end: a short page or an empty 204. A page that is too large is asked for in smaller ones, down to a single row.
 * What is longer than we read is not told as if it were whole.
 */
export const readList = <T>(client: BigCommerce, path: string, row: z.ZodType<T>, query: Query = {}): Promise<ShopRead<T[]>> =>
  readPages(client, path, z.array(row), query);

/** The same of a V3 list, whose rows are inside `data`. */
export const readListV3 = <T>(client: BigCommerce, path: string, row: z.ZodType<T>, query: Query = {}): Promise<ShopRead<T[]>> =>
  readPages(
    client,
    path,
    inData(z.array(row)).transform(({ data }) => data),
    query,
  );

async function readPages<T>(client: BigCommerce, path: string, shape: z.ZodType<T[]>, query: Query): Promise<ShopRead<T[]>> {
  const rows: T[] = [];
  let at: PageAt = { page: 1, limit: PAGE };
  while (rows.length < PAGES * PAGE) {
    const read = await get(client, path, { ...query, ...at }, shape, { empty: [] });
    const less = read.is === "too-large" ? smaller(at) : null;
    if (less) {
      at = less;
      continue;
    }
    if (read.is !== "read") return read;
    rows.push(...read.value);
    if (read.value.length < at.limit) return { is: "read", value: rows };
    at = { ...at, page: at.page + 1 };
  }
  return TOO_LONG;
}
