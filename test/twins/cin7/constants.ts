/** Fixed identities, so that scripts and people can sign in without looking first. */
export const HARBOUR = {
  accountId: "5f1c2a90-7b3e-4d18-9c64-2e0a71d5b801",
  applicationKey: "c0de5a1e-0001-4f6b-8a2d-93b7e4f1a701",
  /** A second API application of the same company: a second quota (facts 1.1). */
  secondKey: "c0de5a1e-0002-4f6b-8a2d-93b7e4f1a702",
  company: "Harbour Trading Pty Ltd",
  currency: "AUD",
} as const;

export const ALBION = {
  accountId: "8e4b7d12-36fa-4c59-b0d3-6a9f15c8e902",
  applicationKey: "c0de5a1e-0003-4f6b-8a2d-93b7e4f1a703",
  company: "Albion Goods Ltd",
  currency: "GBP",
} as const;

/** A stable GUID for seed rows: their IDs do not depend on the seed. */
export function fixedGuid(kind: number, n: number): string {
  return `${kind.toString(16).padStart(8, "0")}-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
}
