import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StoreRow } from "../../../worker/api/access.ts";
import type { Settings } from "../../../worker/contract/index.ts";
import { exceptionRoutes } from "../../../worker/orders/pages/attention-routes.ts";
import { raise } from "../../../worker/problems/store.ts";
import { currentSettings, saveSettings } from "../../../worker/settings/store.ts";
import { settingsRoutes } from "../../../worker/setup/routes.ts";
import { ACCOUNT, addOrder, addStore, api, db, iso, OTHER_ACCOUNT, ready, SIDES, set, tenant } from "../../harness/api.ts";

let store: StoreRow;
beforeEach(async () => {
  store = await addStore();
});
afterEach(() => vi.restoreAllMocks());

describe("PUT settings", () => {
  it("makes a numbered version with who, when and what changed", async () => {
    const { save, get } = await api(settingsRoutes, store, { answers: SIDES });
    expect((await get("/settings")).body).toMatchObject({ version: 0, savedAt: null, savedBy: null, settings: { orders: { on: false } } });
    const first = await save({ basedOn: 0, settings: ready() });
    expect(first).toMatchObject({ status: 200, body: { version: 1, savedAt: iso(), savedBy: "ann@example.com", released: 0 } });
    const second = await save({ basedOn: 1, settings: ready(set("rounding.cap", "0.10")) });
    expect(second.body.version).toBe(2);
    const { versions } = (await get("/settings/versions")).body;
    expect(versions.map((v: { version: number }) => v.version)).toEqual([2, 1]);
    expect(versions[0].changes).toEqual(["Rounding: at most, per document: 0.05 → 0.10"]);
  });

  it("nothing changed makes no version", async () => {
    const { save } = await api(settingsRoutes, store, { answers: SIDES });
    await save({ basedOn: 0, settings: ready() });
    expect((await save({ basedOn: 1, settings: ready() })).body).toMatchObject({ version: 1, released: 0 });
  });

  it("another version saved meanwhile: 409, and nothing is written", async () => {
    const { save, get } = await api(settingsRoutes, store, { answers: SIDES });
    await save({ basedOn: 0, settings: ready() });
    const late = await save({ basedOn: 0, settings: ready(set("rounding.cap", "0.10")) });
    expect(late.status).toBe(409);
    expect(late.body.error).toMatchObject({
      code: "changed-meanwhile",
      message: expect.stringMatching(/^ann@example.com saved other settings meanwhile/),
    });
    expect((await get("/settings")).body.version).toBe(1);
  });

  it("two people who save the same base at once: one wins, the other is told", async () => {
    const { save } = await api(settingsRoutes, store, { answers: SIDES });
    const both = await Promise.all(["0.10", "0.20"].map((cap) => save({ basedOn: 0, settings: ready(set("rounding.cap", cap)) })));
    expect(both.map((r) => r.status).sort()).toEqual([200, 409]);
  });

  it("bad input: 422 with a sentence for each field, and nothing half-saved", async () => {
    const { save, get } = await api(settingsRoutes, store, { answers: SIDES });
    const bad = ready((s) => {
      s.tax.classes[0] = { classId: 0, className: "Default Tax Class", withTax: "VAT", withoutTax: null };
      s.location.salesShipFrom = { id: "loc-2", name: "Old shed" };
    });
    const reply = await save({ basedOn: 0, settings: bad });
    expect(reply.status).toBe(422);
    expect(Object.keys(reply.body.error.fields).sort()).toEqual(["location.salesShipFrom", "tax.classes.0.withTax"]);
    expect(reply.body.error.message).toBe("2 fields need another look. Nothing was saved.");
    expect((await get("/settings")).body.version).toBe(0);
  });

  it("decision 1.6: a saved mapping puts every waiting order to work, in portions; other stores' orders stay where they are", async () => {
    await addStore("zzz999");
    for (let id = 1; id <= 250; id++) await addOrder(id, { state: id % 2 ? "held" : "pending" });
    await addOrder(900, { state: "sent" });
    await addOrder(901, { state: "not-taken" });
    await addOrder(902, { storeHash: "zzz999" });
    const { save, put } = await api(settingsRoutes, store, { answers: SIDES });
    const on = (more: (s: Settings) => void) => ready((s) => [set("orders.on", true), more].map((change) => change(s)));
    expect((await save({ basedOn: 0, settings: ready() })).body.released, "while orders are off nothing is looked at").toBe(0);
    await saveSettings(db(), tenant(), { basedOn: 1, settings: on(() => {}), changes: [], by: "x", at: iso(), lookBefore: false });
    put.length = 0;
    const reply = await save({ basedOn: 2, settings: on(set("rounding.cap", "0.10")) });
    expect(reply.body.released, "as many as are said to be looked at again").toBe(250);
    expect(put.map((works) => works.length)).toEqual([200, 50, 1, 1]);
    expect(put.slice(2)).toEqual([[{ kind: "orders.sweep" }], [{ kind: "settings.check" }]]);
    expect(put[0]?.[0]).toEqual({ kind: "order.changed", orderId: 1 });
  });

  it("F13, M31: another moment of taking, or other payments, look at unpaid orders again, uncounted; other changes do not", async () => {
    await addOrder(7, { state: "not-taken", unpaidMethod: "Bank Deposit" });
    await addOrder(8, { state: "not-taken" });
    const { save, put } = await api(settingsRoutes, store, { answers: SIDES });
    const looked = () => put.splice(0).flatMap((works) => works.flatMap((work) => ("orderId" in work ? [work.orderId] : [])));
    await save({ basedOn: 0, settings: ready() });
    looked();
    expect((await save({ basedOn: 1, settings: ready(set("rounding.cap", "0.10")) })).body.released).toBe(0);
    expect(looked()).toEqual([]);
    expect((await save({ basedOn: 2, settings: ready(set("orders.captureWhen", "created")) })).body.released).toBe(0);
    expect(looked()).toEqual([7]);
    await save({
      basedOn: 3,
      settings: ready((s) => [set("orders.captureWhen", "created"), set("payments.unpaidDays", 30)].map((f) => f(s))),
    });
    expect(looked()).toEqual([7]);
  });

  it("clears what only told of a payment method that has an account now, and an incomplete setup without orders", async () => {
    const t = tenant();
    await raise(db(), t, [{ kind: "payment-unmapped", method: "Stripe" }], 7, iso());
    await raise(db(), t, [{ kind: "setup-incomplete", missing: ["Tax"] }], null, iso());
    await raise(db(), t, [{ kind: "tax-unmapped", classId: 3, className: "Reduced", side: "with" }], 8, iso());
    await raise(db(), t, [{ kind: "payment-unmapped", method: "Zip" }], 9, iso());
    await raise(db(), t, [{ kind: "payment-unmapped", method: "Zip", currency: "NZD" }], 10, iso());
    const { save } = await api(settingsRoutes, store, { answers: SIDES });
    await save({
      basedOn: 0,
      settings: ready(set("payments.methods", [{ key: "stripe", name: "Stripe", account: "713", countsAsPaid: "captured" }])),
    });
    const { get } = await api(exceptionRoutes, store);
    const { rows } = (await get("/attention")).body;
    const keys = (found: { key: string }[]) => found.map((r) => r.key).sort();
    expect(keys(rows)).toEqual(["payment-unmapped:zip", "payment-unmapped:zip in nzd", "tax-unmapped:3:with"]);
    // F45: the account of every other method answers what Setup does not list, in the currency of the books.
    const stripe = { key: "stripe", name: "Stripe", account: "713", countsAsPaid: "captured" };
    const other = ready((s) => [set("payments.methods", [stripe]), set("payments.otherAccount", "713")].map((f) => f(s)));
    const later = await api(settingsRoutes, store, { answers: SIDES });
    expect((await later.save({ basedOn: 1, settings: other })).status).toBe(200);
    expect(keys((await get("/attention")).body.rows)).toEqual(["payment-unmapped:zip in nzd", "tax-unmapped:3:with"]);
    const wrong = await later.save({ basedOn: 2, settings: ready(set("payments.otherAccount", "200")) });
    expect(wrong.body.error.fields["payments.otherAccount"]).toMatch(/cannot receive payments/);
  });

  it("M21: switching orders on without a day starts at this moment", async () => {
    const { save } = await api(settingsRoutes, store, { answers: SIDES });
    const reply = await save({ basedOn: 0, settings: ready(set("orders.on", true)) });
    expect(reply.body.settings.orders).toMatchObject({ on: true, takeFrom: iso() });
  });

  it("orders can be switched off while Cin7 Core does not answer, but not on", async () => {
    const on = await api(settingsRoutes, store, { answers: SIDES });
    await on.save({ basedOn: 0, settings: ready(set("orders.on", true)) });
    const { settings } = await currentSettings(db(), tenant());
    const down = await api(settingsRoutes, store, { permit: () => ({ granted: false, at: Date.parse(iso()) + 12_000 }) });
    const off = structuredClone(settings);
    off.orders.on = false;
    expect((await down.save({ basedOn: 1, settings: off })).body.version).toBe(2);
    const again = await down.save({ basedOn: 2, settings });
    expect(again.status).toBe(503);
    expect(again.body.error.message).toBe(
      "Cin7 Core allows 60 calls a minute and orders use them just now. Nothing was saved. Try again in 12 seconds.",
    );
  });

  it("only who may configure saves; who may look sees", async () => {
    const { save, get } = await api(settingsRoutes, store, { role: "operate", answers: SIDES });
    expect((await save({ basedOn: 0, settings: ready() })).status).toBe(403);
    expect((await get("/settings")).status).toBe(200);
  });

  it("a store without Cin7 Core is told to connect first", async () => {
    const alone = await addStore("alone1", null);
    const { save } = await api(settingsRoutes, alone, { answers: SIDES });
    expect(await save({ basedOn: 0, settings: ready() })).toMatchObject({ status: 409, body: { error: { code: "not-linked" } } });
  });
});

describe("settings in D1", () => {
  const version = (cap: string) => ({
    basedOn: 0,
    settings: ready(set("rounding.cap", cap)),
    changes: [],
    by: "x",
    at: iso(),
    lookBefore: false,
  });
  it("tenancy: another store's versions never show, nor those for another account", async () => {
    await addStore("zzz999", OTHER_ACCOUNT);
    expect(await saveSettings(db(), tenant(), version("0.10"))).toBe(1);
    expect((await currentSettings(db(), tenant("zzz999", OTHER_ACCOUNT))).version).toBe(0);
    expect((await currentSettings(db(), tenant("abc123", OTHER_ACCOUNT))).version).toBe(0);
    // After a move the numbers go on, the new account begins with the defaults.
    expect(await saveSettings(db(), tenant("abc123", OTHER_ACCOUNT), version("0.20"))).toBe(2);
    expect((await currentSettings(db(), tenant())).settings.rounding.cap).toBe("0.10");
  });
  it("of an older epoch nothing is written (design 5)", async () => {
    expect(await saveSettings(db(), tenant("abc123", ACCOUNT, 0), version("0.10"))).toBeNull();
  });
});
