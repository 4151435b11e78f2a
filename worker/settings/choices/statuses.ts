import type { CaptureRule, Choices } from "../../contract/index.ts";

/** A method as a choice: matched by gateway code, else by name without case (M9). */
type Method = Choices["paymentMethods"][number];

/**
 * Payment methods of a store: its list (officially incomplete) and the names seen on recent orders, each once
 * (bigcommerce.md 9). `key`: the code, or the name where there is none, in lower case.
 */
export function methodsOf(listed: readonly { code: string; name: string }[], onOrders: readonly string[]): Method[] {
  const methods = new Map<string, Method>();
  const names = new Set<string>();
  for (const { code, name } of listed) {
    const key = (code || name).trim().toLowerCase();
    if (!key || methods.has(key)) continue;
    methods.set(key, { key, name: name.trim() || code, from: "store" });
    names.add((name || code).trim().toLowerCase());
  }
  for (const each of onOrders) {
    const name = each.trim();
    const key = name.toLowerCase();
    if (!key || methods.has(key) || names.has(key)) continue;
    methods.set(key, { key, name, from: "orders" });
  }
  // BigCommerce lists neither, though both pay orders (M7, M8).
  for (const [key, name] of OWN_TENDERS)
    if (!methods.has(key) && !names.has(name.toLowerCase())) methods.set(key, { key, name, from: "store" });
  return [...methods.values()];
}

/** Gateways of a shop's own tenders (bigcommerce.md 5.2). */
const OWN_TENDERS = [
  ["giftcertificate", "Gift Certificate"],
  ["storecredit", "Store Credit"],
] as const;

export type Taken = Choices["orderStatuses"][number]["taken"];
type Row = { id: number; name: string; custom_label: string };

/** The shop's statuses with its own names and what each capture rule does with them (M19), in the shop's words. */
export const statusesOf = (
  rows: readonly Row[],
  takenAt: (statusId: number) => Record<CaptureRule, Taken[CaptureRule]>,
): Choices["orderStatuses"] =>
  rows.map(({ id, name, custom_label }) => ({
    id,
    name,
    customName: custom_label && custom_label !== name ? custom_label : "",
    taken: takenAt(id),
  }));
