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

/** What to do about it; null: a scope that means nothing to us. */
export function workOf({ scope, data }: Pick<Delivery, "scope" | "data">): Work | null {
  if (scope === "store/information/updated") return { kind: "store.refresh" };
  if (scope === "store/app/uninstalled") return { kind: "uninstall.check" };
  if (!/^store\/(order|channel\/\d+\/order)\//.test(scope)) return null;
  const id = orderId(data["order_id"]) ?? (data["type"] === "transaction" ? null : orderId(data["id"]));
  return id === null ? null : { kind: "order.changed", orderId: id };
}
