import { expect, it } from "vitest";
import { fit } from "../../../../worker/orders/mapping/truncate.ts";

const cut = (text: string, longest: number) => {
  const losses: string[] = [];
  return { text: fit(text, longest, "Note", losses), losses };
};

it("what fits stays as it is, with blanks around it and line ends of other systems put right, and nothing is told", () => {
  expect(cut("  one\r\ntwo\rthree ", 20)).toEqual({ text: "one\ntwo\nthree", losses: [] });
  expect(cut("abcde", 5)).toEqual({ text: "abcde", losses: [] });
});

it("N19: what does not fit is cut and told, with what is missing", () => {
  expect(cut("abcdefgh", 5)).toEqual({ text: "abcde", losses: ['Note: cut to 5 characters, "fgh" did not fit.'] });
});

it("no character is cut in half: what Cin7 counts as two goes as a whole", () => {
  expect(cut("ab😀cd", 3).text).toBe("ab");
  expect(cut("ab😀cd", 4).text).toBe("ab😀");
});

it("a blank at the cut goes, and of a long rest the beginning is told", () => {
  expect(cut("abcd efgh", 5).text).toBe("abcd");
  expect(cut("x".repeat(200), 10).losses[0]).toMatch(/"x{77}…" did not fit\.$/);
});
