import { expect, it } from "vitest";
import { readKey, readSignIn } from "../../../worker/accounts/sign-in-form.ts";

const form = {
  accountId: " 11111111-2222-4333-8444-55555555555A ",
  applicationKey: " 0123456789abcdef ",
  name: " Ann\u0000\u0007 Keller ",
};

it("what is pasted is trimmed; the account is known in lower case, and a name holds nothing that is not seen", () => {
  expect(readSignIn(form)).toEqual({
    ok: true,
    value: { account: "11111111-2222-4333-8444-55555555555a", key: "0123456789abcdef", name: "Ann  Keller" },
  });
});

it("every bad field is named at once, by its form alone", () => {
  expect(readSignIn({ accountId: "12", applicationKey: "short", name: "x".repeat(81) })).toEqual({
    ok: false,
    error: {
      accountId: "Enter the account ID as Cin7 Core shows it: 36 characters with dashes.",
      applicationKey: "Enter the application key as Cin7 Core shows it.",
      name: "Enter your name, at most 80 characters. It is shown beside the changes you make.",
    },
  });
});

it.each([null, "text", 7, [], {}, { applicationKey: 12_345_678 }, { applicationKey: "with a space" }])("%j holds no key", (body) => {
  expect(readKey(body)).toEqual({ ok: false, error: "Enter the application key as Cin7 Core shows it." });
});
