import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { Claim, Claims } from "../../worker/inbox/claim.ts";
import { claimsIn } from "../../worker/inbox/forgotten.ts";
import { claimsInMemory } from "./claims.ts";

/** Every act that a flow can do with a claim, in orders that meet: closed and opened anew, dropped while open and when closed. */
async function acts(claims: Claims): Promise<unknown[]> {
  const seen: unknown[] = [];
  const look = () => {
    const claim = claims.of("order:1:g1:sale") as Claim | null;
    seen.push(claim && { ...claim, startedAt: claim.startedAt > 0, lookedAt: claim.lookedAt !== null });
  };
  const [step, mark] = ["order:1:g1:sale", "ls:abc123:1:g1"];
  for (const act of [
    () => claims.looked(step),
    () => claims.drop(step),
    () => claims.open(step, mark),
    () => claims.looked(step),
    () => claims.open(step, `${mark}-again`),
    () => claims.drop(step),
    () => claims.open(step, mark),
    () => claims.close(step, "another mark", { saleId: "s-1" }),
    () => claims.drop(step),
    () => claims.close(step, mark, { saleId: "s-2", lines: [1] }),
    () => claims.open(step, mark),
    () => claims.drop(step),
    () => claims.close(step, mark, "at once"),
    () => claims.forget(step),
    () => claims.open(step, mark),
    () => claims.forget(step),
  ]) {
    await act();
    look();
  }
  return seen;
}

it("claims in memory and those of an inbox do the same", async () => {
  const own = await runInDurableObject(env.INBOX.getByName("store:abc123"), (_, state) =>
    acts(claimsIn(state.storage.sql, () => state.storage.sync())),
  );
  expect(own.filter(Boolean).length).toBeGreaterThan(8);
  expect(await acts(claimsInMemory(() => 1))).toEqual(own);
});
