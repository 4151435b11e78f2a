/** `/control/state`: everything the twin holds, in the API's own shapes (design 7), plus the journals. */
import { stockSums } from "./availability.ts";
import { showStocktake } from "./company.ts";
import { showCustomer } from "./customers.ts";
import { journals } from "./ledger.ts";
import { showTaxRule } from "./reference.ts";
import { showSale } from "./sale-document.ts";
import type { Cin7Switches } from "./switches.ts";
import type { Account, Json, Store } from "./types.ts";

const mapped = <T>(rows: Record<string, T>, show: (row: T) => unknown) =>
  Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, show(row)]));

function showAccount(account: Account, switches: Cin7Switches): Json {
  return {
    company: account.company,
    sales: mapped(account.sales, (sale) => showSale(account, sale, switches, { transactions: true })),
    products: account.products,
    families: account.families,
    customers: mapped(account.customers, showCustomer),
    stock: stockSums(account),
    transactions: account.postings.map((posting) => ({
      TaskID: posting.taskId,
      SaleID: posting.saleId,
      DebitAccountCode: posting.debit,
      CreditAccountCode: posting.credit,
      Amount: posting.amount,
      EffectiveDate: posting.date,
      Reference: posting.reference,
      Transaction: posting.text,
      Type: posting.type,
    })),
    journals: journals(account),
    webhooks: account.webhooks,
    credits: account.credits,
    carriers: account.carriers,
    categories: account.categories,
    brands: account.brands,
    units: account.units,
    locations: account.locations,
    taxRules: account.taxRules.map(showTaxRule),
    chart: account.chart,
    finishedGoods: account.finishedGoods ?? [],
    stocktakes: account.stocktakes.map((each) => showStocktake(account, each)),
    switches: account.switches,
  };
}

export const showStore = (store: Store, switchesOf: (account: Account) => Cin7Switches): Json => ({
  accounts: mapped(store.accounts, (account) => showAccount(account, switchesOf(account))),
});
