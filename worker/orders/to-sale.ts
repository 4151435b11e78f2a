import type { Problem } from "../exceptions/problem.ts";
import { inCurrency } from "../lib/money.ts";
import { err, ok, type Result } from "../lib/result.ts";
import { chargeRows } from "./charges.ts";
import { currencyOf } from "./currency.ts";
import { saleDates } from "./dates.ts";
import { documentOf } from "./document.ts";
import type { DraftParty, MappingInput, SaleDraft } from "./draft.ts";
import { figuresOf, reader } from "./figures.ts";
import { type Findings, nothingYet, once } from "./findings.ts";
import { lineRows } from "./lines.ts";
import { saleMark } from "./marks.ts";
import { noteOf, shippingNotesOf } from "./note.ts";
import { partiesOf } from "./party.ts";
import { reservedUnits } from "./reserved.ts";

/**
 * A BigCommerce order as one Cin7 sale (F103, design 8.6): exact to the cent, or **every** problem that keeps it from being
 * mapped. Pure: the same input gives the same bytes. Amounts are decimal text in the order's own currency.
 */
export function toSale(input: MappingInput): Result<SaleDraft, Problem[]> {
  const { snapshot, settings, store, account } = input;
  const { order } = snapshot;
  const found = nothingYet();
  const amounts = reader();

  const currency = currencyOf(order, store.currency, account.currency);
  if (!currency.ok) found.problems.push(currency.error);
  const code = currency.ok ? currency.value.code : order.default_currency_code || store.currency;
  const figures = figuresOf(order, code, settings.rounding.cap, amounts);
  // By line ID, charges after them: a tie of tax goes to the lower line ID (M3).
  const rows = [...lineRows(input, amounts, found), ...chargeRows(input, amounts, found)];
  const dates = saleDates(order.date_created, input.metAt, store.timeZone);
  const malformed = [...amounts.bad, ...(dates ? [] : ["date_created"])];
  if (malformed.length) found.problems.push({ kind: "order-malformed", orderId: order.id, fields: [...new Set(malformed)] });
  const document = malformed.length ? { lines: [], charges: [] } : documentOf(rows, figures, code, input, found);

  const foreign = currency.ok && currency.value.foreign;
  const parties = partiesOf(snapshot, settings, { code, foreign }, found.losses);
  const addresses = Math.max(order.shipping_address_count, snapshot.shipping.length);
  const several = addresses > 1;
  if (several && !input.asOneSale) found.problems.push({ kind: "several-addresses", orderId: order.id, count: addresses });
  const location = settings.location.salesShipFrom;
  const missing = [...(location ? [] : ["Sales ship from"]), ...(parties.party ? [] : ["Default customer"])];
  if (missing.length) found.problems.push({ kind: "setup-incomplete", missing });
  // The sale's currency is its customer's (cin7-core.md 2.3); the default customer is one of the base currency.
  if (foreign && parties.party?.is === "default")
    found.problems.push({ kind: "currency-unsupported", currency: code, base: account.currency });

  if (found.problems.length || !currency.ok || !dates || !location || !parties.party) return err(once(found.problems));
  if (currency.value.loss) found.losses.push(currency.value.loss);
  const first = several ? `SHIPS TO ${addresses} ADDRESSES, see lines` : "";
  const note = noteOf(snapshot, settings.charges.loadCouponCodes, first, found.losses);
  const shippingNotes = shippingNotesOf(snapshot, found.losses);
  const { lines, charges } = document;
  const all = [...lines, ...charges];

  return ok({
    mark: saleMark(store.hash, order.id, input.generation),
    orderId: order.id,
    reference: String(order.id),
    currency: code,
    rate: currency.value.rate,
    taxInclusive: order.is_tax_inclusive_pricing ?? false,
    taxRule: (all.find((row) => Number(row.tax) > 0) ?? all[0])?.taxRule ?? null,
    orderDate: dates.order,
    location: location.name,
    party: parties.party,
    contact: parties.contact,
    phone: parties.phone,
    email: parties.email,
    billing: parties.billing,
    shipping: parties.shipping,
    note,
    shippingNotes,
    lines,
    charges,
    totals: { exTax: inCurrency(figures.ex, code), tax: inCurrency(figures.tax, code), incTax: inCurrency(figures.inc, code) },
    invoice: { status: settings.invoice.status, date: dates.invoice, dueDate: dates.due },
    settingsVersion: input.settingsVersion,
    decisions: [...decisionsOf(input, parties.party, dates.invoice, currency.value), ...found.decisions],
    losses: found.losses,
    notices: once(found.notices),
    reserved: reservedUnits(snapshot.lines, input.products),
  });
}

function decisionsOf(
  input: MappingInput,
  party: DraftParty,
  invoiceDate: string,
  currency: { code: string; rate: string; foreign: boolean; why: string },
): Findings["decisions"] {
  const { settings, snapshot, store } = input;
  const inclusive = snapshot.order.is_tax_inclusive_pricing ?? false;
  const { revenueAccount } = settings.invoice;
  const pickup = snapshot.pickups[0];
  return [
    { label: "Customer", value: party.name, why: party.why },
    { label: "Location", value: settings.location.salesShipFrom?.name ?? "", why: "Sales ship from, in Setup." },
    ...(pickup
      ? [{ label: "Pickup", value: pickup.location?.name || "In store", why: "The shopper picks it up: no shipping address, no shipment." }]
      : []),
    { label: "Prices", value: inclusive ? "With tax" : "Without tax", why: "As BigCommerce keeps this order's prices." },
    { label: "Currency", value: currency.foreign ? `${currency.code} at ${currency.rate}` : currency.code, why: currency.why },
    {
      label: "Invoice date",
      value: invoiceDate,
      why: `The day in ${store.timeZone} on which the order was ${WORD[settings.orders.captureWhen]}.`,
    },
    ...(revenueAccount
      ? [
          {
            label: "Revenue account",
            value: revenueAccount,
            why: "Set for all lines and charges; gift certificates and rounding keep their own.",
          },
        ]
      : []),
  ];
}

const WORD = { created: "created", authorised: "authorised", paid: "paid", completed: "completed" } as const;
