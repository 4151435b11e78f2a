import { CLASSES } from "../../cin7/priority.ts";
import type { Side } from "../breaker.ts";
import { callsOf, classOfKind, definitionOf, isCalling, sidesOf, type WorkKind, workKinds } from "../work.ts";

/**
 * Items of one turn are alike to whoever chooses what runs next: of one class, asking for the same, in need of the same sides.
 * Kept as one number in each row, in the order of turns, so that an index finds the first item of each. Pure.
 */
export type Turn = {
  rank: number;
  /** `read`: an order that is only to be read goes after everything else of its class. */
  asks: "calls" | "nothing" | "read";
  sides: readonly Side[];
};

const ASKS: readonly Turn["asks"][] = ["calls", "nothing", "read"];
const SIDES: readonly Side[] = ["BigCommerce", "Cin7 Core"];
const SETS = 1 << SIDES.length;

export function turnOf(kind: WorkKind): number {
  const asks = definitionOf(kind).onlyReads ? "read" : isCalling(kind) ? "calls" : "nothing";
  const sides = SIDES.reduce((set, side, bit) => (sidesOf(kind).includes(side) ? set | (1 << bit) : set), 0);
  return (CLASSES.indexOf(classOfKind(kind)) * ASKS.length + ASKS.indexOf(asks)) * SETS + sides;
}

export function readTurn(turn: number): Turn {
  const ranked = Math.floor(turn / SETS);
  return {
    rank: Math.floor(ranked / ASKS.length),
    asks: ASKS[ranked % ASKS.length] as Turn["asks"],
    sides: SIDES.filter((_, bit) => turn & (1 << bit)),
  };
}

/** What a row's `kind` says, as SQL: for rows that an older release wrote. */
const caseOf = (value: (kind: WorkKind) => number) =>
  `CASE kind ${workKinds()
    .map((kind) => `WHEN '${kind}' THEN ${value(kind)}`)
    .join(" ")} ELSE 0 END`;
export const turnOfKind = (): string => caseOf(turnOf);
export const callsOfKind = (): string => caseOf(callsOf);
