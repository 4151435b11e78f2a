import { isNull } from "drizzle-orm";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { storeRow, tenantOfRow } from "../../../worker/connect/store.ts";
import type { LinkCode } from "../../../worker/contract/index.ts";
import { closeStore, restoreLinks } from "../../../worker/disconnect/flow.ts";
import { leaveRoutes } from "../../../worker/disconnect/routes.ts";
import type { InboxStub } from "../../../worker/inbox/client.ts";
import type { ClosingContext } from "../../../worker/inbox/flow.ts";
import * as schema from "../../../worker/lib/db/schema/tables.ts";
import { isLinked, type Linked, type StoreHash, type Tenant } from "../../../worker/lib/ids.ts";
import { decide, decideAbout, decidedOf, isDecided, postOpen, sendAsOne } from "../../../worker/orders/decisions-store.ts";
import type { Problem } from "../../../worker/problems/define-problem.ts";
import { dismiss, raise } from "../../../worker/problems/store.ts";
import { eraseKey } from "../../../worker/settings/keep-days.ts";
import { ACCOUNT, STORE, type Stage, stage, there } from "../../harness/stage.ts";
import { fill, iso } from "../connect/in-use.ts";

const HASH = STORE as StoreHash;
const NAME = "Harbour & Pine";
let s: Stage;
let panel: string;
beforeEach(async () => {
  s = stage();
  s.app.use("/api/stores/:hash/*", async (c, next) => {
    c.set("inbox", { put: async () => {} } as unknown as InboxStub);
    await next();
  });
  s.app.route("/api/stores/:hash", leaveRoutes);
  panel = await s.sessionFrom(await s.install());
  await link();
  await s.db.update(schema.stores).set({ name: NAME });
  await fill(s);
});
afterEach(() => vi.restoreAllMocks());

async function link() {
  const { code } = await s.json<LinkCode>(await s.api("/api/link-codes", await s.signIn(ACCOUNT), {}));
  await s.api(`/api/stores/${STORE}/link`, panel, { code });
}
const row = async () => there(await storeRow(s.db, HASH));
async function context(): Promise<ClosingContext> {
  const nothing = async () => undefined;
  const erase = { eraseQueue: nothing, eraseGates: nothing, eraseAccount: nothing };
  const tenant = tenantOfRow(await row(), HASH);
  return { db: s.db, config: s.config, now: () => s.state.now, attempt: 1, jitter: 0.5, tenant, bigcommerce: null, ...erase };
}
const at = (n: number) => iso(s, n);
function linked(tenant: Tenant): Linked {
  if (isLinked(tenant)) return tenant;
  throw new Error("not linked");
}

it("what people decided stands after it: left out, as one sale, chosen, refunds that are entered; who decided is not kept", async () => {
  const tenant = linked(tenantOfRow(await row(), HASH));
  const by = { by: "olivia@wattleandgum.example", at: at(0) };
  await decideAbout(s.db, tenant, ["skip", "chosen"], [21], by);
  // What was to be done at once is not done weeks later.
  await decideAbout(s.db, tenant, ["void-sale", "take-again"], [22], by);
  for (const key of [sendAsOne(21), postOpen("2025-10-31"), eraseKey(20)]) await decide(s.db, tenant, key, by.by, by.at);
  const facts = { amount: "5.00", tax: "", currency: "AUD", tender: "", on: "2026-01-02", saleNumber: "SO-3" };
  const refund = (id: string): Problem => ({ kind: "refund-to-enter", orderId: 3, sale: 3, refund: id, by: "record", ...facts });
  await raise(s.db, tenant, [refund("7"), refund("8")], 3, at(0));
  await dismiss(s.db, tenant, ["refund-to-enter:3:7"], at(1));
  await s.api(`/api/stores/${STORE}/disconnect`, panel, { choice: "keep-links", confirm: NAME });
  s.state.now += 3_600_000;
  expect(await closeStore(await context())).toMatchObject({ is: "done" });
  expect([await s.db.select().from(schema.decisions), await s.db.select().from(schema.problems)]).toEqual([[], []]);
  panel = await s.sessionFrom(await s.install());
  await link();
  await restoreLinks(await context());
  const again = linked(tenantOfRow(await row(), HASH));
  expect([...(await decidedOf(s.db, again, 21))]).toEqual([
    ["chosen", "a person, before the disconnect"],
    ["skip", "a person, before the disconnect"],
  ]);
  expect([...(await decidedOf(s.db, again, 22))]).toEqual([]);
  for (const key of [sendAsOne(21), postOpen("2025-10-31"), eraseKey(20)]) expect(await isDecided(s.db, again, key), key).toBe(true);
  // Found anew by the next look at the order: the one that somebody entered stays entered, the other is told.
  await raise(s.db, again, [refund("7"), refund("8")], 3, at(9));
  const told = await s.db.select().from(schema.problems).where(isNull(schema.problems.clearedAt));
  expect(told.map(({ key }) => key).filter((key) => key.startsWith("refund"))).toEqual(["refund-to-enter:3:8"]);
});
