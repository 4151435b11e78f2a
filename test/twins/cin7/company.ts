/** The company itself: /me, /me/contacts, /me/addresses, /transactions, /stockTakeList (facts 5, 12). */

import { locationById } from "./books.ts";
import { same } from "./fields.ts";
import { equals, paged, queryFlag, queryGuid, queryTime, startsWith } from "./lists.ts";
import { big, round } from "./money.ts";
import type { Account, Ctx, Json, Stocktake } from "./types.ts";

export function getMe(ctx: Ctx): Json {
  const { company, taxRules } = ctx.account;
  const rule = taxRules.find((each) => each.Name === company.DefaultSaleTaxRuleName);
  const lock = company.LockDate;
  return {
    Company: company.Company,
    Currency: company.Currency,
    TimeZone: ctx.switches.timeZone === "windows" ? company.zone.windows : company.zone.iana,
    DefaultWeightUnits: "kg",
    DefaultDimensionsUnits: "cm",
    LockDate: lock && ctx.switches.lockDateFormat === "display" ? `${lock.slice(8, 10)}/${lock.slice(5, 7)}/${lock.slice(0, 4)}` : lock,
    OpeningBalanceDate: "2021-06-30T00:00:00",
    TaxCalculationMethod: ctx.switches.taxCalculationMethod,
    DefaultSaleTaxRuleId: rule?.ID,
    DefaultSaleTaxRuleName: company.DefaultSaleTaxRuleName,
    MaximumDecimalPlacesInQuantity: "N2",
    ApplyCustomerDiscountsAfterOtherDiscounts: true,
    DiscountRule: "Discount",
    AutomaticallyApplyDiscounts: ctx.switches.automaticallyApplyDiscounts,
    RoundingTable: [{ RangeTo: 10, RoundToNearest: 0.01, AdjustmentRule: "N", AdjustmentValue: 0 }],
  };
}

const is = (row: Json, field: string, asked: string | undefined) => equals(String(row[field] ?? ""), asked);

export function getContacts(ctx: Ctx): Json {
  const id = queryGuid(ctx, "ID");
  const chosen = queryFlag(ctx, "DefaultForType");
  const found = ctx.account.contacts.filter(
    (row) =>
      (!id || row["ContactID"] === id) &&
      startsWith(String(row["Name"]), ctx.query("Name")) &&
      ["Type", "Phone", "Fax", "Email"].every((field) => is(row, field, ctx.query(field))) &&
      (chosen === undefined || row["DefaultForType"] === chosen),
  );
  return paged(ctx, "MeContactsList", found);
}

export function getAddresses(ctx: Ctx): Json {
  const id = queryGuid(ctx, "ID");
  const chosen = queryFlag(ctx, "DefaultForType");
  const found = ctx.account.addresses.filter(
    (row) =>
      (!id || row["AddressID"] === id) &&
      ["Type", "Country", "StateProvince", "CitySuburb"].every((field) => is(row, field, ctx.query(field))) &&
      (chosen === undefined || row["DefaultForType"] === chosen),
  );
  return paged(ctx, "MeAddressesList", found);
}

export function getTransactions(ctx: Ctx): Json {
  const from = queryTime(ctx, "FromDate");
  const to = queryTime(ctx, "ToDate");
  const asked = ctx.query("Account");
  const inclusive = ctx.switches.transactionBounds === "inclusive";
  const found = ctx.account.postings.filter((posting) => {
    const at = Date.parse(`${posting.date}Z`);
    if (asked && !same(posting.debit, asked) && !same(posting.credit, asked)) return false;
    if (from !== undefined && (inclusive ? at < from : at <= from)) return false;
    return to === undefined || (inclusive ? at <= to : at < to);
  });
  return paged(ctx, "Transactions", found, (posting) => ({
    TaskID: posting.taskId,
    DebitAccountCode: posting.debit,
    CreditAccountCode: posting.credit,
    Amount: round(big(posting.amount)),
    EffectiveDate: posting.date,
    Reference: posting.reference,
    Transaction: posting.text,
    Type: posting.type,
  }));
}

export const showStocktake = (account: Account, each: Stocktake): Json => ({
  TaskID: each.TaskID,
  EffectiveDate: each.created.slice(0, 10).concat("T00:00:00"),
  StocktakeNumber: each.number,
  Status: each.status,
  Account: "310",
  LocationID: each.locationId,
  Location: locationById(account, each.locationId).Name,
  Tags: "",
  PickZones: "",
  StockLocators: "",
  Categories: "",
  Brands: "",
  Bins: "",
  Reference: "",
  CreatedDate: each.created,
  LastUpdatedDate: each.updated,
  LastUpdatedBy: "Warehouse",
});

/** Rows under the key StockAdjustmentList (sic, L25680). */
export function getStockTakes(ctx: Ctx): Json {
  const found = ctx.account.stocktakes.filter((each) => equals(each.status, ctx.query("Status")));
  return paged(ctx, "StockAdjustmentList", found, (each) => showStocktake(ctx.account, each));
}

export const getCredits = (ctx: Ctx): Json => {
  const customer = queryGuid(ctx, "CustomerID");
  const used = queryFlag(ctx, "ShowUsedCredits") ?? false;
  const found = ctx.account.credits.filter((each) => (!customer || each.CustomerID === customer) && (used || each.RemainingAmount > 0));
  // No Total here (L1747).
  const { Total: _total, ...list } = paged(ctx, "CustomerCredits", found);
  return list;
};
