import type { FulfilMode, Stage } from "../../contract/index.ts";

/** What the automatic mode did, read back after the authorisation (F21): Cin7 drops it without a word on a backorder. */
export type Combined = { CombinedPickingStatus: string; CombinedPackingStatus: string; CombinedShippingStatus: string };

const WANTED: Record<FulfilMode, readonly Stage[]> = {
  none: [],
  pick: ["picked"],
  "pick-pack": ["picked", "packed"],
  "pick-pack-ship": ["picked", "packed", "shipped"],
};
const NAMES: Partial<Record<Stage, string>> = { picked: "picked", packed: "packed", shipped: "shipped" };

/** Stages that the sale has reached: whole, not in part. */
export function fulfilled(sale: Combined): Stage[] {
  const whole = (status: string) => /^(PICKED|PACKED|SHIPPED)$/i.test(status.trim());
  const reached: [Stage, string][] = [
    ["picked", sale.CombinedPickingStatus],
    ["packed", sale.CombinedPackingStatus],
    ["shipped", sale.CombinedShippingStatus],
  ];
  return reached.filter(([, status]) => whole(status)).map(([stage]) => stage);
}

/** What is missing of what Setup wants, in words; null: nothing. */
export function missingOf(mode: FulfilMode, reached: readonly Stage[]): { wanted: string; reached: string } | null {
  const wanted = WANTED[mode];
  if (wanted.every((stage) => reached.includes(stage))) return null;
  const last = [...wanted].reverse().find((stage) => reached.includes(stage));
  return { wanted: NAMES[wanted.at(-1) as Stage] as string, reached: last ? (NAMES[last] as string) : "not picked" };
}
