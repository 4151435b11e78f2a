import { describe, expect, it } from "vitest";
import { said, saidByShop } from "../../../worker/setup/said.ts";

describe("what came of a reading, for a person in front of a page", () => {
  it("what was read is handed on, and when Cin7 has a call left", () => {
    expect(said({ is: "read", value: 7 }, "the number")).toEqual({ is: "read", value: 7 });
    expect(said({ is: "wait", at: 5 }, "the number")).toEqual({ is: "wait", at: 5 });
    expect(saidByShop({ is: "read", value: 7 }, "the number")).toEqual({ is: "read", value: 7 });
  });

  it.each<[Parameters<typeof said>[0], RegExp]>([
    [
      { is: "throttled", status: 429, waitMs: null },
      /^Cin7 Core asks to wait: .* We could not read its accounts; try again in a minute\.$/,
    ],
    [{ is: "denied", status: 403, message: "x" }, /no longer accepts our application key.*its accounts/],
    [{ is: "refused", status: 400, message: "No.", body: null }, /^Cin7 Core did not give us its accounts: No\.$/],
    [{ is: "missing", status: 404, message: "" }, /: no reason given$/],
    [{ is: "too-large", status: null }, /larger than we read at once/],
    [{ is: "trouble", why: "garbage", status: 200 }, /could not be understood/],
    [{ is: "trouble", why: "timeout", status: null }, /does not answer/],
  ])("Cin7 Core: %o", (answer, words) => {
    expect(said(answer, "its accounts")).toEqual({ is: "failed", why: expect.stringMatching(words) });
  });

  it.each<[Parameters<typeof saidByShop>[0], RegExp]>([
    [{ is: "throttled", status: 429, waitMs: null }, /^BigCommerce asks to wait: its call limit is reached\./],
    [{ is: "denied", status: 401, message: "x" }, /no longer accepts our access/],
    [{ is: "denied", status: 403, message: "x" }, /a permission is missing/],
    [{ is: "refused", status: 400, message: "No.", body: null }, /^BigCommerce did not give us the channels: No\.$/],
    [{ is: "too-large", status: null }, /larger than we read at once/],
    [{ is: "malformed", fields: ["id"] }, /about the channels could not be understood/],
    [{ is: "trouble", why: "reset", status: null }, /does not answer, so we could not read the channels/],
  ])("BigCommerce: %o", (answer, words) => {
    expect(saidByShop(answer, "the channels")).toEqual({ is: "failed", why: expect.stringMatching(words) });
  });
});
