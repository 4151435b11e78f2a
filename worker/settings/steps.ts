import type { Settings } from "../contract/index.ts";
import { CHARGE_KEYS } from "./parts/charges.ts";

/**
 * What the first order needs (issue *Setup*). Required: location, default customer (F17), one mapped tax class and the
 * charge items that nearly every order meets. A class or charge that is still missing holds only the orders that need it,
 * so it does not keep a shop from going live; payments are optional (F47).
 */
export type StepId = "ship-from" | "customer" | "tax" | "charges";

const NEEDED = ["shipping", "discount", "rounding"] as const;

export const taxMapped = (settings: Settings): { mapped: number; total: number } => ({
  mapped: settings.tax.classes.filter((c) => c.withTax !== null && c.withoutTax !== null).length,
  total: settings.tax.classes.length,
});
export const chargesChosen = (settings: Settings): number => CHARGE_KEYS.filter((key) => settings.charges.items[key]).length;

export function stepDone(settings: Settings, step: StepId): boolean {
  switch (step) {
    case "ship-from":
      return settings.location.salesShipFrom !== null;
    case "customer":
      return settings.customers.defaultCustomer !== null;
    case "tax":
      return settings.tax.classes.some((c) => c.withTax !== null || c.withoutTax !== null);
    case "charges":
      return NEEDED.every((key) => settings.charges.items[key]);
  }
}

const NAMES: Record<StepId, string> = {
  "ship-from": "Sales ship from",
  customer: "Default customer",
  tax: "Tax (at least one class)",
  charges: "Charge items for shipping, discounts and rounding",
};

/** Names of the steps that still keep orders from being switched on; empty: nothing does. */
export const missingSteps = (settings: Settings): string[] =>
  (Object.keys(NAMES) as StepId[]).filter((step) => !stepDone(settings, step)).map((step) => NAMES[step]);
