import { describe, expect, it } from "vitest";
import { assemblyWords } from "../../ui/lib/assembly.ts";
import type { AssembleMode } from "../../worker/contract/index.ts";

const MODES: AssembleMode[] = ["never", "ordered", "missing"];

describe("what Setup says of Cin7's own auto-assembly (F23, F24, M43)", () => {
  it.each([
    ["never", "ordered", /so that nothing is assembled/],
    ["never", "missing", /so that nothing is assembled/],
    ["missing", "ordered", /to "Minimum for picking"/],
    ["ordered", "missing", /to "For ordered quantity"/],
  ] as const)("%s, and Cin7 Core %s: it assembles more, and which setting to change", (mode, cin7, says) => {
    const { more } = assemblyWords(mode, cin7);
    expect(more).toMatch(says);
    expect(more).toContain('"On order authorization auto-assemble"');
  });
  it("where Cin7 Core assembles as much or less there is nothing to change, and each choice says what it does now", () => {
    for (const mode of MODES) {
      expect([assemblyWords(mode, mode).more, assemblyWords(mode, "never").more, assemblyWords(mode, null).more]).toEqual([
        null,
        null,
        null,
      ]);
    }
    const now = MODES.flatMap((mode) => [...MODES, null].map((cin7) => assemblyWords(mode, cin7).now));
    expect(now.filter((text) => !/^(Now: |Say below)/.test(text))).toEqual([]);
  });
});
