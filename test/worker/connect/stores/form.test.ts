import { describe, expect, it } from "vitest";
import { SCOPES } from "../../../../worker/bigcommerce/scopes.ts";
import { essentialSentence, readStoreForm } from "../../../../worker/connect/stores/form.ts";

const API = "https://api.bigcommerce.com";
const given = { store: " ABC123 ", accessToken: " token-0123456789 ", clientId: "client-0123456789", clientSecret: "secret-0123456789" };

it("F9: what is pasted is trimmed, and the store known by its hash", () => {
  expect(readStoreForm(given, API)).toEqual({
    ok: true,
    value: { hash: "abc123", token: "token-0123456789", clientId: "client-0123456789", clientSecret: "secret-0123456789" },
  });
});

it.each([null, [], "text", {}])("%j: every field is named at once", (body) => {
  const read = readStoreForm(body, API);
  expect(!read.ok && Object.keys(read.error).sort()).toEqual(["accessToken", "clientId", "clientSecret", "store"]);
});

it("they travel in a header: what holds a space or a line end is none", () => {
  const read = readStoreForm({ ...given, accessToken: "two words", clientSecret: "x\r\nEvil: 1 yes yes" }, API);
  expect(!read.ok && read.error).toEqual({
    accessToken: "This is not an access token: paste it as it is in BigCommerce's file, without spaces.",
    clientSecret: "This is not a client secret: paste it as it is in BigCommerce's file, without spaces.",
  });
});

describe("a token without what nothing works without (F9, F10)", () => {
  const all = SCOPES.map(({ scope }) => scope);
  const without = (...lacking: string[]) => essentialSentence(all.filter((scope) => !lacking.includes(scope)));
  it("says so, and names what else it lacks in the same sentence", () => {
    expect(without("store_v2_orders")).toMatch(/^This token lacks "Orders: modify"\. An API account's scopes cannot be changed/);
    expect(without("store_v2_orders", "store_inventory")).toMatch(/It also lacks "Store inventory: modify"\.$/);
  });
  it("is no objection where only the rest lacks: that degrades", () => {
    expect([without(), without("store_inventory")]).toEqual([null, null]);
  });
});
