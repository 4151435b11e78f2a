import type { Problem } from "../problems/registry.ts";

export type Verdict = { is: "take"; metAt: string } | { is: "hold"; problems: Problem[] } | { is: "skip"; code: string; text: string };
