/**
 * /finishedGoods and /finishedGoodsList (facts 3.5, L2225-2715): the status of a POST says how far Cin7 goes by itself. Components
 * leave when they are picked, the finished goods arrive when the task is completed, both at its one location.
 */
import { findLocation, ledgerAccount, locationById, place, productBySku } from "./books.ts";
import { notInBook, refuse, required } from "./errors.ts";
import { day, guid, needNumber, needText, oneOf, text } from "./fields.ts";
import { checkOpen, inventoryAccount, post, unpost } from "./ledger.ts";
import { contains, equals, needQueryGuid, paged, queryFlag, queryGuid } from "./lists.ts";
import { add, big, round, sub, times } from "./money.ts";
import { checkStocktake, numbered, today } from "./sales.ts";
import { free, move, rowsOf } from "./stock.ts";
import type { Account, Allocation, Component, Ctx, FinishedGoods, Json, Location, Product } from "./types.ts";

const STATUSES = ["DRAFT", "AUTHORISED", "IN PROGRESS", "COMPLETED"] as const;
const CUSTOM = Array.from({ length: 10 }, (_, index) => `CustomField${index + 1}`);

function tasksOf(account: Account): FinishedGoods[] {
  account.finishedGoods ??= [];
  return account.finishedGoods;
}
const productOf = (account: Account, id: string): Product => account.products[id] ?? notInBook("Product", id);

const perRun = (kit: Product): number => Number(kit["QuantityToProduce"]) || 1;
const taken = (kit: Product, part: Component, quantity: number): number => round(big(part.Quantity).times(quantity).div(perRun(kit)));

function show(ctx: Ctx, task: FinishedGoods): Json {
  const { account } = ctx;
  const kit = productOf(account, task.productId);
  const at = locationById(account, task.locationId);
  const planned = task.status === "DRAFT" || task.status === "VOIDED" ? [] : kit.BillOfMaterialsProducts;
  return {
    TaskID: task.id,
    AssemblyNumber: task.number,
    Status: task.status,
    ProductID: kit.ID,
    ProductCode: kit.SKU,
    ProductName: kit.Name,
    LocationID: at.ID,
    Location: at.Name,
    BinID: null,
    Bin: null,
    WIPAccount: task.wipAccount,
    WIPDate: task.wipDate,
    Account: task.account,
    Quantity: task.quantity,
    AssemblyInstructionURL: String(kit["AssemblyInstructionURL"] ?? ""),
    CompletionDate: task.completionDate,
    BatchSN: task.batch,
    ExpiryDate: null,
    Notes: task.notes,
    ...Object.fromEntries(CUSTOM.map((name) => [name, ""])),
    OrderLines: planned.map((part) => ({
      ProductID: part.ComponentProductID,
      ProductCode: part.ProductCode,
      Name: part.Name,
      ExpenseAccount: null,
      Quantity: part.Quantity,
      Unit: "",
      WastagePercent: 0,
      WastageQuantity: 0,
      TotalQuantity: taken(kit, part, task.quantity),
      TotalCost: times(taken(kit, part, task.quantity), productOf(account, part.ComponentProductID).AverageCost),
    })),
    PickLines: task.picked.map(({ productId, binId, batch, quantity }) => {
      const part = productOf(account, productId);
      const bin = at.bins.find((each) => each.ID === binId) ?? null;
      return {
        ProductID: part.ID,
        ProductCode: part.SKU,
        Name: part.Name,
        BinID: bin?.ID ?? null,
        Bin: bin?.Name ?? null,
        BatchSN: batch,
        ExpiryDate: null,
        Quantity: quantity,
        Unit: "Item",
        Cost: part.AverageCost,
      };
    }),
    Transactions: [],
    Errors: task.errors.map((Exception) => ({ ErrorCode: 400, Exception })),
  };
}

const taskById = (ctx: Ctx, id: string): FinishedGoods =>
  tasksOf(ctx.account).find((each) => each.id === id) ?? refuse("Finished Goods with specified ID not found");

export const getFinishedGoods = (ctx: Ctx): Json => show(ctx, taskById(ctx, needQueryGuid(ctx, "TaskID")));

function row(ctx: Ctx, task: FinishedGoods): Json {
  const { OrderLines: _o, PickLines: _p, Transactions: _t, Errors: _e, BinID: _i, Bin: _b, ...shown } = show(ctx, task);
  const { AssemblyInstructionURL: _u, WIPAccount: _w, Account: _a, CompletionDate: _c, WIPDate: started, ...rest } = shown;
  const kit = productOf(ctx.account, task.productId);
  return { ...rest, Date: started, UnitCost: task.status === "COMPLETED" ? unitCost(ctx, kit) : 0, Notes: task.notes };
}

/** `SaleID` finds what a sale's own auto-assembly made; a task of the API belongs to none. */
export function getFinishedGoodsList(ctx: Ctx): Json {
  const [status, search, sale] = [ctx.query("Status"), ctx.query("Search"), queryGuid(ctx, "SaleID")];
  const found = tasksOf(ctx.account).filter((task) => {
    const kit = productOf(ctx.account, task.productId);
    const fields = [task.number, locationById(ctx.account, task.locationId).Name, task.status, kit.Name, kit.SKU, task.batch, task.notes];
    return !sale && equals(task.status, status) && (!search || fields.some((field) => contains(field, search)));
  });
  return paged(ctx, "FinishedGoods", found, (task) => row(ctx, task));
}

function locationFor(ctx: Ctx): Location {
  const id = guid(ctx.body, "LocationID");
  const name = text(ctx.body, "Location") ?? "";
  const at = id ? place(ctx.account, id)?.location : name ? findLocation(ctx.account, name) : required("Location");
  if (!at) return notInBook("Location", id ?? name);
  return at.IsDeprecated ? refuse(`Location '${at.Name}' is deprecated`) : at;
}

export function postFinishedGoods(ctx: Ctx): Json {
  const { body, account } = ctx;
  const status = oneOf(needText(body, "Status"), "Status", STATUSES);
  const id = guid(body, "ProductID");
  const kit = (id ? account.products[id] : productBySku(account, needText(body, "ProductCode"))) ?? notInBook("Product", id ?? "");
  if (!kit.BillOfMaterial) refuse(`Product '${kit.SKU}' has no bill of materials`);
  const at = locationFor(ctx);
  const quantity = needNumber(body, "Quantity");
  if (quantity <= 0) refuse("Quantity must be greater than 0");
  const wipDate = day(body, "WIPDate") ?? (status === "DRAFT" ? null : required("WIPDate"));
  const completionDate = day(body, "CompletionDate") ?? (status === "COMPLETED" ? required("CompletionDate") : null);
  checkStocktake(ctx, [at.ID], "Finished Goods");
  for (const date of [wipDate, completionDate]) if (date) checkOpen(ctx, date);
  const number = numbered("FG", tasksOf(account).length + 1);
  const task: FinishedGoods = {
    id: ctx.world.random.guid(),
    number,
    status: "DRAFT",
    productId: kit.ID,
    locationId: at.ID,
    wipAccount: ledgerAccount(account, needText(body, "WIPAccount")).Code,
    wipDate,
    account: ledgerAccount(account, needText(body, "Account")).Code,
    quantity,
    completionDate,
    batch: text(body, "BatchSN") || number,
    notes: text(body, "Notes", 4000) ?? "",
    picked: [],
    errors: [],
  };
  const lacks = missing(ctx, kit, quantity, at);
  if (lacks && status !== "DRAFT" && status !== "AUTHORISED" && ctx.switches.shortComponents === "refuse") refuse(lacks);
  tasksOf(account).push(task);
  carryOn(ctx, task, STATUSES.indexOf(status), lacks);
  return show(ctx, task);
}

/** As far as `wanted`, or until something is missing: then `Errors` says what, in an answer of 200 (facts 3.5). */
function carryOn(ctx: Ctx, task: FinishedGoods, wanted: number, lacks: string): void {
  const at = locationById(ctx.account, task.locationId);
  const kit = productOf(ctx.account, task.productId);
  if (wanted >= 1) task.status = "AUTHORISED";
  if (wanted < 2) return;
  if (lacks) {
    task.errors = [lacks];
    return;
  }
  task.picked = kit.BillOfMaterialsProducts.flatMap((part) => pick(ctx, part.ComponentProductID, taken(kit, part, task.quantity), at));
  task.status = "IN PROGRESS";
  ledger(ctx, task, "wip");
  if (wanted < 3) return;
  move(ctx, kit.ID, { locationId: at.ID, binId: null, batch: null }, task.quantity);
  task.status = "COMPLETED";
  ledger(ctx, task, "done");
}

const freeAt = (ctx: Ctx, productId: string, at: Location): number =>
  rowsOf(ctx.account, productId, at.ID).reduce((total, each) => add(total, free(each)), 0);

function missing(ctx: Ctx, kit: Product, quantity: number, at: Location): string {
  if (kit.BillOfMaterialsProducts.length === 0) return `Product '${kit.SKU}' has no components`;
  const part = kit.BillOfMaterialsProducts.find((each) => freeAt(ctx, each.ComponentProductID, at) < taken(kit, each, quantity));
  return part ? `Not enough stock of '${part.ProductCode}' at '${at.Name}'` : "";
}

function pick(ctx: Ctx, productId: string, quantity: number, at: Location): (Allocation & { productId: string })[] {
  let left = quantity;
  const picked: (Allocation & { productId: string })[] = [];
  for (const { locationId, binId, batch, ...each } of rowsOf(ctx.account, productId, at.ID)) {
    const part = Math.min(left, Math.max(0, sub(each.onHand, each.allocated)));
    if (part <= 0) continue;
    picked.push({ productId, locationId, binId, batch, quantity: part });
    left = sub(left, part);
  }
  for (const each of picked) move(ctx, productId, each, -each.quantity);
  return picked;
}

const unitCost = (ctx: Ctx, kit: Product): number =>
  round(
    kit.BillOfMaterialsProducts.reduce(
      (cost, part) => cost.plus(times(taken(kit, part, 1), productOf(ctx.account, part.ComponentProductID).AverageCost)),
      big(0),
    ),
  );

/** Components become work in progress, work in progress becomes finished goods. */
function ledger(ctx: Ctx, task: FinishedGoods, stage: "wip" | "done"): void {
  const entry = {
    kind: "assembly" as const,
    source: `${task.id}:${stage}`,
    taskId: task.id,
    reference: task.number,
    type: "FinishedGoods",
  };
  const dated = { ...entry, date: (stage === "wip" ? task.wipDate : task.completionDate) ?? today(ctx), text: `Assembly ${task.number}` };
  for (const { productId, quantity } of task.picked) {
    const part = productOf(ctx.account, productId);
    const worth = times(quantity, part.AverageCost);
    if (stage === "wip") post(ctx, null, dated, task.wipAccount, inventoryAccount(ctx.account, part), worth);
    else post(ctx, null, dated, task.account, task.wipAccount, worth);
  }
}

/** One verb for void and undo, as with sales: without Void=true it goes back to draft. */
export function deleteFinishedGoods(ctx: Ctx): Json {
  const task = taskById(ctx, needQueryGuid(ctx, "ID"));
  if (task.status === "VOIDED") refuse("Finished Goods can not be changed. Finished Goods Status is VOIDED");
  const at = { locationId: task.locationId, binId: null, batch: null };
  if (task.status === "COMPLETED") {
    const there = rowsOf(ctx.account, task.productId, task.locationId).find((each) => each.binId === null && each.batch === null);
    if (!there || free(there) < task.quantity) refuse("Finished Goods can not be voided. Its goods are not in stock any more");
    move(ctx, task.productId, at, -task.quantity);
  }
  for (const { productId, quantity, ...from } of task.picked) move(ctx, productId, from, quantity);
  unpost(ctx.account, (posting) => posting.taskId === task.id);
  Object.assign(task, { picked: [], errors: [], status: queryFlag(ctx, "Void") ? "VOIDED" : "DRAFT" });
  return show(ctx, task);
}
