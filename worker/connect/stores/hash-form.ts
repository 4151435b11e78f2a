import { type StoreHash, storeHash } from "../../lib/ids.ts";
import { err, ok, type Result } from "../../lib/result.ts";

/** Why a text names no store: each has its own sentence. */
export type NotAStore = "empty" | "shop-address" | "other-host" | "unreadable";

const HOSTS = /^(api|login|admin)\.bigcommerce\.com$/;
const STORE_HOST = /^store-([a-z0-9]+)(-\d+)?\.mybigcommerce\.com$/;
const HOST_FORM = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const PATH = /(?:^|\/)stores\/([a-z0-9]+)(?:\/|$)/;

const found = (hash: string | undefined): Result<StoreHash, NotAStore> => {
  const read = storeHash(hash);
  return read ? ok(read) : err("unreadable");
};

/**
 * A store hash from whatever a person pastes (F7): the hash, the store's control panel address, or the API path of its API
 * account, in any case. Nothing of it is ever fetched; only the hash is used. `apiUrl`: the deployment's own.
 */
export function readStoreHash(text: unknown, apiUrl: string): Result<StoreHash, NotAStore> {
  if (typeof text !== "string") return err("unreadable");
  const given = text
    .trim()
    .toLowerCase()
    .slice(0, 2000)
    .replace(/[?#].*$/s, "");
  if (given === "") return err("empty");
  if (given.length > 300 || /[\s\p{Cc}@\\%]/u.test(given)) return err("unreadable");
  const bare = storeHash(given);
  if (bare) return ok(bare);
  const path = /^\/?stores\/([a-z0-9]+)(?:\/v[23])?\/?$/.exec(given);
  return path ? found(path[1]) : fromUrl(given, apiUrl);
}

function fromUrl(given: string, apiUrl: string): Result<StoreHash, NotAStore> {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//.test(given) ? given : `https://${given}`);
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || !HOST_FORM.test(url.hostname)) return err("unreadable");
  const panel = STORE_HOST.exec(url.hostname)?.[1];
  if (panel) return found(panel);
  if (HOSTS.test(url.hostname) || url.host === URL.parse(apiUrl)?.host) return found(PATH.exec(url.pathname)?.[1]);
  return err(url.pathname.startsWith("/stores/") ? "other-host" : "shop-address");
}

const WORDS: Record<NotAStore, string> = {
  empty: "Enter the store hash or the API path that BigCommerce showed with the credentials.",
  "shop-address":
    "This is a shop's address; it does not contain the store hash. Paste the API path that BigCommerce showed with the credentials.",
  "other-host": "This address is not BigCommerce's. Paste the API path that BigCommerce showed with the credentials.",
  unreadable:
    "This is not a store hash: 4 to 20 letters and digits, such as abc123def4. The API path that BigCommerce showed with the credentials works too.",
};
export const notAStore = (why: NotAStore): string => WORDS[why];
