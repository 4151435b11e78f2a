import { expect, it } from "vitest";
import { store } from "../../../worker/bigcommerce/schemas.ts";
import { credentialPlace, infoColumns } from "../../../worker/connect/columns.ts";
import type { StoreHash } from "../../../worker/lib/ids.ts";

const told = (over: Record<string, unknown> = {}) =>
  infoColumns(
    store.parse({
      id: "abc123",
      store_id: "1025646",
      name: "Demo",
      domain: "demo.test",
      control_panel_base_url: "https://store-abc123.mybigcommerce.com",
      country_code: "AU",
      currency: "AUD",
      timezone: { name: "Australia/Melbourne" },
      is_price_entered_with_tax: true,
      admin_email: "owner@example.com",
      address: "7 Quarry Rd",
      ...over,
    }),
  );

it("of the store's own answer nothing personal is kept", () => {
  expect(told()).toMatchObject({ name: "Demo", currency: "AUD", timeZone: "Australia/Melbourne", pricesIncludeTax: true });
  expect(JSON.stringify(told())).not.toMatch(/owner@|Quarry/);
});

it("a control panel is one of https, a zone is one that days can be computed in, prices are without tax where nothing is said", () => {
  expect(told({ control_panel_base_url: "javascript:alert(1)" }).controlPanelUrl).toBe("");
  expect(told({ timezone: { name: "Nowhere/City" } }).timeZone).toBe("UTC");
  expect(told({ timezone: null }).timeZone).toBe("UTC");
  expect(told({ is_price_entered_with_tax: undefined }).pricesIncludeTax).toBe(false);
});

it("a sealed value opens in its own store and column only", () => {
  const [a, b] = ["abc123", "def456"].map((hash) => credentialPlace(hash as StoreHash, "sealed_token"));
  expect(a).not.toEqual(b);
  expect(credentialPlace("abc123" as StoreHash, "sealed_client_secret")).not.toEqual(a);
});
