import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CaptureRule, Settings } from "../../../../worker/contract/index.ts";
import type { LinkedContext } from "../../../../worker/inbox/flow.ts";
import type { Outcome } from "../../../../worker/inbox/outcome.ts";
import { problems, products } from "../../../../worker/lib/db/schema/tables.ts";
import { tenantOf } from "../../../../worker/lib/ids.ts";
import { accept } from "../../../../worker/orders/capture/accept.ts";
import { receiveOrder } from "../../../../worker/orders/capture/receive-flow.ts";
import { releaseUnpaid } from "../../../../worker/orders/capture/unpaid-flow.ts";
import { heldUntil, holdOf } from "../../../../worker/orders/capture/unpaid-hold.ts";
import { orderOf } from "../../../../worker/orders/store.ts";
import { sweepOrders } from "../../../../worker/reconcile/orders-flow.ts";
import { aSettings, aSnapshot } from "../../../harness/builders.ts";
import { aContext } from "../../../harness/context.ts";
import { MUG } from "../../../harness/sale.ts";
import { ACCOUNT, STORE, type Stage, stage, there } from "../../../harness/stage.ts";
import { context, linkedStore, list } from "../../reconcile/context.ts";

const ZONE = "Australia/Melbourne";
const method = (name: string, unpaidDays?: number) => ({
  key: name.toLowerCase(),
  name,
  account: null,
  countsAsPaid: "captured" as const,
  ...(unpaidDays === undefined ? {} : { unpaidDays }),
});
const shop = (captureWhen: CaptureRule, payments: Partial<Settings["payments"]> = {}) =>
  aSettings({ orders: { captureWhen }, payments: { methods: [method("Bank Deposit"), method("Purchase Order", 30)], ...payments } });

/** What an order does to the stock while it is not taken; "taken" where it is. */
function held(order: Record<string, unknown>, captureWhen: CaptureRule, payments: Partial<Settings["payments"]> = {}): string {
  const settings = shop(captureWhen, payments);
  const { order: read } = aSnapshot({ lines: [MUG], order });
  const verdict = accept(read, settings, { now: "2026-07-02T00:00:00.000Z" });
  if (verdict.is !== "skip") return "taken";
  const hold = holdOf(read, verdict.code, settings, ZONE);
  return hold.is === "days" ? hold.lastDay : hold.is;
}

describe("unpaid orders hold their stock (M31): which, and until the end of which day", () => {
  const unpaid = { status_id: 7, payment_status: "", payment_method: "Bank Deposit" };
  const authorised = { ...unpaid, payment_status: "authorized" };
  it.each([
    ["nothing is paid", unpaid, ["taken", "2026-07-08", "2026-07-08", "2026-07-08"]],
    ["authorised, not captured", authorised, ["taken", "taken", "2026-07-08", "2026-07-08"]],
    ["paid, not shipped", { status_id: 11 }, ["taken", "taken", "taken", "until-taken"]],
    ["a method with days of its own", { ...unpaid, payment_method: "purchase order" }, ["taken", "2026-07-31", "2026-07-31", "2026-07-31"]],
    ["checkout is not finished", { status_id: 1 }, ["none", "none", "none", "none"]],
    ["cancelled", { ...unpaid, status_id: 5 }, ["none", "none", "none", "none"]],
    ["refunded when first seen", { ...unpaid, status_id: 4 }, ["none", "none", "none", "none"]],
    ["archived", { ...unpaid, is_deleted: true }, ["none", "none", "none", "none"]],
  ] as const)("%s: created, authorised, paid, completed", (_, order, wanted) => {
    expect((["created", "authorised", "paid", "completed"] as const).map((rule) => held(order, rule))).toEqual(wanted);
  });

  it("other days in Setup, and none at all", () => {
    expect(held(unpaid, "paid", { unpaidDays: 2 })).toBe("2026-07-03");
    expect(held(unpaid, "paid", { unpaidDays: 0 })).toBe("none");
    expect(held(unpaid, "paid", { unpaidDays: 0, methods: [method("Bank Deposit", 1)] })).toBe("2026-07-02");
  });

  it.each([
    // Clocks go forward on 4 October 2026, back on 5 April 2026: the days between have 23 and 25 hours.
    ["over the day of 23 hours", "2026-09-30T14:30:00.000Z", "2026-10-08T13:00:00.000Z"],
    ["over the day of 25 hours", "2026-04-01T12:00:00.000Z", "2026-04-08T14:00:00.000Z"],
    ["placed a minute before midnight", "2026-07-01T13:59:00.000Z", "2026-07-08T14:00:00.000Z"],
    ["placed at midnight", "2026-07-01T14:00:00.000Z", "2026-07-09T14:00:00.000Z"],
  ])("%s it is the end of the store's own seventh day", (_, placedAt, until) => {
    expect(heldUntil({ placedAt, unpaidMethod: "Bank Deposit" }, shop("paid"), ZONE)).toBe(
      new Date(until).toISOString().replace(".000Z", "Z"),
    );
  });
});

describe("an unpaid order in the shop of the twin (M31, F101)", () => {
  let s: Stage;
  beforeEach(async () => {
    s = stage();
    await linkedStore(s);
  });
  afterEach(() => vi.restoreAllMocks());

  const flow = async (change: (settings: Settings) => void = () => {}): Promise<LinkedContext> => {
    const c = await context(s, () => list());
    c.settings.document.orders.takeFrom = null;
    change(c.settings.document);
    // Nothing is kept of the order, and Cin7 Core is not to be asked.
    return aContext({ ...c, cin7: aContext({ store: c.store }).cin7 });
  };
  /** A product of Cin7 Core that the account's mirror knows. */
  const mirrored = (sku: string) =>
    s.db.insert(products).values({
      accountId: ACCOUNT,
      productId: crypto.randomUUID(),
      ...{
        sku,
        skuFold: sku.toLowerCase(),
        name: sku,
        type: "Stock",
        revenueAccount: null,
        active: true,
        readAt: "2026-11-01T00:00:00.000Z",
      },
    });
  const row = async (id: number) => there(await orderOf(s.db, tenantOf(STORE as never, ACCOUNT as never, 1), id));
  const place = async () => {
    const form = { lines: [{ sku: "TEE-MER-NVY-S", quantity: 3 }], statusId: 7, paymentMethod: "Bank Deposit" };
    return Number(((await s.control(`/${STORE}/orders`, form)) as { id: number }).id);
  };
  const kinds = (outcome: Outcome) => (outcome.is === "done" ? (outcome.next ?? []).map((work) => work.kind) : []);
  const DAY = 86_400_000;

  it("holds its units for seven days at one read, gives them back by the catch-up check, tells of it once, and is taken when it is paid", async () => {
    const id = await place();
    s.asked.length = 0;
    const first = await receiveOrder(await flow(), id, false);
    expect(s.asked).toHaveLength(1);
    expect(first).toMatchObject({
      is: "skipped",
      why: { code: "unpaid", text: expect.stringMatching(/Its stock is held until the end of/) },
    });
    expect(await row(id)).toMatchObject({
      state: "not-taken",
      reserved: [{ sku: "TEE-MER-NVY-S", quantity: 3 }],
      unpaidMethod: "Bank Deposit",
    });
    expect(kinds(await sweepOrders(await flow(), { kind: "orders.sweep" }))).not.toContain("order.unpaid");
    expect(await releaseUnpaid(await flow(), id)).toMatchObject({ is: "done", note: "Its stock is held a little longer." });

    s.state.now += 9 * DAY;
    expect(kinds(await sweepOrders(await flow(), { kind: "orders.sweep" }))).toContain("order.unpaid");
    s.asked.length = 0;
    expect(await releaseUnpaid(await flow(), id)).toMatchObject({ notices: [{ kind: "unpaid-released", orderId: id, days: 7 }] });
    expect(s.asked).toEqual([]);
    expect(await row(id)).toMatchObject({
      state: "not-taken",
      reserved: [],
      unpaidMethod: null,
      note: expect.stringMatching(/is for sale again/),
    });
    expect(await releaseUnpaid(await flow(), id)).toMatchObject({ note: "Nothing is held for it." });
    // Seen again while it is still unpaid: nothing is held anew, nobody is told again.
    const again = await receiveOrder(await flow(), id, false);
    expect(again).toMatchObject({ is: "skipped" });
    expect((await row(id)).reserved).toEqual([]);

    await s.control(`/${STORE}/orders/${id}/status`, { statusId: 11 });
    await mirrored("TEE-MER-NVY-S");
    const c = await flow((settings) => {
      settings.payments.methods = [{ ...method("Bank Deposit"), countsAsPaid: "awaiting-fulfillment" }];
    });
    const taken = await receiveOrder({ ...c, cin7: (await context(s, () => list())).cin7 }, id, false);
    expect(taken, JSON.stringify(taken)).toMatchObject({ is: "done", clears: [`unpaid-released:${id}`] });
    expect(await row(id)).toMatchObject({ state: "pending", reserved: [{ sku: "TEE-MER-NVY-S", quantity: 3 }], unpaidMethod: null });
    expect(await s.db.select().from(problems)).toEqual([]);
  });

  it("fewer days in Setup count at once; a cancelled order gives its stock back without a notice", async () => {
    const [late, cancelled] = [await place(), await place()];
    for (const id of [late, cancelled]) await receiveOrder(await flow(), id, false);
    s.state.now += 3 * DAY;
    const two = (settings: Settings) => void Object.assign(settings.payments, { unpaidDays: 2 });
    await s.control(`/${STORE}/orders/${cancelled}/status`, { statusId: 5 });
    expect(await receiveOrder(await flow(two), cancelled, false)).toMatchObject({
      is: "skipped",
      clears: [`unpaid-released:${cancelled}`],
    });
    expect((await row(cancelled)).reserved).toEqual([]);
    const swept = await sweepOrders(await flow(two), { kind: "orders.sweep" });
    expect(swept.is === "done" && swept.next).toContainEqual({ kind: "order.unpaid", orderId: late });
  });
});
