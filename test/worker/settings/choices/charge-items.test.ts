import { describe, expect, it } from "vitest";
import { account } from "../../../../worker/cin7/schemas/lists.ts";
import { chargeSku, match, proposedAccount } from "../../../../worker/settings/choices/charge-items.ts";
import { CHARGE_KEYS } from "../../../../worker/settings/parts/charges.ts";
import { CHART } from "../../../harness/api.ts";

const chart = CHART.map((row) => account.parse(row));

describe("charge items (decision 1.13)", () => {
  it("accounts are proposed by name first, then by the usual code", () => {
    const proposed = Object.fromEntries(CHARGE_KEYS.map((key) => [key, proposedAccount(key, chart)]));
    expect(proposed).toEqual({
      shipping: "260",
      handling: "261",
      wrapping: "261",
      fee: "261",
      discount: "205",
      coupon: "205",
      "gift-certificate": "840",
      rounding: "860",
      unlisted: "200",
    });
  });
  it("M7: no account is proposed for gift certificates that is not a liability which accepts payments", () => {
    expect(
      proposedAccount(
        "gift-certificate",
        chart.filter((a) => a.code !== "840"),
      ),
    ).toBe("");
  });
  it("a small chart falls back to sales", () => {
    const small = chart.filter((a) => a.code === "200");
    expect(proposedAccount("shipping", small)).toBe("200");
    expect(proposedAccount("coupon", small)).toBe("200");
    expect(proposedAccount("rounding", small)).toBe("");
  });
  it("is found by its whole name without case, and only as a service", () => {
    const row = (name: string, service = true) => ({ id: name, sku: "", name, service, active: true });
    expect(match("Shipping", [row("Shipping insurance"), row("SHIPPING")])).toMatchObject({ is: "found", product: { id: "SHIPPING" } });
    expect(match("Shipping", [row("Shipping insurance")])).toEqual({ is: "absent" });
    expect(match("Shipping", [row("Shipping", false)])).toMatchObject({ is: "taken" });
  });
  it("has a SKU of its own, made from its name", () => {
    expect(["Gift wrapping", "Frais d'expédition", "…"].map(chargeSku)).toEqual(["LS-GIFT-WRAPPING", "LS-FRAIS-D-EXPEDITION", "LS-CHARGE"]);
  });
});
