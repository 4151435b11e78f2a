import { isOver } from "../bigcommerce/order-status.ts";
import { findByMark, isVoid, readBooks } from "../cin7/sale.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { done, type Outcome } from "../inbox/outcome.ts";
import { haltOf, refusedAs, stop } from "../inbox/vendor-answer.ts";
import { sameGuid } from "../lib/ids.ts";
import { dayMark, saleMark } from "../orders/marks.ts";
import type { Problem, ProblemOf } from "../problems/define-problem.ts";
import { keyOf } from "../problems/registry.ts";
import { answered, problemsWith } from "../problems/store.ts";
import { reached } from "../sales/documents-store.ts";
import { enteredIn } from "./entered-refunds.ts";
import { type SaleOfOrder, saleOfOrder } from "./sales-store.ts";
import { tooMuch } from "./too-much.ts";

/**
 * `sale.check`: the sales of one order in Cin7 as they are now, found by its whole ID (design 3.3, 3.7). More than one that
 * is not void: `twin-sale`. The one we made is void: told, never replaced by itself. Its invoices and payments are more than
 * the order's: `written-twice`, with what is to be deleted. Two calls.
 */
export async function checkSale(c: LinkedContext, orderId: number): Promise<Outcome> {
  const { db, tenant } = c;
  const order = await saleOfOrder(db, tenant, orderId);
  if (!order?.saleId) return done("There is no sale of it yet.");
  const { stem, generation } = order;
  const mark = stem === null ? saleMark(tenant.store, orderId, generation) : dayMark(tenant.store, stem, generation);
  const sales = await findByMark(c.cin7, mark);
  if (sales.is !== "read") return stop(haltOf(sales, c), c, refusedAs(orderId, "sale"));
  const living = sales.value.filter((row) => !isVoid(row));
  const own = sales.value.find((row) => sameGuid(row.SaleID, order.saleId));

  const saleNumbers = living.map((row) => row.OrderNumber || row.SaleID).sort();
  const twins: Problem = { kind: "twin-sale", orderId, saleNumbers };
  const voided: Problem = { kind: "voided-after-sale", orderId, saleNumber: own?.OrderNumber || (order.saleNumber ?? "") };
  const gone = own !== undefined && isVoid(own);
  if (gone) await reached(c, { ...order, orderId }, [{ kind: "sale", state: "void" }]);
  const books = gone || !own ? null : await booksOf(c, orderId, order);
  if (books && "is" in books) return books;
  if (books) await answered(db, tenant, books.entered, new Date(c.now()).toISOString());
  const twice = books?.twice;
  const notices = [...(living.length > 1 ? [twins] : []), ...(gone && !isOver(order.statusId) ? [voided] : []), ...(twice ? [twice] : [])];
  const clears = [
    ...(twice ? [] : [`written-twice:${orderId}`]),
    ...(living.length > 1 ? [] : [keyOf(twins)]),
    // Created again: the sale that it has now is not void. Cancelled: it is void as it should be.
    ...(own && (!gone || isOver(order.statusId)) ? [keyOf(voided)] : []),
    // Voided as it was asked for.
    ...(gone && isOver(order.statusId) ? [`changed-after-sale:${orderId}`] : []),
  ];
  return done(`${sales.value.length} sales of it in Cin7 Core, ${living.length} not void.`, { notices, clears });
}

/** The sale's invoices and payments against ours; an outcome: it could not be read. */
async function booksOf(
  c: LinkedContext,
  orderId: number,
  order: SaleOfOrder,
): Promise<{ twice: Problem | null; entered: string[] } | Outcome> {
  const read = await readBooks(c.cin7, order.saleId ?? "");
  if (read.is !== "read") return stop(haltOf(read, c), c, refusedAs(orderId, "sale"));
  const found = tooMuch(read.value.Invoices, order);
  const { total, currency, saleNumber } = order;
  const refunds = await problemsWith(c.db, c.tenant, "refund-to-enter", "sale", orderId);
  const entered = enteredIn(
    read.value.CreditNotes,
    refunds.map((each) => ({ ...each, amount: (each.facts as ProblemOf<"refund-to-enter">).amount })),
  );
  return { entered, twice: found && { kind: "written-twice", orderId, saleNumber: saleNumber ?? "", total, currency, ...found } };
}
