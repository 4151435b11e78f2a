import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { claimShared, dropShared, settleShared } from "../../../worker/accounts/shared-store.ts";
import type { StoreRow } from "../../../worker/api/access.ts";
import { sharedThings } from "../../../worker/lib/db/schema/tables.ts";
import type { Linked } from "../../../worker/lib/ids.ts";
import { defaults } from "../../../worker/settings/parts/compose.ts";
import { settingsRoutes } from "../../../worker/setup/routes.ts";
import { ACCOUNT, type Answers, addStore, api, type Call, db, iso, NOW, OTHER_ACCOUNT, SIDES, Status, tenant } from "../../harness/api.ts";

let store: StoreRow;
beforeEach(async () => {
  store = await addStore();
});
afterEach(() => vi.restoreAllMocks());

/** A Cin7 Core that keeps what is created. */
function shop(more: Answers = {}): Answers & { made: { ID: string; Name: string; Type: string; Status: string }[] } {
  const made: { ID: string; Name: string; Type: string; Status: string }[] = [];
  return Object.assign(
    {
      ...SIDES,
      "GET /product": ({ query }: Call) => {
        const found = made.filter((p) =>
          query.get("ID") ? p.ID === query.get("ID") : p.Name.toLowerCase().startsWith((query.get("Name") ?? "").toLowerCase()),
        );
        return { Total: found.length, Products: found };
      },
      "POST /product": ({ body }: Call) => {
        const product = { ...(body as { Name: string; Type: string; Status: string }), ID: `new-${made.length + 1}` };
        made.push(product);
        return { Total: 1, Products: [product] };
      },
      "POST /ref/unit": { ID: "u", Name: "Item" },
      ...more,
    },
    { made },
  ) as never;
}
const create = (...names: string[]) => ({
  create: names.map((name, i) => ({ key: ["shipping", "handling", "fee"][i], name, account: "260" })),
});
const posts = (calls: Call[]) => calls.filter((c) => c.method === "POST" && c.path === "/product");

describe("charge items (1.13, design 3.6)", () => {
  it("GET proposes names and accounts and writes nothing", async () => {
    const { get, calls } = await api(settingsRoutes, store, { answers: SIDES, role: "view" });
    const { charges } = (await get("/charges")).body;
    expect(charges).toHaveLength(9);
    expect(charges[0]).toMatchObject({ key: "shipping", name: "Shipping", account: "260", productId: null });
    expect(calls.map((c) => `${c.method} ${c.path}`)).toEqual(["GET /ref/account"]);
  });

  it("POST creates what is missing, once, with category and unit that exist", async () => {
    const answers = shop();
    const { post, get, calls } = await api(settingsRoutes, store, { answers });
    const reply = await post("/charges", create("Shipping", "Handling"));
    expect(reply.status).toBe(200);
    expect(answers.made.map((p) => p.Name)).toEqual(["Shipping", "Handling"]);
    expect(posts(calls)[0]?.body).toMatchObject({
      SKU: "LS-SHIPPING",
      Type: "Service",
      Category: "Kitchen",
      UOM: "Item",
      RevenueAccount: "260",
    });
    expect(reply.body.charges.find((c: { key: string }) => c.key === "handling")).toMatchObject({ productId: "new-2", account: "260" });
    await post("/charges", create("shipping"));
    expect(answers.made).toHaveLength(2);
    expect((await get("/charges")).body.charges[0]).toMatchObject({ productId: "new-1" });
  });

  it("saving what was just found or created looks at no product again: 60 calls a minute are few", async () => {
    const { post, save, calls } = await api(settingsRoutes, store, { answers: shop() });
    const { charges } = (await post("/charges", create("Shipping"))).body;
    const { productId, name, account } = charges[0];
    const before = calls.length;
    const saved = await save({
      basedOn: 0,
      settings: {
        ...defaults(),
        charges: { items: { shipping: { productId, name, account } }, loadCouponCodes: true, spreadDiscounts: false },
      },
    });
    expect(saved.status).toBe(200);
    expect(calls.slice(before).map((c) => c.path)).toEqual(["/ref/account"]);
  });

  it("POST adopts a service product of that name, whoever made it", async () => {
    const { post, calls } = await api(settingsRoutes, store, { answers: SIDES });
    const reply = await post("/charges", create("SHIPPING"));
    expect(reply.body.charges[0]).toMatchObject({ name: "Shipping", productId: "p-1" });
    expect(posts(calls)).toEqual([]);
  });

  it("a stock item of that name stands in the way: a sentence beside the name, the others are made", async () => {
    const answers = shop();
    answers.made.push({ ID: "x", Name: "Shipping", Type: "Stock", Status: "Active" });
    const { post } = await api(settingsRoutes, store, { answers });
    const reply = await post("/charges", create("Shipping", "Handling"));
    expect(reply.status).toBe(422);
    expect(reply.body.error.fields).toEqual({
      "create.0.name": 'Cin7 Core has a stock item named "Shipping". Choose another name for the charge item.',
    });
    expect(answers.made.map((p) => p.Name)).toEqual(["Shipping", "Handling"]);
  });

  it("no answer to a create: nobody creates again within the quiet time, and then it is looked up first", async () => {
    let asked = 0;
    const reset = () => {
      asked++;
      return new Error("reset");
    };
    const lost = shop({ "POST /product": reset });
    const { post } = await api(settingsRoutes, store, { answers: lost });
    expect((await post("/charges", create("Shipping"))).body.error.message).toMatch(/did not answer when "Shipping" was to be created/);
    expect((await post("/charges", create("Shipping"))).body.error.message).toMatch(/its answer is still open/);
    expect(asked).toBe(1);
    // It had been created all the same.
    lost.made.push({ ID: "late", Name: "Shipping", Type: "Service", Status: "Active" });
    expect((await post("/charges", create("Shipping"))).body.charges[0]).toMatchObject({ productId: "late" });
    expect(asked).toBe(1);
  });

  it("stopped between the write and the note: the claim stays open, then the item is looked up by its name and adopted", async () => {
    const stopped = shop();
    const { post } = await api(settingsRoutes, store, { answers: stopped });
    await db()
      .insert(sharedThings)
      .values({ accountId: ACCOUNT, kind: "charge", key: "shipping", claimedBy: "setup:abc123:1", claimedAt: iso(NOW - 3_600_000) });
    stopped.made.push({ ID: "written", Name: "Shipping", Type: "Service", Status: "Active" });
    expect((await post("/charges", create("Shipping"))).body.charges[0]).toMatchObject({ productId: "written" });
    expect(stopped.made).toHaveLength(1);
  });

  it("a category that the account lacks is made once: no answer keeps the claim, the list tells that it is there", async () => {
    const there: { Name: string }[] = [];
    let asked = 0;
    const lost = shop({
      "GET /ref/category": () => ({ Total: there.length, CategoryList: there }),
      "POST /ref/category": () => {
        asked++;
        return new Error("reset");
      },
    });
    const { post } = await api(settingsRoutes, store, { answers: lost });
    expect((await post("/charges", create("Shipping"))).body.error.message).toMatch(/does not answer/);
    expect((await post("/charges", create("Shipping"))).body.error.message).toMatch(
      /"Lockstep charges" is being made in Cin7 Core just now/,
    );
    expect(asked).toBe(1);
    there.push({ Name: "Lockstep charges" });
    expect((await post("/charges", create("Shipping"))).status).toBe(200);
    expect([asked, lost.made.map((p) => p.Name)]).toEqual([1, ["Shipping"]]);
  });

  it("a refusal gives the claim back, so that it can be tried again at once", async () => {
    const { post } = await api(settingsRoutes, store, {
      answers: shop({ "POST /product": new Status(400, [{ ErrorCode: 400, Exception: "Category not found." }]) }),
    });
    const reply = await post("/charges", create("Shipping"));
    expect(reply.body.error.fields["create.0.name"]).toBe('Cin7 Core did not create "Shipping": Category not found.');
    expect(await db().select().from(sharedThings).all()).toEqual([]);
  });

  it("a charge item that was deprecated in Cin7 Core is forgotten and made again under another name only", async () => {
    const answers = shop();
    const { post } = await api(settingsRoutes, store, { answers });
    await post("/charges", create("Shipping"));
    (answers.made[0] as { Status: string }).Status = "Deprecated";
    expect((await post("/charges", create("Shipping"))).body.error.fields["create.0.name"]).toMatch(/deprecated in Cin7 Core/);
  });

  it("a charge item that is gone is made once, also when two press at once and the second learns of it while the first creates", async () => {
    await db()
      .insert(sharedThings)
      .values({
        accountId: ACCOUNT,
        kind: "charge",
        key: "shipping",
        claimedBy: "setup:abc123:1",
        claimedAt: iso(NOW - 3_600_000),
        cin7Id: "gone",
      });
    const [creating, looked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let asked = 0;
    const usual = shop() as unknown as Record<"GET /product" | "POST /product", (call: Call) => unknown>;
    const answers = {
      ...usual,
      "GET /product": async (call: Call) => {
        if (call.query.get("ID") && ++asked === 2) await creating.promise;
        return usual["GET /product"](call);
      },
      "POST /product": async (call: Call) => {
        creating.resolve();
        if (posts(calls).length === 1) await looked.promise;
        return usual["POST /product"](call);
      },
    };
    const { post, calls } = await api(settingsRoutes, store, { answers });
    const presses = [post("/charges", create("Shipping")), post("/charges", create("Shipping"))];
    const second = await Promise.race(presses);
    looked.resolve();
    const replies = await Promise.all(presses);
    expect(second.body.error?.message).toMatch(/"Shipping" is being created in Cin7 Core just now/);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 503]);
    expect(posts(calls)).toHaveLength(1);
    expect(await db().select().from(sharedThings).all()).toMatchObject([{ cin7Id: "new-1" }]);
  });

  it("who was too slow and lost the claim gives nothing back of who has it now, nor what is there", async () => {
    const thing = { kind: "charge", key: "shipping" } as const;
    const claim = (by: string, now: number) => claimShared(db(), tenant(), thing, by, { now: iso(now), staleBefore: iso(now - 1000) });
    const rows = () => db().select().from(sharedThings).all();
    expect([await claim("a", NOW), await claim("b", NOW + 9000)]).toMatchObject([{ mine: true }, { mine: true }]);
    await dropShared(db(), tenant(), thing, "a");
    expect(await rows()).toMatchObject([{ claimedBy: "b" }]);
    await settleShared(db(), tenant(), thing, "p-1");
    await dropShared(db(), tenant(), thing, "b");
    expect(await rows()).toMatchObject([{ cin7Id: "p-1" }]);
  });

  it("an account that does not fit is told before anything is created", async () => {
    const { post, calls } = await api(settingsRoutes, store, { answers: shop() });
    const reply = await post("/charges", { create: [{ key: "gift-certificate", name: "Gift certificate", account: "260" }] });
    expect(reply.body.error.fields["create.0.account"]).toMatch(/not a liability/);
    expect(posts(calls)).toEqual([]);
  });

  it("no call left for us midway: 503 says how many are ready, and the rest follows", async () => {
    const answers = shop();
    let calls = 0;
    const { post } = await api(settingsRoutes, store, {
      answers,
      permit: () => (++calls > 6 ? { granted: false, at: NOW + 5000 } : { granted: true }),
    });
    const reply = await post("/charges", create("Shipping", "Handling"));
    expect(reply.body.error).toMatchObject({
      code: "busy",
      message: expect.stringMatching(/1 of 2 are ready\. Try again in 5 seconds\.$/),
    });
    const { post: again } = await api(settingsRoutes, store, { answers });
    expect((await again("/charges", create("Shipping", "Handling"))).status).toBe(200);
    expect(answers.made.map((p) => p.Name)).toEqual(["Shipping", "Handling"]);
  });

  it("only who may configure creates", async () => {
    const { post } = await api(settingsRoutes, store, { role: "operate", answers: shop() });
    expect((await post("/charges", create("Shipping"))).status).toBe(403);
  });

  it("two stores of one account share the claim; another account has its own", async () => {
    await addStore("zzz999");
    const claim = async (of: Linked, by: string, now: number, staleBefore: number) => {
      const at = { now: iso(now), staleBefore: iso(staleBefore) };
      return (await claimShared(db(), of, { kind: "charge", key: "shipping" }, by, at)).mine;
    };
    expect(await claim(tenant(), "a", NOW, NOW - 1000)).toBe(true);
    expect(await claim(tenant("zzz999", ACCOUNT), "b", NOW, NOW - 1000)).toBe(false);
    expect(await claim(tenant("zzz999", OTHER_ACCOUNT), "b", NOW, NOW - 1000)).toBe(true);
    expect(await claim(tenant(), "b", NOW + 9000, NOW + 8000)).toBe(true);
  });
});
