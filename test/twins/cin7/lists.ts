/** Lists: Page from 1, Limit 1..1000, default 100, and Total beside the rows (facts 1.3). */
import { refuse } from "./errors.ts";
import { GUID, same } from "./fields.ts";
import type { Ctx, Json } from "./types.ts";

function whole(ctx: Ctx, name: string, standard: number): number {
  const value = ctx.query(name);
  if (value === undefined || value === "") return standard;
  return /^-?\d+$/.test(value) ? Number(value) : refuse(`Parameter ${name} has wrong format.`);
}

export function paged<T>(ctx: Ctx, key: string, all: readonly T[], show: (row: T) => unknown = (row) => row): Json {
  const asked = whole(ctx, "Limit", 100);
  if (asked > 1000 && ctx.switches.limitAbove1000 === "refuse") refuse("Limit must be between 1 and 1000");
  const limit = Math.min(1000, Math.max(1, asked));
  const page = Math.max(1, whole(ctx, "Page", 1));
  return { Total: all.length, Page: page, [key]: all.slice((page - 1) * limit, page * limit).map(show) };
}

/** The list wrapper around one element that POST and PUT answer (facts 1.3). */
export const single = (key: string, row: unknown): Json => ({ Total: 1, Page: 1, [key]: [row] });

export const startsWith = (value: string, start: string | undefined): boolean =>
  !start || value.toLowerCase().startsWith(start.toLowerCase());
export const contains = (value: string, part: string | undefined): boolean => !part || value.toLowerCase().includes(part.toLowerCase());

export function queryFlag(ctx: Ctx, name: string): boolean | undefined {
  const value = ctx.query(name);
  return value === undefined || value === "" ? undefined : /^(true|1)$/i.test(value);
}

export function queryGuid(ctx: Ctx, name: string): string | undefined {
  const value = ctx.query(name);
  if (!value) return undefined;
  return GUID.test(value) ? value.toLowerCase() : refuse(`Parameter ${name} has wrong format.`);
}
export const needQueryGuid = (ctx: Ctx, name: string): string =>
  queryGuid(ctx, name) ?? refuse(`Required parameter ${name} is not provided.`);

/** An instant in milliseconds: UTC when no zone is given (facts 1.5). */
export function queryTime(ctx: Ctx, name: string): number | undefined {
  const value = ctx.query(name);
  if (!value) return undefined;
  const iso = value.replace(" ", "T");
  const time = Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(iso) || !iso.includes("T") ? iso : `${iso}Z`);
  return Number.isNaN(time) ? refuse(`Parameter ${name} has wrong format.`) : time;
}

export const equals = (value: string, asked: string | undefined): boolean => !asked || same(value, asked);
