import type { AssembleMode } from "../../worker/contract/index.ts";

/** What Lockstep and Cin7 Core assemble together (F23, F24); `more`: Cin7 Core assembles more, and which of its settings says so. */
export function assemblyWords(mode: AssembleMode, cin7: AssembleMode | null): { now: string; more: string | null } {
  return { now: nowOf(mode, cin7), more: cin7 === null || cin7 === mode ? null : (MORE[`${cin7} instead of ${mode}`] ?? null) };
}

function nowOf(mode: AssembleMode, cin7: AssembleMode | null): string {
  if (mode === "never")
    return cin7 === null || cin7 === "never"
      ? "Now: Lockstep assembles nothing."
      : "Now: Lockstep assembles nothing. Cin7 Core assembles products with auto-assembly by itself.";
  if (cin7 === null) return "Say below what Cin7 Core does by itself, so that nothing is assembled twice.";
  if (cin7 === "never") return "Now: Lockstep assembles every product with a bill of materials, Cin7 Core none.";
  if (cin7 === mode)
    return "Now: products with auto-assembly are left to Cin7 Core, which does the same. Lockstep assembles the others that have a bill of materials.";
  return mode === "ordered"
    ? "Now: of products with auto-assembly Lockstep assembles the ordered quantity first, so that Cin7 Core adds only what is still missing."
    : "Now: of products with auto-assembly Cin7 Core assembles the ordered quantity, and Lockstep what is missing beyond that.";
}

const SETTING = '"On order authorization auto-assemble"';
const MORE: Record<string, string> = {
  "ordered instead of never": `Cin7 Core assembles the ordered quantity of products with auto-assembly by itself. If it shall not, change ${SETTING} in Cin7 Core so that nothing is assembled.`,
  "missing instead of never": `Cin7 Core assembles what is missing of products with auto-assembly by itself. If it shall not, change ${SETTING} in Cin7 Core so that nothing is assembled.`,
  "ordered instead of missing": `Cin7 Core assembles the ordered quantity also when enough is on the shelf. If it shall not, change ${SETTING} in Cin7 Core to "Minimum for picking".`,
  "missing instead of ordered": `Where stock is below zero, Cin7 Core also assembles what earlier orders wait for. If it shall not, change ${SETTING} in Cin7 Core to "For ordered quantity".`,
};
