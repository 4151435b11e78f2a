import type { OrderAddress } from "../../bigcommerce/schemas.ts";
import type { Settings } from "../../contract/index.ts";
import { looksLikeAddress } from "../../lib/text.ts";
import { isDaily } from "../../settings/is-daily.ts";
import type { DraftAddress, DraftParty, Snapshot } from "./sale-draft.ts";
import { fit, type Losses } from "./truncate.ts";

/** Who buys, and where it goes (F17, F103, F112, M25, M27; lengths: cin7-core.md 2.3, 4). */
export type Parties = {
  party: DraftParty | "no-customer-in-currency" | null;
  contact: string;
  phone: string;
  email: string;
  billing: DraftAddress | null;
  shipping: DraftAddress | null;
};

/** Addresses that marketplaces make up for one order: nobody's e-mail. */
const RELAY = /@(marketplace\.amazon\.[a-z.]+|members\.ebay\.[a-z.]+|relay\.walmart\.com|mail\.etsy\.com|marketplace\.facebook\.com)$/i;

/** `party` null: the default customer is not chosen yet; F17 wants it even where shoppers get their own. */
export function partiesOf(snapshot: Snapshot, settings: Settings, currency: { code: string; foreign: boolean }, losses: Losses): Parties {
  const { order } = snapshot;
  const bill = order.billing_address;
  const ship = snapshot.shipping[0];
  const email = fit(bill.email.toLowerCase(), 256, "E-mail", losses);
  const contact = fit(personOf(bill), 256, "Contact", losses);
  const phone = fit(bill.phone, 50, "Phone", losses);
  const { companyInAddress, perCurrency } = settings.customers;
  const billing = addressOf(bill, "Billing address", companyInAddress, losses);
  const shipping = ship ? addressOf(ship, "Shipping address", companyInAddress, losses) : null;
  const rest = { contact, phone, email, billing, shipping };

  const chosen = settings.customers.defaultCustomer;
  if (!chosen) return { party: null, ...rest };
  const whyDefault = defaultBecause(order.customer_id, email, settings);
  if (whyDefault && currency.foreign) {
    // The sale's currency is its customer's (cin7-core.md 2.3).
    const theirs = perCurrency.find((row) => row.currency === currency.code)?.customer;
    const why = `${whyDefault} The default customer for ${currency.code}.`;
    return { party: theirs ? { is: "default", id: theirs.id, name: theirs.name, why } : "no-customer-in-currency", ...rest };
  }
  if (whyDefault) return { party: { is: "default", id: chosen.id, name: chosen.name, why: whyDefault }, ...rest };
  const name = fit(bill.company || personOf(bill) || email, 256, "Customer name", losses);
  const brackets = currency.foreign ? `${email}, ${currency.code}` : email;
  const nameIfTaken = `${fit(name, 256 - brackets.length - 3, "Customer name with e-mail", [])} (${brackets})`;
  const why =
    order.customer_id === 0
      ? "Guest: one customer per e-mail and currency."
      : "Registered: the customer of their last order, else matched by e-mail and currency.";
  const registered = order.customer_id > 0 ? { registered: order.customer_id } : {};
  return { party: { is: "shopper", ...registered, email, name, nameIfTaken, phone, billing, shipping, why }, ...rest };
}

function defaultBecause(customerId: number, email: string, settings: Settings): string | null {
  // Who bought is ignored (F18, F104).
  if (isDaily(settings)) return "Daily sales go on the default customer.";
  if (email === "") return "The order has no e-mail address.";
  if (RELAY.test(email)) return "The e-mail is a marketplace's relay address.";
  if (!looksLikeAddress(email)) return "The order's e-mail address is not one.";
  if (customerId === 0 && settings.customers.guests === "default-customer") return "Guests go on the default customer.";
  return null;
}

export const personOf = (address: OrderAddress): string => `${address.first_name} ${address.last_name}`.replace(/\s+/g, " ").trim();

/** One line for people: M24 comments and the order page. */
export const inOneLine = (a: OrderAddress): string =>
  [personOf(a), a.company, a.street_1, a.street_2, `${a.city} ${a.state} ${a.zip}`.replace(/\s+/g, " ").trim(), a.country || a.country_iso2]
    .filter(Boolean)
    .join(", ");

/**
 * Cin7 wants Line1 and Country in every address; one without a country, or empty, is left out and told. `companyFirst`: the
 * company's name is the first line, the street goes to the second (F40).
 */
function addressOf(address: OrderAddress, what: string, companyFirst: boolean, losses: Losses): DraftAddress | null {
  const { street_1, street_2, city } = address;
  const country = address.country || address.country_iso2;
  if (![street_1, street_2, city, address.zip].some((part) => part.trim())) return null;
  if (!country.trim()) {
    losses.push(`${what}: left out, it has no country.`);
    return null;
  }
  const streets = [street_1.trim(), street_2.trim()].filter(Boolean);
  const all = companyFirst && address.company.trim() ? [address.company.trim(), ...streets] : streets;
  const [first = city.trim() || "-", ...others] = all;
  return {
    line1: fit(first, 256, `${what}, line 1`, losses),
    line2: fit(others.join(", "), 256, `${what}, line 2`, losses),
    city: fit(city, 256, `${what}, city`, losses),
    state: fit(address.state, 256, `${what}, state`, losses),
    postcode: fit(address.zip, 20, `${what}, postcode`, losses),
    country: fit(country, 256, `${what}, country`, losses),
    company: fit(address.company, 128, `${what}, company`, losses),
    contact: fit(personOf(address), 512, `${what}, contact`, losses),
  };
}
