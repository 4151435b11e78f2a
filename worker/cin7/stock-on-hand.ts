import type { Cin7 } from "./client.ts";
import { PAGE } from "./pages.ts";
import { get, mapped, type Read } from "./reading.ts";
import { type Stocktake, stocktakes } from "./schemas/lists.ts";
import { type AvailabilityRow, productAvailability } from "./schemas/product.ts";

/** What is on the shelf (cin7-core.md 3.6), and which locations are being counted (2.10, 12). */

/** At one location, or without it at all of them. */
export async function readAvailability(cin7: Cin7, productId: string, location?: string): Promise<Read<AvailabilityRow[]>> {
  const query = { ID: productId, Location: location, Page: 1, Limit: PAGE };
  return mapped(await get(cin7, "/ref/productavailability", query, productAvailability), (read) => read.ProductAvailabilityList);
}

/** The stocktakes that are open. */
export async function openStocktakes(cin7: Cin7): Promise<Read<Stocktake[]>> {
  const read = await get(cin7, "/stockTakeList", { Status: "DRAFT", Page: 1, Limit: 100 }, stocktakes);
  return mapped(read, ({ StockAdjustmentList }) => StockAdjustmentList);
}
