import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { digest } from "../../../worker/alerts/digest.ts";
import { sendAlerts } from "../../../worker/alerts/flow.ts";
import { readAddress } from "../../../worker/alerts/mail.ts";
import { alertRoutes } from "../../../worker/alerts/routes.ts";
import { addresses, saveAddress } from "../../../worker/alerts/store.ts";
import { mornings } from "../../../worker/alerts/when.ts";
import type { StoreRow } from "../../../worker/api/access.ts";
import type { ProblemRow } from "../../../worker/contract/index.ts";
import { configOf } from "../../../worker/env.ts";
import { alertAddresses, audit } from "../../../worker/lib/db/schema/tables.ts";
import type { Problem } from "../../../worker/problems/define-problem.ts";
import { raise } from "../../../worker/problems/store.ts";
import { addOrder, addStore, api, db, iso, NOW, OTHER_ACCOUNT, tenant } from "../../harness/api.ts";
import { aContext } from "../../harness/context.ts";

const MAIL = { url: "https://mail.example/emails", token: "mail-token", from: "Lockstep <alerts@lockstep.example>" };
let store: StoreRow;
let sent: { url: string; key: string | null; to: string[]; subject: string; text: string }[];
let status: number;
let now: number;
beforeEach(async () => {
  store = await addStore();
  sent = [];
  status = 200;
  now = NOW;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    const body = (await request.json()) as { to: string[]; subject: string; text: string };
    sent.push({ url: request.url, key: request.headers.get("idempotency-key"), ...body });
    return Response.json({ id: "m-1" }, { status });
  });
});
afterEach(() => vi.restoreAllMocks());

const run = (mail: typeof MAIL | null = MAIL) =>
  sendAlerts(aContext({ store, now: () => now, jitter: 0, config: { ...configOf(env), mail, timeScale: 1 } }));
const TAX: Problem = { kind: "tax-unmapped", classId: 0, className: "GST", side: "with" };
const STATUS: Problem = { kind: "status-hold", orderId: 7, statusId: 13, status: "Disputed" };
const both = async () => {
  await saveAddress(db(), tenant(), "orders", "shop@example.com", { by: "ann", at: iso() });
  await saveAddress(db(), tenant(), "money", "books@example.com", { by: "ann", at: iso() });
  await confirmed();
};
const confirmed = () => db().update(alertAddresses).set({ confirmedAt: iso() }).run();

describe("alerts.send (M42)", () => {
  it("tells each problem once, to the address it belongs to, in one message", async () => {
    await both();
    await addOrder(7);
    await raise(db(), tenant(), [TAX, { ...TAX, classId: 1, className: "Reduced" }], 7, iso());
    await raise(db(), tenant(), [STATUS], 7, iso());
    expect(await run()).toMatchObject({ is: "done", note: "Told of 3 by mail." });
    expect(sent.map((m) => [m.to, m.subject])).toEqual([
      [["shop@example.com"], expect.stringContaining("Demo:")],
      [["books@example.com"], "Demo: 2 things need attention"],
    ]);
    expect(sent[1]?.text).toContain('no Cin7 tax rule for "Reduced"');
    now += 3_600_000;
    expect(await run()).toMatchObject({ is: "skipped" });
    expect(sent).toHaveLength(2);
  });

  it("at most one message in ten minutes for an address: what is new meanwhile goes with the next", async () => {
    await both();
    await raise(db(), tenant(), [TAX], 7, iso());
    await run();
    await raise(db(), tenant(), [{ ...TAX, classId: 1, className: "Reduced" }], 8, iso(NOW + 60_000));
    now += 60_000;
    expect(await run()).toMatchObject({ is: "later", at: NOW + 600_000, strike: false });
    now = NOW + 600_000;
    expect(await run()).toMatchObject({ is: "done" });
    expect(sent).toHaveLength(2);
  });

  it("told again when it is raised again, never what is only shown", async () => {
    await both();
    await raise(
      db(),
      tenant(),
      [{ kind: "not-fulfilled", orderId: 7, saleNumber: "SO-7", wanted: "packed", reached: "picked", short: true }],
      7,
      iso(),
    );
    expect(await run()).toMatchObject({ is: "skipped" });
    await raise(db(), tenant(), [TAX], 7, iso());
    await run();
    const { clearKeys } = await import("../../../worker/problems/store.ts");
    await clearKeys(db(), tenant(), ["tax-unmapped:0:with"], iso(NOW + 1));
    await raise(db(), tenant(), [TAX], 9, iso(NOW + 2000));
    now = NOW + 700_000;
    await run();
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map((m) => m.key)).size).toBe(2);
  });

  it.each([503, 429, 401, 422])(
    "a provider that answers %i is asked again later, with the same word, and nothing counts as told",
    async (answer) => {
      await both();
      await raise(db(), tenant(), [TAX], 7, iso());
      status = answer;
      expect(await run()).toMatchObject({ is: "later", strike: false });
      status = 200;
      now += 600_000;
      expect(await run()).toMatchObject({ is: "done" });
      expect(sent.map((m) => m.key)).toEqual([sent[0]?.key, sent[0]?.key]);
    },
  );

  it("without a provider nothing is sent; without addresses neither; another account's are never used", async () => {
    await raise(db(), tenant(), [TAX], 7, iso());
    expect(await run()).toMatchObject({ is: "skipped" });
    await saveAddress(db(), tenant("abc123", OTHER_ACCOUNT), "money", "other@example.com", { by: "x", at: iso() });
    expect(await run()).toMatchObject({ is: "skipped" });
    await both();
    expect(await run(null)).toMatchObject({ is: "skipped" });
    expect(sent).toEqual([]);
  });

  it("goods that must not go, a new tax class and a side that is away are told at once, though they hold no order", async () => {
    await both();
    const cancelled: Problem = { kind: "changed-after-sale", orderId: 7, saleNumber: "SO-7", what: "cancelled" };
    await raise(db(), tenant(), [cancelled], 7, iso());
    await raise(db(), tenant(), [{ kind: "cin7-down", since: iso() }], null, iso());
    await raise(db(), tenant(), [{ kind: "tax-class-new", classId: 4, className: "Books" }], null, iso());
    expect(await run()).toMatchObject({ is: "done", note: "Told of 3 by mail." });
    expect(sent.map((m) => m.subject)).toEqual([
      "Demo: 2 things need attention",
      'Demo: BigCommerce has a tax class that Setup does not know: "Books".',
    ]);
    expect(sent[0]?.text).toContain("Do not ship SO-7: order 7 was cancelled in BigCommerce.");
  });

  it("what can wait goes in one summary at eight in the morning of the store's day, never beside an urgent one before", async () => {
    await both();
    const unmapped: Problem = { kind: "payment-unmapped", method: "Cash" };
    const { last, next } = mornings(NOW, store.timeZone);
    now = last + 3_600_000;
    await raise(db(), tenant(), [unmapped], 7, iso(last + 1));
    await raise(db(), tenant(), [{ ...unmapped, method: "Cheque" }], 8, iso(last + 2));
    expect(await run()).toMatchObject({ is: "later", at: next, strike: false });
    await raise(db(), tenant(), [TAX], 7, iso(now));
    expect(await run()).toMatchObject({ is: "later", at: next });
    expect(sent.map((m) => m.text.includes("Cash"))).toEqual([false]);
    now = next;
    expect(await run()).toMatchObject({ is: "done", note: "Told of 2 by mail." });
    expect(sent[1]?.subject).toBe("Demo: summary of the day, 2 things to look at");
    expect(sent).toHaveLength(2);
  });

  it("one address for both: one message for all, and none within ten minutes of it", async () => {
    await saveAddress(db(), tenant(), "orders", "both@example.com", { by: "ann", at: iso() });
    await saveAddress(db(), tenant(), "money", "Both@example.com", { by: "ann", at: iso() });
    await confirmed();
    await raise(db(), tenant(), [TAX], 7, iso());
    await raise(db(), tenant(), [STATUS], 7, iso());
    expect(await run()).toMatchObject({ is: "done" });
    expect(sent.map((m) => m.subject)).toEqual(["Demo: 2 things need attention"]);
    await raise(db(), tenant(), [{ ...STATUS, orderId: 8 }], 8, iso(NOW + 1));
    now += 60_000;
    expect(await run()).toMatchObject({ is: "later", at: NOW + 600_000 });
    expect(sent).toHaveLength(1);
  });

  it("a vendor's own sentence, which may name somebody, is not mailed", async () => {
    await both();
    await raise(
      db(),
      tenant(),
      [{ kind: "cin7-refused", orderId: 7, step: "customer", text: "Ana Keller <ana@example.org> exists" }],
      7,
      iso(),
    );
    await run();
    expect(sent[0]?.text).toContain("Cin7 Core refused order 7");
    expect(JSON.stringify(sent)).not.toMatch(/Ana|example\.org/);
  });

  it("a disconnected store's flow writes nothing", async () => {
    await saveAddress(db(), tenant("abc123", undefined, 9), "orders", "late@example.com", { by: "x", at: iso() });
    expect(await db().select().from(alertAddresses)).toEqual([]);
  });
});

it("a digest lists at most twenty and stays in one subject line", () => {
  const row = {
    key: "k",
    kind: "x",
    area: "shop" as const,
    urgency: "orders" as const,
    title: "T",
    text: "X",
    remedies: [],
    orders: [],
    orderCount: 0,
    holds: true,
    raisedAt: "",
  };
  const { subject, text } = digest(
    Array.from({ length: 25 }, () => row),
    { name: "N".repeat(300), hash: "abc123", appUrl: "https://app.test" },
  );
  expect(subject.length).toBeLessThanOrEqual(200);
  expect(text).toContain("And 5 more.");
});

it.each([
  ["ann@example.com", true],
  [" ann+alerts@shop.example.co.uk ", true],
  ["ann@example", false],
  ["ann@example.com, bob@example.com", false],
  ["ann@example.com\r\nBcc: x@y.zz", false],
  ["<ann@example.com>", false],
  ["", false],
  [null, false],
])("address %j: %s", (text, good) => expect(readAddress(text) !== null).toBe(good));

describe("addresses and the test message", () => {
  it("are saved together, shown, and every change is in the audit", async () => {
    const { get, send } = await api(alertRoutes, store);
    expect((await get("/alerts")).body).toEqual({
      mail: false,
      addresses: [
        { area: "orders", email: "", savedBy: null, lastSentAt: null, confirmed: false },
        { area: "money", email: "", savedBy: null, lastSentAt: null, confirmed: false },
      ],
    });
    expect((await send("PUT", "/alerts", { orders: "shop@example.com", money: "nobody" })).body.error.fields).toEqual({
      money: expect.any(String),
    });
    expect(await addresses(db(), tenant())).toEqual([]);
    expect((await send("PUT", "/alerts", { orders: "shop@example.com", money: "books@example.com" })).status).toBe(200);
    await send("PUT", "/alerts", { orders: "shop@example.com", money: "tax@example.com" });
    expect((await addresses(db(), tenant())).map((a) => [a.area, a.email])).toEqual([
      ["orders", "shop@example.com"],
      ["money", "tax@example.com"],
    ]);
    expect(await db().select().from(audit)).toHaveLength(3);
    expect(JSON.stringify(await db().select().from(audit))).not.toContain("shop@example.com");
  });

  it("needs the right to configure; looking needs operate", async () => {
    expect((await (await api(alertRoutes, store, { role: "view" })).get("/alerts")).status).toBe(403);
    expect((await (await api(alertRoutes, store, { role: "operate" })).send("PUT", "/alerts", {})).status).toBe(403);
    expect((await (await api(alertRoutes, store, { role: "operate" })).post("/alerts/test", { area: "orders" })).status).toBe(403);
  });

  it("a test message without a provider says so", async () => {
    const { post } = await api(alertRoutes, store);
    expect(await post("/alerts/test", { area: "orders" })).toMatchObject({ status: 409, body: { error: { code: "no-mail" } } });
    expect((await post("/alerts/test", { area: "all" })).status).toBe(400);
  });
});

it("a message tells the most urgent first, and each entry leads to what it tells of", () => {
  const row = (more: Partial<ProblemRow>): ProblemRow => ({
    ...{ key: "k", kind: "parked", area: "shop", urgency: "notice", title: "News.", text: "X", remedies: [] },
    ...{ orders: [], orderCount: 0, holds: false, raisedAt: "" },
    ...more,
  });
  const { text } = digest(
    [
      row({}),
      row({ urgency: "goods", title: "Do not ship.", orders: [1042], orderCount: 1 }),
      row({ title: "Many.", orders: [1, 2], orderCount: 2 }),
    ],
    { name: "Shop", hash: "abc123", appUrl: "https://app.test" },
  );
  expect(text.split("\n\n").slice(0, 3)).toEqual([
    "* Do not ship.\n  X\n  https://app.test/stores/abc123/orders/1042",
    "* News.\n  X\n  https://app.test/stores/abc123/attention",
    "* Many.\n  X\n  https://app.test/stores/abc123/attention",
  ]);
});
