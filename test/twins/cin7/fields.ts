/** Reads request bodies the way Cin7 does: booleans and numbers may come as strings (facts 1.5), unknown properties are ignored. */
import { refuse, required } from "./errors.ts";
import type { Json } from "./types.ts";

export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const ZERO_GUID = "00000000-0000-0000-0000-000000000000";
export const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const given = (value: unknown): boolean => value !== undefined && value !== null;

export function text(body: Json, name: string, max = 256, label = name): string | undefined {
  const value = body[name];
  if (!given(value)) return undefined;
  if (typeof value === "object") return refuse(`Attribute ${name} has wrong format.`);
  const result = String(value);
  if (result.length > max) refuse(`Maximum ${label} field length is ${max} characters`);
  return result;
}

export const needText = (body: Json, name: string, max = 256): string => text(body, name, max) || required(name);

export function number(body: Json, name: string): number | undefined {
  const value = body[name];
  if (!given(value) || value === "") return undefined;
  const result = typeof value === "number" ? value : Number(value);
  return Number.isFinite(result) && typeof value !== "boolean" ? result : refuse(`Attribute ${name} has wrong format.`);
}

export function needNumber(body: Json, name: string): number {
  const value = number(body, name);
  return value === undefined ? required(name) : value;
}

export function flag(body: Json, name: string): boolean | undefined {
  const value = body[name];
  if (!given(value) || value === "") return undefined;
  if (typeof value === "boolean") return value;
  if (/^(true|1)$/i.test(String(value))) return true;
  return /^(false|0)$/i.test(String(value)) ? false : refuse(`Attribute ${name} has wrong format.`);
}

export function guid(body: Json, name: string): string | undefined {
  const value = text(body, name);
  if (value === undefined || value === "") return undefined;
  return GUID.test(value) ? value.toLowerCase() : refuse(`Attribute ${name} has wrong format.`);
}

export const needGuid = (body: Json, name: string): string => guid(body, name) ?? required(name);

/** A calendar day, shown without zone and at midnight (facts 1.5). */
export function day(body: Json, name: string): string | undefined {
  const value = text(body, name);
  if (!value) return undefined;
  return /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value))
    ? midnight(value)
    : refuse(`Attribute ${name} has wrong format.`);
}
export const needDay = (body: Json, name: string): string => day(body, name) ?? required(name);
export const midnight = (value: string): string => `${value.slice(0, 10)}T00:00:00`;

export function rows(body: Json, name: string): Json[] | undefined {
  const value = body[name];
  if (!given(value)) return undefined;
  if (!Array.isArray(value) || value.some((row) => typeof row !== "object" || row === null))
    return refuse(`Attribute ${name} has wrong format.`);
  return value as Json[];
}

export function object(body: Json, name: string): Json | undefined {
  const value = body[name];
  if (!given(value)) return undefined;
  return typeof value === "object" && !Array.isArray(value) ? (value as Json) : refuse(`Attribute ${name} has wrong format.`);
}

export function oneOf<T extends string>(value: string, name: string, values: readonly T[]): T {
  return (
    values.find((each) => same(each, value)) ??
    refuse(`Attribute ${name} has wrong value '${value}'. Available values are ${values.join(", ")}`)
  );
}

/** DRAFT or AUTHORISED: all that a client may ask for (facts 2.4). */
export const wantedStatus = (body: Json): "DRAFT" | "AUTHORISED" => oneOf(needText(body, "Status"), "Status", ["DRAFT", "AUTHORISED"]);
