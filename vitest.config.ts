import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Everything that needs no second process runs inside workerd: rules, D1, Durable Objects, and the twins in process. */
const SECRETS = {
  APP_URL: "http://app.test",
  BIGCOMMERCE_LOGIN_URL: "http://127.0.0.1:8788/bigcommerce-login",
  BIGCOMMERCE_API_URL: "http://127.0.0.1:8788/bigcommerce-api",
  CIN7_API_URL: "http://127.0.0.1:8788/cin7",
  BIGCOMMERCE_CLIENT_ID: "test-client-id",
  BIGCOMMERCE_CLIENT_SECRET: "test-client-secret-0123456789abcdef",
  SESSION_KEY: "test-session-key-0123456789abcdef",
  SEALING_KEYS: JSON.stringify({ current: 1, keys: { "1": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE" } }),
  TIME_SCALE: "20",
};

const limit = (namespace_id: string, of: number) => ({ namespace_id, simple: { limit: of, period: 60 as const } });

export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        cf: false,
        // Tests ask as one person within a minute what many do in an hour; `test/attack/fair-use` counts to the deployed limits.
        ratelimits: {
          API_LIMIT: limit("2004", 1_000_000),
          API_TIGHT: limit("2005", 1_000_000),
          API_SEARCH: limit("2006", 1_000_000),
        },
        bindings: { ...SECRETS, TEST_MIGRATIONS: await readD1Migrations("./migrations") },
      },
    })),
  ],
  test: {
    name: "workerd",
    include: ["test/**/*.test.ts"],
    exclude: ["test/journeys/**", "test/ui/**", "test/prove/**", "test/attack/live/**", "test/architecture.test.ts", "test/bench/**"],
    setupFiles: ["./test/setup.ts"],
    silent: "passed-only",
    // Bounds of what hangs, never of what is slow. A test that is given up goes on beside the next ones, and leaves them its rows.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    isolate: false,
    maxWorkers: 1,
  },
});
