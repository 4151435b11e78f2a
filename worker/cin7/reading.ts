import type * as z from "zod";
import type { Answer, Query } from "../lib/http.ts";
import type { Cin7, Cin7Answer, Permit } from "./client.ts";

/**
 * What every resource of this folder answers: what was asked for, or the answer that was none of it. A 200 that cannot be read
 * is trouble like any other (`garbage`): nobody knows what it meant. What it means for the work is said in inbox/vendor-answer.
 */
export type Cin7Unwanted = Exclude<Cin7Answer, { is: "ok" }>;
export type Read<T> = { is: "read"; value: T } | Cin7Unwanted;

export const UNREADABLE = { is: "trouble", why: "garbage", status: 200 } as const satisfies Cin7Unwanted;

export async function get<T>(cin7: Pick<Cin7, "get">, path: string, query: Query, shape: z.ZodType<T>): Promise<Read<T>> {
  return readAs(await cin7.get(path, query), shape);
}

export function readAs<T>(answer: Cin7Answer, shape: z.ZodType<T>): Read<T> {
  if (answer.is !== "ok") return answer;
  const parsed = shape.safeParse(answer.body);
  return parsed.success ? { is: "read", value: parsed.data } : UNREADABLE;
}

/** Of a reading that came, what matters of it. */
export const mapped = <T, R>(read: Read<T>, of: (value: T) => R): Read<R> =>
  read.is === "read" ? { is: "read", value: of(read.value) } : read;

/** Null: not the shape that it must have. */
export const fitting = <T>(shape: z.ZodType<T>, body: unknown): T | null => shape.safeParse(body).data ?? null;

/** A call that the one rule of writes makes (inbox/claim.ts), and what its answer must say; null: it does not, so the outcome is unknown. */
export type Call<T> = { permit(): Promise<Permit>; send(): Promise<Answer>; read(body: unknown): T | null };

export const write = <T>(
  cin7: Cin7,
  method: "POST" | "DELETE",
  path: string,
  given: { body?: unknown; query?: Query },
  read: (body: unknown) => T | null,
): Call<T> => ({
  permit: () => cin7.permit(),
  send: () => cin7.permitted(method, path, given.body, given.query),
  read,
});
