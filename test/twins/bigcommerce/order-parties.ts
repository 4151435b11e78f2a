import type { Address, OrderForm } from "./order-types.ts";
import type { Customer, Store } from "./state.ts";

const COUNTRIES: Record<string, string> = {
  AU: "Australia",
  NZ: "New Zealand",
  GB: "United Kingdom",
  US: "United States",
  DE: "Germany",
  FR: "France",
};

/** Country and code follow each other where only one is given; `country_iso2` wins (facts 4.7). */
function complete(address: Partial<Address>, base: Address): Address {
  const byName = Object.entries(COUNTRIES).find(([, name]) => name === address.country)?.[0];
  const iso2 = address.country_iso2 ?? byName ?? base.country_iso2;
  return {
    ...base,
    ...address,
    country_iso2: iso2,
    country: address.country ?? COUNTRIES[iso2] ?? iso2,
    form_fields: address.form_fields ?? [],
  };
}

/** A guest at the store's own place. */
export function guestAddress(store: Store): Address {
  return {
    first_name: "Alex",
    last_name: "Guest",
    company: "",
    street_1: "12 Station Street",
    street_2: "",
    city: store.city,
    state: store.state,
    zip: store.zip,
    country: store.country,
    country_iso2: store.countryCode,
    phone: "0400000000",
    email: "alex.guest@example.com",
    form_fields: [],
  };
}

/** A number names a customer of the store; an object with an id too; without id the order stays a guest's. */
export function customerOf(store: Store, form: OrderForm): Customer | null {
  if (form.guest || form.customer === undefined) return null;
  const id = typeof form.customer === "number" ? form.customer : form.customer.id;
  if (id) return store.customers[id] ?? null;
  const email = typeof form.customer === "object" ? form.customer.email?.toLowerCase() : undefined;
  return Object.values(store.customers).find((customer) => customer.email.toLowerCase() === email) ?? null;
}

export function billingOf(store: Store, form: OrderForm, customer: Customer | null): Address {
  const named = typeof form.customer === "object" ? form.customer : {};
  const { id: _, ...given } = { id: 0, ...named, ...form.billing };
  return complete(form.billing || Object.keys(named).length > 0 ? given : { ...form.address }, customer?.address ?? guestAddress(store));
}

export function addressesOf(store: Store, form: OrderForm, billing: Address): Address[] {
  const base = billing.country_iso2 === store.countryCode || form.billing ? billing : { ...guestAddress(store), ...billing };
  if (form.addresses?.length) return form.addresses.map((address) => complete(address, base));
  return [complete(form.address ?? {}, base)];
}
