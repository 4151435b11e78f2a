import { assemblyOf } from "../catalogue/assembly-of.ts";
import {
  billOfMaterials,
  type FinishedGoods,
  finishedGoods,
  finishedGoodsList,
  productAvailability,
  productList,
} from "../cin7/schemas.ts";
import type { Halt } from "../inbox/claim.ts";
import type { FlowContext, LinkedContext } from "../inbox/flow.ts";
import { haltOf } from "../inbox/halt.ts";
import type { Decimal } from "../lib/money.ts";
import { sameMark } from "../orders/marks.ts";
import { knowAssembly, mirrored } from "./assembly-store.ts";
import { type Bill, type Kit, type ShelfRow, type ShortPart, shelfOf, shortOf } from "./plan.ts";

/** What Cin7 says about kits, their components and what is on the shelf; only orders with a kit ask (F23 to F25). */
export type Read<T> = { is: "read"; value: T } | Halt;
/** As much of a context as asking takes: a flow's, or that of a person who waits. */
export type ShelfContext = FlowContext & Pick<LinkedContext, "tenant" | "cin7">;

export const UNREAD: Halt = { is: "trouble", why: "Cin7 Core's answer could not be understood." };
const PAGE = 1000;

/** Which of these products are made as finished goods. Cin7 is asked only about kits that an older release read. */
export async function kitsAmong(c: ShelfContext, ids: readonly string[]): Promise<Read<Map<string, Kit>>> {
  const kits = new Map<string, Kit>();
  for (const { productId, sku, bom, assembly } of await mirrored(c.db, c.tenant, ids)) {
    let made = assembly ?? "";
    if (bom && assembly === null) {
      const answer = await c.cin7.get("/product", { ID: productId, Page: 1, Limit: 1 });
      const halt = haltOf(answer, c);
      if (halt) return halt;
      const list = productList.safeParse(answer.is === "ok" ? answer.body : null);
      const product = list.success ? list.data.Products.find((each) => each.ID.toLowerCase() === productId) : undefined;
      if (!product) return UNREAD;
      made = assemblyOf(product);
      await knowAssembly(c.db, c.tenant, productId, made);
    }
    if (made) kits.set(productId, { productId, sku, auto: made === "auto" });
  }
  return { is: "read", value: kits };
}

/** What Cin7 has of a product, one call (cin7-core.md 3.6): at one location, or without it at all of them. */
export async function readRows(c: ShelfContext, productId: string, location?: string): Promise<Read<ShelfRow[]>> {
  const answer = await c.cin7.get("/ref/productavailability", { ID: productId, Location: location, Page: 1, Limit: PAGE });
  const halt = haltOf(answer, c);
  if (halt) return halt;
  const list = productAvailability.safeParse(answer.is === "ok" ? answer.body : null);
  return list.success ? { is: "read", value: list.data.ProductAvailabilityList } : UNREAD;
}

/** At the location of the sale only. */
export async function readShelf(c: ShelfContext, productId: string, location: string, finishedOnly: boolean): Promise<Read<Decimal>> {
  const rows = await readRows(c, productId, location);
  return rows.is === "read" ? { is: "read", value: shelfOf(rows.value, productId, location, finishedOnly) } : rows;
}

export async function readBill(c: ShelfContext, productId: string): Promise<Read<Bill>> {
  const answer = await c.cin7.get("/product", { ID: productId, IncludeBOM: true, Page: 1, Limit: 1 });
  const halt = haltOf(answer, c);
  if (halt) return halt;
  const list = billOfMaterials.safeParse(answer.is === "ok" ? answer.body : null);
  const bill = list.success ? list.data.Products.find((each) => each.ID.toLowerCase() === productId) : undefined;
  return bill ? { is: "read", value: bill } : UNREAD;
}

/** The components that so many kits lack at the location, by Cin7's bill of materials; [] where none does. */
export async function shortParts(c: ShelfContext, kit: Kit, quantity: Decimal, location: string): Promise<Read<ShortPart[]>> {
  const bill = await readBill(c, kit.productId);
  if (bill.is !== "read") return bill;
  const shelf = new Map<string, Decimal>();
  for (const { productId } of bill.value.parts) {
    // Finished ones only: what a component could be made of does not make it (nested bills of materials).
    const there = await readShelf(c, productId, location, true);
    if (there.is !== "read") return there;
    shelf.set(productId, there.value);
  }
  return { is: "read", value: shortOf(bill.value, quantity, shelf, await nestedIn(c, bill.value)) };
}

/** Components that are assembled themselves. */
export async function nestedIn(c: ShelfContext, bill: Bill): Promise<Set<string>> {
  const ids = bill.parts.map((part) => part.productId);
  return new Set((await mirrored(c.db, c.tenant, ids)).filter(({ bom }) => bom).map(({ productId }) => productId));
}

/** The finished goods with our mark in their notes, as they are now; null: none, or a void one (cin7-core.md 3.5). */
export async function lookForGoods(c: LinkedContext, mark: string, productId: string): Promise<Read<FinishedGoods | null>> {
  for (let page = 1; page <= 20; page++) {
    const answer = await c.cin7.get("/finishedGoodsList", { Search: mark, Page: page, Limit: PAGE });
    const halt = haltOf(answer, c);
    if (halt) return halt;
    const list = finishedGoodsList.safeParse(answer.is === "ok" ? answer.body : null);
    if (!list.success) return UNREAD;
    const rows = list.data.FinishedGoods;
    const ours = rows.find(
      (row) => sameMark(row.Notes, mark) && row.ProductID.toLowerCase() === productId && row.Status.toUpperCase() !== "VOIDED",
    );
    if (ours) return readGoods(c, ours.TaskID);
    if (rows.length < PAGE) break;
  }
  return { is: "read", value: null };
}

/** The list may be behind: what counts is the document. */
async function readGoods(c: LinkedContext, taskId: string): Promise<Read<FinishedGoods | null>> {
  const answer = await c.cin7.get("/finishedGoods", { TaskID: taskId });
  const halt = haltOf(answer, c);
  if (halt) return halt;
  const read = finishedGoods.safeParse(answer.is === "ok" ? answer.body : null);
  if (!read.success) return UNREAD;
  return { is: "read", value: read.data.Status.toUpperCase() === "VOIDED" ? null : read.data };
}

/** What came only part of the way is taken back, so that nothing half made stays; true: it is void now. */
export async function voidGoods(c: LinkedContext, taskId: string): Promise<Read<boolean>> {
  const answer = await c.cin7.del("/finishedGoods", { ID: taskId, Void: true });
  const halt = haltOf(answer, c);
  if (halt) return halt;
  const read = finishedGoods.safeParse(answer.is === "ok" ? answer.body : null);
  return read.success ? { is: "read", value: read.data.Status.toUpperCase() === "VOIDED" } : UNREAD;
}
