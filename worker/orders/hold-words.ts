import type { Problem } from "../problems/define-problem.ts";
import { labelOf } from "../problems/registry.ts";

/** What an order's line says while it is held: "Held: tax, SKU" (ui.md 10.2). One word a cause, each once. */
export const heldNote = (problems: readonly Problem[]): string => `Held: ${[...new Set(problems.map(labelOf))].join(", ")}`;
