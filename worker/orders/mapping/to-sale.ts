import type { Ref } from "../../contract/index.ts";
import { inCurrency } from "../../lib/money.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import type { Problem } from "../../problems/define-problem.ts";
import { saleMark } from "../marks.ts";
import { chargeRows } from "./amounts/charges.ts";
import { type Document, documentOf } from "./amounts/document.ts";
import { lineRows } from "./amounts/lines.ts";
import { countsAsPaid } from "./amounts/payment-method.ts";
import { type Figures, figuresOf, reader } from "./amounts/read-amounts.ts";
import { type Findings, nothingYet, once } from "./collector.ts";
import { noteOf, shippingNotesOf } from "./comments.ts";
import { currencyOf, type SaleCurrency } from "./currency.ts";
import { type Parties, partiesOf } from "./customer-and-addresses.ts";
import { type SaleDates, saleDates } from "./dates.ts";
import { decisionsOf } from "./explanations.ts";
import { reservedUnits } from "./reserved.ts";
import type { DraftParty, MappingInput, SaleDraft } from "./sale-draft.ts";
import { headerOf, type Place, placeOf } from "./ship-from.ts";
import { soldOf } from "./sold.ts";

/**
 * A BigCommerce order as one Cin7 sale (F103, design 8.6): exact to the cent, or **every** problem that keeps it from being
 * mapped. Pure: the same input gives the same bytes. Amounts are decimal text in the order's own currency.
 */
export function toSale(input: MappingInput): Result<SaleDraft, Problem[]> {
  const found = nothingYet();
  const read = amountsOf(input, found);
  const parties = partiesIn(input, read, found);
  const { currency, dates } = read;
  if (found.problems.length > 0 || !currency || !dates || !parties) return err(once(found.problems));
  return ok(draftOf(input, { ...read, currency, dates }, parties, found));
}

/** Currency, days and rows. `code`: what amounts are in, also where the sale cannot be made in that currency. */
type Amounts = { code: string; currency: SaleCurrency; dates: SaleDates; figures: Figures; document: Document };
type Read = Omit<Amounts, "currency" | "dates"> & { currency: SaleCurrency | null; dates: SaleDates | null };

function amountsOf(input: MappingInput, found: Findings): Read {
  const { snapshot, settings, store, account } = input;
  const { order } = snapshot;
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
  return { code, currency: currency.ok ? currency.value : null, dates, figures, document };
}

/** Who buys, where it goes and from where it ships. `addresses`: to how many it ships. */
type Ends = Omit<Parties, "party"> & { party: DraftParty; place: Place; location: Ref; addresses: number };

/** Null: at least one of them is missing, and says so. */
function partiesIn(input: MappingInput, { code, currency }: Read, found: Findings): Ends | null {
  const { snapshot, settings } = input;
  const { order } = snapshot;
  const { party, ...rest } = partiesOf(snapshot, settings, { code, foreign: currency?.foreign ?? false }, found.losses);
  const addresses = Math.max(order.shipping_address_count, snapshot.shipping.length);
  if (addresses > 1 && !input.asOneSale) found.problems.push({ kind: "several-addresses", orderId: order.id, count: addresses });
  const place = placeOf(snapshot, settings);
  const { location } = place;
  const missing = [...(location ? [] : ["Sales ship from"]), ...(party ? [] : ["Default customer"])];
  if (missing.length) found.problems.push({ kind: "setup-incomplete", missing });
  if (party === "no-customer-in-currency") found.problems.push({ kind: "currency-customer-missing", currency: code });
  return !location || !party || party === "no-customer-in-currency" ? null : { ...rest, party, place, location, addresses };
}

/** Everything is known: the sale, field by field in the order in which it is frozen. */
function draftOf(input: MappingInput, amounts: Amounts, ends: Ends, found: Findings): SaleDraft {
  const { snapshot, settings, store } = input;
  const { order } = snapshot;
  const { code, currency, dates, figures, document } = amounts;
  const { party, contact, phone, email, billing, shipping, place, location, addresses } = ends;
  const several = addresses > 1;
  if (currency.loss) found.losses.push(currency.loss);
  if (figures.places > 2)
    found.losses.push(`Payments: Cin7 Core keeps two decimals, ${code} has ${figures.places}; a rest below 0.01 may stay open.`);
  const first = several ? `SHIPS TO ${addresses} ADDRESSES, see lines` : "";
  const note = noteOf(snapshot, settings.charges.loadCouponCodes, first, found.losses);
  const shippingNotes = shippingNotesOf(snapshot, found.losses);
  const { lines, charges } = document;
  const all = [...lines, ...charges];
  const service = isService(input, charges.length);
  return {
    mark: saleMark(store.hash, order.id, input.generation),
    orderId: order.id,
    reference: `${settings.sale.referencePrefix}${order.id}`,
    currency: code,
    rate: currency.rate,
    taxInclusive: order.is_tax_inclusive_pricing ?? false,
    taxRule: (all.find((row) => Number(row.tax) > 0) ?? all[0])?.taxRule ?? null,
    orderDate: dates.order,
    location: location.name,
    carrier: place.carrier ?? undefined,
    ...headerOf(input),
    ...(service ? { service } : {}),
    order: { status: settings.sale.status, fulfil: settings.sale.status === "draft" || several ? "none" : settings.sale.fulfil },
    party,
    contact,
    phone,
    email,
    billing,
    shipping,
    note,
    shippingNotes,
    lines,
    charges,
    sold: soldOf(snapshot),
    totals: { exTax: inCurrency(figures.ex, code), tax: inCurrency(figures.tax, code), incTax: inCurrency(figures.inc, code) },
    invoice: invoiceOf(input, dates),
    settingsVersion: input.settingsVersion,
    decisions: [
      ...decisionsOf(input, { party, place, invoiceDate: dates.invoice, currency }),
      ...(service ? [SERVICE] : []),
      ...found.decisions,
    ],
    losses: found.losses,
    notices: once(found.notices),
    reserved: reservedUnits(snapshot.lines, input.products, settings.orders.unknownSku),
  };
}

const invoiceOf = ({ snapshot: { order }, settings }: MappingInput, dates: SaleDates): SaleDraft["invoice"] => ({
  status: settings.invoice.status,
  date: dates.invoice,
  dueDate: dates.due,
  ...(countsAsPaid(order, settings) ? {} : { byTerms: true as const }),
  when: settings.invoice.when,
  by: settings.invoice.date,
  lockedBooks: settings.invoice.lockedBooks,
});

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
