import type { Case, RawTransaction } from "./books.ts";
import { type Dice, diceOf } from "./dice.ts";
import { drawGoods, type Way } from "./draw-goods.ts";
import { CURRENCIES, drawSetup, placesOf } from "./draw-setup.ts";
import { cut, type Exact, minus, of, plus, rounded, text, times } from "./exact.ts";

/** One order of any kind in any shop: the same seed, the same order. Even seeds are shops with tax in their prices. */
export function draw(seed: number): Case {
  const dice = diceOf(seed);
  const currency = dice.chance(0.7) ? "AUD" : dice.pick(CURRENCIES);
  const places = placesOf(currency);
  const inclusive = seed % 2 === 0;
  const classes = dice.int(1, 6);
  const way: Way = {
    inclusive,
    places,
    tax: dice.pick(["row", "rate", "rate", "order"]),
    offGross: !inclusive && dice.chance(0.3),
    rates: Array.from({ length: classes }, (_, i) => of(i === 1 ? "0" : dice.pick(["5", "7.25", "8.25", "10", "15", "19", "20", "27"]))),
    told: dice.chance(0.75),
    toldFees: dice.chance(0.5),
  };
  const setup = drawSetup(dice, classes);
  const { totals, ...goods } = drawGoods(dice, way);
  const total = of(totals["total_inc_tax"]);
  const days = drawDays(dice);
  const tender = drawTender(dice, { seed, currency, places, total, days });
  const order = {
    ...totals,
    id: 10_000 + seed,
    customer_id: 0,
    date_created: rfc(days.placed),
    date_modified: rfc(days.changed),
    date_shipped: days.shipped === null ? "" : rfc(days.shipped),
    status: "Awaiting Fulfillment",
    is_tax_inclusive_pricing: inclusive,
    items_total: goods.lines.reduce((n, line) => n + line.quantity, 0),
    items_shipped: days.shipped === null ? 0 : goods.lines.reduce((n, line) => n + line.quantity, 0),
    currency_code: currency,
    default_currency_code: currency,
    store_default_currency_code: "AUD",
    store_default_to_transactional_exchange_rate: currency === "AUD" ? "1.0000000000" : dice.pick(["0.6666700000", "0.6612340000"]),
    order_source: dice.pick(["www", "www", "www", "manual", "checkout_api"]),
    billing_address: {
      first_name: "Ana",
      last_name: "Keller",
      country_iso2: dice.pick(["AU", "AU", "AU", "NZ"]),
      email: "ana@example.org",
    },
    shipping_address_count: goods.shipping.length,
    ...tender.order,
  } as unknown as Case["raw"]["order"];
  return { seed, setup, raw: spoiled(dice, { ...goods, order, transactions: tender.transactions }) };
}

type Days = { placed: number; paid: number; shipped: number | null; changed: number; status: number };

const HOUR = 3_600_000;

/** Around a month's end, at every hour: placed, paid soon or late, perhaps shipped, last changed then or later. */
function drawDays(dice: Dice): Days {
  const placed = Date.UTC(2026, 9, dice.int(27, 31), dice.int(0, 23), dice.int(0, 59));
  const paid = placed + (dice.chance(0.7) ? dice.int(1, 90) * 60_000 : dice.int(2, 40) * HOUR);
  const status = dice.pick([11, 11, 11, 11, 7, 7, 9, 8, 3, 2, 2, 10, 14, 1, 5]);
  const shipped = [2, 10].includes(status) ? paid + dice.int(1, 48) * HOUR : null;
  const changed = shipped ?? paid + (dice.chance(0.6) ? 5_000 : dice.int(1, 60) * HOUR);
  return { placed, paid, shipped, changed, status };
}

const rfc = (at: number): string => new Date(at).toUTCString().replace("GMT", "+0000");

type Given = { seed: number; currency: string; places: number; total: Exact; days: Days };

function drawTender(dice: Dice, { seed, currency, places, total, days }: Given) {
  const part = (share: string): Exact => cut(times(total, of(share)), places);
  const certificate = dice.chance(0.15) ? (dice.chance(0.2) ? total : part("0.4")) : of(0);
  const credit = dice.chance(0.15) ? part("0.25") : of(0);
  const owed = minus(total, certificate);
  const storeCredit = minus(owed, credit).n < 0n ? of(0) : credit;
  const own = minus(owed, storeCredit);
  const row = (id: number, amount: Exact, over: Partial<RawTransaction> = {}): RawTransaction => ({
    id: seed * 20 + id,
    event: "purchase",
    method: "credit_card",
    amount: Number(text(amount, places)),
    currency,
    gateway: "stripe",
    gateway_transaction_id: `ch_${seed}_${id}`,
    payment_method_id: "stripe.card",
    reference_transaction_id: null,
    status: "ok",
    test: false,
    date_created: new Date(days.paid).toISOString(),
    gift_certificate: {},
    ...over,
  });
  const rows: RawTransaction[] = [];
  const withRows = dice.chance(0.5);
  if (withRows && certificate.n > 0n)
    rows.push(
      row(1, certificate, {
        method: "gift_certificate",
        gateway: "giftcertificate",
        gateway_transaction_id: "",
        payment_method_id: "giftcertificate",
        gift_certificate: { code: "ABCD-7F2A" },
      }),
    );
  if (withRows && storeCredit.n > 0n)
    rows.push(
      row(2, storeCredit, { method: "store_credit", gateway: "storecredit", gateway_transaction_id: "", payment_method_id: "storecredit" }),
    );
  const how = dice.pick([
    "card",
    "card",
    "card",
    "card",
    "two",
    "captured",
    "authorised",
    "bank",
    "bank",
    "account",
    "zip",
    "odd",
  ] as const);
  const card = { payment_method: "Credit Card", payment_status: "captured" as string | null };
  const order: Record<string, unknown> = { ...card, status_id: days.status };
  const half = cut(times(own, of("0.5")), places);
  if (own.n > 0n) {
    if (how === "card") rows.push(row(3, own));
    if (how === "two") rows.push(row(3, half), row(4, minus(own, half), { date_created: new Date(days.paid + 2 * HOUR).toISOString() }));
    if (how === "captured")
      rows.push(
        row(3, own, { event: "authorization", date_created: new Date(days.placed).toISOString() }),
        row(4, own, { event: "capture", reference_transaction_id: seed * 20 + 3 }),
        row(5, own, { event: "settled", reference_transaction_id: seed * 20 + 4 }),
      );
    if (how === "authorised") {
      rows.push(row(3, own, { event: "authorization" }));
      Object.assign(order, { payment_status: "authorized" });
    }
    if (how === "zip") {
      rows.push(row(3, own, { gateway: "zip", payment_method_id: "zip" }));
      Object.assign(order, { payment_method: "Zip" });
    }
    if (how === "bank") Object.assign(order, { payment_method: "Bank Deposit", payment_status: "" });
    if (how === "account") Object.assign(order, { payment_method: "Purchase Order", payment_status: "" });
    if (how === "odd") odd(dice, rows, order, row, own);
  }
  return {
    transactions: rows,
    order: { ...order, gift_certificate_amount: text(certificate, 4), store_credit_amount: text(storeCredit, 4) },
  };
}

/** Money of which BigCommerce does not tell what a person would need. */
function odd(
  dice: Dice,
  rows: RawTransaction[],
  order: Record<string, unknown>,
  row: (id: number, amount: Exact, over?: Partial<RawTransaction>) => RawTransaction,
  own: Exact,
): void {
  const kind = dice.pick([
    "no row",
    "failed",
    "no status",
    "unknown status",
    "unreadable",
    "other currency",
    "twice",
    "too much",
    "voided",
    "far",
  ]);
  if (kind === "failed") rows.push(row(3, own, { status: "error" }));
  if (kind === "no status") Object.assign(order, { payment_status: null });
  if (kind === "unknown status") Object.assign(order, { payment_status: "chargeback" });
  if (kind === "unreadable") rows.push(row(3, own, { amount: "n/a" }));
  if (kind === "other currency") rows.push(row(3, own, { currency: "EUR" }));
  if (kind === "twice") rows.push(row(3, own), row(4, own, { gateway_transaction_id: row(3, own).gateway_transaction_id }));
  if (kind === "too much") rows.push(row(3, rounded(times(own, of(2)), 0)));
  if (kind === "far") rows.push(row(3, own, { date_created: "2099-01-01T00:00:00+00:00" }));
  if (kind === "voided") {
    const first = row(3, own);
    rows.push(first, row(4, own, { event: "void", reference_transaction_id: first.id }));
    Object.assign(order, { payment_status: "void" });
  }
}

/** A few orders that must not be sent as they are. */
function spoiled(dice: Dice, raw: Case["raw"]): Case["raw"] {
  if (!dice.chance(0.06)) return raw;
  const { order } = raw;
  const kind = dice.pick(["total", "net", "coupon", "year", "status", "amount", "line"]);
  const more = (value: unknown, by: string) => text(plus(of(value), of(by)), 4);
  if (kind === "total")
    return { ...raw, order: { ...order, total_inc_tax: more(order.total_inc_tax, "7"), total_ex_tax: more(order.total_ex_tax, "7") } };
  if (kind === "net") return { ...raw, order: { ...order, total_ex_tax: more(order.total_ex_tax, "-9") } };
  if (kind === "coupon" && raw.coupons.length > 0)
    return { ...raw, coupons: raw.coupons.map((coupon, i) => (i === 0 ? { ...coupon, discount: more(coupon.discount, "3") } : coupon)) };
  if (kind === "year") return { ...raw, order: { ...order, date_created: "Fri, 01 Jan 2099 00:00:00 +0000" } };
  if (kind === "status") return { ...raw, order: { ...order, status_id: null } };
  if (kind === "amount") return { ...raw, order: { ...order, total_tax: "n/a" } };
  const [first] = raw.lines;
  if (kind === "line" && first?.type === "physical")
    return { ...raw, lines: [{ ...first, total_ex_tax: "-5.0000", total_inc_tax: "-5.0000" }, ...raw.lines.slice(1)] };
  return raw;
}
