import { describe, expect, it } from "vitest";
import { createTwins } from "./index.ts";
import { rehearse } from "./rehearsal.ts";

const LINES = { lines: [{ sku: "CUP-ENAM" }] };

describe("the API's door", () => {
  it("refuses unknown tokens in the dialect of the path (bigcommerce.md 10.4)", async () => {
    const { call } = rehearse();
    const bad = { "x-auth-token": "nobody" };
    expect(await call("GET", "/bigcommerce-api/stores/demostore1/v2/store", undefined, bad)).toMatchObject({
      status: 401,
      body: [{ status: 401 }],
    });
    expect(await call("GET", "/bigcommerce-api/stores/demostore1/v3/channels", undefined, bad)).toMatchObject({
      status: 401,
      body: { status: 401 },
    });
  });

  it("checks the scope of every token (bigcommerce.md 1.5)", async () => {
    const { api } = await rehearse().connect("demostore1", ["store_v2_orders_read_only"]);
    const order = await api("GET", "/v2/orders");
    const write = await api("PUT", "/v2/orders/1", { status_id: 2 });
    const store = await api("GET", "/v2/store");
    const hooks = await api("GET", "/v3/hooks");
    expect([order.status, write.status, store.status, hooks.status]).toEqual([204, 403, 403, 200]);
  });

  it("answers 403 to a trailing slash on a V3 path (bigcommerce.md 10.3)", async () => {
    const { api } = await rehearse().connect();
    expect((await api("GET", "/v3/channels/")).status).toBe(403);
  });

  it("counts 150 calls in 30 s per store over all tokens, and tells on every answer (bigcommerce.md 10.1, 10.2)", async () => {
    let time = Date.UTC(2026, 5, 1);
    const { connect } = rehearse({ now: () => time });
    const [one, two] = [await connect(), await connect()];
    const first = await one.api("GET", "/v2/time");
    expect(first.headers.get("x-rate-limit-requests-left")).toBe("149");
    for (let n = 0; n < 149; n++) await two.api("GET", "/v2/time");
    const over = await one.api("GET", "/v2/time");
    expect([over.status, over.headers.get("x-retry-after")]).toEqual([429, "30"]);
    time += 30_000;
    expect((await one.api("GET", "/v2/time")).status).toBe(200);
  });
});

describe("faults", () => {
  it("alter one exchange, and only that one is left out of the checked trace (design 7)", async () => {
    const { connect, control, twins } = rehearse();
    const { api } = await connect();
    await control("/faults", [{ peer: "bigcommerce", kind: "status", status: 502, path: "/v2/time", times: 1 }]);
    expect([(await api("GET", "/v2/time")).status, (await api("GET", "/v2/time")).status]).toEqual([502, 200]);
    expect(twins.world.trace.all().map(({ status, fault }) => [status, fault])).toEqual([
      [502, true],
      [200, undefined],
    ]);
  });

  it.each([
    ["reset", "before", 0],
    ["reset", "after", 1],
    ["timeout-before", undefined, 0],
    ["timeout-after", undefined, 1],
  ] as const)("%s %s leaves %i orders behind", async (kind, when, orders) => {
    const { connect, control, timer, twins } = rehearse();
    const { api } = await connect();
    await control("/faults", [{ peer: "bigcommerce", method: "POST", kind, when, times: 1 }]);
    const billing_address = { first_name: "A", last_name: "B", street_1: "1 Road", city: "Perth", zip: "6000", country_iso2: "AU" };
    const posting = api("POST", "/v2/orders", { billing_address, products: [{ product_id: 111, quantity: 1 }] });
    const failed = expect(posting).rejects.toThrow();
    await timer.advance(300_000);
    await failed;
    expect(Object.keys(twins.bigcommerce.twin.state.stores["demostore1"]?.orders ?? {})).toHaveLength(orders);
  });

  it("hold withholds the answer until it is released", async () => {
    const { connect, control, call } = rehearse();
    const { api } = await connect();
    await control("/faults", [{ peer: "bigcommerce", kind: "hold", when: "after", path: "/v2/time", times: 1 }]);
    let answered = false;
    const asking = api("GET", "/v2/time").then((answer) => {
      answered = true;
      return answer;
    });
    await call("GET", "/control/clock");
    expect(answered).toBe(false);
    await control("/faults/release");
    expect((await asking).status).toBe(200);
  });

  it("garbage announces JSON and is none", async () => {
    const { connect, control } = rehearse();
    const { api } = await connect();
    await control("/faults", [{ peer: "bigcommerce", kind: "garbage", times: 1 }]);
    await expect(api("GET", "/v2/store")).rejects.toThrow(SyntaxError);
  });
});

describe("both twins", () => {
  it("go on where they were after a dump and a load", async () => {
    const room = rehearse();
    const { api } = await room.connect();
    await api("POST", "/v3/hooks", { scope: "store/order/created", destination: "https://app.example.com/h", is_active: true });
    await room.control("/bigcommerce/demostore1/orders", LINES);
    const saved = JSON.parse(JSON.stringify(room.twins.dump()));
    const calls: Request[] = [];
    const later = createTwins({
      seed: 99,
      toApp: async (request) => {
        calls.push(request);
        return new Response();
      },
    });
    later.load(saved);
    expect(later.bigcommerce.state().stores["demostore1"]?.orders).toEqual(room.twins.bigcommerce.state().stores["demostore1"]?.orders);
    expect(later.world.random.guid()).toBe(room.twins.world.random.guid());
    expect(later.bigcommerce.state().deliveries).toHaveLength(1);
    later.world.clock.clear();
  });

  it("make the same things from the same seed", async () => {
    const run = async () => {
      const room = rehearse({ now: () => Date.UTC(2026, 5, 1) });
      await room.control("/bigcommerce/demostore1/orders", LINES);
      return JSON.stringify(room.twins.bigcommerce.state());
    };
    expect(await run()).toBe(await run());
  });

  it("share the demo catalogue: 60 products, every SKU once", async () => {
    const { twins } = rehearse();
    const products = Object.values(twins.bigcommerce.twin.state.stores["demostore1"]?.products ?? {});
    const skus = products.flatMap((product) => product.variants.map((variant) => variant.sku));
    expect(products).toHaveLength(60);
    expect(new Set(skus).size).toBe(skus.length);
  });

  it("reset to large: 10,000 products with 30,000 variants", async () => {
    const { twins, control } = rehearse();
    await control("/reset", { scenario: "large", seed: 3 });
    const products = Object.values(twins.bigcommerce.twin.state.stores["demostore1"]?.products ?? {});
    expect([products.length, products.flatMap((product) => product.variants).length]).toEqual([10_000, 30_000]);
  });

  it("every switch can be turned through control", async () => {
    const { control } = rehearse();
    expect((await control("/switches", { archivedInList: true, plan: "pro" })).body).toMatchObject({ archivedInList: true, plan: "pro" });
    expect((await control("/switches", { nonsense: 1 })).status).toBe(400);
  });
});

describe("people's pages", () => {
  it("place an order in the storefront, show it and change its status", async () => {
    const { twins } = rehearse();
    const at = (path: string, form?: Record<string, string>) =>
      twins.fetch(new Request(`http://twins${path}`, form ? { method: "POST", body: new URLSearchParams(form) } : {}));
    const placed = await at("/panel/demostore1/storefront", { sku: "HON-RAW", quantity: "2", paymentMethod: "PayPal", shipping: "5" });
    expect([placed.status, placed.headers.get("location")]).toEqual([303, "/panel/demostore1/orders/101"]);
    await at("/panel/demostore1/orders/101/status", { statusId: "2" });
    expect(await (await at("/panel/demostore1/orders/101")).text()).toContain("Shipped");
    for (const page of [
      "/",
      "/panel/demostore1/orders",
      "/panel/demostore1/products",
      "/panel/demostore1/marketplace",
      "/panel/demostore1/apps",
    ]) {
      expect((await at(page)).status).toBe(200);
    }
  });

  it("install opens the app's /auth in a frame", async () => {
    const { twins } = rehearse();
    const answer = await twins.fetch(new Request("http://twins/panel/demostore1/install", { method: "POST" }));
    const page = await twins.fetch(new Request(`http://twins${answer.headers.get("location")}`));
    expect(await page.text()).toContain('src="http://127.0.0.1:8787/auth?code=');
  });
});
