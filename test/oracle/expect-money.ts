import type { Method, Raw, RawTransaction, Setup } from "./books.ts";
import { compare, cut, type Exact, minus, NOTHING, of, plus, read, text } from "./exact.ts";

/** What of the order's money is a payment in Cin7 Core, and what a person is told of instead. */
export type Payment = { amount: string; account: string | null; day: string };
export type Money = { payments: Payment[]; told: Set<string> };

const CAPTURED = ["captured", "paid", "partially refunded", "refunded"];
const NOT_YET = ["authorized", "capture pending", "pending", "held for review", "declined", "void", "void pending"];
const ON_ITS_WAY = [2, 3, 8, 9, 10, 11, 14];
const DAY_MS = 86_400_000;

export const dayOf = (instant: string, zone: string): string => {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(
    new Date(instant),
  );
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
};

export const isCaptured = ({ order }: Raw): boolean => CAPTURED.includes(order.payment_status ?? "");
export const isAuthorised = (raw: Raw): boolean =>
  isCaptured(raw) || ["authorized", "capture pending"].includes(raw.order.payment_status ?? "");
const isOnItsWay = ({ order }: Raw): boolean => ON_ITS_WAY.includes(order.status_id ?? -1);

/** What is left for the shopper's own way of paying. */
export const ownOf = ({ order }: Raw): Exact =>
  minus(minus(of(order.total_inc_tax), of(order.gift_certificate_amount)), of(order.store_credit_amount));

export const methodNamed = (setup: Setup, codes: string[], names: string[]): Method | null => {
  for (const wanted of [...codes, ...names].map((each) => each.toLowerCase()).filter(Boolean)) {
    const found = setup.methods.find((each) => each.code === wanted) ?? setup.methods.find((each) => each.name.toLowerCase() === wanted);
    if (found) return found;
  }
  return null;
};

/** M9: captured, nothing left to pay, or, where the method says so, Awaiting Fulfillment and later. */
export function isPaid(raw: Raw, setup: Setup): boolean {
  if (isCaptured(raw) || ownOf(raw).n <= 0n) return true;
  const method = methodNamed(setup, [], [raw.order.payment_method]);
  const how = method ? method.paid : (raw.order.payment_status ?? "") === "" ? "awaiting-fulfillment" : "captured";
  return how === "awaiting-fulfillment" && isOnItsWay(raw);
}

export const kindOf = (row: RawTransaction): "certificate" | "credit" | "own" =>
  row.method === "gift_certificate" ? "certificate" : row.method === "store_credit" ? "credit" : "own";

export const isFar = (instant: string, now: string): boolean => Date.parse(instant) > Date.parse(now) + DAY_MS;

/** Money that came in, each piece of it once. */
export function taken(raw: Raw): RawTransaction[] {
  const sound = raw.transactions.filter((row) => row.status === "ok" && !row.test && (read(row.amount)?.n ?? 0n) > 0n);
  const voided = sound.filter((row) => row.event === "void").map((row) => row.reference_transaction_id);
  const came = sound.filter((row) => ["purchase", "capture"].includes(row.event) && !voided.includes(row.id));
  return came.filter(
    (row, i) =>
      !came
        .slice(0, i)
        .some(
          (other) =>
            row.gateway_transaction_id !== "" &&
            other.gateway_transaction_id === row.gateway_transaction_id &&
            other.gateway === row.gateway &&
            String(other.amount) === String(row.amount),
        ),
  );
}

export function moneyOf(raw: Raw, setup: Setup, metAt: string): Money {
  const { order } = raw;
  const currency = order.default_currency_code;
  const foreign = currency !== setup.base;
  const told = new Set<string>();
  const payments: Payment[] = [];
  let counted = NOTHING;
  const accountFor = (kind: "certificate" | "credit" | "own", method: Method | null): string | null => {
    if (foreign) return method?.inCurrency[currency] ?? null;
    if (method) return method.account ?? (kind === "certificate" ? setup.charges.certificate.account : null);
    if (kind === "certificate") return setup.charges.certificate.account;
    return kind === "own" ? setup.otherAccount : null;
  };
  const pay = (kind: "certificate" | "credit" | "own", method: Method | null, amount: Exact, at: string) => {
    const account = accountFor(kind, method);
    if (account === null) told.add("payment-unmapped");
    counted = plus(counted, amount);
    // Cin7 keeps two decimals of a payment; never more than there was.
    payments.push({ amount: text(cut(amount, 2), 2), account, day: dayOf(at, setup.zone) });
  };
  const rows = taken(raw);
  const of_ = (kind: "certificate" | "credit" | "own") => rows.filter((row) => kindOf(row) === kind);
  for (const [kind, amount, code, name] of [
    ["certificate", of(order.gift_certificate_amount), "giftcertificate", "Gift Certificate"],
    ["credit", of(order.store_credit_amount), "storecredit", "Store Credit"],
  ] as const) {
    const method = methodNamed(setup, [code], [name]);
    const mine = of_(kind);
    for (const row of mine) pay(kind, method, of(row.amount), row.date_created);
    if (mine.length === 0 && amount.n > 0n) pay(kind, method, amount, order.date_created);
  }
  const own = of_("own");
  for (const row of own) {
    const method = methodNamed(
      setup,
      [row.gateway, row.payment_method_id, row.payment_method_id.split(".")[0] ?? ""],
      [order.payment_method],
    );
    if (row.currency !== currency || isFar(row.date_created, setup.now)) told.add("payment-unclear");
    else pay("own", method, of(row.amount), row.date_created);
  }
  const left = ownOf(raw);
  if (own.length === 0 && left.n > 0n)
    withoutRow(raw, setup, told, () => pay("own", methodNamed(setup, [], [order.payment_method]), left, metAt));

  const total = of(order.total_inc_tax);
  // Money that is short counts once the shopper's own way of paying has been seen; what is unclear is told as that.
  const ownSeen =
    left.n <= 0n ||
    own.length > 0 ||
    payments.length > (of(order.gift_certificate_amount).n > 0n ? 1 : 0) + (of(order.store_credit_amount).n > 0n ? 1 : 0);
  const short = counted.n > 0n && compare(counted, total) < 0 && ownSeen && isPaid(raw, setup);
  if ((compare(counted, total) > 0 || short) && !told.has("payment-unclear")) told.add("payment-differs");
  return { payments, told };
}

/** The shopper's own way of paying left no transaction. */
function withoutRow(raw: Raw, setup: Setup, told: Set<string>, pay: () => void): void {
  const { order } = raw;
  const status = order.payment_status ?? "";
  const method = methodNamed(setup, [], [order.payment_method]);
  if (method?.paid === "never") return;
  const authorised = raw.transactions.some((row) => row.event === "authorization" && row.status === "ok");
  if (method?.paid === "awaiting-fulfillment" || (!method && status === "")) {
    if (isPaid(raw, setup) && !authorised) pay();
    return;
  }
  // The shop treats it as paid, and nothing shows that money came.
  const known = NOT_YET.includes(status);
  if (isCaptured(raw) || (!known && status !== "") || (status === "" && isOnItsWay(raw))) told.add("payment-unclear");
}
