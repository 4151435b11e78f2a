import type { Account } from "../../cin7/schemas/lists.ts";
import type { Settings } from "../../contract/index.ts";
import type { Fields } from "../document.ts";

/** What assembling before an order needs in Setup (F23, F24): its two accounts, and Cin7's own setting, which only a person can see. */

/** Every finished goods task names both (cin7-core.md 3.5). */
export const assemblyAccounts = ({ sale }: Settings): [path: string, code: string | null][] => [
  ["sale.assembly.wipAccount", sale.assembly.wipAccount],
  ["sale.assembly.account", sale.assembly.account],
];

/** Accounts that goods can stand on: assets that are neither money nor what customers owe. */
export const holdsStock = (account: Account): boolean =>
  account.active && !account.forPayments && (account.class === "" || account.class === "ASSET") && !/receivable/i.test(account.system);

export function stockAccountProblem(code: string, accounts: readonly Account[]): string | null {
  const account = accounts.find((a) => a.code.toLowerCase() === code.toLowerCase());
  if (!account) return `Cin7 Core has no account ${code}. Choose another one.`;
  if (!account.active) return `Account ${account.code} ${account.name} is not active in Cin7 Core. Choose another one.`;
  return holdsStock(account) ? null : `Account ${account.code} ${account.name} cannot hold goods. Choose an account for stock.`;
}

/** What is missing before anything can be assembled; empty where nothing is. */
export function assemblyProblems({ sale }: Settings): Fields {
  const { mode, cin7, wipAccount, account } = sale.assembly;
  if (mode === "never") return {};
  if (sale.status === "draft")
    return { "sale.assembly.mode": "Nothing is assembled for a draft order. Choose an authorised order, or never assemble." };
  return {
    ...(cin7 === null
      ? { "sale.assembly.cin7": "Look at the setting in Cin7 Core and say what it is, so that nothing is assembled twice." }
      : {}),
    ...(wipAccount === null ? { "sale.assembly.wipAccount": "Choose the account for work in progress." } : {}),
    ...(account === null ? { "sale.assembly.account": "Choose the account for finished goods." } : {}),
  };
}
