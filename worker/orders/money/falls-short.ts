import { isCancelled } from "../../bigcommerce/order-status.ts";
import type { Settings } from "../../contract/index.ts";
import { decimal } from "../../lib/money.ts";
import { countsAsPaid, methodFor } from "../mapping/amounts/payment-method.ts";
import type { Facts } from "../order-facts.ts";
import type { PaymentRow } from "../payments-store.ts";
import { readStages } from "../state.ts";
import type { OrderRow } from "../store.ts";

/** What Cin7 has of a sale as far as we know. `facts`: of its order, or of every order of a daily sale; null: an older release saw it last. */
export type SaleSoFar = Pick<OrderRow, "stages" | "waitsFor" | "statusId"> & {
  payments: readonly PaymentRow["state"][];
  facts: readonly (Facts | null)[];
};

/**
 * Whether the documents of a sale fall short of what Setup wants of it, with nothing in Cin7 that it waits for (M54, M55): its
 * `order.money` was begun and not ended, or never begun, for whatever reason. What waits in Cin7 is told by the list of sales.
 */
export function fallsShort(sale: SaleSoFar, wanted: Settings, paymentsOn: boolean): boolean {
  const has = new Set(readStages(sale.stages));
  if (has.has("voided") || has.has("paid") || isCancelled(sale.statusId)) return false;
  // Whether its books are open again is known without a call (M13).
  if (sale.waitsFor !== "") return sale.waitsFor === "books";
  const invoiced = has.has("invoiced") || has.has("part-paid");
  if (!invoiced) return paymentsOn || wanted.invoice.status !== "none";
  if (!paymentsOn) return false;
  return (
    sale.payments.includes("waits") || (sale.payments.length === 0 && sale.facts.some((facts) => facts === null || isPaid(facts, wanted)))
  );
}

/** There is money that belongs into Cin7: taken by its own method, or by a certificate or store credit (M7 to M9). */
function isPaid(facts: Facts, settings: Settings): boolean {
  const more = [facts.gift_certificate_amount, facts.store_credit_amount].some((amount) => decimal(amount)?.gt(0));
  const onAccount = methodFor(settings, [], [facts.payment_method])?.countsAsPaid === "never";
  return more || (!onAccount && decimal(facts.total_inc_tax)?.gt(0) === true && countsAsPaid(facts, settings));
}
