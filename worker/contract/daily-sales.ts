import type { OrderRow } from "./core.ts";
import type { Page } from "./page.ts";

/** The wire contract of daily sales (F15); part of `contract.ts`, which says how its values are written. */

/**
 * GET /api/stores/:hash/daily-sales?page=1&perPage=25, newest first. `sale`: as an order, with the sale's own number, which is
 * negative, as its ID. `shown`: one sale a day is chosen, or there was one.
 */
export type DailySales = Page<DailySale> & { shown: boolean };
export type DailySale = { sale: OrderRow; day: string; zone: string; location: string; orders: number };
