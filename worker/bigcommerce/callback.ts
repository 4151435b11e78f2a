import { errors, jwtVerify } from "jose";
import * as z from "zod";
import { type StoreHash, storeHash } from "../lib/ids.ts";
import { err, ok, type Result } from "../lib/result.ts";

/**
 * `signed_payload_jwt` of /load, /uninstall and /remove_user: HS256 under the app's client secret (facts/bigcommerce.md 1.3).
 * A JWT of one callback has the same claims as one of another: the caller accepts each `jti` once over all of them.
 */
export type Callback = {
  jti: string;
  store: StoreHash;
  /** The person acting; for /remove_user the person removed. */
  user: { id: number; email: string; locale: string };
  ownerId: number;
  owner: boolean;
  /** A deep link of ours, or null. */
  to: string | null;
  /** Unix seconds, BigCommerce's clock. */
  issuedAt: number;
  expiresAt: number;
};

/** A fixed word for the log; the person sees one page for all of them. */
export type CallbackRefusal = "no-token" | "malformed" | "signature" | "expired" | "claims";

const SKEW_SECONDS = 60;
const person = z.object({ id: z.number().int().positive(), email: z.string().max(320).default("") });
const claims = z.object({
  jti: z.string().min(1).max(200),
  sub: z.string().regex(/^stores\//),
  iat: z.number().int(),
  exp: z.number().int(),
  user: person.extend({ locale: z.string().max(35).nullish() }),
  owner: person,
  url: z.string().nullish(),
});

/** A path of our own pages: never another host, whatever the claim says. Null: none, or not safe. */
export function localPath(url: string | null | undefined): string | null {
  if (!url || url.length > 500 || url === "/") return null;
  return /^\/[^/\\\s\p{Cc}][^\\\s\p{Cc}]*$/u.test(url) ? url : null;
}

const LOCALE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** Checks algorithm, signature, audience, issuer, times (60 s of skew) and claims; every client secret verifies. */
export async function readCallback(
  app: { clientId: string; clientSecrets: readonly string[] },
  token: string | undefined,
  nowMs: number,
): Promise<Result<Callback, CallbackRefusal>> {
  if (!token) return err("no-token");
  if (token.length > 8000) return err("malformed");
  let refusal: CallbackRefusal = "signature";
  for (const secret of app.clientSecrets) {
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
        algorithms: ["HS256"],
        audience: app.clientId,
        issuer: "bc",
        requiredClaims: ["exp", "iat", "jti", "sub"],
        clockTolerance: SKEW_SECONDS,
        currentDate: new Date(nowMs),
      });
      const parsed = claims.safeParse(payload);
      const store = parsed.success ? storeHash(parsed.data.sub.slice("stores/".length)) : null;
      if (!parsed.success || !store) return err("claims");
      const { jti, iat, exp, user, owner, url } = parsed.data;
      const locale = user.locale && LOCALE.test(user.locale) ? user.locale : "en-US";
      return ok({
        jti,
        store,
        user: { id: user.id, email: user.email, locale },
        ownerId: owner.id,
        owner: user.id === owner.id,
        to: localPath(url),
        issuedAt: iat,
        expiresAt: exp,
      });
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      refusal = refusalOf(error, refusal);
    }
  }
  return err(refusal);
}

/** What one secret says; that a signature does not match says nothing while another secret may. */
function refusalOf(error: errors.JOSEError, before: CallbackRefusal): CallbackRefusal {
  if (error instanceof errors.JWSSignatureVerificationFailed) return before;
  if (error instanceof errors.JWTExpired) return "expired";
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim === "nbf" ? "expired" : "claims";
  return "malformed";
}
