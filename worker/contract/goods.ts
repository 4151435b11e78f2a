/** The wire contract of where an order's goods are (F25, F26); part of `contract.ts`, which says how its values are written. */

/**
 * GET /api/stores/:hash/orders/:id/goods (operate) -> OrderGoods: asked of Cin7 Core now, one call for each SKU, at most 10 of
 * them; 503 `busy` says when there is room. Goods on order count for nothing.
 */
export type OrderGoods = {
  /** The location from which Cin7 Core takes the goods of this order. */
  location: string;
  rows: GoodsRow[];
  /** SKUs of the order that were not asked for. */
  left: number;
  /** What is to be known of it, as sentences. */
  notes: string[];
};
export type GoodsRow = {
  sku: string;
  ordered: string;
  /** The location of the sale first, then the stock locations of Setup. */
  places: { location: string; own: boolean; onHand: string; allocated: string; available: string }[];
  /**
   * What would be assembled of it now, before its order; null: it is no kit, or nothing is assembled for this order (any more).
   * `short`: components that are missing for that, and where else some are; null: there are too many to look at.
   */
  kit: { quantity: string; short: MissingPart[] | null } | null;
};
/** `made`: it is assembled itself. `elsewhere`: other stock locations of Setup that have some of it. */
export type MissingPart = {
  sku: string;
  needs: string;
  there: string;
  made: boolean;
  elsewhere: { location: string; available: string }[];
};
