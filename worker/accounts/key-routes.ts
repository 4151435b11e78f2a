import { Hono } from "hono";
import { type ApiContext, type ApiEnv, bodyOf, fail, need } from "../api/access.ts";
import { notLinked } from "../api/sides.ts";
import type { KeyInUse } from "../contract/index.ts";
import { isLinked } from "../lib/ids.ts";
import { log } from "../lib/log.ts";
import { openProblems } from "../problems/store.ts";
import { consoleSession } from "./console-action.ts";
import { wakeAll } from "./key-action.ts";
import { auditAll, usedKey, useKey } from "./key-store.ts";
import { BUSY, proveKey, TOO_MANY, tooManyBy } from "./prove-action.ts";
import { readKey } from "./sign-in-form.ts";
import { upsertAccount } from "./store.ts";

/** *Replace key* (design 6), mounted under /api/stores/:hash. */
export const keyRoutes = new Hono<ApiEnv>();

const OTHER_KEY =
  "Cin7 Core does not accept this key for the account that this store is connected to. Copy the key again from Integrations → API there.";

keyRoutes.get("/cin7-key", async (c) => {
  need(c, "configure");
  const { db, config, tenant } = c.var;
  const used = tenant.account && (await usedKey(db, config.sealingKeys, tenant.account));
  const told = isLinked(tenant) ? await openProblems(db, tenant, ["cin7-denied"]) : [];
  const refused = told.some(({ problem }) => problem.kind === "cin7-denied" && !problem.licence);
  return c.json({ since: used ? used.since : null, ...(refused ? { refused: true as const } : {}) } satisfies KeyInUse);
});

/** The key must open the same account; from then on every call is made with it and the former one is erased. */
keyRoutes.post("/cin7-key", async (c: ApiContext) => {
  need(c, "configure");
  const { config, db, tenant, session, now } = c.var;
  const { account } = tenant;
  if (!account) return notLinked();
  if (await tooManyBy(c)) return fail(429, "too-many", TOO_MANY);
  const form = readKey(await bodyOf(c));
  if (!form.ok) return fail(422, "form", form.error, { applicationKey: form.error });
  const proof = await proveKey(config, account, form.value);
  if (proof.is === "no-answer") return fail(503, "no-answer", BUSY);
  if (proof.is === "refused") return fail(422, "not-accepted", OTHER_KEY, { applicationKey: OTHER_KEY });
  const at = new Date(now()).toISOString();
  await upsertAccount(db, account, proof.company, at);
  await useKey(db, config.sealingKeys, account, form.value, at);
  const store = session.mode === "panel" ? tenant.store : null;
  await auditAll(db, account, { at, by: session.name, store, what: "Replaced the application key of Cin7 Core" });
  log({ event: "sign-in", account, outcome: "replaced-key" });
  await wakeAll(c, account);
  const again = session.mode === "console" ? { session: await consoleSession(c, account, session.name) } : {};
  return c.json({ since: at, ...again } satisfies KeyInUse);
});
