import { expect, it } from "vitest";
import { enteredIn, type NoteThere } from "../../../worker/reconcile/entered-refunds.ts";

/** Refunds that Cin7 shows: by a credit note of the amount or a refund payment of it, each document for one of them. */
const note = (Total: number, Refunds: number[] = [], Status = "AUTHORISED"): NoteThere => ({
  Status,
  Total,
  Refunds: Refunds.map((Amount) => ({ Amount })),
});
const told = (amount: string, key: string, ended = false) => ({ key, amount, ended });

it.each([
  ["a credit note of the amount answers it", [note(99)], [told("99.00", "a")], ["a"]],
  ["a refund payment of the amount answers it", [note(99, [40, 59])], [told("40.00", "a")], ["a"]],
  ["another amount does not, nor a draft or void one", [note(98), note(99, [], "DRAFT"), note(99, [], "VOIDED")], [told("99.00", "a")], []],
  ["of two alike one credit note answers one", [note(40, [40])], [told("40.00", "a"), told("40.00", "b")], ["a"]],
  ["one that was dealt with before has its document already", [note(40)], [told("40.00", "a"), told("40.00", "b", true)], []],
  ["one of unknown amount is never answered by Cin7", [note(40)], [told("", "a")], []],
  [
    "a part of a credit note is no second whole one",
    [note(80, [40, 40])],
    [told("40.00", "a"), told("40.00", "b"), told("80.00", "c")],
    ["c"],
  ],
])("%s", (_, notes, refunds, answered) => {
  expect(enteredIn(notes, refunds)).toEqual(answered);
});
