import { remembered } from "./remembered.ts";

/**
 * Sealing of secrets and payloads: AES-GCM under a key derived (HKDF) per tenant, additional data = table, column and
 * row, so that a sealed value moved elsewhere does not open (design 5). The text is `{key number}.{iv}.{cipher}`.
 */
export type SealingKeys = { current: number; keys: Record<string, string> };
export type SealedAt = { tenant: string; table: string; column: string; row: string };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** URL-safe base64 without padding; in slices of a multiple of 3, as `fromCharCode(...)` overflows on long ones. */
function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 24_000) text += btoa(String.fromCharCode(...bytes.subarray(at, at + 24_000)));
  return text.replace(/\+/g, "-").replace(/\//g, "_").replaceAll("=", "");
}
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

/** The keys last derived, so that not each of an order's payloads derives its own again: the oldest leaves first. */
const derived = remembered<CryptoKey>(200);

async function keyFor(keys: SealingKeys, number: string, tenant: string): Promise<CryptoKey> {
  const secret = keys.keys[number];
  if (!secret) throw new Error(`no sealing key number ${number}`);
  const name = `${secret} ${tenant}`;
  const known = derived.of(name, 0);
  if (known) return known;
  const key = await deriveKey(secret, tenant);
  derived.keep(name, key, Number.POSITIVE_INFINITY);
  return key;
}

async function deriveKey(secret: string, tenant: string): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey("raw", fromBase64(secret), "HKDF", false, ["deriveKey"]);
  const params = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode(`lockstep:${tenant}`) };
  return crypto.subtle.deriveKey(params, root, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

const additional = (place: SealedAt) => encoder.encode(`${place.table}|${place.column}|${place.row}`);

export async function seal(keys: SealingKeys, place: SealedAt, text: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const number = String(keys.current);
  const key = await keyFor(keys, number, place.tenant);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = typeof text === "string" ? encoder.encode(text) : text;
  const cipher = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: additional(place) }, key, data);
  return `${number}.${toBase64(iv)}.${toBase64(new Uint8Array(cipher))}`;
}

/** Throws when the value was sealed for another place, tenant or key: that is a bug or an attack, never an expected case. */
export async function unsealBytes(keys: SealingKeys, place: SealedAt, sealed: string): Promise<Uint8Array<ArrayBuffer>> {
  const [number = "", iv = "", cipher = ""] = sealed.split(".");
  const key = await keyFor(keys, number, place.tenant);
  const plain = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: fromBase64(iv), additionalData: additional(place) },
    key,
    fromBase64(cipher),
  );
  return new Uint8Array(plain);
}

export const unseal = async (keys: SealingKeys, place: SealedAt, sealed: string): Promise<string> =>
  decoder.decode(await unsealBytes(keys, place, sealed));

/** How a text begins that is sealed with the present key. */
export const sealedNow = (keys: SealingKeys): string => `${keys.current}.`;

/** The same under the present key; null: it is already. `former`: where an older release put it. */
export async function reseal(keys: SealingKeys, place: SealedAt, sealed: string, former: SealedAt = place): Promise<string | null> {
  if (sealed.startsWith(sealedNow(keys))) return null;
  return seal(keys, place, await unsealBytes(keys, place, sealed).catch(() => unsealBytes(keys, former, sealed)));
}

/** Random text of `bytes` bytes, URL-safe. */
export const randomText = (bytes = 32): string => toBase64(crypto.getRandomValues(new Uint8Array(bytes)));

export async function sha256(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text))));
}

/** Keyed fingerprint: recognises a secret again without keeping it. */
export async function fingerprint(secret: string, text: string): Promise<string> {
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hex(new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text))));
}

/**
 * Keyed fingerprints for one purpose, each under a key of its own derived from a sealing key (one key, one purpose): the
 * present one first, which new entries use; a look-up tries all, so that a key can be retired.
 */
export async function fingerprints(keys: SealingKeys, purpose: Purpose, text: string): Promise<string[]> {
  const numbers = [String(keys.current), ...Object.keys(keys.keys).filter((n) => Number(n) !== keys.current)];
  return Promise.all(
    numbers.map(async (number) => {
      const root = await crypto.subtle.importKey("raw", fromBase64(keys.keys[number] ?? ""), "HKDF", false, ["deriveKey"]);
      const params = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode(`lockstep-purpose:${purpose}`) };
      const key = await crypto.subtle.deriveKey(params, root, { name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]);
      return hex(new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text))));
    }),
  );
}
export type Purpose = "cin7-key" | "link-code" | "address-code" | "mail-address" | "shopper";

const hex = (bytes: Uint8Array) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");

/** Same text? In a time that does not tell where they differ. */
export function sameText(a: string, b: string): boolean {
  const x = encoder.encode(a);
  const y = encoder.encode(b);
  let difference = x.length ^ y.length;
  for (let i = 0; i < Math.max(x.length, y.length); i++) difference |= (x[i] ?? 0) ^ (y[i] ?? 0);
  return difference === 0;
}

/** gzip, for payloads before sealing. */
export async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}
