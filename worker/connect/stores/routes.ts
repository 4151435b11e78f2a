import { Hono } from "hono";
import { type ApiContext, type ApiEnv, bodyOf, fail, need } from "../../api/access.ts";
import type { LinkOffer, Me, StoreSummary } from "../../contract/index.ts";
import { addStore, checkLink, findCode, linkStore } from "./action.ts";
import { readStoreForm } from "./form.ts";
import { accountRow, summaries } from "./store.ts";

/**
 * `GET /api/me`, `GET|POST /api/stores`: need `session`. `POST /api/stores/:hash/link` and `…/link/check`: need `tenant` and
 * `store` as well.
 */
export const storeRoutes = new Hono<ApiEnv>();

const NO_STORE = { "cache-control": "no-store" };

storeRoutes.get("/api/me", async (c) => {
  const { db, session } = c.var;
  const { mode, name, role, owner, locale } = session;
  const account = session.account ? await accountRow(db, session.account) : null;
  const stores = await summaries(db, session);
  const me: Me = { mode, user: { name, role, owner, locale }, account: account && { id: account.id, company: account.company }, stores };
  return c.json<Me>(me, 200, NO_STORE);
});

storeRoutes.get("/api/stores", async (c) =>
  c.json<{ stores: StoreSummary[] }>({ stores: await summaries(c.var.db, c.var.session) }, 200, NO_STORE),
);

storeRoutes.post("/api/stores", async (c) => {
  const { account } = c.var.session;
  if (!account)
    return fail(403, "not-here", "Stores are added where you sign in with your Cin7 Core account, not inside the control panel.");
  need(c, "configure");
  const { config, db } = c.var;
  const form = readStoreForm(await bodyOf(c), config.bigcommerce.apiUrl);
  if (!form.ok) return fail(422, "form", Object.values(form.error).join(" "), form.error);
  if (!(await c.env.PUBLIC_LIMIT.limit({ key: `add-store:${account}` })).success) fail(429, "too-many", "Too many tries. Wait a minute.");
  await addStore(c, account, form.value);
  const [added] = await summaries(db, { store: form.value.hash, account });
  return c.json<StoreSummary>(added as StoreSummary, 201, NO_STORE);
});

/** Linking is pulled by the store: by a person there who may configure (design 1). */
async function codeIn(c: ApiContext): Promise<unknown> {
  if (c.var.session.mode !== "panel") fail(403, "not-here", "A link code is entered in the store's own app, inside the control panel.");
  need(c, "configure");
  return ((await bodyOf(c)) as { code?: unknown } | null)?.code;
}

storeRoutes.post("/api/stores/:hash/link/check", async (c) => {
  const found = await findCode(c, await codeIn(c));
  await checkLink(c, found);
  const { id, company, currency, timeZone } = found.account;
  return c.json<LinkOffer>({ accountId: id, company, currency, timeZone }, 200, NO_STORE);
});

storeRoutes.post("/api/stores/:hash/link", async (c) => {
  await linkStore(c, await findCode(c, await codeIn(c)));
  const [linked] = await summaries(c.var.db, { store: c.var.tenant.store, account: null });
  return c.json<StoreSummary>(linked as StoreSummary, 200, NO_STORE);
});
