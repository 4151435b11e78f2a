/** GET, POST and DELETE /sale/fulfilment, and what pick, pack and ship have in common (facts 2.6). */
import { refuse } from "./errors.ts";
import { needGuid } from "./fields.ts";
import { needQueryGuid, queryFlag } from "./lists.ts";
import { showFulfilment, showShip, showStockLine, type View } from "./sale-document.ts";
import { shippedUnits } from "./sale-status.ts";
import { addTask, orderAuthorised, saleById, saleOfQuery, taskById, touch, writable } from "./sales.ts";
import type { Ctx, Fulfilment, Json, Sale } from "./types.ts";

const noService = (sale: Sale): Sale => (sale.type === "Service Sale" ? refuse("Sale Fulfilment is not available for Service Sale") : sale);
const view = (ctx: Ctx, sale: Sale): View => ({
  account: ctx.account,
  sale,
  combine: false,
  info: queryFlag(ctx, "IncludeProductInfo") ?? false,
});

const all = (ctx: Ctx, sale: Sale): Json => ({
  SaleID: sale.id,
  Fulfilments: sale.fulfilments.map((task) => showFulfilment(view(ctx, sale), task)),
});

/** One call gives all shipments and tracking numbers of a sale. */
export const getFulfilments = (ctx: Ctx): Json => all(ctx, noService(saleOfQuery(ctx)));

/** A further task turns a simple sale into an advanced one, for ever (L23452). */
export function postFulfilment(ctx: Ctx): Json {
  const sale = noService(writable(saleById(ctx, needGuid(ctx.body, "SaleID"))));
  orderAuthorised(sale);
  if (sale.fulfilments.some((task) => task.pick.status !== "AUTHORISED")) refuse("All existing fulfilments must have authorised Pick");
  if (sale.fulfilments.length > 0) sale.type = "Advanced Sale";
  addTask(ctx, sale);
  touch(ctx, sale);
  return all(ctx, sale);
}

/** Works only for advanced sales (L23575). */
export function deleteFulfilment(ctx: Ctx): Json {
  const { sale, task } = taskById(ctx, needQueryGuid(ctx, "TaskID"));
  writable(sale);
  if (sale.type !== "Advanced Sale") refuse("Fulfilment can be voided or undone for Advanced Sale only");
  if (shippedUnits(task) > 0) refuse(`Fulfilment can not be changed. Ship Status is ${task.ship.status}`);
  // The reservation belongs to the order: it stays when a pick is taken back.
  const fate = queryFlag(ctx, "Void") ? ("VOIDED" as const) : ("DRAFT" as const);
  for (const stage of [task.pick, task.pack, task.ship]) if (stage.status !== "NOT AVAILABLE") stage.status = fate;
  touch(ctx, sale);
  return all(ctx, sale);
}

export function showStage(ctx: Ctx, sale: Sale, task: Fulfilment, stage: "pick" | "pack"): Json {
  const shown = view(ctx, sale);
  const extra = stage === "pack" ? { WarrantyRegistrationNumber: null } : {};
  const lines = task[stage].lines.map((line) => ({ ...showStockLine(shown, line, stage === "pack"), NonInventory: false, ...extra }));
  return { TaskID: task.taskId, Status: sale.voided ? "VOIDED" : task[stage].status, Lines: lines };
}

export function getStage(ctx: Ctx, stage: "pick" | "pack"): Json {
  const { sale, task } = taskById(ctx, needQueryGuid(ctx, "TaskID"));
  return showStage(ctx, sale, task, stage);
}

export const shipAnswer = (ctx: Ctx, sale: Sale, task: Fulfilment): Json => ({ TaskID: task.taskId, ...showShip(view(ctx, sale), task) });

export function getShip(ctx: Ctx): Json {
  const { sale, task } = taskById(ctx, needQueryGuid(ctx, "TaskID"));
  return shipAnswer(ctx, sale, task);
}

/** The task of a body, on a sale that may be written and whose order is authorised. */
export function taskOfBody(ctx: Ctx): { sale: Sale; task: Fulfilment } {
  const found = taskById(ctx, needGuid(ctx.body, "TaskID"));
  writable(found.sale);
  orderAuthorised(found.sale);
  return found;
}
