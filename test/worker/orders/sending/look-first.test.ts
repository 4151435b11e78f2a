import { beforeEach, describe, expect, it } from "vitest";
import type { StoreRow } from "../../../../worker/api/access.ts";
import type { LinkedContext } from "../../../../worker/inbox/flow.ts";
import { numberIn } from "../../../../worker/orders/order-number.ts";
import { looksFirst } from "../../../../worker/orders/sending/look-first.ts";
import { sendOrder } from "../../../../worker/orders/sending/send-flow.ts";
import type { Kept } from "../../../../worker/sales/kept.ts";
import { addOrder, addStore, iso, NOW } from "../../../harness/api.ts";
import { aSettings, aSnapshot, type OrderSpec } from "../../../harness/builders.ts";
import { aContext, cin7Of, frozenInMemory, LOST, ok } from "../../../harness/context.ts";
import { drafted, MUG } from "../../../harness/sale.ts";

describe("no memory, no blind first write (design 3.5)", () => {
  const place = (lookBefore: string, takeFrom: string | null) => ({
    store: { lookBefore },
    settings: { document: { orders: { takeFrom } } },
  });
  it.each([
    ["2026-11-20T10:00:00.000Z", "2026-11-20T10:00:00.001Z", null, false, true],
    ["2026-11-20T10:00:00.000Z", "2026-11-20T10:00:00.000Z", null, false, false],
    ["2026-11-20T10:00:00.000Z", "2026-11-01T00:00:00.000Z", "2026-11-20T11:00:00.000Z", false, true],
    ["2026-11-20T10:00:00.000Z", "2026-11-01T00:00:00.000Z", "2026-11-20T10:00:00.000Z", false, false],
    ["2026-11-20T10:00:00.000Z", "2026-11-01T00:00:00.000Z", null, true, true],
  ])("placed %s, connected or on since %s, taken from %s, entry deleted %s: %s", (placedAt, lookBefore, takeFrom, lookFirst, looks) => {
    expect(looksFirst(place(lookBefore, takeFrom), { placedAt }, { lookFirst })).toBe(looks);
  });
});

describe("the number in a reference, however another tool writes it (M22)", () => {
  it.each([
    ["1042", "", 1042],
    ["#1042", "", 1042],
    ["WEB-1042", "", 1042],
    ["BC 001042", "", 1042],
    ["Order no. 1042 (web)", "", 1042],
    ["S2-1042", "S2-", 1042],
    ["S2-1042", "", null],
    ["1042-1", "", null],
    ["10420", "", 10420],
    ["PO of the customer with a very long text 1042", "", null],
    ["", "", null],
    ["ORDER", "", null],
  ])("%j with our prefix %j: %s", (reference, prefix, number) => expect(numberIn(reference, prefix)).toBe(number));
});

describe("an order of before is looked up by its number before the first write (M22)", () => {
  const spec: OrderSpec = { lines: [{ ...MUG, rate: "10" }] };
  let store: StoreRow;
  let sent: string[];
  let asked: Record<string, unknown>[];
  beforeEach(async () => {
    store = { ...(await addStore()), lookBefore: iso(NOW + 1) };
    sent = [];
    asked = [];
    await addOrder(1042, { state: "pending" });
  });
  type Row = { CustomerReference: string; ExternalID?: string; Status?: string };
  const row = (more: Row, i: number) => ({ SaleID: `s-${i}`, OrderNumber: `SO-${i}`, Status: "ORDERED", ...more });

  function context(referencePrefix: string, rows: Row[], kept: Partial<Kept> = {}): LinkedContext {
    const document = aSettings({ sale: { referencePrefix }, customers: { guests: "default-customer" } });
    const draft = drafted(spec, { settings: document });
    const get = async (path: string, query: Record<string, unknown> = {}) => {
      asked.push({ path, ...query });
      const found = query["Search"] === undefined ? [] : rows.filter((r) => r.CustomerReference.includes(String(query["Search"])));
      return ok({ Total: found.length, SaleList: found.map(row) });
    };
    return aContext({
      store,
      settings: { version: 3, document },
      frozen: frozenInMemory(() => ({ draft, order: aSnapshot(spec).order, ...kept })),
      cin7: cin7Of({
        get,
        write: async (method, path) => {
          sent.push(`${method} ${path}`);
          return LOST;
        },
      }),
    });
  }
  const held = { is: "blocked", problems: [{ kind: "maybe-imported-elsewhere", orderId: 1042, saleNumber: "SO-0" }] };

  it.each(["1042", "#1042", "WEB-1042", "BC1042"])(
    "our prefix blinds nobody: a sale with the reference %j holds the order",
    async (ref) => {
      expect(await sendOrder(context("LS-", [{ CustomerReference: ref }]), 1042)).toMatchObject(held);
      expect(sent).toEqual([]);
      // Only sales made since the order was placed can be it: a small number is part of many others.
      expect(asked.at(-1)).toMatchObject({ path: "/saleList", Search: 1042, CreatedSince: iso(NOW - 86_400_000) });
    },
  );

  it.each([
    ["void", { CustomerReference: "#1042", Status: "VOIDED" }],
    ["of another store of ours", { CustomerReference: "1042", ExternalID: "ls:other1:1042:g1" }],
    ["of another number", { CustomerReference: "10421" }],
  ])("a sale that is %s holds nothing", async (_, other) => {
    await sendOrder(context("", [other]), 1042);
    expect(sent).toEqual(["POST /sale"]);
  });

  it("an order of our own time pays no call for it; one whose log entry was deleted does", async () => {
    store = { ...store, lookBefore: "2020-01-01T00:00:00.000Z" };
    await sendOrder(context("", [{ CustomerReference: "1042" }]), 1042);
    expect([sent, asked]).toEqual([["POST /sale"], []]);
    await addOrder(1, { state: "held" });
    sent = [];
    expect(await sendOrder(context("", [{ CustomerReference: "1042" }], { lookFirst: true }), 1042)).toMatchObject(held);
    expect(sent).toEqual([]);
  });
});
