import type { CaptureRule, Choices } from "../contract/index.ts";
import { methodsOf } from "../settings/choices/payment-methods.ts";
import { statusesOf, type Taken } from "../settings/choices/statuses.ts";
import { holdsStock } from "../settings/parts/accounts.ts";
import { companyWarnings } from "../settings/warnings.ts";
import type { Lists } from "./lists-flow.ts";

type TakenAt = (statusId: number) => Record<CaptureRule, Taken[CaptureRule]>;
type OfStore = { currency: string; timeZone: string };

/** What Setup lets choose from, of the lists that both sides have; one that could not be read is empty. */
export function choicesOf(lists: Lists, store: OfStore, takenAt: TakenAt): Omit<Choices, "warnings" | "readAt"> {
  const { company } = lists;
  const currency = lists.shop?.currency || store.currency;
  const open = (lists.accounts ?? []).filter((a) => a.active);
  const places = lists.locations ?? [];
  return {
    taxClasses: (lists.taxClasses ?? []).map(({ id, name }) => ({ id, name })),
    taxRules: (lists.taxRules ?? []).map(({ name, percent, active }) => ({ name, percent, active })),
    paymentMethods: methodsOf(
      lists.methods ?? [],
      (lists.recent ?? []).map((o) => ({ method: o.payment_method ?? "", status: o.payment_status ?? "" })),
    ),
    paymentAccounts: open.filter((a) => a.forPayments).map(({ code, name, currency }) => ({ code, name, currency })),
    chargeAccounts: open.filter((a) => CHARGE_CLASSES.has(a.class)).map((a) => ({ code: a.code, name: a.name, class: a.class })),
    liabilities: open.filter((a) => a.class === "LIABILITY").map((a) => a.code),
    stockAccounts: open.filter(holdsStock).map(({ code, name }) => ({ code, name })),
    locations: places.filter((l) => l.sells && !l.deprecated).map(({ id, name, isDefault }) => ({ id, name, isDefault })),
    notForSale: places.filter((l) => l.notForSale).map(({ name }) => name),
    orderStatuses: statusesOf(lists.statuses ?? [], takenAt),
    currencies: { bigcommerce: currency, cin7: company?.currency ?? "" },
    ...extrasOf(lists, store.currency),
  };
}

const CHARGE_CLASSES = new Set(["", "REVENUE", "EXPENSE", "LIABILITY"]);

function extrasOf(lists: Lists, base: string) {
  return {
    otherCurrencies: (lists.currencies ?? [])
      .filter((c) => c.is_transactional !== false && c.enabled !== false && c.currency_code.toUpperCase() !== base.toUpperCase())
      .map((c) => c.currency_code.toUpperCase()),
    pickupLocations: (lists.pickups ?? []).map(({ id, label }) => ({ id, name: label })),
    channels: lists.channels ?? [],
    customerGroups: lists.groups ?? [],
    representatives: lists.representatives ?? [],
  };
}

/** What of the company's own settings bites (M43). */
export const companyWords = ({ company, shop }: Lists, store: OfStore): string[] =>
  company ? companyWarnings(company, { currency: shop?.currency || store.currency, timeZone: store.timeZone }) : [];
