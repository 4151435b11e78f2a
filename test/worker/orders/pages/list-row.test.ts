import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { OrderNote, OrderRow } from "../../../../worker/contract/index.ts";
import { configOf } from "../../../../worker/env.ts";
import type { AccountId } from "../../../../worker/lib/ids.ts";
import { noteOf, orderUrl, saleUrl, waitingOf, withWait } from "../../../../worker/orders/pages/list-row.ts";

const AT = "2026-11-21T09:00:00.000Z";
const said = (text: string): OrderNote => ({ is: "said", text });
const row = (more: Partial<OrderRow>) => ({ id: 1, state: "pending", daySale: null, note: said("x"), ...more }) as OrderRow;

describe("what is said of an order is data, of which the page makes words (ui.md 10.2)", () => {
  const of = (state: OrderRow["state"], note = "", notedFor: string | null = null, more: Partial<Parameters<typeof noteOf>[0]> = {}) =>
    noteOf({ state, note, notedFor, stages: "sale", statusId: 11, saleNumber: null, waitsFor: "", ...more });

  it.each([
    ["held: why, without the word of the state", of("held", "tax, SKU"), said("tax, SKU")],
    ["held for no reason that is known", of("held"), said("")],
    ["not taken: why", of("not-taken", "It is not paid yet."), said("It is not paid yet.")],
    ["sent: under its number", of("sent", "In Cin7 Core as SO-1", null, { saleNumber: "SO-1" }), said("In Cin7 as SO-1")],
    ["sent without a number: what was noted", of("sent", "In Cin7 Core as a draft"), said("In Cin7 Core as a draft")],
    [
      "cancelled, and its sale is void",
      of("sent", "x", null, { saleNumber: "SO-1", stages: "sale,voided", statusId: 5 }),
      said("Cancelled; SO-1 in Cin7 is void"),
    ],
    ["its sale was voided by hand", of("sent", "x", null, { saleNumber: "SO-1", stages: "sale,voided" }), said("SO-1 in Cin7 is void")],
    ["waits and nothing was noted", of("pending"), said("Waits for its turn to go to Cin7 Core.")],
    [
      "tries again: when and why",
      of("sending", "Cin7 Core does not answer.", AT),
      { is: "again", at: AT, why: "Cin7 Core does not answer" },
    ],
    ["tries again, nothing more is known", of("failed", "", AT), { is: "again", at: AT, why: "" }],
    ["waits for its day: when it closes", of("pending", "Goes with the daily sale.", AT, { waitsFor: "day" }), { is: "day", at: AT }],
    ["its day is closed", of("sending", "Goes with its daily sale.", null, { waitsFor: "day" }), said("Goes with its daily sale.")],
  ])("%s", (_, found, note) => expect(found).toEqual(note));

  it("a reason is no time: what is held or not taken has no instant, whatever was noted before", () => {
    for (const state of ["held", "not-taken", "sent"] as const) expect(of(state, "x", AT)).toEqual(said("x"));
  });
});

describe("what the queue knows of an order is more exact than its note (N9, F140)", () => {
  it.each([
    [
      "why it waits, and when it tries again",
      { why: "Cin7 Core does not answer.", at: AT },
      { is: "again", at: AT, why: "Cin7 Core does not answer" },
    ],
    ["about when its turn comes", { why: "", at: AT }, { is: "turn", at: AT }],
    ["its turn, at a time that cannot be told", { why: "", at: null }, { is: "turn", at: null }],
  ])("%s", (_, wait, note) => expect(withWait(row({}), wait).note).toEqual(note));

  it("of an order that is in a daily sale, or no longer in the queue, the note stays", () => {
    expect(withWait(row({ daySale: -1 }), { why: "", at: AT }).note).toEqual(said("x"));
    expect(withWait(row({}), undefined).note).toEqual(said("x"));
  });

  it("it is asked about those that wait or go, and no others", () => {
    const states = ["pending", "sending", "held", "sent", "not-taken", "failed"] as const;
    expect(waitingOf(states.map((state, id) => row({ id, state })))).toEqual([0, 1]);
  });
});

it("links are https or nothing; a daily sale has no page in the control panel", () => {
  const own = { account: "acc-1" as AccountId };
  const { sale } = configOf(env).links;
  expect(saleUrl(sale, own, null)).toBeNull();
  expect(saleUrl(sale, own, "a b")).toBe("https://inventory.dearsystems.com/Sale#a%20b");
  const of = (controlPanelUrl: string, orderId: number, pattern = "") => orderUrl(pattern, { hash: "a", controlPanelUrl }, orderId);
  expect(of("javascript:alert(1)", 1)).toBeNull();
  expect(of("", 1)).toBeNull();
  expect(of("https://store-a.mybigcommerce.com/", 1)).toBe("https://store-a.mybigcommerce.com/manage/orders/1");
  expect(of("https://store-a.mybigcommerce.com", -1)).toBeNull();
  // In a rehearsal they lead to the simulated sides.
  const twins = "http://127.0.0.1:8788";
  expect(saleUrl(`${twins}/cin7-console/{account}/sales/{sale}`, own, "s-1")).toBe(`${twins}/cin7-console/acc-1/sales/s-1`);
  expect(of("", 7, `${twins}/panel/{store}/orders/{order}`)).toBe(`${twins}/panel/a/orders/7`);
});

it("a place that a person is sent to is https, or this machine", () => {
  for (const CIN7_SALE_URL of ["javascript:alert({sale})", "http://example.com/{sale}", 'https://a/"{sale}'])
    expect(() => configOf({ ...env, CIN7_SALE_URL })).toThrow("CIN7_SALE_URL");
});
