import type { AssembleMode, Settings } from "../contract/index.ts";
import { type Decimal, decimal, plain, sum, ZERO } from "../lib/money.ts";
import type { SaleDraft } from "../orders/mapping/sale-draft.ts";
import type { DocumentRow } from "../sales/documents-store.ts";
import type { Written } from "../sales/stages.ts";

/**
 * What is assembled before an order is authorised (F23, F24, F25). Cin7 may assemble by itself at the authorisation, products
 * with auto-assembly only: then we add no more than what that leaves out.
 */
export type Kit = { productId: string; sku: string; auto: boolean };
export type Wanted = Kit & { ordered: Decimal };
type Setup = Pick<Settings["sale"]["assembly"], "mode" | "cin7">;

/** The kits of an order, each once with all of its units, in an order that two orders of the same kits share. */
export function wantedKits(lines: SaleDraft["lines"], kits: ReadonlyMap<string, Kit>): Wanted[] {
  const ids = [...new Set(lines.map((line) => line.productId))].sort();
  return ids.flatMap((id) => {
    const kit = kits.get(id);
    const ordered = sum(lines.filter((line) => line.productId === id).map((line) => decimal(line.quantity) ?? ZERO));
    return kit && ordered.gt(0) ? [{ ...kit, ordered }] : [];
  });
}

/** Cin7's own setting acts on products with auto-assembly alone. */
const ownMode = ({ cin7 }: Setup, { auto }: Pick<Kit, "auto">): AssembleMode => (auto ? (cin7 ?? "never") : "never");

/** Whether the quantity depends on what is on the shelf; without need nobody asks. */
export function looksAtShelf(setup: Setup, kit: Pick<Kit, "auto">): boolean {
  const own = ownMode(setup, kit);
  return setup.mode !== "never" && setup.mode !== own && (setup.mode === "missing" || own === "missing");
}

/** F23: the ordered amount, whatever is there. F24: what is missing, with what is owed already; exactly enough makes none. */
function quantityBy(mode: AssembleMode, ordered: Decimal, available: Decimal): Decimal {
  if (mode === "never") return ZERO;
  if (mode === "ordered") return ordered;
  const missing = ordered.minus(available).round(0, ROUND_UP);
  return missing.gt(0) ? missing : ZERO;
}
const ROUND_UP = 3;

/**
 * How many to assemble before the order, so that with Cin7's own assembly it is as many as Setup says; 0 where Cin7 makes as many
 * or more. Its *for the ordered quantity* makes that on top of ours; its *minimum for picking* sees ours and makes the less.
 */
export function toAssemble(setup: Setup, kit: Wanted, available: Decimal): Decimal {
  const own = ownMode(setup, kit);
  const [ours, theirs] = [quantityBy(setup.mode, kit.ordered, available), quantityBy(own, kit.ordered, available)];
  if (!ours.gt(theirs)) return ZERO;
  return own === "ordered" ? ours.minus(theirs) : ours;
}

export type ShelfRow = { ID: string; Location: string; OnHand: number; Allocated: number; Available: number };

/**
 * What is there of a product at a location, over its bins and batches; what is on order counts for nothing (F24, F25). Cin7
 * counts what could still be assembled as available of a product with auto-assembly (3.5): there only finished ones count.
 */
export function shelfOf(rows: readonly ShelfRow[], productId: string, location: string, finishedOnly: boolean): Decimal {
  const here = rows.filter((row) => row.ID.toLowerCase() === productId && row.Location.trim() === location.trim());
  const exact = (n: number) => decimal(n) ?? ZERO;
  return sum(here.map((row) => (finishedOnly ? exact(row.OnHand).minus(exact(row.Allocated)) : exact(row.Available))));
}

export type Component = { productId: string; sku: string; quantity: number; wastagePercent: number; wastageQuantity: number };

/** How much of a component so many kits take; a bill of materials may make several at once (cin7-core.md 3.5). */
export function takenOf(part: Component, kits: Decimal, perRun: number): Decimal {
  const exact = (n: number) => decimal(n) ?? ZERO;
  const run = exact(part.quantity)
    .times(exact(100 + part.wastagePercent))
    .div(100)
    .plus(exact(part.wastageQuantity));
  return run.times(kits).div(exact(perRun > 0 ? perRun : 1));
}

/** What a kit is made of: so many of each part make `perRun` kits. */
export type PartsList = { perRun: number; parts: Component[] };
/** A component that is not there in full; `made`: it is assembled itself, which we do not do. */
export type ShortPart = { sku: string; needs: string; there: string; made: boolean };

/** The components that so many kits lack, where `there` is what is on the shelf of each, by product. */
export function shortOf(bill: PartsList, kits: Decimal, there: ReadonlyMap<string, Decimal>, nested: ReadonlySet<string>): ShortPart[] {
  return bill.parts.flatMap((part) => {
    const [needs, shelf] = [takenOf(part, kits, bill.perRun), there.get(part.productId) ?? ZERO];
    return needs.gt(shelf) ? [{ sku: part.sku, needs: plain(needs), there: plain(shelf), made: nested.has(part.productId) }] : [];
  });
}

/** What was assembled for an order, and under which number in Cin7. */
export type Assembled = { sku: string; quantity: string; number: string };

/** Each of it as a document of the order: finished goods outlive a sale that is void. Cin7 knows them all by the order's one mark. */
export const documentsOf = (mark: string, made: readonly Assembled[], lines: SaleDraft["lines"]): Written[] =>
  made.map(({ sku, quantity, number }) => {
    const productId = lines.find((line) => line.sku === sku)?.productId ?? "";
    return { kind: "assembly", mark: `${mark}:${sku}`, state: "completed", number, items: [{ productId, sku, quantity }] };
  });

/** What documents say was assembled for an order, whichever generation of its sale it was for: each once. */
export function madeIn(documents: readonly Pick<DocumentRow, "kind" | "mark" | "number" | "items">[]): Assembled[] {
  const made = new Map(documents.filter(({ kind }) => kind === "assembly").map((doc) => [doc.mark, doc]));
  return [...made.values()].flatMap(({ number, items }) => (items ?? []).map(({ sku, quantity }) => ({ sku, quantity, number })));
}

/** In the words of a page or a problem; "": nothing. */
export const assembledWords = (made: readonly Assembled[]): string =>
  made.map(({ quantity, sku, number }) => `${quantity} × ${sku} (${number})`).join(", ");
