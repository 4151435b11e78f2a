import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { accountOf, type Connected } from "../../../scripts/connect.ts";
import type { StoreRow } from "../../../worker/api/access.ts";
import type { OtherConnection, SettingsReply } from "../../../worker/contract/index.ts";
import { withOthers } from "../../../worker/first-run/other-connections-action.ts";
import { done, type Outcome } from "../../../worker/inbox/outcome.ts";
import { stores } from "../../../worker/lib/db/schema/tables.ts";
import type { AccountId } from "../../../worker/lib/ids.ts";
import { db, tenant } from "../../harness/api.ts";
import { aContext, cin7Of, LOST, ok } from "../../harness/context.ts";
import { PLACE, type World, world } from "../../harness/world.ts";

/** The weekly part of the daily check (M22): D1 and the twin are real, the clock is passed in. */
const DAY = 86_400_000;
let w: World;
let c: Connected;
let key: string;
let calls: string[];
beforeEach(async () => {
  w = world();
  c = await w.connect();
  key = (await accountOf(PLACE)).applicationKey;
  calls = [];
});

const cin7 = (method: string, path: string, body?: unknown) =>
  fetch(`${PLACE.twins}/cin7/ExternalApi/v2${path}`, {
    method,
    headers: { "api-auth-accountid": c.account, "api-auth-applicationkey": key, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const at = (path: string) => `/api/stores/${c.store}${path}`;
/** What another tool does: a sale with the order's number and without our mark. */
async function foreignSale(orderId: number): Promise<void> {
  const { settings } = await c.panel<SettingsReply>("GET", at("/settings"));
  const answer = await cin7("POST", "/sale", {
    CustomerID: settings.customers.defaultCustomer?.id,
    Location: settings.location.salesShipFrom?.name,
    CustomerReference: String(orderId),
    SkipQuote: true,
  });
  expect(answer.status).toBe(200);
}

const CHECKED = done("Everything that Setup names is there.", { notices: [], clears: [] });
async function week(days: number, checked: Outcome = CHECKED): Promise<Extract<Outcome, { is: "done" }>> {
  const { settings } = await c.panel<SettingsReply>("GET", at("/settings"));
  const get = async (path: string, query: object = {}) => {
    calls.push(path);
    const answer = await cin7("GET", `${path}?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))}`);
    return answer.ok ? ok(await answer.json()) : LOST;
  };
  const [store] = await db().select().from(stores);
  const context = aContext({
    store: store as StoreRow,
    tenant: tenant(c.store, c.account as AccountId, store?.epoch),
    now: () => Date.now() + days * DAY,
    settings: { version: 1, document: settings },
    cin7: cin7Of({ get }),
  });
  const outcome = await withOthers(context, checked);
  if (outcome.is !== "done") throw new Error(`the check answered ${outcome.is}`);
  return outcome;
}
const taken = async () => {
  const id = await w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S" }] });
  await w.run(c.store, [{ kind: "order.changed", orderId: id }]);
  return id;
};

describe("another connection, looked for once a week (M22)", () => {
  it("is named with the sales it wrote since the last look; one call to Cin7; a week without it clears the notice", async () => {
    const id = await taken();
    await foreignSale(id);
    expect(await week(6), "not due yet").toEqual(CHECKED);
    expect(calls).toEqual([]);
    expect((await week(8)).notices).toEqual([{ kind: "other-connection", found: [{ name: "Something else", sales: 1 }] }]);
    expect(calls).toEqual(["/saleList"]);
    const page = await c.panel<OtherConnection>("GET", at("/other-connection"));
    expect(page.found).toMatchObject([{ name: "Something else", sales: 1 }]);
    expect(await week(9), "looked at yesterday").toEqual(CHECKED);
    expect(await week(16)).toMatchObject({ notices: [], clears: ["other-connection"] });
  });

  it("sales of before a person said that it is off are no news, and saying so clears the notice on the next day", async () => {
    await foreignSale(await taken());
    expect((await week(8)).notices).toHaveLength(1);
    await env.DB.prepare("UPDATE first_runs SET off_by = 'Robin', off_at = ?")
      .bind(new Date(Date.now() + 8.5 * DAY).toISOString())
      .run();
    expect((await week(9)).clears).toEqual(["other-connection"]);
    expect(await week(16)).toMatchObject({ notices: [], clears: ["other-connection"] });
  });

  it("our own sales and sales of other order numbers are none; while orders are off nobody looks", async () => {
    await taken();
    await foreignSale(999_999);
    expect((await week(8)).notices).toEqual([]);
    const { version, settings } = await c.panel<SettingsReply>("GET", at("/settings"));
    settings.orders.on = false;
    await c.panel("PUT", at("/settings"), { basedOn: version, settings });
    calls = [];
    expect(await week(30)).toEqual(CHECKED);
    expect(calls).toEqual([]);
  });

  it("what the daily check found stays beside it", async () => {
    await foreignSale(await taken());
    const gone = { kind: "setting-gone", field: "invoice.revenueAccount", text: "Gone." } as const;
    const both = await week(8, done("1 settings need a look.", { notices: [gone], clears: ["tax-class-new:3"] }));
    expect(both.notices).toMatchObject([gone, { kind: "other-connection" }]);
    expect(both.clears).toEqual(["tax-class-new:3"]);
  });
});
