import * as z from "zod";
import type { Work } from "../inbox/work.ts";
import { parseJson } from "../lib/body.ts";
import { type StoreHash, storeHash } from "../lib/ids.ts";

/** What a delivery says (facts/bigcommerce.md 3.2, 3.4): a hint which store's what has changed, never data. */
export type Delivery = { store: StoreHash; scope: string; data: Record<string, unknown> };

const envelope = z.object({
  scope: z.string().min(1).max(200),
  producer: z.string().max(100),
  data: z.record(z.string(), z.unknown()).nullish().catch(null),
});

/** Null: not a delivery. `hash`, `store_id` and `created_at` are optional and not used: repeats are harmless. */
export function readDelivery(body: string): Delivery | null {
  const parsed = envelope.safeParse(parseJson(body));
  if (!parsed.success || !parsed.data.producer.startsWith("stores/")) return null;
  const store = storeHash(parsed.data.producer.slice("stores/".length));
  return store && { store, scope: parsed.data.scope, data: parsed.data.data ?? {} };
}

/** Ids arrive as numbers or, in transactions, as text. */
const orderId = (value: unknown): number | null => {
  const id = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof id === "number" && Number.isSafeInteger(id) && id > 0 ? id : null;
};

/** What to do about it; nothing: a scope that means nothing to us. */
export function workOf({ scope, data }: Pick<Delivery, "scope" | "data">): Work[] {
  if (scope === "store/information/updated") return [{ kind: "store.refresh" }];
  if (scope === "store/app/uninstalled") return [{ kind: "uninstall.check" }];
  const [, about] = /^store\/(?:order|channel\/\d+\/order)\/(.+)/.exec(scope) ?? [];
  if (about === undefined) return [];
  const id = orderId(data["order_id"]) ?? (data["type"] === "transaction" ? null : orderId(data["id"]));
  if (id === null) return [];
  const changed: Work = { kind: "order.changed", orderId: id };
  return tellsOfRefund(about, data) ? [changed, { kind: "order.refunds", orderId: id }] : [changed];
}

/** The order itself may not show that money went back (F125): no status needs to change. What pays for an order is read with it. */
function tellsOfRefund(about: string, data: Delivery["data"]): boolean {
  if (about.startsWith("refund/")) return true;
  return about.startsWith("transaction/") && /^(refund|void)/.test(String(data["transaction_type"] ?? "refund").toLowerCase());
}
