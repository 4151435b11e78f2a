import { Hono } from "hono";
import { type ApiContext, type ApiEnv, bodyOf, fail } from "../access.ts";
import { cin7 } from "../cin7/client.ts";
import type { LinkCode, SessionReply } from "../contract.ts";
import { log } from "../lib/log.ts";
import { signSession } from "../lib/token.ts";
import { type Company, readCompany } from "./company.ts";
import { linkCode, shown } from "./link-code.ts";
import { NOT_ACCEPTED, readSignIn, type SignInForm } from "./sign-in-form.ts";
import { attachKey, keepLinkCode, upsertAccount } from "./store.ts";

/** `POST /api/sign-in`: needs `config`, `db` and `now`; nobody is signed in yet. */
export const signInRoutes = new Hono<ApiEnv>();

const TOO_MANY = "Too many tries. Wait a minute, then sign in again.";
const BUSY = "Cin7 Core did not answer. Try again in a minute.";
const NO_STORE = { "cache-control": "no-store" };

/** 5 a minute per address and per account ID, counted before Cin7 Core is asked (design 1). */
signInRoutes.post("/api/sign-in", async (c) => {
  const limit = c.env.SIGN_IN_LIMIT;
  if (!(await limit.limit({ key: `address:${c.req.header("cf-connecting-ip") ?? "local"}` })).success) fail(429, "too-many", TOO_MANY);
  const form = readSignIn(await bodyOf(c));
  if (!form.ok) return fail(422, "form", "Some fields need another look.", form.error);
  if (!(await limit.limit({ key: `account:${form.value.account}` })).success) fail(429, "too-many", TOO_MANY);

  const { config, db, now } = c.var;
  const company = await prove(c, form.value);
  const { account, key, name } = form.value;
  const at = new Date(now()).toISOString();
  const row = await upsertAccount(db, account, company, at);
  const added = await attachKey(db, config.sealingKeys, account, key, at);
  log({ event: "sign-in", account, outcome: added ? "new-key" : "known-key" });
  const claims = { mode: "console", subject: account, user: 0, name, epoch: row.epoch, launchedAt: Math.floor(now() / 1000) } as const;
  const reply = await signSession(config.sessionKeys[0] as string, claims, now());
  return c.json<SessionReply>({ ...reply, mode: "console" }, 200, NO_STORE);
});

/** Account and key together at `/me` (cin7-core.md 7.1). No gate object comes into being before it said 200 (design 1). */
async function prove(c: ApiContext, { account, key }: SignInForm): Promise<Company> {
  const { config } = c.var;
  const client = cin7({
    apiUrl: config.cin7.apiUrl,
    account,
    key,
    timeScale: config.timeScale,
    cls: "order",
    ask: async () => ({ granted: true }),
    throttled: async () => {},
  });
  const answer = await client.get("/me");
  if (answer.is === "denied" || answer.is === "refused" || answer.is === "missing") {
    log({ event: "sign-in", outcome: "refused" });
    return fail(401, "not-accepted", NOT_ACCEPTED);
  }
  const company = answer.is === "ok" ? readCompany(answer.body) : null;
  return company ?? fail(503, "no-answer", BUSY);
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
