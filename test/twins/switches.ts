import { BIGCOMMERCE_SWITCHES } from "./bigcommerce/switches.ts";
import { applySwitches, type Cin7Switches, SWITCH_BOARD } from "./cin7/switches.ts";
import type { Switches } from "./world.ts";

/** One set of switch names over both twins; no name is in both. */

export type SplitSwitches = { bigcommerce: Switches; cin7: Switches };

/** Throws with the names that neither twin knows, and with values of the wrong type. */
export function splitSwitches(given: Switches): SplitSwitches {
  const split: SplitSwitches = { bigcommerce: {}, cin7: {} };
  const wrong: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const standard = (BIGCOMMERCE_SWITCHES as Switches)[name];
    if (standard !== undefined && typeof standard === typeof value) split.bigcommerce[name] = value;
    else if (name in SWITCH_BOARD) split.cin7[name] = value;
    else wrong.push(name);
  }
  if (wrong.length > 0) throw new Error(`no such switch or value: ${wrong.join(", ")}`);
  return split;
}

export function turnSwitches(given: Switches, bigcommerce: Switches, cin7: Partial<Cin7Switches>): void {
  const split = splitSwitches(given);
  applySwitches(cin7, split.cin7);
  Object.assign(bigcommerce, split.bigcommerce);
}
