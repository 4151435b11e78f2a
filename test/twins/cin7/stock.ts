/** Stock by product, location, bin and batch (facts 3.6): reserving, assembling, leaving and coming back. */
import { locationById } from "./books.ts";
import { stockChanged } from "./hooks.ts";
import { add, sub, times } from "./money.ts";
import type { Account, Allocation, Component, Ctx, Line, Location, Product, StockRow } from "./types.ts";

export const isStocked = (product: Product): boolean => product.Type === "Stock";

export const rowsOf = (account: Account, productId: string, locationId?: string): StockRow[] =>
  (account.stock[productId] ?? []).filter((row) => !locationId || row.locationId === locationId);

export function rowAt(account: Account, productId: string, at: Omit<Allocation, "quantity">): StockRow {
  account.stock[productId] ??= [];
  const rows = account.stock[productId];
  const found = rows.find((row) => row.locationId === at.locationId && row.binId === at.binId && row.batch === at.batch);
  if (found) return found;
  const row: StockRow = { ...pickKey(at), expiry: null, onHand: 0, allocated: 0, onOrder: 0, inTransit: 0 };
  rows.push(row);
  return row;
}
const pickKey = ({ locationId, binId, batch }: Omit<Allocation, "quantity">) => ({ locationId, binId, batch });

export const free = (row: StockRow): number => sub(row.onHand, row.allocated);

/** Units on the shelf that nobody has reserved; expired batches count too (facts 3.6). */
function availableAt(account: Account, productId: string, locationId: string): number {
  return rowsOf(account, productId, locationId).reduce((total, row) => add(total, free(row)), 0);
}

export const isKit = (product: Product): boolean => product.AutoAssembly && product.BillOfMaterialsProducts.length > 0;

/** How many kits the components at one place can make: the scarcest decides (facts 3.5). */
export function assemblable(account: Account, kit: Product, locationId: string): number {
  const makes = kit.BillOfMaterialsProducts.map((component) =>
    Math.floor(availableAt(account, component.ComponentProductID, locationId) / component.Quantity),
  );
  return Math.max(0, Math.min(...makes));
}

function assemble(ctx: Ctx, kit: Product, quantity: number, at: Location): void {
  for (const component of kit.BillOfMaterialsProducts) takeComponent(ctx, component, times(component.Quantity, quantity), at);
  rowAt(ctx.account, kit.ID, { locationId: at.ID, binId: null, batch: null }).onHand += quantity;
}

function takeComponent(ctx: Ctx, component: Component, quantity: number, at: Location): void {
  let left = quantity;
  for (const row of rowsOf(ctx.account, component.ComponentProductID, at.ID)) {
    const taken = Math.min(left, Math.max(0, free(row)));
    row.onHand = sub(row.onHand, taken);
    left = sub(left, taken);
  }
  touched(ctx, component.ComponentProductID, at.ID);
}

/** Reserves what there is, at the sale's location first; answers the reservations and what is missing. */
export function reserve(ctx: Ctx, product: Product, quantity: number, at: Location): { allocations: Allocation[]; missing: number } {
  const { account, switches } = ctx;
  const short = switches.autoAssembly === "ordered" ? quantity : sub(quantity, availableAt(account, product.ID, at.ID));
  // All or nothing: with components short nothing is made (facts 3.5).
  if (short > 0 && switches.autoAssembly !== "never" && isKit(product) && assemblable(account, product, at.ID) >= short) {
    assemble(ctx, product, short, at);
  }
  const places = switches.allocateFrom === "all" ? [at, ...account.locations.filter((each) => each !== at && !each.IsDeprecated)] : [at];
  const allocations: Allocation[] = [];
  let missing = quantity;
  for (const each of places) {
    for (const row of rowsOf(account, product.ID, each.ID)) {
      const taken = Math.min(missing, Math.max(0, free(row)));
      if (taken <= 0) continue;
      row.allocated = add(row.allocated, taken);
      allocations.push({ ...pickKey(row), quantity: taken });
      missing = sub(missing, taken);
    }
    touched(ctx, product.ID, each.ID);
  }
  return { allocations, missing };
}

export function release(ctx: Ctx, productId: string, allocations: readonly Allocation[]): void {
  for (const each of allocations) {
    const row = rowAt(ctx.account, productId, each);
    row.allocated = sub(row.allocated, each.quantity);
  }
  for (const locationId of new Set(allocations.map((each) => each.locationId))) touched(ctx, productId, locationId);
}

/** Allocates an order line anew; always-drop-ship and service lines reserve nothing. */
export function allocateLine(ctx: Ctx, line: Line, product: Product, at: Location): void {
  if (!isStocked(product) || line.DropShip || product.DropShipMode === "Always Drop Ship") return;
  const { allocations, missing } = reserve(ctx, product, line.Quantity, at);
  line.allocations = allocations;
  line.BackorderQuantity = missing;
  if (missing > 0 && ctx.switches.backorderCountsAsAllocated) {
    const owed = { locationId: at.ID, binId: null, batch: null, quantity: missing };
    rowAt(ctx.account, product.ID, owed).allocated = add(rowAt(ctx.account, product.ID, owed).allocated, missing);
    line.allocations = [...allocations, owed];
  }
}

export function releaseLine(ctx: Ctx, line: Line): void {
  release(ctx, line.ProductID, line.allocations);
  line.allocations = [];
  line.BackorderQuantity = 0;
}

/** Goods arrive at or leave a shelf. */
export function move(ctx: Ctx, productId: string, at: Omit<Allocation, "quantity">, quantity: number): void {
  const row = rowAt(ctx.account, productId, at);
  row.onHand = add(row.onHand, quantity);
  touched(ctx, productId, at.locationId);
}

export function touched(ctx: Ctx, productId: string, locationId: string): void {
  const product = ctx.account.products[productId];
  if (!product) return;
  if (ctx.switches.stockBumpsProduct) product.LastModifiedOn = new Date(ctx.world.clock.now()).toISOString();
  stockChanged(ctx, product, locationById(ctx.account, locationId));
}
