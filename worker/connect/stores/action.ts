import { LINK_TRIES, LINK_TRIES_MS, readLinkCode } from "../../accounts/link-code.ts";
import { linkText, usedText } from "../../accounts/secret.ts";
import { type ApiContext, fail, type StoreRow } from "../../api/access.ts";
import { type BigCommerce, bigCommerce, freshQuota } from "../../bigcommerce/client.ts";
import { HOOKS_PATH } from "../../bigcommerce/hooks.ts";
import { SCOPES } from "../../bigcommerce/scopes.ts";
import { accountInbox, storeInbox } from "../../inbox/client.ts";
import { fingerprints } from "../../lib/crypto.ts";
import { iso } from "../../lib/days.ts";
import type { AccountId, StoreHash, Tenant } from "../../lib/ids.ts";
import { log } from "../../lib/log.ts";
import { removeHooks, storeBehind } from "../flow.ts";
import { connectStore, openCredentials, storeRow, tenantOfRow } from "../store.ts";
import { essentialSentence, OTHER_STORE, REFUSED_TOKEN, type StoreForm } from "./form.ts";
import { type AccountRow, accountRow, countTry, link, peekLinkCode, uncountTry, usedLinkCode } from "./store.ts";

const noAnswer = (): never => fail(503, "no-answer", "BigCommerce did not answer. Nothing was changed; try again in a minute.");

// ---- Store API credentials ------------------------------------------------------------------------------------

/**
 * Adds a store by Store API credentials (F5, F6, F9, F11). Nothing is stored, and nothing is told about the store, before
 * the token proved control of it; twice the same is one connection.
 */
export async function addStore(c: ApiContext, account: AccountId, form: StoreForm): Promise<void> {
  const { config, db } = c.var;
  const client = clientOf(c, form.hash, form.token);
  const info = await storeBehind(client, form.hash);
  if (!info.ok) {
    const { error } = info;
    if (error.is === "throttled" || error.is === "trouble") return noAnswer();
    // 403: the token is known and lacks the scope; everything that lacks is named below.
    if (error.is !== "denied" || error.status !== 403) return fail(422, "token-refused", REFUSED_TOKEN, { accessToken: REFUSED_TOKEN });
  } else if (!info.value) return fail(422, "token-refused", OTHER_STORE, { accessToken: OTHER_STORE });

  const scopes = (await probeScopes(client)) ?? noAnswer();
  const lacking = essentialSentence(scopes);
  if (lacking || !info.ok) return fail(422, "scopes", lacking ?? REFUSED_TOKEN, { accessToken: lacking ?? REFUSED_TOKEN });

  const before = await storeRow(db, form.hash);
  if (before?.accountId && before.accountId !== account) return linkedElsewhere(c, before.accountId);
  if (before?.state === "closing") return fail(409, "closing", "This store is being disconnected. Add it again in a minute.");
  if (before) await dropOldHooks(c, before, form);
  const { hash, clientId, token, clientSecret } = form;
  const connected = await connectStore(
    db,
    config.sealingKeys,
    { hash, connection: "store-api", clientId, token, clientSecret, scopes, info: info.value, account },
    iso(c.var.now()),
  );
  if (!connected) return linkedElsewhere(c, (await storeRow(db, hash))?.accountId ?? "");
  await storeInbox(c.env, hash).put([{ kind: "links.restore" }, { kind: "hooks.ensure" }]);
  await accountInbox(c.env, account).put([{ kind: "products.mirror", page: 1 }, { kind: "sales.sweep" }]);
  log({ event: "install", store: hash, account, outcome: "store-api" });
}

const clientOf = (c: ApiContext, hash: StoreHash, token: string): BigCommerce => {
  const { config, now } = c.var;
  return bigCommerce({ apiUrl: config.bigcommerce.apiUrl, hash, token, timeScale: config.timeScale, now, quota: freshQuota() });
};

/** Scope by scope, one cheap GET each (F9): 403 is a scope that lacks. Null: not all could be asked. */
async function probeScopes(client: BigCommerce): Promise<string[] | null> {
  const granted: string[] = [];
  let order = 1;
  for (const { scope, probe } of SCOPES) {
    const answer = await client.get(probe.path.replace("{order}", String(order)), probe.query);
    if (answer.is === "throttled" || answer.is === "trouble") return null;
    if (answer.is === "denied") continue;
    granted.push(scope);
    const first =
      scope === "store_v2_orders" && answer.is === "ok" && Array.isArray(answer.body) ? (answer.body[0] as { id?: unknown })?.id : null;
    if (typeof first === "number") order = first;
  }
  return granted;
}

/** One kind of credentials per store: what the former client made is deleted first, while its token still works (design 1). */
async function dropOldHooks(c: ApiContext, before: StoreRow, form: StoreForm): Promise<void> {
  const old = await openCredentials(c.var.db, tenantOfRow(before, form.hash), c.var.config.sealingKeys);
  if (!old || old.clientId === form.clientId) return;
  const removed = await removeHooks(clientOf(c, form.hash, old.token), c.var.config.appUrl + HOOKS_PATH);
  if (!removed.ok) noAnswer();
}

// ---- linking --------------------------------------------------------------------------------------------------

/** The present link, named only to who proved control of the store (F6, design 1). */
async function linkedElsewhere(c: ApiContext, account: string): Promise<never> {
  const row = await accountRow(c.var.db, account);
  const named = row ? `${row.company} (account ID ${row.id})` : "another account";
  return fail(
    409,
    "linked-elsewhere",
    `This store is linked to ${named} in Cin7 Core. A store belongs to one Cin7 Core account: disconnect it there first.`,
  );
}

const WRONG = "This code is wrong or older than 15 minutes. Ask for a new one where Lockstep is signed in to Cin7 Core.";
const TOO_MANY = "Five wrong codes were entered. Wait 15 minutes, then ask for a new code.";

type Found = { account: AccountRow; code: { hashes: string[]; used: string } };

/** The account of a code that is good now, or that this store used just now. Wrong ones are counted per store, five in 15 minutes. */
export async function findCode(c: ApiContext, text: unknown): Promise<Found> {
  const { db, now, tenant, store } = c.var;
  if ((await countTry(db, tenant, now())) > LINK_TRIES) return fail(429, "too-many", TOO_MANY, undefined, LINK_TRIES_MS / 1000);
  const code = readLinkCode(text);
  if (!code) return fail(422, "wrong-code", WRONG, { code: WRONG });
  const hashes = await prints(c, linkText(code));
  const used = await prints(c, usedText(tenant.store, code));
  const before = await usedLinkCode(db, used, iso(c.var.now()));
  const id = (await peekLinkCode(db, hashes, iso(c.var.now()))) ?? (before !== null && before === store.accountId ? before : null);
  const account = id && (await accountRow(db, id));
  if (!account) return fail(422, "wrong-code", WRONG, { code: WRONG });
  await uncountTry(db, tenant);
  return { account, code: { hashes, used: used[0] as string } };
}

const prints = (c: ApiContext, text: string): Promise<string[]> => fingerprints(c.var.config.sealingKeys, "link-code", text);

/** Links the launched store to the code's account; a store linked elsewhere is refused, with the code still good (F6, F11). */
export async function linkStore(c: ApiContext, found: Found): Promise<void> {
  const { db, store, tenant } = c.var;
  const account = found.account.id as AccountId;
  if (store.accountId && store.accountId !== account) return linkedElsewhere(c, store.accountId);
  if (store.state === "closing") return fail(409, "closing", "This store is being disconnected. Link it again when that is over.");
  const { used, account: now } = await link(db, tenant, account, found.code, iso(c.var.now()));
  if (now !== null && now !== account) return linkedElsewhere(c, now);
  // Somebody else's store took the code in this very moment.
  if (now === null) return fail(422, "wrong-code", WRONG, { code: WRONG });
  await wake(c, tenant, account);
  if (used) log({ event: "install", store: tenant.store, account, outcome: "linked" });
}

async function wake(c: ApiContext, tenant: Tenant, account: AccountId): Promise<void> {
  await accountInbox(c.env, account).put([{ kind: "products.mirror", page: 1 }, { kind: "sales.sweep" }]);
  await storeInbox(c.env, tenant.store).put([{ kind: "links.restore" }, { kind: "hooks.ensure" }]);
}

/** Before a person confirms: may this store be linked to the code's account? */
export async function checkLink(c: ApiContext, found: Found): Promise<void> {
  const { store } = c.var;
  if (store.accountId && store.accountId !== found.account.id) await linkedElsewhere(c, store.accountId);
}
