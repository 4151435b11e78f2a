/** What is picked and still in the house, and what has gone: the arithmetic behind a second fulfilment. */
import { locationById, place, placeName } from "./books.ts";
import { add, sub } from "./money.ts";
import { free, rowsOf } from "./stock.ts";
import type { Allocation, Ctx, Fulfilment, Sale, StockLine } from "./types.ts";

/** Goods of an authorised pick that have not left: from the boxes where they are packed. */
export function openPicks(task: Fulfilment): StockLine[] {
  if (task.pick.status !== "AUTHORISED") return [];
  return task.pack.status === "AUTHORISED" ? task.pack.lines.filter((line) => !task.ship.boxesGone.includes(line.Box)) : task.pick.lines;
}

export const goneLines = (task: Fulfilment): StockLine[] => task.pack.lines.filter((line) => task.ship.boxesGone.includes(line.Box));

export const units = (lines: readonly StockLine[], productId: string): number =>
  add(...lines.filter((line) => line.ProductID === productId).map((line) => line.Quantity));

export const goneUnits = (sale: Sale, productId: string): number => units(sale.fulfilments.flatMap(goneLines), productId);

/** The shelf of a pick line. */
export function shelf(ctx: Ctx, line: StockLine): Omit<Allocation, "quantity"> {
  const at = place(ctx.account, line.LocationID);
  if (!at) throw new Error(`no location ${line.LocationID}`);
  return { locationId: at.location.ID, binId: at.bin?.ID ?? null, batch: line.BatchSN || null };
}

export const shelves = (ctx: Ctx, lines: readonly StockLine[]): Allocation[] =>
  lines.map((line) => ({ ...shelf(ctx, line), quantity: line.Quantity }));

/** A line on another shelf of the same goods. */
function onShelf(ctx: Ctx, line: StockLine, at: Omit<Allocation, "quantity">, Quantity: number): StockLine {
  const location = locationById(ctx.account, at.locationId);
  const bin = location.bins.find((each) => each.ID === at.binId) ?? null;
  return { ...line, Location: placeName(location, bin), LocationID: bin?.ID ?? location.ID, BatchSN: at.batch ?? line.BatchSN, Quantity };
}

/** A pick line without a bin takes the order's own reservations at that location first, then what is free there (facts 2.6). */
export function spread(ctx: Ctx, sale: Sale, line: StockLine): StockLine[] {
  const at = shelf(ctx, line);
  if (at.binId || at.batch || ctx.switches.pickWithoutBin === "strict") return [line];
  const own = sale.order.lines.filter((each) => each.ProductID === line.ProductID).flatMap((each) => each.allocations);
  const result: StockLine[] = [];
  let left = line.Quantity;
  for (const row of rowsOf(ctx.account, line.ProductID, at.locationId)) {
    const mine = add(
      ...own
        .filter((each) => each.locationId === row.locationId && each.binId === row.binId && each.batch === row.batch)
        .map((each) => each.quantity),
    );
    const taken = Math.min(left, Math.max(0, add(free(row), mine)));
    if (taken <= 0) continue;
    result.push(onShelf(ctx, line, row, taken));
    left = sub(left, taken);
  }
  // What is missing stays on the line's own shelf, where it will be refused as unavailable.
  return left > 0 ? [...result, { ...line, Quantity: left }] : result;
}

/** Boxes hold what was picked: a pack line is laid over the pick lines of its product, its own shelf first. */
export function fromPicks(ctx: Ctx, task: Fulfilment, lines: readonly StockLine[]): StockLine[] {
  const pool = task.pick.lines.map((line) => ({ line, left: line.Quantity }));
  return lines.flatMap((line) => {
    const result: StockLine[] = [];
    let left = line.Quantity;
    const fitting = pool.filter((each) => each.line.ProductID === line.ProductID);
    const exact = fitting.filter((each) => each.line.LocationID === line.LocationID);
    for (const each of [...exact, ...fitting.filter((other) => !exact.includes(other))]) {
      const taken = Math.min(left, each.left);
      if (taken <= 0) continue;
      each.left = sub(each.left, taken);
      left = sub(left, taken);
      result.push(onShelf(ctx, line, shelf(ctx, each.line), taken));
    }
    return left > 0 ? [...result, { ...line, Quantity: left }] : result;
  });
}
