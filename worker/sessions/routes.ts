import { Hono } from "hono";
import { type ApiEnv, BODY, bodyOf, fail } from "../api/access.ts";
import { allowed, networkIn } from "../api/limits.ts";
import type { SessionEnded, SessionReply } from "../contract/index.ts";
import { randomText } from "../lib/crypto.ts";
import { storeHash } from "../lib/ids.ts";
import { signSession } from "../lib/token.ts";
import { openSession } from "./action.ts";
import { codeForm } from "./code.ts";
import { endSession, panelUser, redeem } from "./store.ts";

/** `POST /api/session`, `/api/session/renew` and `/api/session/end`. Needs `config`, `db` and `now` in the context; no session before it. */
export const sessionRoutes = new Hono<ApiEnv>();

const NO_CODE = "Open the app again from Apps: this link was used already or is too old.";

sessionRoutes.post("/api/session", async (c) => {
  if (!(await allowed(c, "PUBLIC_LIMIT", `session:${networkIn(c)}`))) {
    fail(429, "too-many", "Too many tries. Wait a minute, then open the app again from Apps.");
  }
  const form = codeForm.safeParse(await bodyOf(c, BODY.open));
  const { config, db, now } = c.var;
  const subject = form.success ? await redeem(db, form.data.code, new Date(now()).toISOString()) : null;
  const hash = storeHash(subject?.store);
  // The person may have been removed, the store uninstalled, within the two minutes.
  if (!subject || !hash || !(await panelUser(db, hash, subject.user, subject.epoch))) return fail(401, "code-over", NO_CODE);
  const { user, epoch } = subject;
  const launchedAt = Math.floor(now() / 1000);
  const reply = await signSession(
    config.sessionKeys[0] as string,
    { mode: "panel", id: randomText(16), subject: hash, user, name: "", epoch, launchedAt },
    now(),
  );
  return c.json<SessionReply>({ ...reply, mode: "panel" }, 200, { "cache-control": "no-store" });
});

sessionRoutes.post("/api/session/renew", async (c) => {
  const { claims } = await openSession(c);
  const reply = await signSession(c.var.config.sessionKeys[0] as string, claims, c.var.now());
  return c.json<SessionReply>({ ...reply, mode: claims.mode }, 200, { "cache-control": "no-store" });
});

/** Signed out: no token of this launch or sign-in works any more, wherever a copy of it lies. */
sessionRoutes.post("/api/session/end", async (c) => {
  const { claims } = await openSession(c);
  await endSession(c.var.db, claims);
  return c.json({ ended: true } satisfies SessionEnded, 200, { "cache-control": "no-store" });
});
