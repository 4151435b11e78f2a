import { saleBooks, saleList } from "../cin7/schemas.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { haltOf, refusedAs, stop } from "../inbox/halt.ts";
import { done, later, type Outcome } from "../inbox/outcome.ts";
import { sameGuid } from "../lib/ids.ts";
import { reach } from "../orders/state.ts";
import type { Problem } from "../problems/define-problem.ts";
import { keyOf } from "../problems/registry.ts";
import { type SaleOfOrder, saleOfOrder, saveStagesOf } from "./sales-store.ts";
import { tooMuch } from "./too-much.ts";

/** Cancelled, declined, refunded: a voided sale is what is wanted then. */
const OVER: ReadonlySet<number> = new Set([4, 5, 6]);

/**
 * `sale.check`: the sales of one order in Cin7 as they are now, found by its whole ID (design 3.3, 3.7). More than one that
 * is not void: `twin-sale`. The one we made is void: told, never replaced by itself. Its invoices and payments are more than
 * the order's: `written-twice`, with what is to be deleted. Two calls.
 */
export async function checkSale(c: LinkedContext, orderId: number): Promise<Outcome> {
  const { db, tenant } = c;
  const order = await saleOfOrder(db, tenant, orderId);
  if (!order?.saleId) return done("There is no sale of it yet.");
  const mark = `ls:${tenant.store}:${order.stem ?? orderId}:g${order.generation}`;
  const answer = await c.cin7.get("/saleList", { ExternalID: mark, Page: 1, Limit: 1000 });
  const halt = haltOf(answer, c);
  if (halt) return stop(halt, c, refusedAs(orderId, "sale"));
  const list = saleList.safeParse(answer.is === "ok" ? answer.body : null);
  if (!list.success) return later(c.now() + 60_000 / c.config.timeScale, "Cin7 Core's answer could not be understood.");
  const sales = list.data.SaleList.filter((row) => row.ExternalID === mark);
  const living = sales.filter((row) => row.Status !== "VOIDED");
  const own = sales.find((row) => sameGuid(row.SaleID, order.saleId));

  const saleNumbers = living.map((row) => row.OrderNumber || row.SaleID).sort();
  const twins: Problem = { kind: "twin-sale", orderId, saleNumbers };
  const voided: Problem = { kind: "voided-after-sale", orderId, saleNumber: own?.OrderNumber || (order.saleNumber ?? "") };
  const isVoid = own?.Status === "VOIDED";
  if (isVoid) await saveStagesOf(db, tenant, orderId, reach(order.stages, "voided"), new Date(c.now()).toISOString());
  const books = isVoid || !own ? null : await booksOf(c, orderId, order);
  if (books && "is" in books) return books;
  const twice = books?.twice;
  const notices = [
    ...(living.length > 1 ? [twins] : []),
    ...(isVoid && !OVER.has(order.statusId) ? [voided] : []),
    ...(twice ? [twice] : []),
  ];
  const clears = [
    ...(twice ? [] : [`written-twice:${orderId}`]),
    ...(living.length > 1 ? [] : [keyOf(twins)]),
    // Voided as it was asked for.
    ...(isVoid && OVER.has(order.statusId) ? [`changed-after-sale:${orderId}`] : []),
  ];
  return done(`${sales.length} sales of it in Cin7 Core, ${living.length} not void.`, { notices, clears });
}

/** The sale's invoices and payments against ours; an outcome: it could not be read. */
async function booksOf(c: LinkedContext, orderId: number, order: SaleOfOrder): Promise<{ twice: Problem | null } | Outcome> {
  const answer = await c.cin7.get("/sale", { ID: order.saleId ?? "", HideInventoryMovements: true });
  const halt = haltOf(answer, c);
  if (halt) return stop(halt, c, refusedAs(orderId, "sale"));
  const read = saleBooks.safeParse(answer.is === "ok" ? answer.body : null);
  if (!read.success) return later(c.now() + 60_000 / c.config.timeScale, "Cin7 Core's answer could not be understood.");
  const found = tooMuch(read.data.Invoices, order);
  const { total, currency, saleNumber } = order;
  return { twice: found && { kind: "written-twice", orderId, saleNumber: saleNumber ?? "", total, currency, ...found } };
}
