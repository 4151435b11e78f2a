import type { Settings, Stage } from "../contract/index.ts";

/** What the order says in BigCommerce about its sale (M45): number and stage, in words for the shop's staff. */
export const SEEN = { namespace: "lockstep_cin7", key: "sale" } as const;

const WORDS: [Stage, string][] = [
  ["voided", "voided"],
  ["paid", "paid"],
  ["part-paid", "part paid"],
  ["invoiced", "invoiced"],
  ["invoice-draft", "invoice is a draft"],
  ["shipped", "shipped"],
  ["packed", "packed"],
  ["picked", "picked"],
  ["backordered", "waits for stock"],
  ["ordered", "ordered"],
];

/** `SO-00731: shipped, paid`: how far goods and money are. Null: there is no sale to speak of. */
export function seenText(saleNumber: string | null, stages: readonly Stage[]): string | null {
  if (!saleNumber) return null;
  const has = (stage: Stage) => stages.includes(stage);
  if (has("voided")) return `${saleNumber}: voided`;
  const goods = WORDS.slice(5).find(([stage]) => has(stage))?.[1] ?? "a draft";
  const money = WORDS.slice(1, 5).find(([stage]) => has(stage))?.[1];
  return `${saleNumber}: ${money ? `${goods}, ${money}` : goods}`;
}

/** Whether anything is written to orders in BigCommerce (F1: off makes no call). */
export const tellsOrders = ({ seen }: Settings): boolean => seen.metafield || seen.staffNote;

const NOTE = "Cin7 Core sale ";

/** The order's staff notes with our one line as it should be; what people wrote stays. Null: they say so already. */
export function noteWith(notes: string, value: string): string | null {
  const line = `${NOTE}${value}`;
  const lines = notes.split("\n");
  const at = lines.findIndex((text) => text.startsWith(NOTE));
  if (at >= 0 && lines[at]?.trimEnd() === line) return null;
  if (at >= 0) lines[at] = line;
  return at >= 0 ? lines.join("\n") : [notes.trimEnd(), line].filter(Boolean).join("\n");
}
