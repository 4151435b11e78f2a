/**
 * The wire contract between the Worker's /api and the UI: types, so that it costs the UI nothing, and
 * beside them one plain table, `setup-pages.ts`.
 * Money is a decimal string with its currency; instants are ISO 8601 UTC; days are `YYYY-MM-DD` in the store's zone.
 * Every failure is `ApiError` with a sentence a merchant can act on; field errors are keyed by the path in the sent document.
 */
export type * from "./attention.ts";
export type * from "./core.ts";
export type * from "./daily-sales.ts";
export type * from "./goods.ts";
export type * from "./lifecycle.ts";
export type * from "./order.ts";
export type * from "./page.ts";
export type * from "./setup.ts";
