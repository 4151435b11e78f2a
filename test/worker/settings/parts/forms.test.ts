import { expect, it } from "vitest";
import { currencyCode, perCurrency, shape, text } from "../../../../worker/settings/parts/forms.ts";

const said = (parsed: { error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined }) =>
  Object.fromEntries((parsed.error?.issues ?? []).map((issue) => [issue.path.join("."), issue.message]));

it("a list names each currency once, in either case: the later one is told, by its place", () => {
  const rows = perCurrency(shape({ currency: currencyCode }));
  expect(rows.parse([{ currency: " usd " }, { currency: "EUR" }])).toEqual([{ currency: "USD" }, { currency: "EUR" }]);
  expect(said(rows.safeParse(["USD", "EUR", "usd", "Usd"].map((currency) => ({ currency }))))).toEqual({
    "2.currency": "This currency is listed twice. Keep one of the two.",
    "3.currency": "This currency is listed twice. Keep one of the two.",
  });
  expect(said(rows.safeParse([{ currency: "US" }]))).toEqual({ "0.currency": "Give a currency by its three letters, such as USD." });
});

it("what did not arrive, is empty or too long is said in its own sentence", () => {
  const form = shape({ name: text("Give a name.", 3) });
  expect(said(form.safeParse(null))).toEqual({ "": "This part did not arrive. Reload the page and try again." });
  expect(said(form.safeParse({ name: "  " }))).toEqual({ name: "Give a name." });
  expect(said(form.safeParse({ name: "four" }))).toEqual({ name: "Use at most 3 characters." });
});
