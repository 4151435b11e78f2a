import { getTableName } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { keepCode } from "../../worker/alerts/confirm-store.ts";
import { saveAddress } from "../../worker/alerts/store.ts";
import { configOf } from "../../worker/env.ts";
import { storeInbox } from "../../worker/inbox/client.ts";
import { fingerprints } from "../../worker/lib/crypto.ts";
import * as schema from "../../worker/lib/db/schema/tables.ts";
import { type AccountId, type StoreHash, tenantOf } from "../../worker/lib/ids.ts";
import { SHOPPER, tables } from "./filled.ts";
import { ACCOUNT, apiRoutes, bindings, db, OTHER, OTHER_STORE, ROLES, type Route, STORE, tokenFor, twoMerchants, worker } from "./world.ts";

/**
 * Every route × everybody who may be there × what belongs to somebody else: an order, a daily sale, a person, a problem, a version, a
 * day, a code, a shopper. The session is good and the store its own; the number is not. It answers as for a number that nobody has, and
 * changes nothing, anywhere. `routes.test.ts` has the same table with somebody else's store.
 */
const ORDER = 4242;
const FORMER = 4343;
const DAY = -202601050000000;
const PERSON = 77;
const VERSION = 9;
const LOCKED = "2026-01-31";
const AT = "2026-01-05T09:00:00.000Z";

type Who = "nobody" | "view" | "operate" | "configure" | "owner" | "console";
const EVERYBODY: Who[] = ["nobody", "view", "operate", "configure", "owner", "console"];
const OWNER = 14;
const RANK: Record<Who, number> = { nobody: -1, view: 0, operate: 1, configure: 2, owner: 2, console: 2 };

/** `ids`: in the place of `:id`; `answers`: to who has the role, and `console` where that differs. `writes`: what its own store keeps of it. */
type Row = { need: "view" | "operate" | "configure"; ids?: number[]; body?: unknown; answers: number; console?: number; writes?: string[] };
const ORDERS = [ORDER, FORMER, DAY];
const act: Row = { need: "operate", ids: ORDERS, body: {}, answers: 404 };
const FOREIGN: Record<string, Row> = {
  "GET /orders/:id": { need: "view", ids: ORDERS, answers: 404 },
  "GET /orders/:id/now": { need: "view", ids: ORDERS, answers: 404 },
  "GET /orders/:id/goods": { need: "operate", ids: ORDERS, answers: 404 },
  "POST /orders/:id/process": act,
  "POST /orders/:id/take-now": act,
  "POST /orders/:id/delete-entry": act,
  "POST /orders/:id/void-and-create": act,
  "POST /orders/:id/send-as-one": act,
  // Many at once: it says that it did none.
  "POST /orders/bulk": { need: "operate", body: { ids: [ORDER, FORMER], action: "skip" }, answers: 200 },
  "POST /locked-books": { need: "operate", body: { lockedTo: LOCKED }, answers: 404 },
  "POST /attention/dismiss": { need: "operate", body: { key: `books-locked:${LOCKED}` }, answers: 404 },
  "POST /attention/restore": { need: "operate", body: { keys: [`books-locked:${LOCKED}`] }, answers: 404 },
  "GET /settings/versions/:id": { need: "view", ids: [VERSION], answers: 404 },
  "POST /settings/rollback": { need: "configure", body: { basedOn: 0, version: VERSION }, answers: 404 },
  "PUT /people/:id": { need: "configure", ids: [PERSON], body: { role: "configure" }, answers: 404 },
  // Numbers of the store's own BigCommerce: it is not connected here, and orders are off.
  "POST /trial": { need: "operate", body: { ids: [ORDER] }, answers: 409 },
  "POST /open-orders": { need: "operate", body: { ids: [ORDER] }, answers: 409 },
  "POST /disconnect": { need: "configure", body: { choice: "remove-everything", confirm: OTHER_STORE }, answers: 422 },
  "POST /alerts/confirm": { need: "configure", body: { code: "ABCD-EFGH" }, answers: 422 },
  // A wrong code is counted.
  "POST /link": { need: "configure", body: { code: "ABCD-EFGH" }, answers: 422, console: 403, writes: ["link_tries"] },
  "POST /link/check": { need: "configure", body: { code: "ABCD-EFGH" }, answers: 422, console: 403, writes: ["link_tries"] },
  // Whether or not anybody here has bought with this address: the same answer, and a line that it was asked.
  "POST /erase": { need: "configure", body: { email: SHOPPER }, answers: 200, writes: ["audit"] },
};
/** They name nothing that could be somebody else's: what they read and write is found by the session's store alone. */
const OF_ITS_OWN = new Set(
  [
    "/home /header /orders /orders.csv /orders/unpaid.csv /daily-sales /attention /attention/kinds /health /history /evidence /people /alerts /cin7-key /takes /charges",
    "/choices /choices/customers /open-orders /other-connection /settings /settings/versions /settings/mappings.csv /settings/capacity",
    "/settings/auto-ship /settings/rounding /settings/daily /proposal /left-outside /home/pace",
  ]
    .flatMap((line) => line.split(" "))
    .map((path) => `GET ${path}`)
    .concat(
      [
        "/other-connection",
        "/other-connection/off",
        "/open-orders/leave",
        "/settings/preview",
        "/settings/orders",
        "/proposal/customer",
        "/settings/mappings.csv",
        "/charges",
        "/takes/trial",
        "/takes/forget",
      ]
        .concat("/alerts/test", "/cin7-key")
        .map((path) => `POST ${path}`),
      "PUT /settings",
      "PUT /alerts",
    ),
);

const PREFIX = "/api/stores/:hash";
const ofStores = apiRoutes
  .filter((route) => route.path.startsWith(PREFIX))
  .map((route) => ({ ...route, short: `${route.method} ${route.path.slice(PREFIX.length)}` }));
async function everything(but: readonly string[] = []): Promise<string> {
  const all: [string, unknown][] = [];
  for (const table of tables.filter((t) => !but.includes(getTableName(t))))
    all.push([getTableName(table), await db().select().from(table).all()]);
  const queues = [STORE, OTHER_STORE].map((hash) => storeInbox(bindings, hash as StoreHash).status());
  return JSON.stringify([all, (await Promise.all(queues)).map(({ waiting }) => waiting)]);
}

async function ask(route: Route, row: Row, id: number | undefined, token: string | null, hash = STORE): Promise<Response> {
  const path = route.path.replace(":hash", hash).replace(/:id/, String(id));
  return worker.default.fetch(`http://app.test${path}`, {
    method: route.method,
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(route.method === "GET" ? {} : { body: JSON.stringify(row.body ?? {}) }),
  });
}
const tokens = async (): Promise<Record<Who, string | null>> => ({
  nobody: null,
  view: await tokenFor("panel", STORE, ROLES.view),
  operate: await tokenFor("panel", STORE, ROLES.operate),
  configure: await tokenFor("panel", STORE, ROLES.configure),
  owner: await tokenFor("panel", STORE, OWNER),
  console: await tokenFor("console", ACCOUNT),
});
const expected = (who: Who, row: Row): number => {
  if (who === "nobody") return 401;
  if (who === "console" && row.console) return row.console;
  return RANK[who] < RANK[row.need] ? 403 : row.answers;
};

const theirs = tenantOf(OTHER_STORE as StoreHash, OTHER as AccountId, 1);
/** What the other merchant has, and what this store had in an account of before. */
beforeEach(async () => {
  await twoMerchants();
  const order = (storeHash: string, accountId: string, orderId: number) => ({
    ...{ storeHash, accountId, orderId, placedAt: AT, statusId: 11, state: "held" as const, saleId: `s-${orderId}`, saleNumber: "SO-1" },
    ...{ customer: "Ana Keller", email: storeHash === STORE ? "" : SHOPPER, currency: "AUD", total: "12.00", updatedAt: AT },
  });
  await db()
    .insert(schema.orders)
    .values([order(OTHER_STORE, OTHER, ORDER), order(OTHER_STORE, OTHER, DAY), order(STORE, OTHER, FORMER)])
    .run();
  const key = `books-locked:${LOCKED}`;
  const facts = { kind: "books-locked", lockedTo: LOCKED };
  await db()
    .insert(schema.problems)
    .values({
      storeHash: OTHER_STORE,
      accountId: OTHER,
      key,
      kind: "books-locked",
      area: "finance",
      facts,
      holds: false,
      raisedAt: AT,
      seenAt: AT,
    })
    .run();
  await db().insert(schema.problemOrders).values({ storeHash: OTHER_STORE, key, orderId: ORDER }).run();
  const user = { email: "olivia@example.org", firstSeenAt: AT, lastSeenAt: AT };
  await db()
    .insert(schema.users)
    .values([
      { ...user, storeHash: OTHER_STORE, userId: PERSON, role: "view", owner: false },
      { ...user, storeHash: STORE, userId: OWNER, role: "configure", owner: true },
    ])
    .run();
  await db()
    .insert(schema.settingsVersions)
    .values({ storeHash: OTHER_STORE, accountId: OTHER, version: VERSION, document: {}, changes: [], savedBy: "o", savedAt: AT })
    .run();
  const code = (await fingerprints(configOf(bindings).sealingKeys, "address-code", `${OTHER_STORE}:ABCDEFGH`))[0] as string;
  const email = "orders@example.org";
  await saveAddress(db(), theirs, "orders", email, { by: "o", at: AT });
  await keepCode(db(), theirs, code, email, Date.now());
});

describe("what is somebody else's", { timeout: 240_000 }, () => {
  it("has a row for every route of a store that names anything: a new one needs a line here", () => {
    expect(ofStores.map((route) => route.short).sort()).toEqual([...Object.keys(FOREIGN), ...OF_ITS_OWN].sort());
  });

  it("is there for who it belongs to: the same requests, from its own people", async () => {
    const token = await tokenFor("panel", OTHER_STORE, ROLES.configure);
    const own = async (key: string, id?: number) => {
      const route = ofStores.find((each) => each.short === key);
      return route && (await ask(route, FOREIGN[key] as Row, id, token, OTHER_STORE)).status;
    };
    expect([
      await own("GET /orders/:id", ORDER),
      await own("GET /orders/:id", DAY),
      await own("GET /settings/versions/:id", VERSION),
      await own("PUT /people/:id", PERSON),
      await own("POST /locked-books"),
      await own("POST /attention/dismiss"),
      await own("POST /orders/:id/void-and-create", ORDER),
      await own("POST /alerts/confirm"),
    ]).toEqual([200, 200, 200, 200, 200, 200, 200, 200]);
  });

  it.each(ofStores.filter((route) => route.short in FOREIGN))(
    "$short: as for what nobody has, to everybody; nothing changes",
    async (route) => {
      const row = FOREIGN[route.short] as Row;
      const [all, before] = [await tokens(), await everything(row.writes)];
      const wrong: unknown[] = [];
      for (const who of EVERYBODY)
        for (const id of row.ids ?? [undefined]) {
          const answer = await ask(route, row, id, all[who]);
          const text = await answer.text();
          if (answer.status !== expected(who, row)) wrong.push([who, id, answer.status, text]);
          if (/Ana|Keller|olivia|SO-1/.test(text)) wrong.push([who, id, "it tells", text]);
          if (answer.status === 200 && row.writes === undefined) expect(JSON.parse(text)).toMatchObject({ done: 0 });
        }
      expect(wrong).toEqual([]);
      expect(await everything(row.writes)).toBe(before);
    },
  );
});
