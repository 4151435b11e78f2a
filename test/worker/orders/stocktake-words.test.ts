import { expect, it } from "vitest";
import { isOpenAt, speaksOfStocktake } from "../../../worker/orders/stocktake-words.ts";

it("M36: Cin7's refusal names the stocktake, speaks of a shut location, or of something else", () => {
  for (const text of ["Stocktake ST-00004 is in progress", "Location is under stock take", "cycle count open"])
    expect(speaksOfStocktake(text), text).toBe("yes");
  for (const text of ["Location Main Warehouse is locked", "Stock is temporarily blocked"])
    expect(speaksOfStocktake(text), text).toBe("perhaps");
  for (const text of ["Period is locked", "Location not found", ""]) expect(speaksOfStocktake(text), text).toBe("no");
});

it("a location is shut by any stocktake of it that is not over, and by none of another", () => {
  const rows = (Status: string, Location = " main warehouse") => [{ Location, Status }];
  for (const status of ["DRAFT", "IN PROGRESS", ""]) expect(isOpenAt(rows(status), "Main Warehouse"), status).toBe(true);
  for (const status of ["COMPLETED", "Voided"]) expect(isOpenAt(rows(status), "Main Warehouse"), status).toBe(false);
  expect(isOpenAt(rows("DRAFT", "Elsewhere"), "Main Warehouse")).toBe(false);
});
