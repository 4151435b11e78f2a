import type { ChargeKey, Settings } from "../../contract/index.ts";
import type { Problem } from "../../problems/define-problem.ts";
import { keyOf } from "../../problems/registry.ts";
import type { Losses } from "./truncate.ts";

/** A tax rule and why, or the problem that keeps it from being chosen. */
export type TaxChoice = { rule: string; why: string; problem: Problem | null };

/** What a mapping gathers on its way: every problem at once (decision 1.6), losses (N19), notices, decisions for the page. */
export type Findings = {
  problems: Problem[];
  notices: Problem[];
  losses: Losses;
  decisions: { label: string; value: string; why: string }[];
};

export const nothingYet = (): Findings => ({ problems: [], notices: [], losses: [], decisions: [] });

/** Each cause once. */
export function once(problems: readonly Problem[]): Problem[] {
  const byKey = new Map<string, Problem>();
  for (const problem of problems) if (!byKey.has(keyOf(problem))) byKey.set(keyOf(problem), problem);
  return [...byKey.values()];
}

export type ChargeItem = { productId: string; name: string; account: string };

/** The charge item of the settings; a missing one is a problem only because it is needed now (decision 1.13). */
export function itemFor(settings: Settings, charge: ChargeKey, found: Findings): ChargeItem {
  const item = settings.charges.items[charge];
  if (item) return item;
  found.problems.push({ kind: "charge-missing", charge });
  return { productId: "", name: "", account: "" };
}

export function ruleFrom(choice: TaxChoice, found: Findings): { taxRule: string; taxWhy: string } {
  if (choice.problem) found.problems.push(choice.problem);
  return { taxRule: choice.rule, taxWhy: choice.why };
}
