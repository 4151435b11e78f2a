import type { Place } from "../../scripts/connect.ts";
import { makeProducts, told } from "./shops.ts";

/**
 * Bundles that Setup has assembled before their order (F23): two kits of one component, which is always there. Setup says *for
 * the ordered quantity*, so that how many are to be made is known from the order alone.
 */
export const KITS = ["KIT-PICNIC", "KIT-TEA"] as const;
/** Units of each kit that an order holds. */
export type Units = Partial<Record<(typeof KITS)[number], number>>;
const PART = "PART-OF-KITS";

/** As an order's lines, from a shop whose own catalogue calls them something else. */
export const kitLines = (units: Units) =>
  Object.entries(units).map(([sku, quantity]) => ({ sku, name: `Bundle ${sku}`, price: "49.50", quantity }));

export async function makeKits(place: Place, account: number, accountId: string, location: string): Promise<void> {
  await makeProducts(place, account, [PART]);
  await told(place, `/cin7/${accountId}/stock`, { sku: PART, location, onHand: 1_000_000 });
  const bill = { BillOfMaterial: true, AutoAssembly: false, QuantityToProduce: 1 };
  await makeProducts(place, account, KITS, { ...bill, BillOfMaterialsProducts: [{ ProductCode: PART, Quantity: 2 }] });
}

export const ASSEMBLY = { mode: "ordered", cin7: "never", wipAccount: "631", account: "630" } as const;
