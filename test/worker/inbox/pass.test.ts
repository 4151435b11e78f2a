import { expect, it } from "vitest";
import { passes } from "../../../worker/inbox/pass.ts";

it("trouble of the platform that passes by itself is nobody's bug, also where it is wrapped", () => {
  for (const text of [
    "Network connection lost.",
    "D1 DB is overloaded",
    "D1_ERROR: database is locked: SQLITE_BUSY",
    "This is a transient issue",
  ])
    expect(passes(new Error(text)), text).toBe(true);
  expect(passes(new Error("Failed query", { cause: new Error("wrapped", { cause: new Error("Network connection lost") }) }))).toBe(true);
});

it("anything else that is thrown is our own bug", () => {
  for (const error of [
    new Error("no such column: x"),
    new Error("", { cause: "Network connection lost" }),
    "Network connection lost",
    null,
    undefined,
  ])
    expect(passes(error)).toBe(false);
});
