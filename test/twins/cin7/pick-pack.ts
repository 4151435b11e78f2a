/** POST and PUT of pick and pack (facts 2.6): POST adds, PUT replaces, neither after authorisation. */

import { autoPick } from "./auto.ts";
import { locationById, place, placeByName, placeName, productBySku } from "./books.ts";
import { alreadyAuthorised, refuse } from "./errors.ts";
import { stageAuthorised } from "./events.ts";
import { day, guid, needNumber, needText, rows, same, text, wantedStatus } from "./fields.ts";
import { showStage, taskOfBody } from "./fulfilment.ts";
import { add, sub } from "./money.ts";
import { fromPicks, goneUnits, openPicks, shelf, shelves, spread, units } from "./picked.ts";
import { checkStocktake, touch } from "./sales.ts";
import { isStocked, reserve, rowAt } from "./stock.ts";
import type { Allocation, Ctx, Fulfilment, Json, Line, Sale, StockLine } from "./types.ts";

function readLine(ctx: Ctx, row: Json, box: string): StockLine {
  const sku = text(row, "SKU", 50);
  const id = guid(row, "ProductID");
  const product = sku ? productBySku(ctx.account, sku) : ctx.account.products[id ?? ""];
  if (!product) return refuse(`Product '${sku ?? id ?? ""}' was not found in reference book`);
  const name = text(row, "Location");
  const locationId = guid(row, "LocationID");
  const at = locationId ? place(ctx.account, locationId) : placeByName(ctx.account, name || needText(row, "Location"));
  if (!at) return refuse(`Location '${name ?? locationId}' was not found in reference book`);
  return {
    ProductID: product.ID,
    SKU: product.SKU,
    Name: product.Name,
    Location: placeName(at.location, at.bin),
    LocationID: at.bin?.ID ?? at.location.ID,
    Quantity: needNumber(row, "Quantity"),
    BatchSN: text(row, "BatchSN", 50) ?? "",
    ExpiryDate: day(row, "ExpiryDate") ?? null,
    Box: box,
  };
}

const pickedElsewhere = (sale: Sale, task: Fulfilment, productId: string) =>
  add(
    ...sale.fulfilments
      .filter((each) => each !== task && each.pick.status === "AUTHORISED")
      .map((each) => units(each.pick.lines, productId)),
  );

const keyOf = (each: Omit<Allocation, "quantity">) => `${each.locationId}|${each.binId}|${each.batch}`;

/** Reservations by shelf, so that two lines on one shelf are weighed together. */
function byShelf(some: readonly Allocation[]): Allocation[] {
  const found = new Map<string, Allocation>();
  for (const each of some) {
    const before = found.get(keyOf(each));
    if (before) before.quantity = add(before.quantity, each.quantity);
    else found.set(keyOf(each), { ...each });
  }
  return [...found.values()];
}

/** What is picked must be there: reservations of this order move to the shelves that the pick names. */
function reservePicked(ctx: Ctx, sale: Sale, task: Fulfilment): void {
  for (const productId of new Set(task.pick.lines.map((line) => line.ProductID))) {
    const lines = sale.order.lines.filter((line) => line.ProductID === productId);
    const own = lines.flatMap((line) => line.allocations);
    const others = sale.fulfilments.filter((each) => each !== task).flatMap(openPicks);
    const needed = byShelf(
      shelves(
        ctx,
        [...others, ...task.pick.lines].filter((line) => line.ProductID === productId),
      ),
    );
    for (const each of own) change(ctx, productId, each, -1);
    const free = (each: Allocation) => sub(rowAt(ctx.account, productId, each).onHand, rowAt(ctx.account, productId, each).allocated);
    const missing = needed.find((each) => free(each) < each.quantity);
    if (missing) {
      const left = Math.max(0, free(missing));
      for (const each of own) change(ctx, productId, each, 1);
      refuse(`Available quantity for product '${lines[0]?.SKU}' is ${left}`);
    }
    settle(ctx, sale, lines, needed);
  }
}

function change(ctx: Ctx, productId: string, each: Allocation, sign: 1 | -1): void {
  const row = rowAt(ctx.account, productId, each);
  row.allocated = add(row.allocated, sign * each.quantity);
}

/** Gives the picked shelves to the order's lines, then reserves anew what is left of each line. */
function settle(ctx: Ctx, sale: Sale, lines: readonly Line[], pool: Allocation[]): void {
  let gone = goneUnits(sale, lines[0]?.ProductID ?? "");
  for (const line of lines) {
    const left = Math.min(gone, line.Quantity);
    gone = sub(gone, left);
    settleLine(ctx, sale, line, sub(line.Quantity, left), pool);
  }
}

function settleLine(ctx: Ctx, sale: Sale, line: Line, quantity: number, pool: Allocation[]): void {
  let left = quantity;
  line.allocations = [];
  for (const each of pool) {
    const taken = Math.min(left, each.quantity);
    if (taken <= 0) continue;
    each.quantity = sub(each.quantity, taken);
    left = sub(left, taken);
    line.allocations.push({ ...each, quantity: taken });
    change(ctx, line.ProductID, { ...each, quantity: taken }, 1);
  }
  const product = ctx.account.products[line.ProductID];
  line.BackorderQuantity = Math.max(0, left);
  if (left <= 0 || !product) return;
  const { allocations, missing } = reserve(ctx, product, left, locationById(ctx.account, sale.locationId));
  line.allocations.push(...allocations);
  line.BackorderQuantity = missing;
}

function checkPick(ctx: Ctx, sale: Sale, task: Fulfilment, lines: readonly StockLine[]): void {
  if (lines.length === 0) refuse("Pick must contain at least one line");
  for (const line of lines) {
    const ordered = sale.order.lines.filter(
      (each) => each.ProductID === line.ProductID && isStocked(ctx.account.products[each.ProductID] ?? refuse("Product not found")),
    );
    if (ordered.length === 0) refuse(`Product '${line.SKU}' is not in Sale Order`);
    const allowed = sub(add(...ordered.map((each) => each.Quantity)), pickedElsewhere(sale, task, line.ProductID));
    if (units(lines, line.ProductID) > allowed) refuse(`Picked quantity of product '${line.SKU}' is greater than ordered`);
  }
}

export function writePick(ctx: Ctx, replace: boolean): Json {
  const { sale, task } = taskOfBody(ctx);
  if (task.pick.status === "AUTHORISED") alreadyAuthorised("Pick", task.pick.status);
  if (same(text(ctx.body, "AutoPickMode") ?? "", "AUTOPICK")) {
    checkStocktake(ctx, [sale.locationId], "Pick");
    if (!autoPick(ctx, sale, task)) refuse(`Available quantity of products in Sale Order ${sale.number} is 0`);
    touch(ctx, sale);
    return showStage(ctx, sale, task, "pick");
  }
  const status = wantedStatus(ctx.body);
  const fresh = (rows(ctx.body, "Lines") ?? []).flatMap((row) => spread(ctx, sale, readLine(ctx, row, "")));
  const lines = replace ? fresh : [...task.pick.lines, ...fresh];
  checkPick(ctx, sale, task, lines);
  if (status === "AUTHORISED")
    checkStocktake(
      ctx,
      lines.map((line) => shelf(ctx, line).locationId),
      "Pick",
    );
  const before = task.pick.lines;
  task.pick.lines = lines;
  try {
    if (status === "AUTHORISED") reservePicked(ctx, sale, task);
  } catch (error) {
    task.pick.lines = before;
    throw error;
  }
  task.pick.status = status;
  touch(ctx, sale);
  if (status === "AUTHORISED") stageAuthorised(ctx, sale, task, "Sale/PickAuthorised");
  return showStage(ctx, sale, task, "pick");
}

export function writePack(ctx: Ctx, replace: boolean): Json {
  const { sale, task } = taskOfBody(ctx);
  if (task.pick.status !== "AUTHORISED") refuse(`Pick must be authorised. Pick Status is ${task.pick.status}`);
  if (task.pack.status === "AUTHORISED") alreadyAuthorised("Pack", task.pack.status);
  const status = wantedStatus(ctx.body);
  const fresh = (rows(ctx.body, "Lines") ?? []).map((row) => readLine(ctx, row, text(row, "Box") || "Box 1"));
  const lines = replace ? fresh : [...task.pack.lines, ...fresh];
  if (lines.length === 0) refuse("Pack must contain at least one line");
  for (const line of [...lines, ...(status === "AUTHORISED" ? task.pick.lines : [])]) {
    const [packed, picked] = [units(lines, line.ProductID), units(task.pick.lines, line.ProductID)];
    if (packed > picked) refuse(`Packed quantity of product '${line.SKU}' is greater than picked`);
    if (status === "AUTHORISED" && packed < picked) refuse(`Packed quantity of product '${line.SKU}' is less than picked`);
  }
  task.pack = { status, lines: fromPicks(ctx, task, lines) };
  touch(ctx, sale);
  if (status === "AUTHORISED") stageAuthorised(ctx, sale, task, "Sale/PackAuthorised");
  return showStage(ctx, sale, task, "pack");
}
