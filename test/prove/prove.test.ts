import { afterAll, beforeAll, expect, it } from "vitest";
import { drive } from "./drive.ts";
import { proveEvery, UNNOTED } from "./every.ts";
import type { Placed, Verdict } from "./judge.ts";
import { PLAN } from "./lives.ts";
import { KINDS, type ProveKind } from "./schedule.ts";
import { explain, openShops, type Shops } from "./shops.ts";
import { openStage, type Stage } from "./stage.ts";

/** A short proof with a fixed seed (N1, F111); the long ones: `npm run prove`. */
const run = { orders: 45, seed: 16, scale: 30, kills: 2, say: () => {} };
let stage: Stage;
let shops: Shops;
const placed: Placed[] = [];
beforeAll(async () => {
  stage = await openStage(run.scale, run.seed);
  shops = await openShops(stage, PLAN);
});
afterAll(() => stage?.stop());

/** What went wrong, with what the app itself says of it. */
const told = async ({ findings }: Verdict) =>
  (await Promise.all(findings.map(async (f) => `${f.what} ${f.order} ${f.kind}: ${f.why}\n${await explain(shops[f.shop], f.order)}`))).join(
    "\n",
  );

it("45 random order lives of every kind, every fault but the long outage, two kills, and all that people do meanwhile: each order is one sale or is held", async () => {
  const kinds = new Set<ProveKind>(KINDS.filter((kind) => kind !== "outage"));
  const verdict = await drive(stage, shops, placed, { ...run, kinds });
  expect(await told(verdict)).toBe("");
  expect(verdict.ok, verdict.line).toBe(true);
  expect(verdict.drawn.daily, "daily sales").toBeGreaterThan(0);
  expect(verdict.drawn.kits, "orders with assembled bundles").toBeGreaterThan(1);
});

it("killed after Cin7 has made the sale, the assembly, the invoice, the payment and before we noted it: nothing is written twice", async () => {
  const verdict = await proveEvery(stage, shops, placed, run, UNNOTED);
  expect(await told(verdict)).toBe("");
  expect(verdict.ok, verdict.line).toBe(true);
});
