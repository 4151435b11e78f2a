import { beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { keptOf } from "../../../worker/inbox/claim.ts";
import { forget, giveTurn, isRaised, lower, raise, recall, remember, takeTurn } from "../../../worker/inbox/notes.ts";
import { saleIds } from "../../../worker/orders/sending/service-sale.ts";
import { claimsInMemory, type MemoryClaims } from "../../harness/claims.ts";

const QUIET = 120_000;
let now = 1_000_000;
let claims: MemoryClaims;
beforeEach(() => {
  now = 1_000_000;
  claims = claimsInMemory(() => now);
});
const field = z.object({ id: z.number(), value: z.string() });

describe("what a flow remembers beside its writes", () => {
  it("an answer is there until it is forgotten, and one in a form that nobody knows is none", async () => {
    expect(recall(claims, "order:1:seen", field)).toBeNull();
    await remember(claims, "order:1:seen", "SO-1", { id: 7, value: "SO-1" });
    expect(recall(claims, "order:1:seen", field)).toEqual({ id: 7, value: "SO-1" });
    expect(recall(claims, "order:1:seen", z.object({ key: z.string() }))).toBeNull();
    await forget(claims, "order:1:seen");
    expect([recall(claims, "order:1:seen", field), claims.of("order:1:seen")]).toEqual([null, null]);
  });

  it("a write with its answer can be forgotten too, so that it is looked for anew", async () => {
    await claims.open("customer:k", "k");
    await claims.close("customer:k", "k", { id: "c-1" });
    await forget(claims, "customer:k");
    expect(claims.of("customer:k")).toBeNull();
  });

  it("a flag is up until it is lowered", async () => {
    const step = "order:1:assembly-stopped:p";
    expect(isRaised(claims, step)).toBe(false);
    await raise(claims, step, "ls:a:1:assembly");
    expect(isRaised(claims, step)).toBe(true);
    await lower(claims, step);
    expect(isRaised(claims, step)).toBe(false);
  });

  it("one at a time has the turn, until it is given back or lapses; nobody gives back another's", async () => {
    const take = (who: string) => takeTurn(claims, "assembling:Main:p", who, now - QUIET);
    expect([await take("1"), await take("1"), await take("2")]).toEqual([true, true, false]);
    await giveTurn(claims, "assembling:Main:p", "2");
    expect(await take("2")).toBe(false);
    await giveTurn(claims, "assembling:Main:p", "1");
    expect(await take("2")).toBe(true);
    now += QUIET;
    expect(await take("3")).toBe(true);
  });
});

describe("what a former release left in the table of claims", () => {
  const left = (step: string, mark: string, answer: unknown, startedAt = now) =>
    claims.all.set(step, { mark, startedAt, attempt: 1, lookedAt: null, answer });

  it("answers, flags and turns are the same under this one", async () => {
    left("order:1:seen", "SO-1", { id: 7, value: "SO-1" });
    left("order:1:noted", "SO-1", "SO-1");
    left("order:1:assembly-stopped:p", "ls:a:1:assembly", null);
    left("assembling:Main:p", "1", null);
    left("order:2:seen", "", null);
    expect(recall(claims, "order:1:seen", field)).toEqual({ id: 7, value: "SO-1" });
    expect([recall(claims, "order:1:noted", z.literal("SO-1")), recall(claims, "order:1:noted", z.literal("SO-2"))]).toEqual([
      "SO-1",
      null,
    ]);
    expect(isRaised(claims, "order:1:assembly-stopped:p")).toBe(true);
    expect(await takeTurn(claims, "assembling:Main:p", "2", now - QUIET)).toBe(false);
    // A field that was gone by hand was kept as an answer that is none.
    expect(recall(claims, "order:2:seen", field)).toBeNull();
  });

  it("a sale that was written before there were Service sales is a Simple one", () => {
    left("order:1:g1:sale", "ls:a:1:g1", { saleId: "s-1", saleNumber: "SO-1" });
    expect(keptOf(claims.of("order:1:g1:sale"), saleIds)).toEqual({ saleId: "s-1", saleNumber: "SO-1", service: false });
  });
});
