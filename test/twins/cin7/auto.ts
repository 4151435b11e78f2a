/** Automatic pick, pack and ship: what AutoPickPackShipMode and AutoPickMode do in one go (facts 2.4, 2.6). */
import { locationById, placeName } from "./books.ts";
import { stageAuthorised } from "./events.ts";
import { add, sub } from "./money.ts";
import { openPicks } from "./picked.ts";
import { today } from "./sales.ts";
import { shipBoxes } from "./ship.ts";
import { isStocked, reserve } from "./stock.ts";
import type { Ctx, Fulfilment, Line, Sale, StockLine } from "./types.ts";

/** Reserves what has arrived since; a backordered order is picked this way once the goods are there (facts 7.14). */
function topUp(ctx: Ctx, sale: Sale, line: Line): void {
  const product = ctx.account.products[line.ProductID];
  if (!product || !isStocked(product) || line.BackorderQuantity <= 0 || ctx.switches.backorderCountsAsAllocated) return;
  const { allocations, missing } = reserve(ctx, product, line.BackorderQuantity, locationById(ctx.account, sale.locationId));
  line.allocations.push(...allocations);
  line.BackorderQuantity = missing;
}

const isTracked = (ctx: Ctx, line: Line): boolean => /Batch|Serial/.test(ctx.account.products[line.ProductID]?.CostingMethod ?? "");

/** Picks everything that is reserved and not yet in another pick. False: there was nothing to pick. */
export function autoPick(ctx: Ctx, sale: Sale, task: Fulfilment): boolean {
  if (ctx.switches.autoPickBatch === "ignore" && sale.order.lines.some((line) => isTracked(ctx, line))) return false;
  for (const line of sale.order.lines) topUp(ctx, sale, line);
  const others = sale.fulfilments.filter((each) => each !== task).flatMap(openPicks);
  const done = new Map<string, number>();
  for (const each of others) done.set(keyOf(each), add(done.get(keyOf(each)) ?? 0, each.Quantity));
  const lines = sale.order.lines
    .flatMap((line) => stockLines(ctx, line))
    .flatMap((line) => {
      const already = Math.min(done.get(keyOf(line)) ?? 0, line.Quantity);
      done.set(keyOf(line), sub(done.get(keyOf(line)) ?? 0, already));
      return line.Quantity > already ? [{ ...line, Quantity: sub(line.Quantity, already) }] : [];
    });
  if (lines.length === 0) return false;
  task.pick = { status: "AUTHORISED", lines };
  stageAuthorised(ctx, sale, task, "Sale/PickAuthorised");
  return true;
}

const keyOf = (line: StockLine) => `${line.ProductID}|${line.LocationID}|${line.BatchSN}`;

function stockLines(ctx: Ctx, line: Line): StockLine[] {
  return line.allocations.map((each) => {
    const at = locationById(ctx.account, each.locationId);
    const bin = at.bins.find((row) => row.ID === each.binId) ?? null;
    const row = ctx.account.stock[line.ProductID]?.find((some) => some.locationId === each.locationId && some.batch === each.batch);
    return {
      ProductID: line.ProductID,
      SKU: line.SKU,
      Name: line.Name,
      Location: placeName(at, bin),
      LocationID: bin?.ID ?? at.ID,
      Quantity: each.quantity,
      BatchSN: each.batch ?? "",
      ExpiryDate: each.batch ? (row?.expiry ?? null) : null,
      Box: "",
    };
  });
}

export function autoPack(ctx: Ctx, sale: Sale, task: Fulfilment): void {
  task.pack = { status: "AUTHORISED", lines: task.pick.lines.map((line) => ({ ...line, Box: "Box 1" })) };
  stageAuthorised(ctx, sale, task, "Sale/PackAuthorised");
}

/** Ships all boxes today, in the company's zone, without a tracking number. */
export function autoShip(
  ctx: Ctx,
  sale: Sale,
  task: Fulfilment,
  tracking: { number?: string; carrier?: string; date?: string } = {},
): void {
  const boxes = [...new Set(task.pack.lines.map((line) => line.Box))].filter((box) => !task.ship.boxesGone.includes(box));
  const line = {
    ID: ctx.world.random.guid(),
    ShipmentDate: tracking.date ?? today(ctx),
    Carrier: tracking.carrier ?? sale.header.Carrier,
    Boxes: boxes.join(","),
    TrackingNumber: tracking.number ?? "",
    TrackingURL: "",
    IsShipped: true,
  };
  shipBoxes(ctx, sale, task, [...task.ship.lines, line]);
}
