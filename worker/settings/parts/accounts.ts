import type { LiveAccount } from "./live.ts";

/** Which account of Cin7 Core may be chosen for what: a sentence why not, or null. */

export const byCode = (code: string, accounts: readonly LiveAccount[]) => accounts.find((a) => a.code.toLowerCase() === code.toLowerCase());
const gone = (code: string, account: LiveAccount | undefined): string | null => {
  if (!account) return `Cin7 Core has no account ${code}. Choose another one.`;
  return account.active ? null : `Account ${account.code} ${account.name} is not active in Cin7 Core. Choose another one.`;
};

export function revenueProblem(code: string, accounts: readonly LiveAccount[]): string | null {
  const account = byCode(code, accounts);
  const bad = gone(code, account);
  if (bad || !account) return bad;
  return account.class === "" || account.class === "REVENUE" ? null : `Account ${account.code} ${account.name} is not a revenue account.`;
}

/** An account that receives money, in the currency of the orders (M9); `named`: the account must say this currency itself. */
export function paymentAccountProblem(
  code: string,
  accounts: readonly LiveAccount[],
  currency: string | undefined,
  named = false,
): string | null {
  const account = byCode(code, accounts);
  const bad = gone(code, account);
  if (bad || !account) return bad;
  if (!account.forPayments) return `Account ${account.code} ${account.name} cannot receive payments. Choose an account that can.`;
  if (named && !account.currency)
    return `Account ${account.code} ${account.name} is in the currency of the books. Choose an account in ${currency}.`;
  if (currency && account.currency && account.currency.toUpperCase() !== currency.toUpperCase()) {
    return `Account ${account.code} ${account.name} is in ${account.currency}; the orders are in ${currency}. Choose an account in ${currency}.`;
  }
  return null;
}

/** The account of a charge; gift certificates are a debt to the shopper, paid back through the same account (M7). */
export function chargeAccountProblem(charge: string, code: string, accounts: readonly LiveAccount[]): string | null {
  const account = byCode(code, accounts);
  const bad = gone(code, account);
  if (bad || !account) return bad;
  const which = `Account ${account.code} ${account.name}`;
  if (charge === "gift-certificate") {
    if (account.class !== "" && account.class !== "LIABILITY")
      return `${which} is not a liability. A gift certificate is money that you owe until it is used.`;
    return account.forPayments
      ? null
      : `${which} cannot receive payments. Gift certificates are paid with through this account: let it receive payments in Cin7 Core.`;
  }
  if (charge === "rounding" || account.class === "" || account.class === "REVENUE" || account.class === "EXPENSE") return null;
  return `${which} is neither revenue nor expense. Choose another account.`;
}

/** Accounts that goods can stand on: assets that are neither money nor what customers owe. */
export const holdsStock = (account: LiveAccount): boolean =>
  account.active && !account.forPayments && (account.class === "" || account.class === "ASSET") && !/receivable/i.test(account.system);

export function stockAccountProblem(code: string, accounts: readonly LiveAccount[]): string | null {
  const account = byCode(code, accounts);
  const bad = gone(code, account);
  if (bad || !account) return bad;
  return holdsStock(account) ? null : `Account ${account.code} ${account.name} cannot hold goods. Choose an account for stock.`;
}
