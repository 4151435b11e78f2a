import type { Settings } from "../../contract/index.ts";
import type { LiveAccount } from "../parts/live.ts";

type Method = Settings["payments"]["methods"][number];

const CERTIFICATE = /^gift_?certificate$/;
const CREDIT = /^store_?credit$/;
const is = (what: RegExp, method: Method): boolean =>
  [method.key, method.name].some((word) => what.test(word.toLowerCase().replace(/\s+/g, "")));

/**
 * What keeps an account from standing for a gift certificate or store credit that is used (M7, M8): both are money that you
 * owe, and a certificate is paid from the very account on which it was sold, else neither ever comes to 0. Null: nothing, or
 * the method is another one.
 */
export function owedProblem(method: Method, account: LiveAccount | undefined, settings: Settings): string | null {
  const [certificate, credit] = [is(CERTIFICATE, method), is(CREDIT, method)];
  if (!account || (!certificate && !credit)) return null;
  const what = certificate ? "A gift certificate" : "Store credit";
  if (account.class !== "" && account.class !== "LIABILITY")
    return `Account ${account.code} ${account.name} is not a liability. ${what} is money that you owe until it is used.`;
  const sold = settings.charges.items["gift-certificate"]?.account;
  if (certificate && sold !== undefined && sold.toLowerCase() !== account.code.toLowerCase())
    return `Gift certificates are sold on account ${sold}. Choose the same account here, so that it comes to 0 when they are used.`;
  return null;
}
