import { describe, expect, it } from "vitest";
import { decideSend, type NextSend } from "../../../../worker/orders/sending/decide-send.ts";
import type { OrderRow } from "../../../../worker/orders/store.ts";
import type { Kept } from "../../../../worker/sales/kept.ts";

const KEPT = { draft: { mark: "ls:abc123:1042:g1" } } as Kept;
const given = (
  row: Partial<OrderRow> | null = {},
  more: { kept?: Kept | null; claimed?: boolean; daily?: boolean; on?: boolean } = {},
): NextSend =>
  decideSend({
    row: row && ({ orderId: 1042, generation: 1, state: "pending", statusId: 11, dayCut: null, waitsFor: "", ...row } as OrderRow),
    kept: more.kept === undefined ? KEPT : more.kept,
    isClaimed: () => more.claimed ?? false,
    daily: more.daily ?? false,
    on: more.on ?? true,
  });
const readAgain = { is: "not", read: true };

describe("whether a mapped order is written to Cin7 Core now: the first rule that holds counts", () => {
  it("one that waits is sent, also one that was begun before", () => {
    expect(given()).toMatchObject({ is: "send", kept: KEPT });
    expect(given({ state: "sending" }, { claimed: true })).toMatchObject({ is: "send" });
  });

  it("without its row or its frozen draft it is read again first", () => {
    expect(given(null)).toMatchObject(readAgain);
    expect(given({}, { kept: null })).toMatchObject(readAgain);
  });

  it("a draft of another generation is never sent, whatever the state: not even money follows it", () => {
    for (const state of ["pending", "held", "sent"] as const)
      expect(given({ generation: 2, state })).toEqual({ ...readAgain, why: "It is read again for the sale that is wanted now." });
  });

  it("one that is there already is not written again: its money follows", () => {
    expect(given({ state: "sent", statusId: 5 }, { daily: true })).toMatchObject({ is: "sent" });
  });

  it("put on hold or not taken since: read again, unless its sale was begun, which goes to its end", () => {
    for (const state of ["held", "not-taken"] as const) {
      expect(given({ state })).toMatchObject(readAgain);
      expect(given({ state }, { claimed: true })).toMatchObject({ is: "send" });
    }
  });

  it("M28: of one that was cancelled nothing further is written, begun or not", () => {
    expect(given({ statusId: 5 })).toMatchObject(readAgain);
    expect(given({ statusId: 5 }, { claimed: true })).toEqual({ ...readAgain, why: "It was cancelled and is read again." });
  });

  it("F15: where a store makes one sale a day, what was not begun alone goes with that", () => {
    const withDay = { is: "not", why: "It goes with the daily sale." };
    expect(given({}, { daily: true })).toEqual({ ...withDay, read: true });
    expect(given({ waitsFor: "day" }, { daily: true })).toEqual({ ...withDay, read: false });
    // Its day was closed, and the store changed back to single sales meanwhile.
    expect(given({ dayCut: "2026-11-21T12:00:00.000Z" })).toEqual({ ...withDay, read: true });
    expect(given({}, { daily: true, claimed: true })).toMatchObject({ is: "send" });
    expect(given({ orderId: -202611210000001 }, { daily: true })).toMatchObject({ is: "send" });
  });

  it("while orders are paused nothing begins; what is begun, or is a closed day's sale, goes to its end", () => {
    expect(given({}, { on: false })).toEqual({ is: "paused" });
    expect(given({ state: "sending" }, { on: false, claimed: true })).toMatchObject({ is: "send" });
    expect(given({ orderId: -202611210000001 }, { on: false, daily: true })).toMatchObject({ is: "send" });
    expect(given({ state: "sent" }, { on: false })).toMatchObject({ is: "sent" });
  });
});
