import type * as z from "zod";
import type { Permit } from "../cin7/client.ts";
import type { Call } from "../cin7/reading.ts";
import { type Config, quietMsOf } from "../env.ts";
import type { Answer } from "../lib/http.ts";
import { ITS_TURN } from "./outcome.ts";
import { type Halt, haltBy } from "./vendor-answer.ts";

/**
 * One rule for every remote write that is not idempotent (design 3.2), the same for crash, timeout, reset, 5xx and garbage:
 * open claim → look. There → adopt. Not there and younger than the quiet period → later. Older → look once more, then write again.
 */
export type Claims = {
  /** Claims made before were erased with a disconnect, epoch ms; 0: none ever was. Missing: not known. */
  since?: number;
  /** The claim of a step: open (`answer` null) or closed with what the write gave us. */
  of(step: string): Claim | null;
  /** Stores the claim and waits until it is durable: a superseded object throws here, which is the fence (design 3.1). */
  open(step: string, mark: string): Promise<void>;
  looked(step: string): Promise<void>;
  close(step: string, mark: string, answer: unknown): Promise<void>;
  /** Only while it has no answer. */
  drop(step: string): Promise<void>;
  /** With its answer, if it has one. */
  forget(step: string): Promise<void>;
};
export type Claim = { mark: string; startedAt: number; attempt: number; lookedAt: number | null; answer: unknown | null };

export type Looked<T> = { is: "found"; value: T } | { is: "absent" } | Halt;
export type Written<T> = { is: "written"; value: T; adopted: boolean } | Halt;

export type Write<T> = {
  /** Unique in the inbox, e.g. `order:1042:g1:sale`. */
  step: string;
  mark: string;
  /** Looks for the write's own mark at the peer. */
  look(): Promise<Looked<T>>;
  /** A permit or when to come back; taken right before the fetch. */
  permit(): Promise<Permit>;
  send(): Promise<Answer>;
  /** The part of the answer that is kept; null: the answer does not say what it must, so the outcome is unknown. */
  read(body: unknown): T | null;
  /** The form of what is kept, as this and former releases wrote it. What does not fit is not known: it is looked for. */
  kept: z.ZodType<T>;
  /**
   * Writes made before this instant (epoch ms) are not remembered: no blind first POST (design 3.5). It is looked for first, and
   * as one of them may still be on its way, only what is absent after the quiet period is written.
   */
  forgottenAt?: number | null;
};
export type WriteDeps = { claims: Claims; now(): number; quietMs: number };

/** A vendor's call as a write of this rule, and what of its answer is kept; null: it is not what it must be. */
export const asWritten = <V, T>(call: Call<V>, keep: (value: V) => T | null): Pick<Write<T>, "permit" | "send" | "read"> => ({
  ...call,
  read: (body) => {
    const value = call.read(body);
    return value === null ? null : keep(value);
  },
});

/** What a flow writes with. */
export const writing = (c: { claims: Claims; now(): number; config: Config }): WriteDeps => ({
  claims: c.claims,
  now: c.now,
  quietMs: quietMsOf(c.config),
});

/** What an answered claim keeps. */
export const keptOf = <T>(claim: Claim | null, kept: z.ZodType<T>): T | null => kept.safeParse(claim?.answer).data ?? null;

/** Somebody has looked for a write of ours, and there it is. */
export const adopt = (claims: Claims, { step, mark }: Pick<Write<unknown>, "step" | "mark">, value: unknown): Promise<void> =>
  claims.close(step, mark, value);

export async function writeOnce<T>(deps: WriteDeps, write: Write<T>): Promise<Written<T>> {
  const { claims, now, quietMs } = deps;
  const claim = claims.of(write.step);
  const known = keptOf(claim, write.kept);
  if (known !== null) return { is: "written", value: known, adopted: false };

  const forgottenAt = write.forgottenAt ?? null;
  if (claim || forgottenAt !== null) {
    const looked = await write.look();
    if (looked.is === "found") {
      await claims.close(write.step, write.mark, looked.value);
      return { is: "written", value: looked.value, adopted: true };
    }
    if (looked.is !== "absent") return looked;
  }
  if (!claim && forgottenAt !== null && now() < forgottenAt + quietMs)
    return {
      is: "wait",
      at: forgottenAt + quietMs,
      why: "It may still be on its way from before this connection; we look again before we write.",
    };
  if (claim) {
    const quietSince = claim.startedAt + quietMs;
    if (now() < quietSince)
      return { is: "wait", at: quietSince, why: "We do not know yet whether the last try arrived; we look again before we write." };
    // Quiet long enough. One more look, at another moment, before it is written again.
    if (claim.lookedAt === null || claim.lookedAt < quietSince) {
      await claims.looked(write.step);
      return { is: "wait", at: now() + quietMs / 24, why: "The last try did not arrive; we look once more before we write it again." };
    }
  }

  const permit = await write.permit();
  if (!permit.granted) return { is: "wait", at: permit.at, why: ITS_TURN };
  await claims.open(write.step, write.mark);
  return judge(await write.send());

  async function judge(answer: Answer): Promise<Written<T>> {
    switch (answer.is) {
      case "ok": {
        const value = write.read(answer.body);
        if (value === null) return { is: "trouble", why: "The answer could not be understood; we look whether it arrived." };
        await claims.close(write.step, write.mark, value);
        return { is: "written", value, adopted: false };
      }
      case "throttled":
      case "refused":
      case "missing":
      case "denied":
        // Surely not written.
        await claims.drop(write.step);
        return haltBy(answer, now(), quietMs / 2);
      case "trouble":
      case "too-large":
        return { is: "trouble", why: "No clear answer; we look whether it arrived before we write again." };
    }
  }
}

/** What became of a step that is not to be written as it was: the rule of every write, up to the writing (design 3.2). */
export async function resolveOnce<T>(
  deps: WriteDeps,
  write: Pick<Write<T>, "step" | "mark" | "look" | "kept">,
): Promise<Written<T> | { is: "absent" }> {
  let absent = false;
  const written = await writeOnce<T>(deps, {
    ...write,
    permit: async () => {
      absent = true;
      return { granted: false, at: deps.now() };
    },
    send: () => Promise.reject(new Error("nothing is written here")),
    read: () => null,
  });
  if (!absent) return written;
  await deps.claims.drop(write.step);
  return { is: "absent" };
}
