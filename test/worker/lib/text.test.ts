import { expect, it } from "vitest";
import { holdsAddress, looksLikeAddress, withoutAddresses, withoutEnd } from "../../../worker/lib/text.ts";

it("what stands at the end goes, however often; what stands inside stays", () => {
  expect([withoutEnd("https://a/b//", "/"), withoutEnd("abc", "/"), withoutEnd("//", "/")]).toEqual(["https://a/b", "abc", ""]);
});

it.each([
  ["ann@example.com", true],
  ["@example.com", false],
  ["ann@.com", false],
  ["ann@example.", false],
  ["ann@b@example.com", false],
  ["ann keller@example.com", false],
  ["ann@example", false],
])("%s has the form of an address: %s", (text, is) => expect(looksLikeAddress(text)).toBe(is));

it("an address is found anywhere in a text, and covered as a whole word", () => {
  expect(holdsAddress("Please ask ann@example.com.")).toBe(true);
  expect(holdsAddress("@ 5.00 each, a@b")).toBe(false);
  expect(withoutAddresses('Ask <ann@example.com>, or "bob@x.y" @ noon', "…")).toBe('Ask <…>, or "…" @ noon');
  expect(withoutAddresses("nothing here", "…")).toBe("nothing here");
});
