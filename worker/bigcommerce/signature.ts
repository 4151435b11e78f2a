import { Webhook } from "standardwebhooks";
import { sameText } from "../lib/crypto.ts";

/** The three headers of a Standard Webhooks delivery (facts/bigcommerce.md 3.2). */
export type SignatureHeaders = { id: string; timestamp: string; signature: string };

export function signatureHeaders(headers: Headers): SignatureHeaders | null {
  const id = headers.get("webhook-id");
  const timestamp = headers.get("webhook-timestamp");
  const signature = headers.get("webhook-signature");
  if (!id || !signature || !timestamp || !/^\d{1,12}$/.test(timestamp) || id.length > 300 || signature.length > 2000) return null;
  return { id, timestamp, signature };
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** `v1,{base64}` of the raw body; the key is the UTF-8 bytes of the client secret (facts 3.2). */
export const sign = (secret: string, id: string, timestamp: string, body: string): string =>
  new Webhook(base64(secret)).sign(id, new Date(Number(timestamp) * 1000), body);

/**
 * Signed with one of these secrets? Any `v1` entry may match and any age passes: a validly signed delivery is a wake-up,
 * retries come up to 48 h later (design 8.1), and a replay makes us read the present once more.
 */
export function signedWith(secrets: readonly string[], headers: SignatureHeaders, body: string): boolean {
  const given = headers.signature
    .split(" ")
    .filter((entry) => entry.startsWith("v1,"))
    .slice(0, 10);
  let match = false;
  for (const secret of secrets) {
    const expected = sign(secret, headers.id, headers.timestamp, body);
    for (const entry of given) if (sameText(entry, expected)) match = true;
  }
  return match;
}
