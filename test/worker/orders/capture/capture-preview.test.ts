import { expect, it } from "vitest";
import type { Settings } from "../../../../worker/contract/index.ts";
import { capturesOthers, previewCapture, type Waiting } from "../../../../worker/orders/capture/capture-preview.ts";
import { factsOf } from "../../../../worker/orders/order-facts.ts";
import { aSettings, aSnapshot } from "../../../harness/builders.ts";
import { MUG } from "../../../harness/sale.ts";

const rule = (captureWhen: Settings["orders"]["captureWhen"], more: Partial<Settings["orders"]> = {}) =>
  aSettings({ orders: { captureWhen, ...more } });
const facts = (statusId: number, payment_status: string) =>
  factsOf({ ...aSnapshot({ lines: [MUG] }).order, status_id: statusId, payment_status, payment_method: "Zip" });
const PAID = facts(11, "captured");
const AUTHORISED = facts(7, "authorized");
const waiting = (orderId: number, state: Waiting["state"], known: Waiting["facts"]): Waiting => ({ orderId, state, facts: known });

it("F13: only another moment, start or way to count as paid can take other orders, and only while they are on", () => {
  expect(capturesOthers(rule("paid"), rule("created"))).toBe(true);
  expect(capturesOthers(rule("paid"), rule("paid", { takeFrom: "2026-11-01T00:00:00.000Z" }))).toBe(true);
  expect(capturesOthers(rule("paid"), rule("paid", { unknownSku: "hold" }))).toBe(false);
  expect(capturesOthers(rule("paid", { on: false }), rule("created"))).toBe(false);
});

it("says before it is saved which orders come now and which no longer; one that an older release saw last is not guessed", () => {
  const rows = [
    waiting(1, "not-taken", AUTHORISED),
    waiting(2, "pending", PAID),
    waiting(3, "held", AUTHORISED),
    waiting(4, "pending", null),
  ];
  const now = "2026-11-21T09:00:00.000Z";
  expect(previewCapture(rows, rule("authorised"), now)).toEqual({ known: 4, taken: [1], notTaken: [], unsure: [4] });
  expect(previewCapture(rows, rule("paid"), now)).toEqual({ known: 4, taken: [], notTaken: [3], unsure: [4] });
});
