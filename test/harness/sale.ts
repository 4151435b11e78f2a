import type { MappingInput, SaleDraft } from "../../worker/orders/mapping/sale-draft.ts";
import { toSale } from "../../worker/orders/mapping/to-sale.ts";
import type { Problem } from "../../worker/problems/define-problem.ts";
import { anInput, aSnapshot, type OrderSpec } from "./builders.ts";

/** The sale of an order that must map. */
export function drafted(spec: OrderSpec, over: Partial<MappingInput> = {}): SaleDraft {
  const result = toSale(anInput(aSnapshot(spec), over));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** What keeps an order from being mapped; nothing when it maps. */
export function problems(spec: OrderSpec, over: Partial<MappingInput> = {}): Problem[] {
  const result = toSale(anInput(aSnapshot(spec), over));
  return result.ok ? [] : result.error;
}

export const MUG = { sku: "MUG", ex: "10.00", inc: "11.00" };
