import { describe, expect, it } from "vitest";
import { decideNext, type Present } from "../../../../worker/orders/capture/decide-next.ts";
import type { OrderRow } from "../../../../worker/orders/store.ts";
import type { SoldKept } from "../../../../worker/sales/kept.ts";

const AWAITING = 11;
const CANCELLED = 5;
const order = { status_id: AWAITING, date_modified: "Sat, 21 Nov 2026 09:00:00 +0000" };
const kept = { order, draft: { mark: "ls:abc123:1042:g1", settingsVersion: 3 } } as SoldKept;
const row = (more: Partial<OrderRow> = {}) => ({ orderId: 1042, generation: 1, state: "pending", stages: "", ...more }) as OrderRow;
const next = (more: Partial<Present> = {}) =>
  decideNext({ order, row: row(), kept, begun: "nothing", skippedBy: null, settingsVersion: 3, ...more });
const begun = (more: Partial<Present> = {}) => next({ begun: "order", ...more });

describe("nothing of it is in Cin7", () => {
  it("an order that was never seen is judged", () => {
    expect(next({ row: null, kept: null })).toEqual({ is: "judge" });
    expect(next({ kept: null })).toEqual({ is: "judge" });
  });

  it("M48: told twice of the same state, it is not read and mapped again", () => {
    for (const state of ["pending", "sending"] as const) expect(next({ row: row({ state }) })).toMatchObject({ is: "as-mapped" });
  });

  it("another state, another save of Setup, another change or another generation: judged anew", () => {
    const others: Partial<Present>[] = [
      { row: row({ state: "held" }) },
      { row: row({ state: "not-taken" }) },
      { settingsVersion: 4 },
      { order: { ...order, status_id: 2 } },
      { order: { ...order, date_modified: "Sat, 21 Nov 2026 09:00:01 +0000" } },
      { row: row({ generation: 2 }) },
    ];
    for (const other of others) expect(next(other)).toEqual({ is: "judge" });
  });

  it("K12: one that a person skipped is skipped, however it is", () => {
    expect(next({ skippedBy: "Ana" })).toEqual({ is: "skip", by: "Ana" });
    expect(next({ skippedBy: "Ana", row: row({ state: "held" }), kept: null })).toEqual({ is: "skip", by: "Ana" });
  });

  it("cancelled before anything was written: the rule of Setup says so, nothing is voided", () => {
    expect(next({ order: { ...order, status_id: CANCELLED } })).toEqual({ is: "judge" });
  });
});

describe("its sale was begun", () => {
  it("K30: what is frozen goes to its end first, whatever changed meanwhile and whoever skipped it", () => {
    const changed = { ...order, status_id: 2, date_modified: "later" };
    expect(begun()).toMatchObject({ is: "go-on", kept });
    expect(begun({ order: changed, skippedBy: "Ana", settingsVersion: 9 })).toMatchObject({ is: "go-on" });
    expect(begun({ row: row({ state: "held" }) })).toMatchObject({ is: "go-on" });
    expect(next({ begun: "sale" })).toMatchObject({ is: "go-on" });
  });

  it("its header alone is there and it is held: it is mapped anew, under that header", () => {
    expect(next({ begun: "sale", row: row({ state: "held" }) })).toEqual({ is: "judge" });
  });

  it("M28: cancelled, its sale is voided; where nothing is to be voided it is judged like any other", () => {
    const cancelled = begun({ order: { ...order, status_id: CANCELLED }, row: row({ stages: "sale,voided" }) });
    expect(cancelled).toMatchObject({ is: "stop-cancelled", kept, otherwise: { is: "judge" } });
    expect(begun({ order: { ...order, status_id: CANCELLED }, skippedBy: "Ana" })).toMatchObject({ otherwise: { is: "skip", by: "Ana" } });
  });

  it("M28: un-cancelled, a voided sale is not revived by itself", () => {
    expect(begun({ row: row({ stages: "sale,ordered,voided" }) })).toMatchObject({ is: "stays-void" });
  });
});

it("what is sent is compared with what BigCommerce says now, and never mapped again", () => {
  for (const more of [{}, { order: { ...order, status_id: CANCELLED } }, { skippedBy: "Ana" }, { kept: null }])
    expect(begun({ row: row({ state: "sent", stages: "sale,voided" }), ...more })).toMatchObject({ is: "compare" });
});
