import { type ApiContext, fail, type Session, type StoreRow } from "../api/access.ts";
import { fairUse } from "../api/limits.ts";
import { accountId, storeHash, type Tenant } from "../lib/ids.ts";
import { readSession, SESSION_LIMIT_SECONDS, type SessionClaims } from "../lib/token.ts";
import { consoleAccount, panelUser, storeFor } from "./store.ts";

/** In the panel: *Open the app again from Apps*; in the console: sign in. The UI shows its own page for 401. */
const over = (): never => fail(401, "session-over", "Your session is over. Open the app again from Apps, or sign in again.");

const bearer = (c: ApiContext): string | null => /^Bearer ([\w.-]{20,2000})$/.exec(c.req.header("authorization") ?? "")?.[1] ?? null;

/**
 * Who asks: the token is checked, then role, epoch and state are read from D1 on every request, so that remove-user,
 * uninstall, disconnect and role changes act at once (design 1). Ends the request with 401 otherwise.
 */
export async function sessionOf(c: ApiContext): Promise<Session> {
  return (await openSession(c)).session;
}

/** The same with the token's claims, for renewal. */
export async function openSession(c: ApiContext): Promise<{ session: Session; claims: SessionClaims }> {
  const token = bearer(c);
  const claims = token && (await readSession(c.var.config.sessionKeys, token, c.var.now()));
  if (!claims || claims.launchedAt + SESSION_LIMIT_SECONDS <= c.var.now() / 1000) return over();
  await fairUse(c, claims);
  const session = claims.mode === "panel" ? await panelSession(c, claims) : await consoleSession(c, claims);
  return session ? { session, claims } : over();
}

async function panelSession(c: ApiContext, claims: SessionClaims): Promise<Session | null> {
  const hash = storeHash(claims.subject);
  const found = hash && (await panelUser(c.var.db, hash, claims.user, claims.epoch, claims.id));
  if (!hash || !found) return null;
  const { role, owner, email, locale } = found.user;
  const { user, epoch, launchedAt } = claims;
  return { mode: "panel", role, owner, name: email, locale, user, epoch, launchedAt, store: hash, account: null };
}

/** Who holds an application key of the account may do everything that concerns it. */
async function consoleSession(c: ApiContext, claims: SessionClaims): Promise<Session | null> {
  const id = accountId(claims.subject);
  if (!id || !(await consoleAccount(c.var.db, id, claims.epoch, claims.id))) return null;
  const { name, epoch, launchedAt } = claims;
  return { mode: "console", role: "configure", owner: true, name, locale: "en-US", user: 0, epoch, launchedAt, store: null, account: id };
}

/** The store of a path `/api/stores/:hash/…`; 404 alike for one that is unknown and one that is somebody else's. */
export async function storeOf(c: ApiContext, session: Session, hashText: string): Promise<{ tenant: Tenant; store: StoreRow }> {
  const hash = storeHash(hashText);
  const found = hash && (await storeFor(c.var.db, session, hash));
  return found || fail(404, "no-such-store", "There is no such store here.");
}
