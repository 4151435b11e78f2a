import { defineConfig } from "vitest/config";

/** The tree's own rules alone: quick, part of `npm run check`. */
export default defineConfig({ test: { name: "tree", include: ["test/architecture.test.ts"], testTimeout: 60_000 } });
