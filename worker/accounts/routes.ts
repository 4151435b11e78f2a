import { Hono } from "hono";
import { type ApiContext, type ApiEnv, BODY, bodyOf, fail } from "../api/access.ts";
import type { LinkCode, SessionReply } from "../contract/index.ts";
import { log } from "../lib/log.ts";
import { consoleSession } from "./console-action.ts";
import { wakeAll } from "./key-action.ts";
import { auditAll, usedKey, useKey } from "./key-store.ts";
import { linkCode, shown } from "./link-code.ts";
import { BUSY, proveKey, TOO_MANY, tooManyFor, tooManyHere } from "./prove-action.ts";
import { NOT_ACCEPTED, readSignIn, type SignInForm } from "./sign-in-form.ts";
import { keepLinkCode, upsertAccount } from "./store.ts";

/** `POST /api/sign-in`: needs `config`, `db` and `now`; nobody is signed in yet. */
export const signInRoutes = new Hono<ApiEnv>();

const NO_STORE = { "cache-control": "no-store" };

signInRoutes.post("/api/sign-in", async (c) => {
  if (await tooManyHere(c)) fail(429, "too-many", TOO_MANY);
  const form = readSignIn(await bodyOf(c, BODY.open));
  if (!form.ok) return fail(422, "form", "Some fields need another look.", form.error);
  if (await tooManyFor(c, form.value.account)) fail(429, "too-many", TOO_MANY);

  const { config, db, now } = c.var;
  const { account, key, name } = form.value;
  const proof = await proveKey(config, account, key);
  if (proof.is === "refused") {
    log({ event: "sign-in", outcome: "refused" });
    return fail(401, "not-accepted", NOT_ACCEPTED);
  }
  if (proof.is === "no-answer") return fail(503, "no-answer", BUSY);
  const at = new Date(now()).toISOString();
  await upsertAccount(db, account, proof.company, at);
  log({ event: "sign-in", account, outcome: `${await takeKey(c, form.value, at)}-key` });
  return c.json<SessionReply>(await consoleSession(c, account, name), 200, NO_STORE);
});

/** A proven key becomes the used one where there is none, or where Cin7 Core no longer accepts the one that is used (design 6). */
async function takeKey(c: ApiContext, { account, key, name }: SignInForm, at: string): Promise<"first" | "replaced" | "known"> {
  const { config, db } = c.var;
  const used = await usedKey(db, config.sealingKeys, account);
  if (used && (used.secret.toLowerCase() === key.toLowerCase() || (await proveKey(config, account, used.secret)).is !== "refused"))
    return "known";
  await useKey(db, config.sealingKeys, account, key, at);
  if (!used) return "first";
  await auditAll(db, account, {
    at,
    by: name,
    store: null,
    what: "Signed in with an application key that took the place of a refused one",
  });
  await wakeAll(c, account);
  return "replaced";
}

/** `POST /api/link-codes`: needs `session` as well. */
export const accountRoutes = new Hono<ApiEnv>();

accountRoutes.post("/api/link-codes", async (c) => {
  const { account } = c.var.session;
  if (!account)
    return fail(403, "not-here", "Link codes are made where you sign in with your Cin7 Core account, not inside the control panel.");
  if (!(await c.env.PUBLIC_LIMIT.limit({ key: `link-code:${account}` })).success) fail(429, "too-many", "Too many codes. Wait a minute.");
  const { config, db, now } = c.var;
  const code = linkCode(crypto.getRandomValues(new Uint8Array(64)));
  if (!code) throw new Error("64 random bytes gave no code");
  const expiresAt = await keepLinkCode(db, config.sealingKeys, account, code, now());
  return c.json<LinkCode>({ code: shown(code), expiresAt }, 200, NO_STORE);
});
