import { expect, it } from "vitest";
import { AREAS, areasOf, codeMessage, digest, testMessage } from "../../../worker/alerts/digest.ts";
import type { ProblemRow } from "../../../worker/contract/index.ts";

const row = (title: string) => ({ kind: "sku-unknown", title, text: "What to do.", remedies: [] }) as unknown as ProblemRow;
const store = { name: "Demo", hash: "abc123", appUrl: "https://app.test" };

it("M42: each area of a problem is heard of at one of the two addresses, and at one only", () => {
  expect(AREAS.flatMap(areasOf).sort()).toEqual(["finance", "shop", "warehouse"]);
  expect(areasOf("money")).toEqual(["finance"]);
});

it("one matter is the subject itself, several are counted, and a summary says that it is one", () => {
  const subject = (n: number, daily?: boolean) =>
    digest(
      Array.from({ length: n }, (_, i) => row(`Thing ${i + 1}.`)),
      store,
      daily,
    ).subject;
  expect(subject(1)).toBe("Demo: Thing 1.");
  expect(subject(2)).toBe("Demo: 2 things need attention");
  expect([subject(1, true), subject(2, true)]).toEqual([
    "Demo: summary of the day, 1 thing to look at",
    "Demo: summary of the day, 2 things to look at",
  ]);
});

it("a message to an address that nobody has confirmed names the store by its hash alone", () => {
  const { subject, text } = codeMessage({ hash: "abc123" }, "123456");
  expect(subject).toBe("123456 confirms this address for alerts of Lockstep");
  expect(text).toMatch(/The code is 123456\.[\s\S]*the BigCommerce store abc123\./);
  expect(testMessage({ hash: "abc123" }, "money").text).toMatch(/^This address hears about money of the BigCommerce store abc123\./);
});
