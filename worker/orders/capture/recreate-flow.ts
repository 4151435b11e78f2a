import { sale } from "../../cin7/schemas.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { haltOf, refusedAs, stop } from "../../inbox/halt.ts";
import type { Outcome } from "../../inbox/outcome.ts";
import { newGeneration, type OrderRow } from "../store.ts";

type Again = { is: "go"; row: OrderRow } | { is: "stop"; outcome: Outcome };

/**
 * *Process* on an order whose sale was voided in Cin7 Core: the explicit re-create, the only way to a new generation, which
 * is stored before anything is sent (design 3.3). A sale that is not void goes on where it stopped.
 */
export async function createAgain(c: LinkedContext, row: OrderRow): Promise<Again> {
  if (!row.saleId || !MAY_BE_VOID.has(row.state)) return { is: "go", row };
  const answer = await c.cin7.get("/sale", { ID: row.saleId, HideInventoryMovements: true });
  const halt = haltOf(answer, c);
  if (halt) return { is: "stop", outcome: stop(halt, c, refusedAs(row.orderId, "sale")) };
  const read = sale.safeParse(answer.is === "ok" ? answer.body : null);
  if (!read.success || read.data.Status !== "VOIDED") return { is: "go", row };
  return { is: "go", row: await newGeneration(c.db, c.tenant, row, new Date(c.now()).toISOString()) };
}

const MAY_BE_VOID: ReadonlySet<OrderRow["state"]> = new Set(["held", "not-taken", "sent"]);
