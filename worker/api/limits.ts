import type { ApiContext } from "./access.ts";

/**
 * Who is counted as one (design 1): an IPv4 address, or the first half of an IPv6 address, because whoever has one of those has
 * all 2^64 behind it. Anything else is a name of its own: cut, so that no key grows.
 */
export function networkOf(address: string): string {
  const bare = address.trim().toLowerCase();
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(bare)?.[1];
  if (mapped) return mapped;
  if (!/^[0-9a-f:]{2,39}$/.test(bare) || !bare.includes(":")) return bare.slice(0, 45);
  const [before = "", after = ""] = bare.split("::");
  const [left, right] = [before, after].map((half) => (half === "" ? [] : half.split(":"))) as [string[], string[]];
  const all = bare.includes("::") ? [...left, ...Array(Math.max(8 - left.length - right.length, 0)).fill("0"), ...right] : left;
  return `${all
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

/** Where a request comes from, as limits count it. Cloudflare sets the header and nobody else can; locally there is none. */
export const networkIn = (c: ApiContext): string => networkOf(c.req.header("cf-connecting-ip") ?? "local");

type Limit = "SIGN_IN_LIMIT" | "SIGN_IN_SLOW" | "PUBLIC_LIMIT";

/** False: the limit of this key is used up for now. */
export const allowed = async (c: ApiContext, limit: Limit, key: string): Promise<boolean> => (await c.env[limit].limit({ key })).success;
