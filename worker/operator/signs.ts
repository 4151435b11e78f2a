/**
 * What the operator of a deployment is told of, as wide events `{event: "alert", kind, count}` (design 2; docs/runbook.md has a
 * line for each kind). Pure: counts in, alerts out. A kind is a stable name: alarms hang on it.
 */
export type Counts = {
  /** Connected stores and accounts whose own sweeps were not heard of for an hour. */
  storesSilent: number;
  accountsSilent: number;
  /** Disconnects that run for more than half an hour. */
  closing: number;
  /** Items that stopped after an error of ours. */
  parked: number;
  /** Stores that see this side away, are refused access, or lose their webhooks. */
  bigcommerceDown: number;
  cin7Down: number;
  refused: number;
  hooksRefused: number;
};
export type Sign = { kind: string; count: number };

/** From how many on it is no single merchant's matter. */
const MANY = 5;
const RULES: readonly [kind: string, of: keyof Counts, from: number][] = [
  ["stores-silent", "storesSilent", 1],
  ["accounts-silent", "accountsSilent", 1],
  ["disconnect-late", "closing", 1],
  ["items-parked", "parked", 1],
  ["bigcommerce-down", "bigcommerceDown", MANY],
  ["cin7-down", "cin7Down", MANY],
  ["access-refused", "refused", MANY],
  ["webhooks-refused", "hooksRefused", MANY],
];

export const signsOf = (counts: Counts): Sign[] =>
  RULES.filter(([, of, from]) => counts[of] >= from).map(([kind, of]) => ({ kind, count: counts[of] }));
