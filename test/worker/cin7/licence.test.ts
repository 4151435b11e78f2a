import { expect, it } from "vitest";
import { speaksOfLicence } from "../../../worker/cin7/licence.ts";

it("F4: a refusal that is about what the merchant pays Cin7 for is told from one about an order", () => {
  const paid = ["Your subscription has expired.", "External integration licence required", "The trial period has ended. Contact us."];
  for (const text of paid) expect(speaksOfLicence(text, 403), text).toBe(true);
  for (const text of ["Product 'Trial pack' is required", "Customer not found", ""])
    expect(speaksOfLicence(text, 400), text).toBe(/Trial/.test(text));
});

it("two sentences are two things: a licence in one and an end in the other say nothing", () => {
  expect(speaksOfLicence("Driver's license attached. The sale is cancelled.", 400)).toBe(false);
});

it("402 says it without a word", () => expect(speaksOfLicence("", 402)).toBe(true));
