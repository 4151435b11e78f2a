import type { ApiContext } from "../../api/access.ts";
import { bigCommerce, freshQuota } from "../../bigcommerce/client.ts";
import { HOOKS_PATH } from "../../bigcommerce/hooks.ts";
import { contextStore, exchangeCode } from "../../bigcommerce/oauth.ts";
import { missing } from "../../bigcommerce/scopes.ts";
import { storeInbox } from "../../inbox/client.ts";
import type { StoreHash } from "../../lib/ids.ts";
import { log } from "../../lib/log.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import { removeHooks, storeBehind } from "../flow.ts";
import type { PageStatus, Trouble } from "../pages.ts";
import { connectStore, openCredentials, seeUser, storeRow, tenantOfRow } from "../store.ts";
import { handCode } from "./store.ts";

export type InstallRefusal = { status: PageStatus; trouble: Trouble; reason: string };
const no = (status: PageStatus, trouble: Trouble, reason: string) => err<InstallRefusal>({ status, trouble, reason });

/**
 * `/auth` (F8): swaps the code, checks the granted scopes, and stores what cannot be asked for again, even when BigCommerce
 * does not answer for the rest: that is read later by the inbox. Keeps link and settings of an earlier connection.
 */
export async function installApp(
  c: ApiContext,
  given: { code: string; scope: string; context: string },
): Promise<Result<{ store: StoreHash; code: string }, InstallRefusal>> {
  const { config, db, now } = c.var;
  const { loginUrl, apiUrl, clientId, clientSecrets } = config.bigcommerce;
  if (!contextStore(given.context)) return no(400, "open-again", "context");
  const { timeScale, appUrl } = config;
  const swapped = await exchangeCode({ loginUrl, clientId, clientSecrets, redirectUri: `${appUrl}/auth`, timeScale }, given);
  if (!swapped.ok) return swapped.error === "trouble" ? no(502, "no-answer", "exchange") : no(401, "open-again", "code");
  const grant = swapped.value;
  if (missing(grant.scopes).some((s) => s.essential)) return no(403, "no-access", "scopes");

  const client = bigCommerce({ apiUrl, hash: grant.store, token: grant.token, timeScale, now, quota: freshQuota() });
  const info = await storeBehind(client, grant.store);
  if (info.ok ? info.value === null : info.error.is === "denied") return no(502, "no-answer", "token");
  await replaceStoreApi(c, grant.store);
  const at = new Date(now()).toISOString();
  const { store, token, scopes } = grant;
  await connectStore(
    db,
    config.sealingKeys,
    { hash: store, connection: "app", clientId, token, clientSecret: null, scopes, info: info.ok ? info.value : null, account: null },
    at,
  );

  const row = await storeRow(db, store);
  if (!row) throw new Error("a store that was just connected is gone");
  const tenant = tenantOfRow(row, store);
  const issuedAt = Math.ceil(now() / 1000) + 60;
  const { ownerId, ownerEmail, user } = grant;
  if (ownerId > 0 && ownerId !== user.id)
    await seeUser(db, tenant, { id: ownerId, email: ownerEmail, locale: "en-US", owner: true, issuedAt }, at);
  await seeUser(db, tenant, { ...user, locale: "en-US", owner: ownerId === user.id, issuedAt }, at);
  // Installed again while it was being disconnected, or after its token was refused: what was sealed comes back, and what was unfinished goes on.
  const restore = row.accountId === null ? [] : [{ kind: "links.restore" } as const];
  await storeInbox(c.env, store).put([...restore, { kind: "hooks.ensure" }, ...(info.ok ? [] : [{ kind: "store.refresh" } as const])]);
  return ok({ store, code: await handCode(db, tenant, user.id, now()) });
}

/**
 * The app's credentials replace Store API ones after their hooks are deleted: one kind per store (design 1). A peer in
 * trouble must not cost the grant: what stays behind is signed with a secret that we no longer accept.
 */
async function replaceStoreApi(c: ApiContext, store: StoreHash): Promise<void> {
  const { config, db, now } = c.var;
  const row = await storeRow(db, store);
  const old = row && (await openCredentials(db, tenantOfRow(row, store), config.sealingKeys));
  if (old?.connection !== "store-api") return;
  const client = bigCommerce({
    apiUrl: config.bigcommerce.apiUrl,
    hash: store,
    token: old.token,
    timeScale: config.timeScale,
    now,
    quota: freshQuota(),
  });
  const removed = await removeHooks(client, config.appUrl + HOOKS_PATH);
  log({ event: "install", store, outcome: removed.ok ? "store-api-hooks-removed" : "store-api-hooks-left" });
}
