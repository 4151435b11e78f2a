/** GET /ref/productavailability (facts 3.6): rows per bin and batch, all-zero rows left out, ModifiedSince ignored. */
import { contains, equals, paged, queryGuid, startsWith } from "./lists.ts";
import { add, sub, times } from "./money.ts";
import { assemblable, isKit } from "./stock.ts";
import type { Account, Ctx, Json, Location, Product, StockRow } from "./types.ts";

type Row = { product: Product; at: Location; row: StockRow; available: number };

function rowsOf(account: Account, product: Product): Row[] {
  const rows = account.stock[product.ID] ?? [];
  const result: Row[] = [];
  for (const at of account.locations) {
    const here = rows.filter((row) => row.locationId === at.ID);
    const kits = isKit(product) ? assemblable(account, product, at.ID) : 0;
    // A kit without stock of its own still shows what its components can make (facts 3.5).
    if (kits > 0 && here.length === 0)
      here.push({ locationId: at.ID, binId: null, batch: null, expiry: null, onHand: 0, allocated: 0, onOrder: 0, inTransit: 0 });
    here.forEach((row, index) => {
      const available = add(sub(row.onHand, row.allocated), index === 0 ? kits : 0);
      if (row.onHand || row.allocated || row.onOrder || row.inTransit || available) result.push({ product, at, row, available });
    });
  }
  return result;
}

function show({ product, at, row, available }: Row): Json {
  return {
    ID: product.ID,
    SKU: product.SKU,
    Name: product.Name,
    Barcode: product.Barcode || null,
    Location: at.Name,
    Bin: at.bins.find((bin) => bin.ID === row.binId)?.Name ?? null,
    Batch: row.batch,
    ExpiryDate: row.expiry,
    OnHand: row.onHand,
    Allocated: row.allocated,
    Available: available,
    OnOrder: row.onOrder,
    // A money value, not a quantity (facts 9.13).
    StockOnHand: times(row.onHand, product.AverageCost),
    InTransit: row.inTransit,
    NextDeliveryDate: null,
  };
}

export function getAvailability(ctx: Ctx): Json {
  const id = queryGuid(ctx, "ID");
  const match = ctx.switches.skuMatch === "prefix" ? startsWith : contains;
  const products = id ? [ctx.account.products[id]].filter((each) => each !== undefined) : Object.values(ctx.account.products);
  const [sku, name, category, place, batch] = ["Sku", "Name", "Category", "Location", "Batch"].map((each) => ctx.query(each));
  const found = products
    .filter((row) => row.Type === "Stock" && match(row.SKU, sku) && startsWith(row.Name, name) && equals(row.Category, category))
    .flatMap((product) => rowsOf(ctx.account, product))
    .filter((row) => equals(row.at.Name, place) && equals(row.row.batch ?? "", batch));
  return paged(ctx, "ProductAvailabilityList", found, show);
}

/** Sums per SKU and location, the shape of `/control/state` (design 7). */
export function stockSums(account: Account): { sku: string; location: string; onHand: number; allocated: number; available: number }[] {
  return Object.values(account.products).flatMap((product) => {
    const sums = new Map<string, { sku: string; location: string; onHand: number; allocated: number; available: number }>();
    for (const { at, row, available } of rowsOf(account, product)) {
      const before = sums.get(at.ID) ?? { sku: product.SKU, location: at.Name, onHand: 0, allocated: 0, available: 0 };
      sums.set(at.ID, {
        ...before,
        onHand: add(before.onHand, row.onHand),
        allocated: add(before.allocated, row.allocated),
        available: add(before.available, available),
      });
    }
    return [...sums.values()];
  });
}
