import { inCurrency } from "../../lib/money.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import type { Problem } from "../../problems/define-problem.ts";
import { saleMark } from "../marks.ts";
import { chargeRows } from "./amounts/charges.ts";
import { documentOf } from "./amounts/document.ts";
import { lineRows } from "./amounts/lines.ts";
import { countsAsPaid } from "./amounts/payment-method.ts";
import { figuresOf, reader } from "./amounts/read-amounts.ts";
import { nothingYet, once } from "./collector.ts";
import { noteOf, shippingNotesOf } from "./comments.ts";
import { currencyOf } from "./currency.ts";
import { partiesOf } from "./customer-and-addresses.ts";
import { saleDates } from "./dates.ts";
import { decisionsOf } from "./explanations.ts";
import { reservedUnits } from "./reserved.ts";
import type { MappingInput, SaleDraft } from "./sale-draft.ts";
import { headerOf, placeOf } from "./ship-from.ts";
import { soldOf } from "./sold.ts";

/**
 * A BigCommerce order as one Cin7 sale (F103, design 8.6): exact to the cent, or **every** problem that keeps it from being
 * mapped. Pure: the same input gives the same bytes. Amounts are decimal text in the order's own currency.
 */
export function toSale(input: MappingInput): Result<SaleDraft, Problem[]> {
  const { snapshot, settings, store, account } = input;
  const { order } = snapshot;
  const found = nothingYet();
  const amounts = reader();

  const currency = currencyOf(order, store.currency, account.currency, settings.currency.rates);
  if (!currency.ok) found.problems.push(currency.error);
  const code = currency.ok ? currency.value.code : order.default_currency_code || store.currency;
  const figures = figuresOf(order, code, settings.rounding.cap, amounts);
  // By line ID, charges after them: a tie of tax goes to the lower line ID (M3).
  const rows = [...lineRows(input, amounts, found), ...chargeRows(input, amounts, found)];
  const dates = saleDates(order.date_created, input.metAt, store.timeZone, settings.invoice.date);
  const malformed = [...amounts.bad, ...(dates ? [] : ["date_created"])];
  if (malformed.length) found.problems.push({ kind: "order-malformed", orderId: order.id, fields: [...new Set(malformed)] });
  const document = malformed.length ? { lines: [], charges: [] } : documentOf(rows, figures, code, input, found);

  const foreign = currency.ok && currency.value.foreign;
  const parties = partiesOf(snapshot, settings, { code, foreign }, found.losses);
  const addresses = Math.max(order.shipping_address_count, snapshot.shipping.length);
  const several = addresses > 1;
  if (several && !input.asOneSale) found.problems.push({ kind: "several-addresses", orderId: order.id, count: addresses });
  const place = placeOf(snapshot, settings);
  const location = place.location;
  const missing = [...(location ? [] : ["Sales ship from"]), ...(parties.party ? [] : ["Default customer"])];
  if (missing.length) found.problems.push({ kind: "setup-incomplete", missing });
  const { party } = parties;
  if (party === "no-customer-in-currency") found.problems.push({ kind: "currency-customer-missing", currency: code });

  if (found.problems.length || !currency.ok || !dates || !location || !party || party === "no-customer-in-currency")
    return err(once(found.problems));
  if (currency.value.loss) found.losses.push(currency.value.loss);
  if (figures.places > 2)
    found.losses.push(`Payments: Cin7 Core keeps two decimals, ${code} has ${figures.places}; a rest below 0.01 may stay open.`);
  const first = several ? `SHIPS TO ${addresses} ADDRESSES, see lines` : "";
  const note = noteOf(snapshot, settings.charges.loadCouponCodes, first, found.losses);
  const shippingNotes = shippingNotesOf(snapshot, found.losses);
  const { lines, charges } = document;
  const all = [...lines, ...charges];
  const service = isService(input, charges.length);

  return ok({
    mark: saleMark(store.hash, order.id, input.generation),
    orderId: order.id,
    reference: `${settings.sale.referencePrefix}${order.id}`,
    currency: code,
    rate: currency.value.rate,
    taxInclusive: order.is_tax_inclusive_pricing ?? false,
    taxRule: (all.find((row) => Number(row.tax) > 0) ?? all[0])?.taxRule ?? null,
    orderDate: dates.order,
    location: location.name,
    carrier: place.carrier ?? undefined,
    ...headerOf(input),
    ...(service ? { service } : {}),
    order: { status: settings.sale.status, fulfil: settings.sale.status === "draft" || several ? "none" : settings.sale.fulfil },
    party,
    contact: parties.contact,
    phone: parties.phone,
    email: parties.email,
    billing: parties.billing,
    shipping: parties.shipping,
    note,
    shippingNotes,
    lines,
    charges,
    sold: soldOf(snapshot),
    totals: { exTax: inCurrency(figures.ex, code), tax: inCurrency(figures.tax, code), incTax: inCurrency(figures.inc, code) },
    invoice: {
      status: settings.invoice.status,
      date: dates.invoice,
      dueDate: dates.due,
      ...(countsAsPaid(order, settings) ? {} : { byTerms: true as const }),
      when: settings.invoice.when,
      by: settings.invoice.date,
      lockedBooks: settings.invoice.lockedBooks,
    },
    settingsVersion: input.settingsVersion,
    decisions: [
      ...decisionsOf(input, { party, place, invoiceDate: dates.invoice, currency: currency.value }),
      ...(service ? [SERVICE] : []),
      ...found.decisions,
    ],
    losses: found.losses,
    notices: once(found.notices),
    reserved: reservedUnits(snapshot.lines, input.products, settings.orders.unknownSku),
  });
}

const SERVICE = { label: "Kind of sale", value: "Service sale", why: "Only gift certificates: nothing to pick or to ship." };

/**
 * M7: certificates and nothing else. A Service sale has no order, so Setup must want the invoice at once: where a person
 * authorises the order or writes the invoice, the sale keeps an order that holds its lines.
 */
const isService = ({ snapshot, settings }: MappingInput, charges: number): boolean =>
  charges === 0 &&
  settings.invoice.status !== "none" &&
  settings.sale.status === "authorised" &&
  snapshot.lines.every((line) => line.quantity <= 0 || line.type === "giftcertificate");
