import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { ApiError } from "../../worker/contract/index.ts";
import { ACCOUNT, OTHER, pathOf, ROLES, type Route, apiRoutes as table, tokenFor, twoMerchants, worker } from "./world.ts";

/**
 * Walks the route table itself, so that a route that is added without a guard fails here (design 1; issue, point 7): no
 * session, somebody else's session, and a role that is too small, on every route of the API.
 */
/** Open to everybody: they hand out sessions. Any other route that is to be open must be named here. */
const OPEN = new Set(["POST /api/session", "POST /api/sign-in"]);
/** Writing routes that a role below the last one may call; all others need *configure*. */
const OPERATE = new Set([
  "POST /api/stores/:hash/trial",
  "POST /api/stores/:hash/open-orders",
  "POST /api/stores/:hash/open-orders/leave",
  "POST /api/stores/:hash/other-connection",
  "POST /api/stores/:hash/orders/:id/process",
  "POST /api/stores/:hash/orders/:id/take-now",
  "POST /api/stores/:hash/orders/:id/delete-entry",
  "POST /api/stores/:hash/orders/:id/void-and-create",
  "POST /api/stores/:hash/orders/bulk",
  "POST /api/stores/:hash/orders/:id/send-as-one",
  "POST /api/stores/:hash/locked-books",
  "POST /api/stores/:hash/attention/dismiss",
  "POST /api/stores/:hash/attention/restore",
]);
/** POST without effect on what is stored, by any person of the store. */
const HARMLESS = new Set(["POST /api/session/renew", "POST /api/session/end"]);
/** The console's own: a panel session is refused there whatever its role. */
const CONSOLE = new Set(["POST /api/link-codes", "POST /api/stores"]);

const guarded = table.filter((route) => !OPEN.has(route.key));
const ofStores = guarded.filter((route) => route.path.startsWith("/api/stores/:hash"));
const writes = guarded.filter((route) => route.method !== "GET" && !HARMLESS.has(route.key));

let asked = 0;
/** The README's number. */
afterAll(() => console.log(`attack: ${asked} requests over ${table.length} routes: without a session, of strangers, of each role`));

async function ask(route: Route, token: string | null, hash?: string): Promise<Response> {
  asked++;
  return worker.default.fetch(`http://app.test${pathOf(route, hash)}`, {
    method: route.method,
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(route.method === "GET" ? {} : { body: "{}" }),
  });
}

beforeEach(twoMerchants);

const error = async (response: Response) => (JSON.parse(await response.text()) as ApiError).error;

/** Some hundred requests each: slow where the machine is busy, never by what they do. */
const LONG = { timeout: 120_000 };

describe("every route of the API", LONG, () => {
  it("the table is read: it holds the routes that we know of", () => {
    expect(table.map((route) => route.key)).toEqual(
      expect.arrayContaining([
        ...OPEN,
        ...OPERATE,
        ...CONSOLE,
        "GET /api/me",
        "GET /api/stores/:hash/orders/:id",
        "PUT /api/stores/:hash/settings",
      ]),
    );
    expect(ofStores.length).toBeGreaterThan(10);
  });

  it("without a session, with a stranger's words or one of another epoch: 401 in the contract's shape", async () => {
    const tokens = [
      null,
      "x".repeat(40),
      await tokenFor("panel", "aaaa1111", ROLES.configure, 2),
      await tokenFor("panel", "aaaa1111", 99),
      await tokenFor("panel", "cccc3333", 13),
      await tokenFor("console", "0a1b2c3d-0000-4000-8000-00000000cccc"),
    ];
    for (const route of guarded) {
      for (const token of tokens) {
        const answer = await ask(route, token);
        expect([route.key, answer.status]).toEqual([route.key, 401]);
        expect((await error(answer)).message).toMatch(/[.]$/);
        expect(answer.headers.get("cache-control")).toBe("no-store");
      }
    }
  });

  it("a path under /api that nobody serves is 404 in the same shape, and 401 without a session", async () => {
    const ghost = { method: "GET", path: "/api/nothing/here", key: "" };
    expect((await ask(ghost, null)).status).toBe(401);
    const answer = await ask(ghost, await tokenFor("panel", "aaaa1111", ROLES.view));
    expect([answer.status, (await error(answer)).code]).toEqual([404, "no-such-route"]);
  });
});

describe("every route of a store", LONG, () => {
  it("with another tenant's session: 404, the same bytes for a store that is somebody else's and for one that is none", async () => {
    const strangers = [await tokenFor("panel", "bbbb2222", 13), await tokenFor("console", OTHER)];
    for (const route of ofStores) {
      for (const token of strangers) {
        const [foreign, unknown, odd] = [
          await ask(route, token, "aaaa1111"),
          await ask(route, token, "cccc3333"),
          await ask(route, token, "%2e%2e%2fx"),
        ];
        expect([route.key, foreign.status, unknown.status, odd.status]).toEqual([route.key, 404, 404, 404]);
        const [a, b] = [await foreign.text(), await unknown.text()];
        expect(a).toBe(b);
        expect([...foreign.headers].sort()).toEqual([...unknown.headers].sort());
      }
    }
  });

  it("the store's own people come in: no route answers 401 or 404 for a store that is theirs", async () => {
    for (const token of [await tokenFor("panel", "aaaa1111", ROLES.configure), await tokenFor("console", ACCOUNT)]) {
      for (const route of ofStores.filter((r) => !r.path.includes("/:id"))) {
        const answer = await ask(route, token);
        expect([route.key, answer.status === 401 || answer.status === 404]).toEqual([route.key, false]);
      }
    }
  });
});

describe("every route that writes", LONG, () => {
  it("refuses a role below the one it needs with 403 and a sentence", async () => {
    const view = await tokenFor("panel", "aaaa1111", ROLES.view);
    const operate = await tokenFor("panel", "aaaa1111", ROLES.operate);
    for (const route of writes) {
      const answer = await ask(route, view);
      expect([route.key, "view", answer.status]).toEqual([route.key, "view", 403]);
      expect((await error(answer)).message).toMatch(/[.]$/);
      const more = await ask(route, operate);
      if (OPERATE.has(route.key)) expect([route.key, "operate", more.status]).not.toEqual([route.key, "operate", 403]);
      else expect([route.key, "operate", more.status]).toEqual([route.key, "operate", 403]);
    }
  });

  it("what belongs to the console is closed to the panel, whatever the role", async () => {
    const token = await tokenFor("panel", "aaaa1111", ROLES.configure);
    for (const route of table.filter((r) => CONSOLE.has(r.key)))
      expect([route.key, (await ask(route, token)).status]).toEqual([route.key, 403]);
  });
});
