import { beforeAll, describe, expect, it } from "vitest";
import { type Connected, connect, json } from "../../scripts/connect.ts";
import { booksOf, faults, heldPage, judge, placeAll } from "./judge.ts";
import { journey } from "./stack.ts";

/** A new shopper's order costs five writes; each of them meets each kind of trouble, at once with the others (design 3.2). */
const place = journey(import.meta.filename);
let c: Connected;
beforeAll(async () => {
  c = await connect(place);
});

const TEE = { sku: "TEE-MER-NVY-S", quantity: 1 };
/** Nothing that the app knows to pass by itself, as a stocktake or locked books would: held until somebody acts. */
const RULE = "The customer is on credit hold";
const calm = () => fetch(`${place.twins}/control/faults`, { method: "DELETE" });
const left = async () => (await json(await fetch(`${place.twins}/control/faults`))) as unknown[];

// ---- the vendors in trouble ------------------------------------------------------------------------------------

const WRITES = ["/sale", "/sale/order", "/sale/invoice", "/sale/payment", "/customer"];
const orderOf = (n: number) => ({
  lines: [{ ...TEE, quantity: 1 + (n % 4) }],
  billing: { first_name: "Shopper", last_name: `No ${n}`, email: `shopper.${n}@example.org` },
});

/** As many new shoppers' orders at once as there are faults; each fault is met, and every order ends as one exact sale. */
async function survive(list: Record<string, unknown>[], first: number, others = 1): Promise<number[]> {
  await faults(
    place,
    list.map((fault) => ({ times: 1, ...fault })),
  );
  const orders = await placeAll(
    place,
    c.store,
    Array.from({ length: list.length + others }, (_, n) => orderOf(first + n)),
  );
  try {
    for (const { id } of orders) await judge(place, c, id);
    expect(await left()).toEqual([]);
  } finally {
    await calm();
  }
  const books = await booksOf(place, c.account);
  for (let n = first; n < first + orders.length; n++) {
    expect(
      Object.values(books.customers).filter((who) => who.Contacts.some((contact) => contact.Email === `shopper.${n}@example.org`)),
    ).toHaveLength(1);
  }
  return orders.map(({ id }) => id);
}

describe("Cin7 Core in trouble: one sale, one invoice, one payment, one customer (design 3.2)", () => {
  it.each(["timeout-after", "timeout-before", "reset", "garbage"])("%s on each of the five writes", async (kind) => {
    await survive(
      WRITES.map((path) => ({ peer: "cin7", kind, method: "POST", path: `${path}$` })),
      { "timeout-after": 100, "timeout-before": 120, reset: 140, garbage: 160 }[kind] ?? 0,
    );
  });

  it("500, 502 as HTML and 503 on each of the five writes, and on what is looked up", async () => {
    const answers = [
      { status: 500, text: "" },
      { status: 502, text: "<html><h1>Bad gateway</h1></html>" },
      { status: 503, text: "busy" },
    ];
    const list = WRITES.map((path, n) => ({ peer: "cin7", kind: "status", method: "POST", path: `${path}$`, ...answers[n % 3] }));
    await survive(
      [
        ...list,
        { peer: "cin7", kind: "status", method: "GET", path: "/customer", status: 500, text: "x" },
        { peer: "cin7", kind: "garbage", method: "GET", path: "/saleList" },
      ],
      200,
    );
  });

  it("a throttle in each of its three forms costs a minute, no order", async () => {
    await survive(
      ["throttle-429", "throttle-503", "throttle-400"].map((kind) => ({ peer: "cin7", kind, method: "POST", path: "/sale/order$" })),
      300,
    );
  });

  it("what it refuses by rule holds the order with its own words; processed, the order goes", async () => {
    // For as long as it takes to see it: BigCommerce may tell of the order once more, and it is tried again then.
    await faults(place, [{ peer: "cin7", kind: "refuse", method: "POST", path: "/sale/order$", text: RULE }]);
    const [order] = await placeAll(place, c.store, [
      { lines: [TEE], billing: { email: "shopper.1@example.org", first_name: "S", last_name: "One" } },
    ]);
    const id = order?.id as number;
    const held = await heldPage(c, id).finally(calm);
    expect(held.problems).toMatchObject([{ kind: "cin7-refused" }]);
    expect(`${held.problems[0]?.title} ${held.problems[0]?.text}`).toContain(RULE);
    await c.panel("POST", `/api/stores/${c.store}/orders/${id}/process`);
    await judge(place, c, id);
  });
});

describe("BigCommerce in trouble", () => {
  it("500, 503, 429, HTML, half a JSON, silence and a cut connection on what is read: every order ends as one sale", async () => {
    const kinds = [
      { kind: "status", status: 500, text: "" },
      { kind: "status", status: 503, text: "<html>" },
      { kind: "status", status: 429, text: "" },
      { kind: "status", status: 200, text: "<html>Sign in</html>" },
      { kind: "garbage" },
      { kind: "timeout-before" },
      { kind: "reset" },
    ];
    await survive(
      [
        ...kinds.map((each) => ({ peer: "bigcommerce", method: "GET", path: "/v2/orders/", ...each })),
        { peer: "bigcommerce", kind: "status", status: 500, text: "", path: "/v3/orders/" },
      ],
      400,
    );
  });

  it("notices dropped, doubled and out of turn make no second sale", async () => {
    await faults(place, [
      { peer: "bigcommerce", kind: "hooks-duplicated" },
      { peer: "bigcommerce", kind: "hooks-reordered", ms: 4000 },
    ]);
    const orders = await placeAll(place, c.store, [orderOf(500), orderOf(501), orderOf(502)]);
    for (const { id } of orders) await judge(place, c, id);
    await calm();
  });
});

describe("screens while a side is in trouble", () => {
  it("Setup still shows what the other side has, and says which list could not be read", async () => {
    for (const [peer, name] of [
      ["cin7", "Cin7 Core"],
      ["bigcommerce", "BigCommerce"],
    ] as const) {
      await faults(place, [{ peer, kind: "status", status: 500, text: "<html>Internal</html>" }]);
      const choices = await c.panel<{ warnings: string[] }>("GET", `/api/stores/${c.store}/choices?fresh=1`);
      expect(choices.warnings.join(" ")).toContain(name);
      expect(choices.warnings.join(" ")).not.toContain("<html");
      for (const path of ["home", "header", "orders?view=log", "attention", "settings"])
        expect((await fetch(`${place.app}/api/stores/${c.store}/${path}`)).status).toBe(401);
      for (const path of ["home", "header", "orders?view=log", "attention", "settings"])
        await c.panel("GET", `/api/stores/${c.store}/${path}`);
      await calm();
    }
  });
});
