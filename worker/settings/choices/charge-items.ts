import type { Account } from "../../cin7/schemas/lists.ts";
import type { ProductChoice } from "../../cin7/schemas/product.ts";
import type { ChargeKey, Settings } from "../../contract/index.ts";
import { CHARGE_ITEMS, CHARGE_KEYS } from "../parts/charges.ts";

/**
 * Charge items (decision 1.13): each charge of an order is a service product in Cin7 Core. Proposals of names and
 * accounts follow the demo companies' chart: by the account's own name first, then by its usual code.
 */
type Wish = { named: RegExp; code: string; classes: readonly string[]; pays?: boolean };
const INCOME = ["REVENUE", ""];
const EITHER = ["REVENUE", "EXPENSE", ""];
const WISHES: Record<ChargeKey, readonly Wish[]> = {
  shipping: [{ named: /shipping|freight|postage|delivery/i, code: "260", classes: INCOME }],
  handling: [{ named: /handling|other charges|other (revenue|income)/i, code: "261", classes: INCOME }],
  wrapping: [{ named: /wrapping|other charges|other (revenue|income)/i, code: "261", classes: INCOME }],
  fee: [{ named: /surcharge|other charges|other (revenue|income)/i, code: "261", classes: INCOME }],
  discount: [{ named: /discount/i, code: "205", classes: EITHER }],
  coupon: [{ named: /coupon|discount/i, code: "205", classes: EITHER }],
  "gift-certificate": [{ named: /gift/i, code: "840", classes: ["LIABILITY", ""], pays: true }],
  rounding: [{ named: /rounding/i, code: "860", classes: [] }],
  unlisted: [],
};
const SALES: Wish = { named: /^sales?( revenue)?$|^sales\b/i, code: "200", classes: INCOME };

/** The code of the account that fits a charge best, "" when none does: then a person chooses. */
export function proposedAccount(key: ChargeKey, accounts: readonly Account[]): string {
  const active = accounts.filter((a) => a.active);
  const shipping = WISHES.shipping;
  const others: readonly Wish[] = key === "handling" || key === "wrapping" || key === "fee" ? [...shipping, SALES] : [SALES];
  const wishes = [...WISHES[key], ...(key === "gift-certificate" || key === "rounding" ? [] : others)];
  for (const wish of wishes) {
    const fits = active.filter((a) => (wish.classes.length === 0 || wish.classes.includes(a.class)) && (!wish.pays || a.forPayments));
    const found =
      fits.find((a) => a.code === wish.code && wish.named.test(a.name)) ??
      fits.find((a) => wish.named.test(a.name)) ??
      fits.find((a) => a.code === wish.code);
    if (found) return found.code;
  }
  return "";
}

/** What is proposed for a charge: what is chosen already, else our name and the account that fits. */
export function proposals(settings: Settings, accounts: readonly Account[], known: ReadonlyMap<string, { id: string; name: string }>) {
  return CHARGE_KEYS.map((key) => {
    const chosen = settings.charges.items[key];
    const { name, what } = CHARGE_ITEMS[key];
    if (chosen) return { key, name: chosen.name, account: chosen.account, productId: chosen.productId, what };
    const found = known.get(foldName(name));
    return { key, name: found?.name ?? name, account: proposedAccount(key, accounts), productId: found?.id ?? null, what };
  });
}

/** Cin7 Core compares names without case (cin7-core.md 1.4). */
export const foldName = (name: string): string => name.trim().toLowerCase();

/** Which of the products found by name is the charge item; another product of this very name stands in the way. */
export function match(
  name: string,
  found: readonly ProductChoice[],
): { is: "found"; product: ProductChoice } | { is: "taken"; product: ProductChoice } | { is: "absent" } {
  const same = found.filter((p) => foldName(p.name) === foldName(name));
  const product = same.find((p) => p.service && p.active);
  if (product) return { is: "found", product };
  const other = same[0];
  return other ? { is: "taken", product: other } : { is: "absent" };
}

/** The SKU of a new charge item follows from its name, so that two charges never share one; at most 50 characters. */
export function chargeSku(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toUpperCase();
  return `LS-${slug || "CHARGE"}`.slice(0, 50);
}
