/** The plain fields of a product with their lengths (L5188-5256), and what an absent one looks like. */
import type { Component, Json, Product } from "./types.ts";

const ATTRIBUTES = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`AdditionalAttribute${index + 1}`, 256]));

export const TEXTS: Readonly<Record<string, number>> = {
  Brand: 50,
  DropShipMode: 50,
  DefaultLocation: 50,
  WeightUnits: 10,
  DimensionsUnits: 10,
  Barcode: 256,
  ShortDescription: 500,
  Description: 1_000_000,
  InternalNote: 4000,
  AttributeSet: 50,
  DiscountRule: 128,
  Tags: 256,
  StockLocator: 256,
  COGSAccount: 50,
  RevenueAccount: 50,
  ExpenseAccount: 50,
  InventoryAccount: 50,
  PurchaseTaxRule: 50,
  SaleTaxRule: 50,
  PickZones: 256,
  AssemblyInstructionURL: 256,
  AssemblyCostEstimationMethod: 256,
  HSCode: 200,
  CountryOfOrigin: 256,
  CountryOfOriginCode: 256,
  ...ATTRIBUTES,
};

export const NUMBERS = [
  "Length",
  "Width",
  "Height",
  "Weight",
  "CartonLength",
  "CartonWidth",
  "CartonHeight",
  "CartonQuantity",
  "CartonInnerQuantity",
  "MinimumBeforeReorder",
  "ReorderQuantity",
  "QuantityToProduce",
] as const;

export const FLAGS = ["Sellable", "BillOfMaterial", "AutoAssembly", "AutoDisassembly"] as const;

const NULLS = [
  "Brand",
  "AttributeSet",
  "DiscountRule",
  "COGSAccount",
  "RevenueAccount",
  "ExpenseAccount",
  "InventoryAccount",
  "PurchaseTaxRule",
  "SaleTaxRule",
];

type Defaults = Json &
  Pick<Product, "DropShipMode" | "AverageCost" | "Barcode" | "BillOfMaterial" | "AutoAssembly" | "BillOfMaterialsProducts"> &
  Record<"RevenueAccount" | "COGSAccount" | "InventoryAccount" | "SaleTaxRule", string | null>;

export const productDefaults = (): Defaults => ({
  ...Object.fromEntries(Object.keys(TEXTS).map((name) => [name, NULLS.includes(name) ? null : ""])),
  ...Object.fromEntries(NUMBERS.map((name) => [name, 0])),
  DropShipMode: "No Drop Ship",
  WeightUnits: "kg",
  DimensionsUnits: "cm",
  AssemblyCostEstimationMethod: "Average Cost",
  QuantityToProduce: 1,
  AverageCost: 0,
  Sellable: true,
  BillOfMaterial: false,
  AutoAssembly: false,
  AutoDisassembly: false,
  Barcode: "",
  RevenueAccount: null,
  COGSAccount: null,
  InventoryAccount: null,
  SaleTaxRule: null,
  BillOfMaterialsProducts: [] as Component[],
});
