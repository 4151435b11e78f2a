import { eq } from "drizzle-orm";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ApiEnv, StoreRow } from "../../../worker/api/access.ts";
import { WITH_WAREHOUSE } from "../../../worker/bigcommerce/order-status.ts";
import type { OpenOrders, OtherConnection, Role } from "../../../worker/contract/index.ts";
import { firstRunRoutes } from "../../../worker/first-run/routes.ts";
import { firstRunOf } from "../../../worker/home/store.ts";
import { alertAddresses, stores } from "../../../worker/lib/db/schema/tables.ts";
import { decideAbout } from "../../../worker/orders/decisions-store.ts";
import { currentSettings, saveSettings } from "../../../worker/settings/store.ts";
import { settingsRoutes } from "../../../worker/setup/routes.ts";
import { ACCOUNT, type Answers, addOrder, addStore, api, type Call, db, iso, NOW, ready, SIDES, set, tenant } from "../../harness/api.ts";
import { aSnapshot } from "../../harness/builders.ts";
import { MUG } from "../../harness/sale.ts";

/** Whatever switches orders on passes the same checks, and from that moment older orders are looked up first (M21, M22, M42; design 3.5). */
const LONG_AGO = "2020-01-01T00:00:00.000Z";
let store: StoreRow;
beforeEach(async () => {
  store = await addStore();
  await db().update(stores).set({ lookBefore: LONG_AGO });
});
afterEach(() => vi.restoreAllMocks());

const routes = new Hono<ApiEnv>();
routes.route("/", firstRunRoutes);
routes.route("/", settingsRoutes);

type Sale = { CustomerReference: string; SourceChannel?: string; ExternalID?: string; Status?: string; Updated?: string };
const MINUTE = 60_000;
const sales = (...rows: Sale[]) => ({
  Total: rows.length,
  SaleList: rows.map((row, i) => ({ SaleID: `s-${i}`, OrderNumber: `SO-${i}`, Updated: iso(NOW - 10_000), ...row })),
});
/** An order as the list shows it; the ID counts in the order of placing. */
const model = aSnapshot({ lines: [{ ...MUG, rate: "10" }] }).order;
const order = (id: number, placedAt: number) => {
  const at = new Date(placedAt).toUTCString();
  return { ...model, id, date_created: at, date_modified: at };
};
/** The list of the shop: oldest first, 250 a page, as asked. */
const shop =
  (orders: ReturnType<typeof order>[]) =>
  ({ query }: Call) => {
    const from = Date.parse(query.get("min_date_created") ?? "1970-01-01");
    const to = Date.parse(query.get("max_date_created") ?? "2100-01-01");
    const status = query.get("status_id");
    const limit = Number(query.get("limit"));
    const page = Number(query.get("page"));
    const fits = orders.filter(
      (o) => Date.parse(o.date_created) >= from && Date.parse(o.date_created) <= to && (!status || o.status_id === Number(status)),
    );
    return fits.slice((page - 1) * limit, page * limit);
  };
const here = (orders: ReturnType<typeof order>[], found: unknown): Answers => ({
  ...SIDES,
  "GET /v2/orders": shop(orders),
  "GET /saleList": found,
});

const hear = async () => {
  for (const area of ["orders", "money"] as const)
    await db()
      .insert(alertAddresses)
      .values({ storeHash: "abc123", area, accountId: ACCOUNT, email: `${area}@harbour.example`, savedBy: "x", savedAt: iso() });
};
const lookBefore = async () => (await db().select().from(stores).where(eq(stores.hash, "abc123")).get())?.lookBefore;
const isOn = async () => (await currentSettings(db(), tenant())).settings.orders.on;
/** Versions as they came to be before this test: numbered from 1. */
async function versions(...changes: ((s: ReturnType<typeof ready>) => void)[]) {
  for (const [i, change] of changes.entries()) {
    const save = { basedOn: i, settings: ready(change), changes: [], by: "x", at: iso(), lookBefore: false };
    expect(await saveSettings(db(), tenant(), save)).toBe(i + 1);
  }
}
const on = (takeFrom: string | null) => (settings: ReturnType<typeof ready>) => {
  settings.orders.on = true;
  settings.orders.takeFrom = takeFrom;
};
const off = (takeFrom: string | null) => (settings: ReturnType<typeof ready>) => {
  settings.orders.takeFrom = takeFrom;
};
const NOVEMBER = "2026-11-01T00:00:00.000Z";
const OCTOBER = "2026-10-01T00:00:00.000Z";

describe("from when on orders are looked up before their first write (design 3.5)", () => {
  const quiet = here([], sales());
  it("switched on: everything placed before this moment, whatever the start line", async () => {
    await hear();
    const { save } = await api(routes, store, { answers: quiet });
    expect((await save({ basedOn: 0, settings: ready() })).status).toBe(200);
    expect(await lookBefore(), "saving while orders are off").toBe(LONG_AGO);
    expect((await save({ basedOn: 1, settings: ready(on("2026-11-21")) })).status).toBe(200);
    expect(await lookBefore()).toBe(iso());
  });

  it("off for a month and on again: orders of the month may have come another way", async () => {
    await hear();
    await versions(on(NOVEMBER), off(NOVEMBER));
    const { save } = await api(routes, store, { answers: quiet });
    expect((await save({ basedOn: 2, settings: ready(on(NOVEMBER)) })).status).toBe(200);
    expect(await lookBefore()).toBe(iso());
  });

  it.each([
    ["back", on(OCTOBER), iso()],
    ["away", on(null), iso()],
    ["forward", on("2026-11-20T00:00:00.000Z"), LONG_AGO],
    ["not at all", (s: ReturnType<typeof ready>) => [on(NOVEMBER)(s), set("rounding.cap", "0.10")(s)], LONG_AGO],
  ] as const)("while orders are on, the start line moves %s", async (_, change, line) => {
    await versions(on(NOVEMBER));
    const { save } = await api(routes, store, { answers: quiet });
    expect((await save({ basedOn: 1, settings: ready(change) })).status).toBe(200);
    expect(await lookBefore()).toBe(line);
  });

  it("rolled back to a version with orders on, or with an older start line", async () => {
    await hear();
    await versions(on(OCTOBER), on(NOVEMBER), off(NOVEMBER));
    const { post } = await api(routes, store, { answers: quiet });
    expect((await post("/settings/rollback", { version: 2, basedOn: 3 })).status).toBe(200);
    expect(await lookBefore()).toBe(iso());
    await db().update(stores).set({ lookBefore: LONG_AGO });
    expect((await post("/settings/rollback", { version: 1, basedOn: 4 })).status).toBe(200);
    expect(await lookBefore()).toBe(iso());
  });

  it("a save that lost the race moves nothing", async () => {
    await versions(off(null));
    const lost = { basedOn: 0, settings: ready(on(null)), changes: [], by: "late", at: iso(NOW + 1), lookBefore: true };
    expect(await saveSettings(db(), tenant(), lost)).toBeNull();
    expect(await lookBefore()).toBe(LONG_AGO);
  });
});

describe("before orders go on, by whatever way (M22, M42)", () => {
  const busy = here([order(1042, NOW - 2 * MINUTE)], sales({ CustomerReference: "1042" }));
  const ways = [
    ["saved", (send: Awaited<ReturnType<typeof api>>) => send.save({ basedOn: 2, settings: ready(on(null)) })],
    ["rolled back", (send: Awaited<ReturnType<typeof api>>) => send.post("/settings/rollback", { version: 1, basedOn: 2 })],
  ] as const;
  beforeEach(() => versions(on(null), off(null)));

  it.each(ways)("%s: nobody would hear of trouble: refused, nothing changes", async (_, go) => {
    const answer = await go(await api(routes, store, { answers: here([], sales()) }));
    expect([answer.status, answer.body.error.code]).toEqual([409, "no-alerts"]);
    expect([await isOn(), await lookBefore()]).toEqual([false, LONG_AGO]);
  });

  it.each(ways)("%s: another connection sends orders: refused with its name", async (_, go) => {
    await hear();
    const answer = await go(await api(routes, store, { answers: busy }));
    expect(answer.body.error).toMatchObject({
      code: "other-connection",
      message: expect.stringContaining("Something else sent 1 sale in 30 days"),
    });
    expect(await isOn()).toBe(false);
  });

  it.each(ways)("%s: heard and alone: on", async (_, go) => {
    await hear();
    expect((await go(await api(routes, store, { answers: here([], sales()) }))).status).toBe(200);
    expect(await isOn()).toBe(true);
  });

  it("who may only operate gets no further", async () => {
    await hear();
    const { post } = await api(routes, store, { answers: busy, role: "operate" });
    expect((await post("/settings/rollback", { version: 1, basedOn: 2 })).status).toBe(403);
  });
});

describe("another connection is found however busy the shop is (M22)", () => {
  const look = async (answers: Answers) =>
    (await (await api(routes, store, { answers })).post("/other-connection")).body as OtherConnection;

  it.each(["1042", "#1042", "WEB-1042", " bc 001042 ", "Order no. 1042"])(
    "by the order number, written as %j",
    async (CustomerReference) => {
      const { found, blocks } = await look(here([order(1042, NOW - 2 * MINUTE)], sales({ CustomerReference })));
      expect([found.map((one) => one.name), blocks]).toEqual([["Something else"], true]);
    },
  );

  it.each(["10420", "1042-7", "", "ls"])("another number is no sign: %j", async (CustomerReference) => {
    expect((await look(here([order(1042, NOW - 2 * MINUTE)], sales({ CustomerReference })))).found).toEqual([]);
  });

  it("of 3,000 orders in a month the newest are compared, not the oldest", async () => {
    const orders = Array.from({ length: 3000 }, (_, i) => order(i + 1, NOW - (3000 - i) * 14 * MINUTE));
    const running = await look(here(orders, sales({ CustomerReference: "2990" })));
    expect([running.found.length, running.blocks]).toEqual([1, true]);
    const { calls, post } = await api(routes, store, { answers: here(orders, sales({ CustomerReference: "700" })) });
    expect((await post("/other-connection")).body.found, "one that stopped four weeks ago is not running").toEqual([]);
    expect(calls.filter((call) => call.path === "/v2/orders").length).toBeLessThan(6);
  });

  it("an account with more sales than can be read is looked at for fewer days, and says so", async () => {
    const asked: string[] = [];
    const list = ({ query }: Call) => {
      const days = Math.round((NOW - Date.parse(query.get("CreatedSince") ?? "")) / 86_400_000);
      asked.push(`${days}:${query.get("Page")}`);
      const { SaleList } = sales(
        ...Array.from({ length: days === 7 ? 3 : 1000 }, () => ({ CustomerReference: "x", SourceChannel: "BigCommerce" })),
      );
      return { Total: days === 7 ? 3 : 40_000, SaleList };
    };
    const { found } = await look(here([], list));
    expect(found).toMatchObject([{ name: "Cin7's own integration", sales: 3, days: 7, atLeast: false }]);
    expect(asked).toEqual(["30:1", "7:1"]);
  });

  it("too many even in a day: at least so many", async () => {
    const many = {
      Total: 40_000,
      SaleList: sales(...Array.from({ length: 1000 }, () => ({ CustomerReference: "x", SourceChannel: "BigCommerce" }))).SaleList,
    };
    expect((await look(here([], many))).found).toMatchObject([{ sales: 10_000, days: 1, atLeast: true }]);
    await hear();
    const answer = await (await api(routes, store, { answers: here([], many) })).save({ basedOn: 0, settings: ready(on(null)) });
    expect(answer.body.error.message).toContain("Cin7's own integration sent at least 10000 sales in the last day.");
  });
});

describe("open orders of before the start line (M21)", () => {
  const open = async (answers: Answers) => (await (await api(routes, store, { answers })).get("/open-orders")).body as OpenOrders;
  it("one that is in Cin7 Core under another spelling is left out", async () => {
    await versions(off(NOVEMBER));
    const before = Date.parse(NOVEMBER) - 60 * MINUTE;
    const { orders, more, cut } = await open(here([order(1042, before), order(1043, before)], sales({ CustomerReference: "#1042" })));
    expect([orders.map((o) => [o.id, o.saleNumber]), more, cut]).toEqual([
      [
        [1042, "SO-0"],
        [1043, null],
      ],
      false,
      false,
    ]);
  });
  describe("how many the start leaves outside, before it is saved and after (M21)", () => {
    const HOUR = 60 * MINUTE;
    const unpaid = { status_id: 7, status: "Awaiting Payment", payment_status: "" };
    const before = [
      order(1, NOW - 30 * HOUR),
      order(2, NOW - 3 * HOUR),
      { ...order(3, NOW - 2 * HOUR), ...unpaid },
      order(4, NOW - HOUR),
      order(5, NOW - HOUR),
      { ...order(6, NOW - HOUR), status_id: 10, status: "Completed" },
    ];
    const asked = async (query = "", role: Role = "operate") =>
      (await api(routes, store, { role, answers: here(before, sales()) })).get(`/left-outside${query}`);

    it("the open ones that only their age keeps out, and those of today that would be taken otherwise", async () => {
      await addOrder(4, { state: "sent" });
      await decideAbout(db(), tenant(), ["chosen"], [5], { by: "x", at: iso() });
      expect((await asked()).body, "switched on this moment").toEqual({ startsAt: iso(), open: 3, readyToday: 1, more: false });
      expect((await asked("?from=2026-11-20")).body, "a day that is not saved yet").toMatchObject({ open: 0, readyToday: 0 });
      await versions(on(iso(NOW - 150 * MINUTE)));
      expect((await asked()).body, "the start in force").toMatchObject({ startsAt: iso(NOW - 150 * MINUTE), open: 2, readyToday: 1 });
    });
    it("whoever leaves them out, or takes some, is named", async () => {
      await versions(on(iso()));
      const { post, put } = await api(routes, store, { role: "operate", name: "Ann" });
      const by = async () => (await firstRunOf(db(), tenant())).openBy;
      expect(await by()).toBeNull();
      await post("/open-orders/leave");
      expect(await by()).toBe("Ann");
      const { post: other } = await api(routes, store, { role: "operate", name: "Bob" });
      expect((await other("/open-orders", { ids: [1, 2] })).body).toEqual({ taken: 2 });
      expect([await by(), put.length]).toEqual(["Bob", 0]);
      const { post: viewer } = await api(routes, store, { role: "view" });
      expect((await viewer("/open-orders/leave")).status).toBe(403);
    });
    it("is told to who may operate, by one call to BigCommerce for each status in which goods are due and none to Cin7 Core", async () => {
      expect((await asked("", "view")).status).toBe(403);
      const { get, calls } = await api(routes, store, { role: "operate", answers: here(before, sales()) });
      await get("/left-outside");
      expect(calls.map(({ path }) => path)).toEqual(WITH_WAREHOUSE.map(() => "/v2/orders"));
    });
  });
  it("the oldest come first, by the day they were placed and not by their numbers", async () => {
    await versions(off(NOVEMBER));
    const before = Date.parse(NOVEMBER) - 60 * MINUTE;
    const { orders } = await open(here([order(1050, before - MINUTE), order(1042, before), order(1043, before)], sales()));
    expect(orders.map(({ id }) => id)).toEqual([1050, 1042, 1043]);
  });
  it("says where a list was cut", async () => {
    await versions(off(NOVEMBER));
    const before = Date.parse(NOVEMBER) - 600 * MINUTE;
    const orders = Array.from({ length: 260 }, (_, i) => order(i + 1, before + i * MINUTE));
    const { SaleList } = sales(...Array.from({ length: 1000 }, () => ({ CustomerReference: "x" })));
    expect(await open(here(orders, { Total: 12_000, SaleList }))).toMatchObject({ more: true, cut: true });
  });
});
