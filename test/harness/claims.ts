import type { Claim, Claims } from "../../worker/inbox/claim.ts";

/** Claims in memory, for a flow outside its inbox; they do as the inbox's own do (claims.test.ts). */
export type MemoryClaims = Claims & {
  /** All of them, by step. */
  all: Map<string, Claim>;
};

export function claimsInMemory(now: () => number): MemoryClaims {
  const all = new Map<string, Claim>();
  return {
    all,
    since: 0,
    of: (step) => all.get(step) ?? null,
    open: async (step, mark) => {
      all.set(step, { mark, startedAt: now(), attempt: (all.get(step)?.attempt ?? 0) + 1, lookedAt: null, answer: null });
    },
    looked: async (step) => {
      const claim = all.get(step);
      if (claim) all.set(step, { ...claim, lookedAt: now() });
    },
    close: async (step, mark, answer) => {
      all.set(step, { ...(all.get(step) ?? { mark, startedAt: now(), attempt: 1, lookedAt: null }), answer });
    },
    drop: async (step) => {
      if (all.get(step)?.answer === null) all.delete(step);
    },
    forget: async (step) => void all.delete(step),
  };
}
