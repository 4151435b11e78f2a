import type { OrderState, Stage } from "../contract/index.ts";

/** Legal moves of an order, as data; a move that is not here changes no row (design 8.7). */
const MOVES: Record<OrderState, readonly OrderState[]> = {
  pending: ["pending", "sending", "held", "not-taken", "failed"],
  /** Without a claim (no permit, throttled) nothing is in Cin7 yet: it may be mapped anew or be taken back. */
  sending: ["sending", "pending", "not-taken", "sent", "held", "failed"],
  held: ["held", "pending", "sending", "not-taken", "failed"],
  "not-taken": ["not-taken", "pending", "held"],
  failed: ["failed", "pending", "sending", "held", "not-taken"],
  /** What happens to a sale afterwards moves its stages, not this. */
  sent: ["sent"],
};

/** States from which a move to `to` is legal. */
export const fromStates = (to: OrderState): OrderState[] => (Object.keys(MOVES) as OrderState[]).filter((from) => MOVES[from].includes(to));

const ORDER: readonly Stage[] = [
  "sale",
  "ordered",
  "backordered",
  "picked",
  "packed",
  "shipped",
  "invoice-draft",
  "invoiced",
  "part-paid",
  "paid",
  "voided",
];
/** A later stage that replaces an earlier one. */
const REPLACES: Partial<Record<Stage, Stage>> = { invoiced: "invoice-draft", paid: "part-paid" };

/** Stages as stored, with one more reached; in the order of the work, each once. */
export function reach(stages: string, stage: Stage): string {
  const all = new Set([...readStages(stages), stage]);
  const replaced = REPLACES[stage];
  if (replaced) all.delete(replaced);
  return ORDER.filter((s) => all.has(s)).join(",");
}

export const readStages = (stages: string): Stage[] =>
  stages.split(",").filter((s): s is Stage => (ORDER as readonly string[]).includes(s));
