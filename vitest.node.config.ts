import { defineConfig } from "vitest/config";

/** What drives real processes: journeys over HTTP against `wrangler dev` and the twins, pages in a real browser, the tree's own rules. */
export default defineConfig({
  test: {
    name: "node",
    include: ["test/journeys/**/*.test.ts", "test/ui/**/*.test.ts", "test/prove/**/*.test.ts", "test/attack/live/**/*.test.ts"],
    // Bounds of what hangs, never of what is slow: `until` and the pages give up earlier, and say what they waited for.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // Each file drives a Worker, twins and perhaps a browser of its own.
    maxWorkers: 2,
  },
});
