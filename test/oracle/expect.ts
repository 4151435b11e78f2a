import type { Case, Raw, Setup } from "./books.ts";
import { placesOf } from "./draw-setup.ts";
import { compare, cut, type Exact, minus, of, over, plus, read, rounded, same, size, sum, times, unit } from "./exact.ts";
import { discountsOf, type Part } from "./expect-discounts.ts";
import { dayOf, isAuthorised, isCaptured, isFar, isPaid, kindOf, type Money, methodNamed, moneyOf, ownOf, taken } from "./expect-money.ts";
import { freeRule, type Row, rowsOf } from "./expect-rows.ts";

/** What the accounting rules make of an order, from BigCommerce's own figures and the merchant's choices alone. */
export type Sale = {
  is: "sale";
  currency: string;
  places: number;
  rate: Exact;
  inclusive: boolean;
  orderDay: string;
  invoiceDay: string;
  total: Exact;
  tax: Exact;
  rows: Row[];
  /** The printed price of one unit of each row; null: discounts are in them. */
  prices: Map<Row, Exact> | null;
  /** Negative charges; none where discounts lower the prices of the lines (`lowered`). */
  parts: Part[];
  lowered: Exact | null;
  /** Under each rule what BigCommerce charged, exactly; `sure`: to half a cent, else the figures of the order leave it open by cents. */
  taxByRule: { rule: string; exact: Exact; sure: boolean }[];
  /** Each row's tax where BigCommerce tells it to the cent and it adds up. */
  toldRows: boolean;
  freeRule: string;
  money: Money | null;
};
export type Expected = { is: "not taken" } | { is: "held"; why: string[] } | Sale;

export function expect({ setup, raw }: Case): Expected {
  const verdict = captured(raw, setup);
  if (verdict.is !== "taken") return verdict;
  const { order } = raw;
  if ([order.total_inc_tax, order.total_ex_tax, order.total_tax].some((value) => read(value) === null))
    return { is: "held", why: ["no amount"] };
  const currency = order.default_currency_code;
  const inPlaces = placesOf(currency);
  const cap = of(setup.cap);
  const inclusive = order.is_tax_inclusive_pricing;
  const [inc, tax] = [of(order.total_inc_tax), of(order.total_tax)];
  const ex = minus(inc, tax);
  const { rows, held } = rowsOf(raw, setup);
  if (compare(size(minus(ex, of(order.total_ex_tax))), cap) > 0) held.push("its total, its tax and its net total contradict each other");
  const discounts = discountsOf(rows, raw, { ex, inc, tax, places: inPlaces, cap, byCode: setup.couponCodes });
  if ("held" in discounts) held.push(discounts.held);
  if (held.length > 0 || "held" in discounts) return { is: "held", why: held };

  const spread = (setup.spread || setup.refuses.negative) && discounts.side.n > 0n;
  const side = (row: Row) => (inclusive ? row.inc : row.ex);
  const target = plus(inclusive ? inc : ex, discounts.side);
  const left = (priceOf: (row: Row) => Exact) => minus(target, sum(rows.map((row) => times(priceOf(row), of(row.quantity)))));
  const even = (row: Row) => (setup.refuses.negative ? cut : rounded)(over(side(row), of(row.quantity)), 4);
  const own = (row: Row) => shopPrice(row, side(row), inPlaces) ?? even(row);
  const fits = (amount: Exact) => compare(size(amount), cap) <= 0 && !(setup.refuses.negative && amount.n < 0n);
  // A Cin7 that rounds each row to two decimals must not end further from the total by the shop's prices (decision 0028).
  const off = (priceOf: (row: Row) => Exact) => {
    const amounts = [...rows.map((row) => times(priceOf(row), of(row.quantity))), left(priceOf)];
    return size(minus(sum(amounts.map((amount) => rounded(amount, 2))), target));
  };
  const printed = fits(left(own)) && compare(off(own), off(even)) <= 0;
  if (!spread && !printed && compare(size(left(even)), cap) > 0) return { is: "held", why: ["rounding above the cap"] };
  return {
    is: "sale",
    currency,
    places: inPlaces,
    rate: currency === setup.base ? of(1) : rounded(over(of(1), of(order.store_default_to_transactional_exchange_rate)), 4),
    inclusive,
    orderDay: dayOf(new Date(order.date_created).toISOString(), setup.zone),
    invoiceDay: dayOf(setup.invoiceDay === "placed" ? new Date(order.date_created).toISOString() : verdict.metAt, setup.zone),
    total: inc,
    tax,
    rows,
    prices: spread ? null : new Map(rows.map((row) => [row, printed ? own(row) : even(row)])),
    parts: spread ? [] : discounts.parts,
    lowered: spread ? discounts.side : null,
    taxByRule: byRule(rows, discounts.parts, tax, inPlaces),
    toldRows: everyRowTold(rows, tax, inPlaces),
    freeRule: freeRule(setup),
    money: setup.paymentsOn ? moneyOf(raw, setup, verdict.metAt) : null,
  };
}

/** J7: the price that the shopper knows, where BigCommerce's total is its rounding. */
const shopPrice = (row: Row, side: Exact, inPlaces: number): Exact | null =>
  row.shopPrice && side.n > 0n && compare(size(minus(times(row.shopPrice, of(row.quantity)), side)), times(unit(inPlaces), of("0.5"))) <= 0
    ? row.shopPrice
    : null;

type Verdict = { is: "not taken" } | { is: "held"; why: string[] } | { is: "taken"; metAt: string };

/** M19, and M12: the moment at which the rule was met, from what tells it. */
function captured(raw: Raw, setup: Setup): Verdict {
  const { order } = raw;
  const { status_id: status } = order;
  if (status === null) return { is: "held", why: ["no status"] };
  const placed = new Date(order.date_created).toISOString();
  if ([0, 4, 5, 6].includes(status)) return { is: "not taken" };
  if (status === 12 || status === 13) return { is: "held", why: ["status"] };
  const onAccount = methodNamed(setup, [], [order.payment_method])?.paid === "never" && [2, 10].includes(status);
  const met: Record<Setup["takes"], boolean> = {
    created: status !== 1 || order.order_source === "manual",
    authorised: status !== 1 && (status !== 7 || isAuthorised(raw)),
    paid: status === 14 || (status === 7 ? isCaptured(raw) : status !== 1 && (isPaid(raw, setup) || onAccount)),
    completed: [2, 10].includes(status) || (status === 14 && (order.date_shipped !== "" || order.items_shipped >= order.items_total)),
  };
  if (!met[setup.takes]) return { is: "not taken" };
  if (isFar(placed, setup.now)) return { is: "held", why: ["placed in the future"] };
  return { is: "taken", metAt: metAt(raw, setup, placed) };
}

function metAt(raw: Raw, setup: Setup, placed: string): string {
  const { order } = raw;
  if (setup.takes === "created") return placed;
  const changed = new Date(order.date_modified).toISOString();
  const shipped = order.date_shipped ? new Date(order.date_shipped).toISOString() : null;
  const told = setup.takes === "completed" ? shipped : momentOfMoney(raw, setup, placed);
  const upTo = shipped !== null && shipped < changed ? shipped : changed;
  const at = told ?? upTo;
  return at < placed ? placed : at > setup.now ? setup.now : at;
}

/** The payment that made it paid, or the first that stood for all of it; null: no transaction tells. */
function momentOfMoney(raw: Raw, setup: Setup, placed: string): string | null {
  const fair = raw.transactions.filter((row) => !isFar(row.date_created, setup.now));
  const dates = (rows: typeof fair) => rows.map((row) => new Date(row.date_created).toISOString()).sort();
  const came = dates(taken(raw).filter((row) => fair.includes(row) && kindOf(row) === "own"));
  if (setup.takes === "authorised") {
    const authorised = dates(fair.filter((row) => row.event === "authorization" && row.status === "ok" && !row.test));
    return [...authorised, ...came].sort()[0] ?? (ownOf(raw).n <= 0n ? placed : null);
  }
  return came.at(-1) ?? (ownOf(raw).n <= 0n ? placed : null);
}

/** What was charged under each rule: by the tax rows where they tell, else by the rows less what their discounts take. */
function byRule(rows: readonly Row[], parts: readonly Part[], tax: Exact, inPlaces: number): Sale["taxByRule"] {
  const own = (row: Row) => minus(row.inc, row.ex);
  const silent = rows.some((row) => row.charged === null && row.goods && own(row).n !== 0n);
  const rules = [...new Set(rows.map((row) => row.rule))];
  const told = rules.map((rule) => ({ rule, exact: sum(rows.filter((row) => row.rule === rule).map((row) => row.charged ?? own(row))) }));
  const off = size(minus(sum(told.map(({ exact }) => exact)), tax));
  const fits = compare(off, times(unit(inPlaces), of(rules.length + 1))) <= 0;
  if (!silent && fits) return told.map((each) => ({ ...each, sure: true }));
  return rules.map((rule) => {
    const whole = sum(rows.filter((row) => row.rule === rule).map(own));
    const less = sum(parts.filter((part) => part.rule === rule).map((part) => part.tax));
    return { rule, exact: minus(whole, less), sure: parts.length === 0 };
  });
}

function everyRowTold(rows: readonly Row[], tax: Exact, inPlaces: number): boolean {
  const all = rows.map((row) => row.charged ?? (row.goods && minus(row.inc, row.ex).n !== 0n ? null : minus(row.inc, row.ex)));
  if (!all.every((each): each is Exact => each !== null)) return false;
  return same(sum(all), tax) && all.every((each) => same(cut(each, inPlaces), each));
}
