import * as z from "zod";
import { type Answer, classify, type Dialect, send, TIMEOUT_MS } from "../lib/http.ts";
import { type StoreHash, storeHash } from "../lib/ids.ts";
import { err, ok, type Result } from "../lib/result.ts";
import { parseScopes } from "./scopes.ts";

/** What an install gives us (facts/bigcommerce.md 1.2). The token has no expiry and cannot be asked for again. */
export type Grant = {
  token: string;
  scopes: string[];
  store: StoreHash;
  user: { id: number; email: string };
  ownerId: number;
  ownerEmail: string;
};
/** `refused`: code, client or context are not accepted. `trouble`: no usable answer. */
export type GrantRefusal = "refused" | "trouble";

const person = z.object({ id: z.coerce.number().int().positive(), email: z.string().default("") });
const schema = z.object({
  access_token: z.string().min(1),
  scope: z.string().nullish(),
  context: z.string(),
  user: person,
  owner: person.nullish(),
});

const dialect: Dialect = {
  throttled: (status) => (status === 429 ? { waitMs: null } : null),
  // The text may quote the code or the client: never kept.
  message: () => "",
};

/** `stores/{hash}` → hash. */
export const contextStore = (context: string | undefined): StoreHash | null =>
  context?.startsWith("stores/") ? storeHash(context.slice("stores/".length)) : null;

/** Swaps the code of /auth for the store's token. `redirect_uri` is byte-identical to the registered callback. */
export async function exchangeCode(
  app: { loginUrl: string; clientId: string; clientSecrets: readonly string[]; redirectUri: string; timeScale: number },
  given: { code: string; scope: string; context: string },
): Promise<Result<Grant, GrantRefusal>> {
  const raw = await send(
    {
      method: "POST",
      url: `${app.loginUrl}/oauth2/token`,
      headers: { accept: "application/json", "content-type": "application/json", "user-agent": "Lockstep for Cin7 Core" },
      body: JSON.stringify({
        client_id: app.clientId,
        client_secret: app.clientSecrets[0],
        code: given.code,
        scope: given.scope,
        context: given.context,
        grant_type: "authorization_code",
        redirect_uri: app.redirectUri,
      }),
    },
    { timeoutMs: TIMEOUT_MS / app.timeScale, maxBytes: 100_000 },
  );
  const answer: Answer = classify(raw, dialect);
  if (answer.is === "trouble" || answer.is === "throttled") return err("trouble");
  if (answer.is !== "ok") return err("refused");
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) return err("trouble");
  const { access_token, scope, context, user, owner } = parsed.data;
  const store = contextStore(context);
  // The token is for the store that BigCommerce names; a callback that named another one was tampered with.
  if (!store || store !== contextStore(given.context)) return err("refused");
  return ok({ token: access_token, scopes: parseScopes(scope), store, user, ownerId: owner?.id ?? 0, ownerEmail: owner?.email ?? "" });
}
