import type { Problem } from "../problems/define-problem.ts";

export type Verdict = { is: "take"; metAt: string } | { is: "hold"; problems: Problem[] } | { is: "skip"; code: string; text: string };
