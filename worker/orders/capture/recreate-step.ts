import { isVoid, readSale } from "../../cin7/sale.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import type { Outcome } from "../../inbox/outcome.ts";
import { haltOf, refusedAs, stop } from "../../inbox/vendor-answer.ts";
import { newGeneration } from "../../sales/generations-store.ts";
import type { OrderRow } from "../store.ts";

type Again = { is: "go"; row: OrderRow } | { is: "stop"; outcome: Outcome };

/**
 * *Process* on an order whose sale was voided in Cin7 Core: the explicit re-create, the only way to a new generation, which
 * is stored before anything is sent (design 3.3). A sale that is not void goes on where it stopped.
 */
export async function createAgain(c: LinkedContext, row: OrderRow): Promise<Again> {
  if (!row.saleId || !MAY_BE_VOID.has(row.state)) return { is: "go", row };
  const now = await readSale(c.cin7, row.saleId);
  if (now.is !== "read") return { is: "stop", outcome: stop(haltOf(now, c), c, refusedAs(row.orderId, "sale")) };
  if (!isVoid(now.value)) return { is: "go", row };
  return { is: "go", row: await newGeneration(c.db, c.tenant, row, new Date(c.now()).toISOString()) };
}

const MAY_BE_VOID: ReadonlySet<OrderRow["state"]> = new Set(["held", "not-taken", "sent"]);
