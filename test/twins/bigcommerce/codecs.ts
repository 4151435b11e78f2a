import Big from "big.js";
import type { Context } from "hono";

/** Two dialects (facts 0): V2 with text money, RFC-2822 dates, 204 for nothing; V3 with envelopes and problem objects. */

const STATUS_PAGE = "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";

export const money = (value: Big | string | number): string => new Big(value).toFixed(4);
export const rate10 = (value: Big | string | number): string => new Big(value).toFixed(10);

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (n: number) => String(n).padStart(2, "0");

export function rfc2822(ms: number): string {
  const d = new Date(ms);
  const day = `${DAYS[d.getUTCDay()]}, ${two(d.getUTCDate())} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
  return `${day} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} +0000`;
}

export const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}+00:00`;

export const v2Error = (c: Context, status: 400 | 401 | 403 | 404 | 405 | 409 | 429, message: string) =>
  c.json([{ status, message }], status);

export function v3Problem(c: Context, status: 400 | 401 | 403 | 404 | 409 | 422 | 429, title: string, errors: Record<string, string> = {}) {
  return c.json({ status, title, type: STATUS_PAGE, errors }, status);
}

/** The error of the dialect that the path speaks. */
export function problem(c: Context, status: 401 | 403 | 404 | 429, text: string) {
  return /\/stores\/[^/]+\/v2(\/|$)/.test(c.req.path)
    ? v2Error(c, status, text)
    : c.json({ status, title: text, type: STATUS_PAGE }, status);
}

export type Page = { page: number; limit: number };

export function pageOf(c: Context, fallback = 50, maximum = 250): Page {
  const number = (name: string, otherwise: number) => {
    const value = Number(c.req.query(name) ?? otherwise);
    return Number.isInteger(value) && value > 0 ? value : otherwise;
  };
  return { page: number("page", 1), limit: Math.min(number("limit", fallback), maximum) };
}

export const slice = <T>(rows: readonly T[], { page, limit }: Page): T[] => rows.slice((page - 1) * limit, page * limit);

/** A V3 list with its pagination; only the rows of the page are turned into views. */
export function v3List<T>(c: Context, rows: readonly T[], page = pageOf(c), view: (row: T) => unknown = (row) => row) {
  const data = slice(rows, page).map(view);
  const pages = Math.ceil(rows.length / page.limit);
  const link = (n: number) => {
    const query = new URLSearchParams(c.req.query());
    query.set("page", String(n));
    query.set("limit", String(page.limit));
    return `?${query}`;
  };
  const links = {
    ...(page.page > 1 && { previous: link(page.page - 1) }),
    current: link(page.page),
    ...(page.page < pages && { next: link(page.page + 1) }),
  };
  const pagination = {
    total: rows.length,
    count: data.length,
    per_page: page.limit,
    current_page: page.page,
    total_pages: pages,
    links,
  };
  return c.json({ data, meta: { pagination } });
}

/** V2 money with the trailing zeros of other paths dropped: "8", "924.47" (facts 0). */
export function mixedDecimals<T>(value: T): T {
  if (typeof value === "string" && /^-?\d+\.\d{4}$/.test(value)) return String(new Big(value)) as T;
  if (Array.isArray(value)) return value.map(mixedDecimals) as T;
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mixedDecimals(inner)])) as T;
  }
  return value;
}
