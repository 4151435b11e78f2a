/** The reference books (facts 5, 3.4, 3.7). */
import { refuse } from "./errors.ts";
import { needText, same } from "./fields.ts";
import { equals, paged, queryFlag, queryGuid, single, startsWith } from "./lists.ts";
import type { Account, Bin, Ctx, Json, LedgerAccount, Location, Named, TaxRule } from "./types.ts";

export function showTaxRule(rule: TaxRule): Json {
  // Percent and order of a component are strings in every example (facts 5).
  const component = {
    ID: rule.ID,
    Name: rule.Name,
    Percent: String(rule.TaxPercent),
    AccountCode: rule.Account,
    Compound: "false",
    ComponentOrder: "1",
  };
  return { ...rule, Components: [component] };
}

export function getTax(ctx: Ctx): Json {
  const id = queryGuid(ctx, "ID");
  const flags = (["IsActive", "IsTaxForSale", "IsTaxForPurchase"] as const).map((name) => [name, queryFlag(ctx, name)] as const);
  const found = ctx.account.taxRules.filter(
    (rule) =>
      (!id || rule.ID === id) &&
      startsWith(rule.Name, ctx.query("Name")) &&
      equals(rule.Account, ctx.query("Account")) &&
      flags.every(([name, asked]) => asked === undefined || rule[name] === asked),
  );
  return paged(ctx, "TaxRuleList", found, showTaxRule);
}

const showAccount = ({ Currency, ...row }: LedgerAccount): Json => ({
  ...row,
  DisplayName: `${row.Code}: ${row.Name}`,
  OldCode: null,
  ...(row.BankAccountId && { Bank: "Bank", Currency }),
});

export function getAccounts(ctx: Ctx): Json {
  const code = ctx.query("Code");
  const found = ctx.account.chart.filter(
    (row) =>
      equals(row.Code, code) &&
      startsWith(row.Name, ctx.query("Name")) &&
      equals(row.Type, ctx.query("Type")) &&
      equals(row.Status, ctx.query("Status")),
  );
  // An unknown code is an error, not an empty list (facts 1.4).
  if (code && found.length === 0) refuse("Account with specified ID not found");
  return paged(ctx, "AccountsList", found, showAccount);
}

export function getBankAccounts(ctx: Ctx): Json {
  const id = queryGuid(ctx, "ID");
  const found = ctx.account.chart.filter(
    (row) => row.BankAccountId && (!id || row.BankAccountId === id) && startsWith(row.Name, ctx.query("Name")),
  );
  return paged(ctx, "BankAccountsList", found, (row) => ({
    AccountID: row.BankAccountId,
    Bank: "Bank",
    AccountName: row.Name,
    AccountNumber: row.BankAccountNumber ?? "",
    AccountCode: row.Code,
    Currency: row.Currency ?? ctx.account.company.Currency,
    StatementBalance: 0,
    BalanceInDear: 0,
    InitialBalance: 0,
  }));
}

/** Always ten, no paging. */
export const getPriceTiers = (ctx: Ctx): Json => ({ PriceTiers: ctx.account.priceTiers.map((Name, index) => ({ Code: index + 1, Name })) });

export function getCarriers(ctx: Ctx): Json {
  const id = queryGuid(ctx, "CarrierID");
  const found = ctx.account.carriers.filter(
    (row) => (!id || row.CarrierID === id) && startsWith(row.Description, ctx.query("Description")),
  );
  return paged(ctx, "CarrierList", found);
}

export function postCarrier(ctx: Ctx): Json {
  const Description = needText(ctx.body, "Description");
  if (ctx.account.carriers.some((row) => same(row.Description, Description)))
    refuse("This carrier already exists. Carrier description must be unique.");
  const row = { CarrierID: ctx.world.random.guid(), Description };
  ctx.account.carriers.push(row);
  return single("CarrierList", row);
}

export function getPaymentTerms(ctx: Ctx): Json {
  const id = queryGuid(ctx, "ID");
  const [active, usual] = [queryFlag(ctx, "IsActive"), queryFlag(ctx, "IsDefault")];
  const found = ctx.account.terms.filter(
    (row) =>
      (!id || row.ID === id) &&
      startsWith(row.Name, ctx.query("Name")) &&
      equals(row.Method, ctx.query("Method")) &&
      (active === undefined || row.IsActive === active) &&
      (usual === undefined || row.IsDefault === usual),
  );
  return paged(ctx, "PaymentTermList", found);
}

function showLocation(account: Account, row: Location, bin: Bin | null): Json {
  return {
    ID: bin?.ID ?? row.ID,
    Name: bin?.Name ?? row.Name,
    IsDefault: !bin && row.IsDefault,
    IsDeprecated: bin?.IsDeprecated ?? row.IsDeprecated,
    Bins: bin ? null : row.bins,
    FixedAssetsLocation: false,
    ParentID: bin ? row.ID : null,
    ParentName: bin ? row.Name : null,
    ReferenceCount: 0,
    AddressLine1: "",
    AddressLine2: "",
    AddressCitySuburb: "",
    AddressStateProvince: "",
    AddressZipPostCode: "",
    AddressCountry: String(account.addresses[0]?.["Country"] ?? ""),
    PickZones: null,
    IsShopfloor: row.IsShopfloor,
    IsCoMan: false,
    IsStaging: bin?.IsStaging ?? false,
  };
}

/** Bins are nested and rows of their own (facts 3.7). */
export function getLocations(ctx: Ctx): Json {
  const id = queryGuid(ctx, "ID");
  const deprecated = queryFlag(ctx, "Deprecated");
  const all = ctx.account.locations.flatMap((row) => [
    showLocation(ctx.account, row, null),
    ...row.bins.map((bin) => showLocation(ctx.account, row, bin)),
  ]);
  const found = all.filter(
    (row) =>
      (!id || row["ID"] === id) &&
      startsWith(String(row["Name"]), ctx.query("Name")) &&
      (deprecated === undefined || row["IsDeprecated"] === deprecated),
  );
  return paged(ctx, "LocationList", found);
}

export const getNamed = (ctx: Ctx, key: string, rows: readonly Named[]): Json =>
  paged(
    ctx,
    key,
    rows.filter((row) => startsWith(row.Name, ctx.query("Name"))),
  );

/** Unique without regard to case; answers the bare row (facts 1.3, 1.4). */
export function postNamed(ctx: Ctx, what: string, rows: Named[]): Json {
  const Name = needText(ctx.body, "Name", 50);
  if (rows.some((row) => same(row.Name, Name))) refuse(`This ${what.toLowerCase()} already exists. ${what} name must be unique.`);
  const row = { ID: ctx.world.random.guid(), Name };
  rows.push(row);
  return { ...row };
}

export const getAttributeSets = (ctx: Ctx): Json => {
  const id = queryGuid(ctx, "ID");
  const found = ctx.account.attributeSets.filter((row) => (!id || row["ID"] === id) && startsWith(String(row["Name"]), ctx.query("Name")));
  return paged(ctx, "AttributeSetList", found);
};
