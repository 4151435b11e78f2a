import * as z from "zod";
import { id, list, listed, text, units } from "./fields.ts";

/** The fields of products, stock and finished goods that we use (cin7-core.md 3). */
export const product = z.object({
  ID: z.string(),
  SKU: z.string(),
  Name: text,
  Type: text,
  Status: text,
  RevenueAccount: text,
  BillOfMaterial: z.boolean().nullish(),
  AutoAssembly: z.boolean().nullish(),
  BOMType: text,
});
export type Product = z.output<typeof product>;
export const productList = z.object({ Total: z.coerce.number(), Products: listed(product) });

/** As Setup shows and finds charge items. */
export const productChoice = z.object({ ID: id, SKU: text, Name: z.string(), Type: text, Status: text }).transform((p) => ({
  id: p.ID,
  sku: p.SKU,
  name: p.Name,
  service: p.Type.toLowerCase() === "service",
  active: p.Status === "" || p.Status.toLowerCase() === "active",
}));
export type ProductChoice = z.output<typeof productChoice>;

/** GET /ref/productavailability: a row for each bin and batch; rows of nothing are left out (3.6). */
export const productAvailability = z.object({
  ProductAvailabilityList: listed(z.object({ ID: z.string(), Location: text, OnHand: units, Allocated: units, Available: units })),
});
export type AvailabilityRow = z.output<typeof productAvailability>["ProductAvailabilityList"][number];

/** GET /product with IncludeBOM: what a kit is made of (3.5). */
export const billOfMaterials = z.object({
  Products: listed(
    z
      .object({
        ID: z.string(),
        QuantityToProduce: units.catch(1),
        BillOfMaterialsProducts: list(
          z.object({
            ComponentProductID: z.string(),
            ProductCode: text,
            Quantity: units,
            WastagePercent: units.catch(0),
            WastageQuantity: units.catch(0),
          }),
        ),
      })
      .transform((p) => ({
        ID: p.ID,
        perRun: p.QuantityToProduce,
        parts: p.BillOfMaterialsProducts.map((part) => ({
          productId: part.ComponentProductID.toLowerCase(),
          sku: part.ProductCode,
          quantity: part.Quantity,
          wastagePercent: part.WastagePercent,
          wastageQuantity: part.WastageQuantity,
        })),
      })),
  ),
});
export type Bill = Omit<z.output<typeof billOfMaterials>["Products"][number], "ID">;

/** POST, GET and DELETE /finishedGoods. `Errors` in an answer: it came only part of the way (3.5). */
export const finishedGoods = z.object({
  TaskID: z.string(),
  AssemblyNumber: text,
  Status: text,
  ProductID: z.string(),
  Quantity: units,
  Notes: text,
  Errors: list(z.union([z.string(), z.object({ Exception: text }).transform((e) => e.Exception)])),
});
export type FinishedGoods = z.output<typeof finishedGoods>;
export const finishedGoodsRow = z.object({ TaskID: z.string(), ProductID: z.string(), Status: text, Notes: text });
