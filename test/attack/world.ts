import { env, exports } from "cloudflare:workers";
import { app } from "../../worker/app/routes.ts";
import type { Role } from "../../worker/contract/index.ts";
import { configOf, type Env } from "../../worker/env.ts";
import { open } from "../../worker/lib/db/open.ts";
import { accounts, stores, users } from "../../worker/lib/db/schema/tables.ts";
import { signSession } from "../../worker/lib/token.ts";

/** Two merchants with a store each and people of every role, and the route table of the Worker as the router itself holds it. */
export const ACCOUNT = "0a1b2c3d-0000-4000-8000-00000000aaaa";
export const OTHER = "0a1b2c3d-0000-4000-8000-00000000bbbb";
export const STORE = "aaaa1111";
export const OTHER_STORE = "bbbb2222";
const AT = "2026-01-05T09:00:00.000Z";
export const ROLES: Record<Role, number> = { view: 11, operate: 12, configure: 13 };

export const worker = exports as unknown as { default: Fetcher };
export const bindings = env as unknown as Env;
export const db = () => open(bindings);

export type Route = { method: string; path: string; key: string };
/** What the router knows by method and path; `ALL` are its guards. */
export const table: readonly Route[] = [
  ...new Map(
    app.routes
      .filter((r) => r.method !== "ALL")
      .map(({ method, path }) => [`${method} ${path}`, { method, path, key: `${method} ${path}` }]),
  ).values(),
];
export const apiRoutes = table.filter((route) => route.path.startsWith("/api/"));

export const pathOf = (route: Route, hash = STORE) => route.path.replace(":hash", hash).replace(/:(\w+)(\{[^}]*\})?/g, "1");

export async function tokenFor(mode: "panel" | "console", subject: string, user = 0, epoch = 1): Promise<string> {
  const [key] = configOf(bindings).sessionKeys;
  const now = Date.now();
  const claims = {
    mode,
    id: crypto.randomUUID(),
    subject,
    user,
    name: mode === "console" ? "Robin" : "",
    epoch,
    launchedAt: Math.floor(now / 1000),
  };
  return (await signSession(key as string, claims, now)).token;
}

/** The directory of two merchants; every test begins with an empty database. */
export async function twoMerchants(): Promise<void> {
  const account = (id: string) => ({ id, company: "Harbour Trading", currency: "AUD", createdAt: AT, updatedAt: AT });
  await db()
    .insert(accounts)
    .values([account(ACCOUNT), account(OTHER)])
    .run();
  const store = (hash: string, accountId: string) => ({
    hash,
    accountId,
    connection: "app" as const,
    state: "active" as const,
    scopes: "",
    lookBefore: AT,
    connectedAt: AT,
    updatedAt: AT,
  });
  await db()
    .insert(stores)
    .values([store(STORE, ACCOUNT), store(OTHER_STORE, OTHER)])
    .run();
  const user = (storeHash: string, userId: number, role: Role) => ({
    storeHash,
    userId,
    role,
    email: `${role}@example.org`,
    owner: false,
    firstSeenAt: AT,
    lastSeenAt: AT,
  });
  const everyRole = (hash: string) => Object.entries(ROLES).map(([role, id]) => user(hash, id, role as Role));
  await db()
    .insert(users)
    .values([...everyRole(STORE), ...everyRole(OTHER_STORE)])
    .run();
}
