import { expect, it } from "vitest";
import { linkCode, readLinkCode, shown } from "../../../worker/accounts/link-code.ts";

it("each of thirty characters is as likely as any other: bytes that would favour some are left out", () => {
  const all = Array.from({ length: 256 }, (_, byte) => byte);
  const counts = new Map<string, number>();
  for (const byte of all) {
    const first = linkCode(new Uint8Array([byte, ...new Array(8).fill(0)]))?.[0] as string;
    if (byte < 240) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  expect([counts.size, new Set(counts.values())]).toEqual([30, new Set([8])]);
  // 255 is left out, so that the code begins with the next byte.
  expect(linkCode(new Uint8Array([255, 1, ...new Array(7).fill(0)]))?.[0]).toBe(
    linkCode(new Uint8Array([1, ...new Array(8).fill(0)]))?.[0],
  );
});

it("too few fair bytes make no code at all, never a shorter one", () => {
  expect(linkCode(new Uint8Array([0, 1, 2, 3, 4, 5, 6, 250]))).toBeNull();
});

it("a code is read as people type it, and what cannot be one is none", () => {
  const code = linkCode(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])) as string;
  for (const typed of [code, shown(code), ` ${shown(code).toLowerCase()} `]) expect(readLinkCode(typed)).toBe(code);
  for (const typed of [code.slice(1), `${code}A`, "ABCD-EFG0", "ABCD-EFGU", 12345678, null, " ".repeat(41)])
    expect(readLinkCode(typed)).toBeNull();
});
