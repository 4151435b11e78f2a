import type { Mode } from "../contract/index.ts";
import { type ApiContext, fail } from "./access.ts";

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

type Limit = "SIGN_IN_LIMIT" | "SIGN_IN_SLOW" | "PUBLIC_LIMIT" | "API_LIMIT" | "API_TIGHT" | "API_SEARCH" | "API_SEARCH_ALL";

/** False: the limit of this key is used up for now. */
export const allowed = async (c: ApiContext, limit: Limit, key: string): Promise<boolean> => (await c.env[limit].limit({ key })).success;

/** `subject`: the launched store or the signed-in account; `user`: one of its people. */
type Who = { mode: Mode; subject: string; user: number };
type Dear = "change" | "search" | "file" | "vendors";

/**
 * `of` and `all`: how much of it one person may, and all people of a merchant together; `what` was done too often, `within` what time.
 * Searches come in bursts: counted within ten seconds, the shared database is kept busy by a few at once at the most.
 */
type Bound = { of: Limit; all: Limit; seconds: number; within: string; what: string };
const MINUTE = { of: "API_TIGHT", all: "API_LIMIT", seconds: 60, within: "a minute" } as const;
const BOUND: Record<Dear, Bound> = {
  change: { ...MINUTE, what: "More was changed" },
  search: { of: "API_SEARCH", all: "API_SEARCH_ALL", seconds: 10, within: "ten seconds", what: "More was searched or sorted" },
  file: { ...MINUTE, what: "More files were asked for" },
  vendors: { ...MINUTE, what: "More was asked of BigCommerce and Cin7 Core" },
};

/**
 * Fair use of what all merchants share: 600 requests a minute for a person, ten times what their pages ask by themselves. A
 * new launch or sign-in is the same person. Counted before the database is asked.
 */
export async function fairUse(c: ApiContext, who: Who): Promise<void> {
  if (!(await allowed(c, "API_LIMIT", `person:${who.mode}:${who.subject}:${who.user}`)))
    fail(429, "too-many", "More was asked within a minute than Lockstep takes from one person. Try again in a minute.");
  if (c.req.method !== "GET") await fairUseOf(c, "change", who);
}

/** Of what costs more: 60 a minute for a person, 600 for all people of a merchant together; of searches 5 and 20 in ten seconds. */
async function fairUseOf(c: ApiContext, dear: Dear, who: Who): Promise<void> {
  const { of, all, seconds, within, what } = BOUND[dear];
  const merchant = `${dear}:${who.mode}:${who.subject}`;
  const from = !(await allowed(c, of, `${merchant}:${who.user}`)) ? "one person" : !(await allowed(c, all, merchant)) ? "one merchant" : "";
  if (from === "") return;
  const undone = dear === "change" ? ", so this was not done" : "";
  fail(429, "too-many", `${what} within ${within} than Lockstep takes from ${from}${undone}. Try again in ${within}.`, undefined, seconds);
}

/** The same of who is signed in. */
export const fairUseHere = (c: ApiContext, dear: Dear): Promise<void> => {
  const { mode, store, account, user } = c.var.session;
  return fairUseOf(c, dear, { mode, subject: store ?? account ?? "", user });
};
