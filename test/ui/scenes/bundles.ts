import type { Scene, Shop } from "./scene.ts";
import { process } from "./scene.ts";

const MAIN = "Main Warehouse";

/** KIT-2 of two CUP-ENAM in Cin7 Core, with so many cups. */
export async function bundles(shop: Shop, cups: number): Promise<void> {
  await shop.cin7("POST", "/product", {
    SKU: "KIT-2",
    Name: "Gift set",
    Category: "Other",
    Type: "Stock",
    CostingMethod: "FIFO",
    UOM: "Item",
    Status: "Active",
    PriceTier1: 20,
    BillOfMaterial: true,
    AutoAssembly: false,
    QuantityToProduce: 1,
    AssemblyCostEstimationMethod: "Average Cost",
    BillOfMaterialsProducts: [{ ProductCode: "CUP-ENAM", Quantity: 2 }],
  });
  await shop.books("/stock", { sku: "CUP-ENAM", location: MAIN, onHand: cups });
}

/** Components are short before the order (F23). */
export const assemblyShort: Scene = {
  async cause(shop) {
    await bundles(shop, 1);
    await shop.change((s) => {
      s.sale.assembly = { mode: "ordered", cin7: "never", wipAccount: "631", account: "630" };
    });
    return shop.order({ lines: [{ sku: "KIT-2", name: "Gift set", price: 20, quantity: 2 }] });
  },
  says: "Order {N} is held: components are missing to assemble 2 × KIT-2.",
  async remedy(shop, entry, id) {
    await shop.books("/stock", { sku: "CUP-ENAM", location: MAIN, onHand: 90 });
    await process(shop, entry, id);
  },
  ends: "paid",
  after: (shop) =>
    shop.change((s) => {
      s.sale.assembly.mode = "never";
    }),
};
