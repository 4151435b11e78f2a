import { midnight, number } from "../cin7/values.ts";

/** POST /finishedGoods: COMPLETED, so that Cin7 takes the components and finishes the goods in one go (3.5, 7.31). */
export function assemblyBody(
  kit: { productId: string; sku: string },
  quantity: string,
  at: { location: string; wipAccount: string; account: string; day: string },
  notes: string,
) {
  return {
    Status: "COMPLETED",
    ProductID: kit.productId,
    ProductCode: kit.sku,
    Location: at.location,
    WIPAccount: at.wipAccount,
    WIPDate: midnight(at.day),
    Account: at.account,
    Quantity: number(quantity),
    CompletionDate: midnight(at.day),
    Notes: notes,
  };
}
