import type { Transaction } from "../../../bigcommerce/schemas.ts";
import { instant, isPlausible } from "../../../lib/days.ts";
import { decimal, ZERO } from "../../../lib/money.ts";

/** What BigCommerce's transactions tell of the money of an order (bigcommerce.md 5.2): only those that are ok and not a gateway's test. */
export const isOk = (t: Transaction): boolean => t.status.toLowerCase() === "ok";
export const isCertificate = (t: Transaction): boolean => t.method === "gift_certificate" || t.gateway === "giftcertificate";
export const isCredit = (t: Transaction): boolean => t.method === "store_credit" || t.gateway === "storecredit";
const isOwn = (t: Transaction): boolean => !isCertificate(t) && !isCredit(t);
/** Set aside by the shopper's bank, not taken yet. */
export const isToCome = (t: Transaction): boolean => t.event === "authorization" && isOk(t);

/**
 * Money that arrived: purchases and captures, settlements that no such row stands for, without what was voided again. Two rows with
 * one reference of the gateway and one amount are the same money, told twice.
 */
export function captured(transactions: readonly Transaction[]): Transaction[] {
  const sound = transactions.filter((t) => isOk(t) && !t.test && (decimal(t.amount)?.gt(0) ?? false));
  const voided = new Set(
    sound
      .filter((t) => t.event === "void")
      .map((t) => t.reference_transaction_id)
      .filter(Boolean),
  );
  const taken = sound.filter((t) => (t.event === "purchase" || t.event === "capture") && !voided.has(t.id)).sort(byId);
  const once = taken.filter((t, i) => !taken.slice(0, i).some((other) => isTheSame(t, other)));
  const left = [...once];
  const settledAlone = sound.filter((t) => {
    if (t.event !== "settled" || voided.has(t.id)) return false;
    const at = left.findIndex(
      (other) =>
        other.id === t.reference_transaction_id || (other.gateway === t.gateway && decimal(other.amount)?.eq(decimal(t.amount) ?? ZERO)),
    );
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
  return [...once, ...settledAlone].sort(byId);
}

const byId = (a: Transaction, b: Transaction): number => Number(a.id) - Number(b.id);

const isTheSame = (a: Transaction, b: Transaction): boolean =>
  a.gateway_transaction_id !== "" &&
  a.gateway_transaction_id === b.gateway_transaction_id &&
  a.gateway === b.gateway &&
  a.currency === b.currency &&
  (decimal(a.amount)?.eq(decimal(b.amount) ?? ZERO) ?? false);

const MONEY = new Set(["purchase", "capture", "authorization", "settled"]);

/** M20: money is shown, and all of it is a gateway's test: none came in, whatever the method is called. */
export function isTestMoney(transactions: readonly Transaction[]): boolean {
  const money = transactions.filter((t) => isOk(t) && MONEY.has(t.event) && isOwn(t));
  return money.length > 0 && money.every((t) => t.test);
}

/**
 * When the shopper's own money came, or was set aside where that is asked (M12): the last of several payments, the first
 * authorisation. Null: no transaction tells.
 */
export function moneyCameAt(transactions: readonly Transaction[], rule: "authorised" | "paid", now: string): string | null {
  const days = (rows: readonly Transaction[]) =>
    rows
      .map((t) => instant(t.date_created))
      .filter((at): at is string => at !== null && isPlausible(at, now))
      .sort();
  const came = days(captured(transactions).filter(isOwn));
  if (rule === "paid") return came.at(-1) ?? null;
  const setAside = days(transactions.filter((t) => isToCome(t) && !t.test && isOwn(t)));
  return [...setAside, ...came].sort()[0] ?? null;
}
