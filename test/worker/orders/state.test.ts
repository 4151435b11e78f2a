import { expect, it } from "vitest";
import type { OrderState } from "../../../worker/contract/index.ts";
import { fromStates, reach, readStages } from "../../../worker/orders/state.ts";

it("what is sent stays sent: what happens to a sale afterwards moves its stages", () => {
  const states: OrderState[] = ["pending", "sending", "held", "not-taken", "failed"];
  for (const to of states) expect(fromStates(to), to).not.toContain("sent");
  expect(fromStates("sent")).toEqual(["sending", "sent"]);
});

it("an order that is not taken goes on by being read again, never straight to Cin7", () => {
  expect(fromStates("sending")).not.toContain("not-taken");
  expect(fromStates("pending")).toContain("not-taken");
});

it("stages stand in the order of the work, each once, whenever they were reached", () => {
  expect(reach("", "sale")).toBe("sale");
  expect(["paid", "ordered", "sale", "ordered"].reduce((all, stage) => reach(all, stage as "paid"), "")).toBe("sale,ordered,paid");
});

it("an invoice that is authorised is no draft any more, and one that is paid no longer paid in part", () => {
  expect(reach("sale,invoice-draft", "invoiced")).toBe("sale,invoiced");
  expect(reach("sale,invoiced,part-paid", "paid")).toBe("sale,invoiced,paid");
});

it("a stage that an older or newer release stored and nobody knows is passed over", () => {
  expect(readStages("sale,teleported,paid,")).toEqual(["sale", "paid"]);
});
