/** POST and PUT /sale/fulfilment/ship (facts 2.6): stock leaves on hand here, and cost of goods is posted. */
import { checkCarrier } from "./books.ts";
import { alreadyAuthorised, refuse } from "./errors.ts";
import { shipmentAuthorised, trackingChanged } from "./events.ts";
import { day, flag, guid, needDay, needText, object, oneOf, rows, text } from "./fields.ts";
import { shipAnswer, taskOfBody } from "./fulfilment.ts";
import { checkOpen, postCost } from "./ledger.ts";
import { sub } from "./money.ts";
import { shelf } from "./picked.ts";
import { checkStocktake, nowIso, touch } from "./sales.ts";
import { release, rowAt, touched } from "./stock.ts";
import type { Allocation, Ctx, Fulfilment, Json, Sale, ShipLine, StockLine } from "./types.ts";

const boxesOf = (line: ShipLine): string[] =>
  line.Boxes.split(",")
    .map((box) => box.trim())
    .filter(Boolean);

function readLine(ctx: Ctx, task: Fulfilment, row: Json): ShipLine {
  const Boxes = needText(row, "Box");
  const packed = new Set(task.pack.lines.map((line) => line.Box));
  const Carrier = text(row, "Carrier") ?? "";
  checkCarrier(ctx, Carrier);
  const line: ShipLine = {
    ID: guid(row, "ID") ?? ctx.world.random.guid(),
    ShipmentDate: needDay(row, "ShipmentDate"),
    Carrier,
    Boxes,
    TrackingNumber: text(row, "TrackingNumber") ?? "",
    TrackingURL: "",
    IsShipped: flag(row, "IsShipped") ?? true,
  };
  const unknown = boxesOf(line).find((box) => !packed.has(box));
  return unknown ? refuse(`Box '${unknown}' was not found in Pack`) : line;
}

export function writeShip(ctx: Ctx, replace: boolean): Json {
  const { body } = ctx;
  const { sale, task } = taskOfBody(ctx);
  if (replace && flag(body, "AddTrackingNumbers")) return changeTracking(ctx, sale, task);
  if (task.pack.status !== "AUTHORISED") refuse(`Pack must be authorised. Pack Status is ${task.pack.status}`);
  if (task.ship.status === "AUTHORISED" || (replace && task.ship.status === "PARTIALLY AUTHORISED"))
    alreadyAuthorised("Ship", task.ship.status);
  const status = oneOf(needText(body, "Status"), "Status", ["DRAFT", "PARTIALLY AUTHORISED", "AUTHORISED"]);
  const fresh = (rows(body, "Lines") ?? []).map((row) => readLine(ctx, task, row));
  const lines = replace ? fresh : [...task.ship.lines, ...fresh];
  if (lines.length === 0) refuse("Ship must contain at least one line");
  const named = new Set(lines.flatMap(boxesOf));
  // A PUT must name every packed box (L24007).
  const left = replace ? task.pack.lines.find((line) => !named.has(line.Box)) : undefined;
  if (left) refuse(`Box '${left.Box}' is not in Ship lines`);
  if (status !== "DRAFT") checkShipment(ctx, task, lines);
  task.ship.requireBy = day(body, "RequireBy") ?? task.ship.requireBy;
  task.ship.notes = text(body, "ShippingNotes", 1024) ?? task.ship.notes;
  object(body, "ShippingAddress");
  if (status === "DRAFT") {
    task.ship.lines = lines;
    task.ship.status = "DRAFT";
  } else shipBoxes(ctx, sale, task, lines);
  touch(ctx, sale);
  return shipAnswer(ctx, sale, task);
}

const leaving = (task: Fulfilment, lines: readonly ShipLine[]): string[] =>
  [...new Set(lines.filter((line) => line.IsShipped).flatMap(boxesOf))].filter((box) => !task.ship.boxesGone.includes(box));

function checkShipment(ctx: Ctx, task: Fulfilment, lines: readonly ShipLine[]): void {
  const boxes = leaving(task, lines);
  const goods = task.pack.lines.filter((line) => boxes.includes(line.Box));
  checkStocktake(
    ctx,
    goods.map((line) => shelf(ctx, line).locationId),
    "Ship",
  );
  for (const line of lines) if (line.IsShipped && boxesOf(line).some((box) => boxes.includes(box))) checkOpen(ctx, line.ShipmentDate);
}

/** Takes the goods of the boxes off the shelf; AUTHORISED by itself once every packed box has gone (L24009). */
export function shipBoxes(ctx: Ctx, sale: Sale, task: Fulfilment, lines: ShipLine[]): void {
  checkShipment(ctx, task, lines);
  const boxes = leaving(task, lines);
  task.ship.lines = lines;
  const shipped = lines.filter((line) => line.IsShipped);
  const latest =
    shipped
      .map((line) => line.ShipmentDate)
      .sort()
      .at(-1) ?? nowIso(ctx);
  for (const goods of task.pack.lines.filter((line) => boxes.includes(line.Box))) leave(ctx, sale, task, goods, latest);
  task.ship.boxesGone = [...task.ship.boxesGone, ...boxes];
  const complete = task.pack.lines.every((line) => task.ship.boxesGone.includes(line.Box));
  task.ship.status = complete ? "AUTHORISED" : task.ship.boxesGone.length ? "PARTIALLY AUTHORISED" : "DRAFT";
  if (boxes.length === 0) return;
  shipmentAuthorised(ctx, sale, task);
  if (shipped.some((line) => line.TrackingNumber)) trackingChanged(ctx, sale, task);
}

function leave(ctx: Ctx, sale: Sale, task: Fulfilment, goods: StockLine, date: string): void {
  const at = shelf(ctx, goods);
  const row = rowAt(ctx.account, goods.ProductID, at);
  row.onHand = sub(row.onHand, goods.Quantity);
  consume(ctx, sale, goods, at);
  const product = ctx.account.products[goods.ProductID];
  if (product) {
    const entry = {
      kind: "cost of goods" as const,
      source: `${task.taskId}:${date}`,
      taskId: task.taskId,
      date,
      reference: sale.number,
      text: `Shipment of ${sale.number}`,
    };
    postCost(ctx, sale, entry, product, goods.Quantity);
  }
  touched(ctx, goods.ProductID, at.locationId);
}

/** The order's reservation of these goods ends. */
function consume(ctx: Ctx, sale: Sale, goods: StockLine, at: Omit<Allocation, "quantity">): void {
  let left = goods.Quantity;
  const lines = sale.order.lines.filter((line) => line.ProductID === goods.ProductID);
  for (const line of lines) {
    const exact = line.allocations.filter(
      (each) => each.locationId === at.locationId && each.binId === at.binId && each.batch === at.batch,
    );
    for (const each of exact) {
      const taken = Math.min(left, each.quantity);
      each.quantity = sub(each.quantity, taken);
      left = sub(left, taken);
      release(ctx, goods.ProductID, [{ ...at, quantity: taken }]);
    }
    line.allocations = line.allocations.filter((each) => each.quantity > 0);
  }
}

/** After authorisation only tracking may change, with AddTrackingNumbers (L24148). */
function changeTracking(ctx: Ctx, sale: Sale, task: Fulfilment): Json {
  const fresh = (rows(ctx.body, "Lines") ?? []).map((row) => readLine(ctx, task, row));
  for (const line of fresh) {
    const old = task.ship.lines.find((each) => boxesOf(each).some((box) => boxesOf(line).includes(box)));
    if (!old) refuse(`Box '${line.Boxes}' is not in Ship lines`);
    else Object.assign(old, { TrackingNumber: line.TrackingNumber, Carrier: line.Carrier });
  }
  if (ctx.switches.trackingBumpsUpdated) touch(ctx, sale);
  trackingChanged(ctx, sale, task);
  return shipAnswer(ctx, sale, task);
}
