import { expect, it } from "vitest";
import { rankOf } from "../../../../worker/cin7/priority.ts";
import { callsOfKind, readTurn, turnOf, turnOfKind } from "../../../../worker/inbox/queue/turn.ts";
import { callsOf, classOfKind, isCalling, sidesOf, workKinds } from "../../../../worker/inbox/work.ts";

it("a turn is one number that says the class, what is asked for and which sides are needed, of every kind of work", () => {
  for (const kind of workKinds()) {
    const { rank, asks, sides } = readTurn(turnOf(kind));
    expect({ kind, rank, sides }).toEqual({ kind, rank: rankOf(classOfKind(kind)), sides: [...sidesOf(kind)].sort() });
    expect(asks === "calls").toBe(isCalling(kind));
  }
});

it("its order is that of the turns: by class, and an order that is only read after everything else of its class", () => {
  const kinds = [...workKinds()].sort((a, b) => turnOf(a) - turnOf(b));
  const ranks = kinds.map((kind) => rankOf(classOfKind(kind)));
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  expect(turnOf("order.changed")).toBeGreaterThan(turnOf("order.send"));
});

it("rows of an older release are given theirs by their kind, in SQL", () => {
  expect(turnOfKind()).toContain(`WHEN 'order.send' THEN ${turnOf("order.send")} `);
  expect(callsOfKind()).toContain(`WHEN 'order.send' THEN ${callsOf("order.send")} `);
  expect(turnOfKind()).toMatch(/^CASE kind WHEN .* ELSE 0 END$/);
});
