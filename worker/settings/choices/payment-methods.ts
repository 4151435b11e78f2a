import type { Choices, CountsAsPaid } from "../../contract/index.ts";
import { isOffline } from "../parts/payments.ts";

/** Payment methods of a store as choices: matched by gateway code, else by name without case (M9). */
type Method = Choices["paymentMethods"][number];
/** What a recent order says of its payment; `""`: its method never tells BigCommerce that money was captured (bigcommerce.md 4.3). */
export type OrderPayment = { method: string; status: string };

const fold = (text: string): string => text.trim().toLowerCase();

/** Gateways of a shop's own tenders (bigcommerce.md 5.2). */
const OWN_TENDERS = [
  ["giftcertificate", "Gift Certificate"],
  ["storecredit", "Store Credit"],
] as const;

/**
 * Its list (officially incomplete) and the names seen on recent orders, each once (bigcommerce.md 9). `key`: the code, or the
 * name where there is none, in lower case. `countsAsPaid`: what Setup begins with.
 */
export function methodsOf(listed: readonly { code: string; name: string }[], onOrders: readonly OrderPayment[]): Method[] {
  const methods = new Map<string, Omit<Method, "countsAsPaid">>();
  const names = new Set<string>();
  for (const { code, name } of listed) {
    const key = fold(code || name);
    if (!key || methods.has(key)) continue;
    methods.set(key, { key, name: name.trim() || code, from: "store" });
    names.add(fold(name || code));
  }
  for (const { method } of onOrders) {
    const key = fold(method);
    if (!key || methods.has(key) || names.has(key)) continue;
    methods.set(key, { key, name: method.trim(), from: "orders" });
  }
  // BigCommerce lists neither, though both pay orders (M7, M8).
  for (const [key, name] of OWN_TENDERS) if (!methods.has(key) && !names.has(fold(name))) methods.set(key, { key, name, from: "store" });
  return [...methods.values()].map((method) => ({ ...method, countsAsPaid: beginsWith(method, onOrders) }));
}

/** Captured money, unless the method is offline, or recent orders were paid with it and none of them ever had a payment status. */
function beginsWith({ key, name }: Pick<Method, "key" | "name">, onOrders: readonly OrderPayment[]): CountsAsPaid {
  const its = onOrders.filter(({ method }) => [key, fold(name)].includes(fold(method)));
  const silent = its.length > 0 && its.every(({ status }) => status === "");
  return isOffline({ key, name }) || silent ? "awaiting-fulfillment" : "captured";
}
