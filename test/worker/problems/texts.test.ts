import { expect, it } from "vitest";
import { holdReasons } from "../../../worker/orders/hold-words.ts";
import type { Problem } from "../../../worker/problems/define-problem.ts";
import { alertOf, areaOf, holds, keyOf, wordsOf } from "../../../worker/problems/registry.ts";
import { ABOUTS, SAMPLES, VARIANTS } from "./samples.ts";
import TEXTS from "./texts.txt?raw";

/** One block a problem: its key and what is asked of it; then what is said for each `about`, each text once. */
function blockOf(problem: Problem): string {
  const said = new Map<string, number[]>();
  ABOUTS.forEach((about, n) => {
    const { area: _, title, text, remedies } = wordsOf(problem, about);
    const all = [title, text, ...remedies.map((remedy) => JSON.stringify(remedy))].join("\n    ");
    said.set(all, [...(said.get(all) ?? []), n]);
  });
  const facts = [
    areaOf(problem),
    holds(problem) ? "holds" : "tells",
    alertOf(problem.kind, holds(problem)),
    `Held: ${holdReasons([problem])}`,
  ];
  return [`${keyOf(problem)} (${facts.join(", ")})`, ...[...said].map(([all, ns]) => `  ${ns.join(" ")}: ${all}`)].join("\n");
}

it("what people read of every problem is what stands in texts.txt, to the byte", () => {
  const blocks = [...Object.values(SAMPLES), ...VARIANTS].map(blockOf);
  expect(blocks).toEqual(TEXTS.trimEnd().split("\n\n"));
});
