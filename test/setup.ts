import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach } from "vitest";
import "../worker/app/compose/problems.ts";
import "../worker/app/compose/work.ts";

const isEmpty = async () => (await env.DB.prepare("SELECT name FROM sqlite_master WHERE name = 'stores'").first()) === null;

// The plugin isolates storage per file at most: this isolates every single test, in 5 to 10 ms.
beforeEach(async () => {
  // The first one of a file is without effect more often than not (plugin 1.4.10), and rows of the file before would stay.
  do await reset();
  while (!(await isEmpty()));
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});
