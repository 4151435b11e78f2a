import { assemblyOf } from "../catalogue/assembly-of.ts";
import { knowAssembly, mirrored } from "../catalogue/store.ts";
import * as product from "../cin7/product.ts";
import { readAvailability } from "../cin7/stock-on-hand.ts";
import type { FlowContext, LinkedContext } from "../inbox/flow.ts";
import { type Halt, haltOf } from "../inbox/vendor-answer.ts";
import type { Decimal } from "../lib/money.ts";
import { type Kit, type PartsList, type ShelfRow, type ShortPart, shelfOf, shortOf } from "./plan.ts";

/** What Cin7 says about kits, their components and what is on the shelf; only orders with a kit ask (F23 to F25). */
export type ShelfRead<T> = { is: "read"; value: T } | Halt;
/** As much of a context as asking takes: a flow's, or that of a person who waits. */
export type ShelfContext = FlowContext & Pick<LinkedContext, "tenant" | "cin7">;

const UNREAD: Halt = { is: "trouble", why: "Cin7 Core's answer could not be understood." };

/** Which of these products are made as finished goods. Cin7 is asked only about kits that an older release read. */
export async function kitsAmong(c: ShelfContext, ids: readonly string[]): Promise<ShelfRead<Map<string, Kit>>> {
  const kits = new Map<string, Kit>();
  for (const { productId, sku, bom, assembly } of await mirrored(c.db, c.tenant, ids)) {
    let made = assembly ?? "";
    if (bom && assembly === null) {
      const read = await product.readProduct(c.cin7, productId);
      if (read.is !== "read") return haltOf(read, c);
      if (!read.value) return UNREAD;
      made = assemblyOf(read.value);
      await knowAssembly(c.db, c.tenant, productId, made);
    }
    if (made) kits.set(productId, { productId, sku, auto: made === "auto" });
  }
  return { is: "read", value: kits };
}

/** What Cin7 has of a product, one call (cin7-core.md 3.6): at one location, or without it at all of them. */
export async function readRows(c: ShelfContext, productId: string, location?: string): Promise<ShelfRead<ShelfRow[]>> {
  const read = await readAvailability(c.cin7, productId, location);
  return read.is === "read" ? read : haltOf(read, c);
}

/** At the location of the sale only. */
export async function readShelf(c: ShelfContext, productId: string, location: string, finishedOnly: boolean): Promise<ShelfRead<Decimal>> {
  const rows = await readRows(c, productId, location);
  return rows.is === "read" ? { is: "read", value: shelfOf(rows.value, productId, location, finishedOnly) } : rows;
}

export async function readBill(c: ShelfContext, productId: string): Promise<ShelfRead<PartsList>> {
  const bill = await product.readBill(c.cin7, productId);
  if (bill.is !== "read") return haltOf(bill, c);
  return bill.value ? { is: "read", value: bill.value } : UNREAD;
}

/** The components that so many kits lack at the location, by Cin7's bill of materials; [] where none does. */
export async function shortParts(c: ShelfContext, kit: Kit, quantity: Decimal, location: string): Promise<ShelfRead<ShortPart[]>> {
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
export async function nestedIn(c: ShelfContext, bill: PartsList): Promise<Set<string>> {
  const ids = bill.parts.map((part) => part.productId);
  return new Set((await mirrored(c.db, c.tenant, ids)).filter(({ bom }) => bom).map(({ productId }) => productId));
}
