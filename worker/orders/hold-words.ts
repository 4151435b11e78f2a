import type { Problem } from "../problems/define-problem.ts";
import { labelOf } from "../problems/registry.ts";

/** Why an order is held, for its line: "tax, SKU" (ui.md 10.2). One word a cause, each once. */
export const holdReasons = (problems: readonly Problem[]): string => [...new Set(problems.map(labelOf))].join(", ");
