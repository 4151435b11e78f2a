import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach } from "vitest";
import "../worker/app/compose/problems.ts";

// The plugin isolates storage per file at most: this isolates every single test, in 5 to 10 ms.
beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});
