import "../../../../worker/app/compose/problems.ts";
import * as schemas from "../../../../worker/bigcommerce/schemas.ts";
import type { ChargeKey, Settings } from "../../../../worker/contract/index.ts";
import { accept } from "../../../../worker/orders/capture/accept.ts";
import { toPayments } from "../../../../worker/orders/mapping/amounts/plan-payments.ts";
import type { KnownProduct, SaleDraft, Snapshot } from "../../../../worker/orders/mapping/sale-draft.ts";
import { toSale } from "../../../../worker/orders/mapping/to-sale.ts";
import { invoiceBody, saleBody } from "../../../../worker/orders/sending/bodies.ts";
import { keyOf } from "../../../../worker/problems/registry.ts";
import { aProduct, aSettings, ID } from "../../../harness/builders.ts";
import type { Case, Charge, Raw, Setup } from "../../../oracle/books.ts";
import { CURRENCIES } from "../../../oracle/draw-setup.ts";
import type { Sent } from "../../../oracle/judge.ts";

/** Asks the Worker what becomes of an order of the oracle: its words into ours, our documents back into those of Cin7's API. */
const KEYS: Record<Charge, ChargeKey> = {
  shipping: "shipping",
  handling: "handling",
  wrapping: "wrapping",
  fee: "fee",
  discount: "discount",
  coupon: "coupon",
  certificate: "gift-certificate",
  rounding: "rounding",
  unlisted: "unlisted",
};

function settingsOf(setup: Setup): Settings {
  const items = Object.fromEntries(
    Object.entries(setup.charges).map(([key, item], i) => [KEYS[key as Charge], { productId: ID(900 + i), ...item }]),
  );
  return aSettings({
    orders: { captureWhen: setup.takes, unknownSku: setup.unknownSku },
    customers: { perCurrency: CURRENCIES.slice(1).map((currency) => ({ currency, customer: { id: ID(9), name: currency } })) },
    sale: { status: setup.order },
    invoice: { status: setup.invoice, revenueAccount: setup.revenueAccount, when: setup.invoiceWhen, date: setup.invoiceDay },
    tax: {
      classes: setup.classes.map((each) => ({
        classId: each.id,
        className: `Class ${each.id}`,
        withTax: each.with,
        withoutTax: each.without,
      })),
      special: setup.special.map((each) => ({ classId: null, taxName: "", ...each })),
    },
    payments: {
      on: setup.paymentsOn,
      otherAccount: setup.otherAccount,
      methods: setup.methods.map(({ code, name, account, paid, inCurrency }) => ({
        key: code,
        name,
        account,
        countsAsPaid: paid,
        currencies: Object.entries(inCurrency).map(([currency, of]) => ({ currency, account: of })),
      })),
    },
    charges: { items, loadCouponCodes: setup.couponCodes, spreadDiscounts: setup.spread },
    rounding: { cap: setup.cap },
  });
}

/** The order read through the Worker's own schemas; null: it is turned away there. */
function snapshotOf(raw: Raw): Snapshot | null {
  const order = schemas.order.safeParse(raw.order);
  const lines = raw.lines.map((line) => schemas.orderLine.safeParse(line));
  if (!order.success || lines.some((line) => !line.success)) return null;
  return {
    order: order.data,
    lines: lines.map((line) => line.data as NonNullable<typeof line.data>),
    shipping: raw.shipping.map((each) => schemas.shippingConsignment.parse({ ...(raw.order["billing_address"] as object), ...each })),
    pickups: [],
    fees: raw.fees.map((fee) => schemas.fee.parse(fee)),
    taxes: raw.taxes.map((row) => schemas.taxRow.parse(row)),
    coupons: raw.coupons.map((coupon) => schemas.coupon.parse(coupon)),
    customer: null,
    classOfProduct: raw.classOfProduct,
  };
}

const productsOf = (raw: Raw, setup: Setup): Map<string, KnownProduct> =>
  new Map(
    raw.lines
      .filter((line) => line.sku && !setup.unknown.includes(line.sku))
      .map((line) => [line.sku, aProduct(line.sku, { revenueAccount: setup.productAccount })]),
  );

export type Asked = { sent: Sent; draft: SaleDraft | null };

export function ask({ setup, raw }: Case, products = productsOf(raw, setup), settings = settingsOf(setup)): Asked {
  const none = (is: "not taken" | "held", why: string): Asked => ({ sent: { is, why }, draft: null });
  const snapshot = snapshotOf(raw);
  const transactions = raw.transactions.map((row) => schemas.transaction.parse(row));
  if (!snapshot) return none("held", "it could not be read");
  const verdict = accept(snapshot.order, settings, { now: setup.now, timeZone: setup.zone, transactions });
  if (verdict.is === "skip") return none("not taken", verdict.code);
  if (verdict.is === "hold") return none("held", verdict.problems.map(keyOf).join(", "));
  const mapped = toSale({
    snapshot,
    settings,
    settingsVersion: 1,
    store: { hash: "oracle1", timeZone: setup.zone, currency: setup.base },
    account: { currency: setup.base },
    products,
    generation: 1,
    metAt: verdict.metAt,
    negativeChargesRefused: setup.refuses.negative,
    zeroPriceRefused: setup.refuses.free,
    asOneSale: snapshot.shipping.length > 1,
  });
  if (!mapped.ok) return none("held", mapped.error.map((problem) => JSON.stringify(problem)).join(", "));
  const draft = mapped.value;
  const { currency } = draft;
  const header = { ...saleBody(draft, ID(1)), currency };
  // As JSON takes it: what would be lost on the way is lost here too.
  const invoice = JSON.parse(JSON.stringify(invoiceBody(draft, "", "")));
  const plan = setup.paymentsOn
    ? toPayments(snapshot.order, transactions, settings, {
        currency,
        rate: draft.rate,
        timeZone: setup.zone,
        foreign: currency !== setup.base,
        metAt: verdict.metAt,
        now: setup.now,
      })
    : { payments: [], notices: [] };
  const payments = plan.payments
    .filter((p) => p.unclear === undefined)
    .map(({ amount, account, paidOn }) => ({ amount, account, day: paidOn }));
  return { sent: { is: "sale", header, invoice, payments, told: plan.notices.map(({ kind }) => kind) }, draft };
}
