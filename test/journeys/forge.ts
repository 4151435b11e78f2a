import { createHmac, randomUUID } from "node:crypto";
import { SignJWT } from "jose";

/** What BigCommerce signs, made here with the app's secret or with another: webhooks and callbacks (facts/bigcommerce.md 1.3, 3.2). */
type Secrets = { app: string; secrets: Record<string, string> };
const secretOf = (place: Secrets) => place.secrets.BIGCOMMERCE_CLIENT_SECRET as string;

export type Hook = { id?: string; at?: number; secret?: string; body: string; headers?: Record<string, string> };

/** Standard Webhooks: `v1,{base64}` of id, time and raw body under the bytes of the client secret. */
export const sign = (secret: string, id: string, at: number, body: string) =>
  `v1,${createHmac("sha256", secret).update(`${id}.${at}.${body}`).digest("base64")}`;

/** `headers` given: sent as they are. */
export function deliverTo(place: Secrets, hook: Hook): Promise<Response> {
  const { id = randomUUID(), at = Math.floor(Date.now() / 1000), secret = secretOf(place), body, headers } = hook;
  const signed = { "webhook-id": id, "webhook-timestamp": String(at), "webhook-signature": sign(secret, id, at, body) };
  return fetch(`${place.app}/webhooks/bigcommerce`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(headers ?? signed) },
    body,
  });
}

/** The owner's claims of this moment; `over` changes some. */
export function callbackClaims(place: Secrets, store: string, over: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  const owner = { id: 4101, email: "olivia@wattleandgum.example" };
  const times = { iat: now, nbf: now - 5, exp: now + 3600 };
  const who = { user: { ...owner, locale: "en-AU" }, owner };
  return {
    aud: place.secrets.BIGCOMMERCE_CLIENT_ID,
    iss: "bc",
    ...times,
    jti: randomUUID(),
    sub: `stores/${store}`,
    ...who,
    url: "/",
    channel_id: null,
    ...over,
  };
}

export const callbackJwt = (place: Secrets, store: string, over: Record<string, unknown> = {}, secret = secretOf(place)): Promise<string> =>
  new SignJWT(callbackClaims(place, store, over)).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(new TextEncoder().encode(secret));
