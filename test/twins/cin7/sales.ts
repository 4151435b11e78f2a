/** Finding, making and changing sales: what all documents of a sale share. */
import { refuse } from "./errors.ts";
import { same, ZERO_GUID } from "./fields.ts";
import { needQueryGuid } from "./lists.ts";
import type { Ctx, Fulfilment, Sale, SaleDocument } from "./types.ts";

export const nowIso = (ctx: Pick<Ctx, "world">): string => new Date(ctx.world.clock.now()).toISOString();
/** Seven fraction digits, as payments show them (facts 1.5). */
export const stamp = (ctx: Pick<Ctx, "world">): string => nowIso(ctx).replace("Z", "0000Z");

/** Today in the company's zone, as a calendar day. */
export function today(ctx: Pick<Ctx, "world" | "account">): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: ctx.account.company.zone.iana,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return `${parts.format(new Date(ctx.world.clock.now()))}T00:00:00`;
}

export const numbered = (prefix: string, value: number): string => `${prefix}-${String(value).padStart(5, "0")}`;

export function saleById(ctx: Ctx, id: string): Sale {
  const sale = ctx.account.sales[id.toLowerCase()];
  return sale ?? refuse("Sale with specified ID not found");
}

export const saleOfQuery = (ctx: Ctx): Sale => saleById(ctx, needQueryGuid(ctx, "SaleID"));

/** A sale that may still be written: after a void every write is a 400 (facts 10). */
export function writable(sale: Sale): Sale {
  if (sale.voided) refuse("Sale can not be changed. Sale Status is VOIDED");
  return sale;
}

export const orderAuthorised = (sale: Sale): void => {
  if (sale.type !== "Service Sale" && sale.order.status !== "AUTHORISED")
    refuse(`Sale Order must be authorised. Order Status is ${sale.order.status}`);
};

/** Every write moves Updated and the place in the list (facts 10). */
export function touch(ctx: Ctx, sale: Sale): void {
  ctx.account.counters.turn += 1;
  sale.turn = ctx.account.counters.turn;
  sale.updated = nowIso(ctx);
}

export function taskById(ctx: Ctx, taskId: string): { sale: Sale; task: Fulfilment } {
  const direct = ctx.account.sales[taskId];
  for (const sale of direct ? [direct] : Object.values(ctx.account.sales)) {
    const task = sale.fulfilments.find((each) => each.taskId === taskId);
    if (task) return { sale, task };
  }
  for (const sale of Object.values(ctx.account.sales)) {
    const task = sale.fulfilments.find((each) => each.taskId === taskId);
    if (task) return { sale, task };
  }
  return refuse("Sale Task with specified ID not found");
}

/** The task of a simple or service sale shares the sale's ID (facts 2.6, 11.6); an advanced sale's have their own. */
export function newTaskId(ctx: Ctx, sale: Sale, taken: readonly { taskId: string }[]): string {
  const shared = sale.type === "Service Sale" || (sale.type === "Simple Sale" && ctx.switches.taskIdIsSaleId);
  return shared && !taken.some((each) => each.taskId === sale.id) ? sale.id : ctx.world.random.guid();
}

export const isZero = (id: string): boolean => same(id, ZERO_GUID);

export const emptyDocument = (): SaleDocument => ({
  status: "NOT AVAILABLE",
  memo: "",
  combine: false,
  lines: [],
  charges: [],
  TotalBeforeTax: 0,
  Tax: 0,
  Total: 0,
});

export function addTask(ctx: Ctx, sale: Sale): Fulfilment {
  const task: Fulfilment = {
    taskId: newTaskId(ctx, sale, sale.fulfilments),
    number: sale.fulfilments.length + 1,
    pick: { status: "NOT AVAILABLE", lines: [] },
    pack: { status: "NOT AVAILABLE", lines: [] },
    ship: { status: "NOT AVAILABLE", requireBy: null, notes: "", lines: [], boxesGone: [] },
  };
  sale.fulfilments.push(task);
  return task;
}

/** While a stocktake is open, its location's stock cannot be used, sold or moved (facts 12 (2.10)). */
export function checkStocktake(ctx: Ctx, locationIds: Iterable<string>, what: string): void {
  for (const id of new Set(locationIds)) {
    const running = ctx.account.stocktakes.find((each) => each.status === "DRAFT" && each.locationId === id);
    if (!running) continue;
    const name = ctx.account.locations.find((each) => each.ID === id)?.Name ?? id;
    const words = {
      named: `${what} can not be authorised. Stocktake is in progress at location '${name}'`,
      counted: `${what}: stock count ${running.number} has not been completed`,
      locked: `Location '${name}' is locked. Please try again later`,
    };
    refuse(words[ctx.switches.stocktakeWords]);
  }
}
