import { describe, expect, it } from "vitest";
import { accept } from "../../../../worker/orders/capture/accept.ts";
import { factsOf } from "../../../../worker/orders/order-facts.ts";
import { keptOut } from "../../../../worker/orders/pages/kept-out.ts";
import { aSettings, aSnapshot } from "../../../harness/builders.ts";

/** An order that is not taken says what keeps it out and offers every way in (M54). */
const NOW = "2026-07-02T00:00:00.000Z";
const orderOf = (order: object) => factsOf(aSnapshot({ lines: [{ sku: "MUG", ex: "10.00", inc: "11.00" }], order: { ...order } }).order);
const UNPAID = { status_id: 7, status: "Awaiting Payment", custom_status: "Awaiting Payment", payment_status: "" };
const asked = (facts: ReturnType<typeof orderOf> | null, more: object = {}) => ({
  orderId: 1042,
  state: "not-taken" as const,
  facts,
  now: NOW,
  timeZone: "UTC",
  chosen: false,
  early: false,
  skippedBy: null,
  ...more,
});
const kinds = (out: ReturnType<typeof keptOut>) => out?.ways.map((way) => way.is);

describe("what keeps an order out", () => {
  it("unpaid: pay it in BigCommerce, say when its method counts as paid, or take it now with its consequence", () => {
    const out = keptOut(aSettings(), asked(orderOf(UNPAID)));
    expect(out?.text).toBe(
      "It is not paid yet (Awaiting Payment). It comes by itself when it is. Record its payment in BigCommerce, or say in Setup when its payment method counts as paid.",
    );
    expect(kinds(out)).toEqual(["shop", "page", "take-now"]);
    expect(out?.ways.at(-1)).toMatchObject({ label: "Take order 1042 now, unpaid", warning: expect.stringContaining("no payment") });
    // Pressed or not, it is as unpaid.
    expect(keptOut(aSettings(), asked(orderOf(UNPAID)), true)?.text).toBe(out?.text);
  });
  it("what is offered is a way in: an unpaid order that somebody takes now is taken", () => {
    const facts = orderOf(UNPAID);
    expect(accept(facts, aSettings(), { now: NOW })).toMatchObject({ is: "skip", code: "unpaid" });
    expect(accept(facts, aSettings(), { now: NOW, early: true })).toMatchObject({ is: "take", metBy: "placed" });
    for (const captureWhen of ["authorised", "completed"] as const) {
      const settings = aSettings({ orders: { captureWhen } });
      expect(kinds(keptOut(settings, asked(facts))), captureWhen).toContain("take-now");
      expect(accept(facts, settings, { now: NOW, early: true }).is, captureWhen).toBe("take");
    }
    // What is never taken stays out, whoever takes it.
    expect(accept(orderOf({ status_id: 5 }), aSettings(), { now: NOW, early: true }).is).toBe("skip");
    expect(kinds(keptOut(aSettings(), asked(orderOf({ status_id: 5 }))))).toEqual(["shop"]);
  });
  it("placed before the start: processing it is the way in, and keeps it out no more", () => {
    const settings = aSettings({ orders: { takeFrom: "2026-07-01T12:00:00.000Z" } });
    const out = keptOut(settings, asked(orderOf({})));
    expect(out?.ways).toEqual([{ is: "process", label: "Take order 1042 to Cin7 Core" }]);
    expect(keptOut(settings, asked(orderOf({})), true)).toBeNull();
  });
  it("skipped by a person: whoever did is named, and processing takes it", () => {
    const skipped = asked(orderOf({}), { skippedBy: "Ann" });
    expect(keptOut(aSettings(), skipped)).toMatchObject({
      text: "Ann skipped it. It stays out until somebody takes it.",
      ways: [{ is: "process" }],
    });
    expect(keptOut(aSettings(), skipped, true)).toBeNull();
  });
  it("while orders are off that is what keeps it out", () => {
    const off = aSettings({ orders: { on: false } });
    expect(keptOut(off, asked(orderOf({})), true)).toMatchObject({
      text: "Orders are switched off, so none is taken.",
      ways: [{ is: "page" }],
    });
  });
  it("says nothing of an order that is not out", () => {
    expect(keptOut(aSettings(), { ...asked(orderOf(UNPAID)), state: "held" })).toBeNull();
  });
});
