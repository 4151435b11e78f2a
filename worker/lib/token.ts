import { errors, jwtVerify, SignJWT } from "jose";

/**
 * Session tokens: 15 minutes, kept in the page's memory, renewed while the user is active, 24 hours at most after launch
 * (design 1). They name the store or the account and its epoch; role and epoch are read again on every request.
 */
export type SessionClaims = {
  mode: "panel" | "console";
  /** Of this launch or sign-in, in every token that it is renewed to: signing out ends them all. */
  id: string;
  /** Store hash (panel) or account ID (console). */
  subject: string;
  /** BigCommerce user ID (panel); 0 in the console. */
  user: number;
  /** Name given at sign-in (console) for the audit; empty in the panel. */
  name: string;
  epoch: number;
  /** Unix seconds of the launch or sign-in. */
  launchedAt: number;
};

const SESSION_SECONDS = 15 * 60;
export const SESSION_LIMIT_SECONDS = 24 * 3600;
const AUDIENCE = "lockstep-session";

export async function signSession(key: string, claims: SessionClaims, nowMs: number): Promise<{ token: string; expiresAt: string }> {
  const now = Math.floor(nowMs / 1000);
  const end = Math.min(now + SESSION_SECONDS, claims.launchedAt + SESSION_LIMIT_SECONDS);
  const { mode, id, subject, user, name, epoch, launchedAt } = claims;
  const token = await new SignJWT({ mode, sid: id, user, name, epoch, launchedAt })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(subject)
    .setAudience(AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(end)
    .sign(new TextEncoder().encode(key));
  return { token, expiresAt: new Date(end * 1000).toISOString() };
}

/** Null: forged, expired or not a session token. Every key verifies, so that keys can be changed. */
export async function readSession(keys: readonly string[], token: string, nowMs: number): Promise<SessionClaims | null> {
  for (const key of keys) {
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(key), {
        algorithms: ["HS256"],
        audience: AUDIENCE,
        currentDate: new Date(nowMs),
      });
      const { mode, sid, user, name, epoch, launchedAt, sub } = payload as Record<string, unknown>;
      if ((mode !== "panel" && mode !== "console") || typeof sub !== "string" || typeof user !== "number") return null;
      if (typeof sid !== "string" || typeof name !== "string" || typeof epoch !== "number" || typeof launchedAt !== "number") return null;
      return { mode, id: sid, subject: sub, user, name, epoch, launchedAt };
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
    }
  }
  return null;
}
