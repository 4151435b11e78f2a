import { Hono } from "hono";
import * as z from "zod";
import { beginTrial, rememberTakes, takesOf } from "../accounts/facts-store.ts";
import { type ApiContext, type ApiEnv, bodyOf, fail, need } from "../api/access.ts";
import { linked } from "../api/sides.ts";
import type { Cin7Takes } from "../contract/index.ts";
import { auditLine } from "../lib/db/audit.ts";
import type { Linked } from "../lib/ids.ts";
import { settingsNow } from "../settings/current-store.ts";
import { missingFor } from "./document.ts";

/** What the Cin7 Core account takes (decision 1.13, M2, M18): looking, a test sale by agreement, forgetting a refusal. */
export const trialSaleRoutes = new Hono<ApiEnv>();

/** A test sale that did not end for so long is no longer waited for. */
const STALE_MS = 600_000;

trialSaleRoutes.get("/takes", async (c) => c.json(await takes(c, linked(c))));

trialSaleRoutes.post("/takes/trial", async (c) => {
  need(c, "configure");
  const tenant = linked(c);
  const { db, session, now, inbox, config } = c.var;
  const { missing } = await takes(c, tenant);
  if (missing.length > 0) return fail(422, "not-ready", `First choose in Setup and save: ${missing.join(", ")}. No test sale was made.`);
  const askedAt = new Date(now()).toISOString();
  const staleBefore = new Date(now() - STALE_MS / config.timeScale).toISOString();
  if (!(await beginTrial(db, tenant, { askedAt, by: session.name, store: tenant.store, endedAt: null, note: "" }, staleBefore)))
    return fail(409, "running", "A test sale is on its way. Wait until it has ended.");
  await auditLine(db, tenant, { at: askedAt, by: session.name, what: "Asked for a test sale in Cin7 Core" });
  await inbox.put([{ kind: "account.trial", askedAt }]);
  return c.json(await takes(c, tenant));
});

trialSaleRoutes.post("/takes/forget", async (c) => {
  need(c, "configure");
  const tenant = linked(c);
  const body = z.object({ what: z.enum(["negative-charges", "zero-price"]) }).safeParse(await bodyOf(c));
  if (!body.success) return fail(400, "not-readable", "The request could not be read. Reload the page and try again.");
  const { db, session, now } = c.var;
  await rememberTakes(db, tenant, body.data.what, "");
  const what = body.data.what === "negative-charges" ? "negative charges" : "prices of 0";
  await auditLine(db, tenant, { at: new Date(now()).toISOString(), by: session.name, what: `Forgot that Cin7 Core refuses ${what}` });
  return c.json(await takes(c, tenant));
});

async function takes(c: ApiContext, tenant: Linked): Promise<Cin7Takes> {
  const [known, { settings }] = await Promise.all([takesOf(c.var.db, tenant), settingsNow(c.var.db, tenant)]);
  const { trial } = known;
  // The account is shared: who asked in another store is not named here.
  const told = trial && {
    askedAt: trial.askedAt,
    by: trial.store === tenant.store ? trial.by : "",
    endedAt: trial.endedAt,
    note: trial.note,
  };
  return { ...known, trial: told, missing: missingFor(settings) };
}
