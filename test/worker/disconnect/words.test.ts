import { expect, it } from "vitest";
import { isConfirmed } from "../../../worker/disconnect/words.ts";

const STORE = { name: "Harbour  Trading", hash: "abc123" };

it("a store is removed only by its name or hash, as a person types it", () => {
  for (const typed of ["Harbour Trading", " harbour   trading ", "ABC123"]) expect(isConfirmed(typed, STORE), typed).toBe(true);
  for (const typed of ["Harbour", "abc", "", " ", null, 7, ["abc123"]]) expect(isConfirmed(typed, STORE), String(typed)).toBe(false);
});

it("a store without a name is not confirmed by nothing", () => {
  expect(isConfirmed("", { name: "", hash: "abc123" })).toBe(false);
});
