import type { Company } from "../cin7/schemas/lists.ts";
import { sameDays } from "./choices/zones.ts";

/** Settings of Cin7 Core that bite, with their effect (M43), and what does not fit between the two sides. */
export function companyWarnings(me: Omit<Company, "taxCalculation">, store: { currency: string; timeZone: string }): string[] {
  const said: string[] = [];
  if (me.autoDiscounts) {
    said.push(
      "Cin7 Core applies discounts automatically (Settings → Reference books → Discounts). It may change the prices of our sales; such a sale is held. Switch it off.",
    );
  }
  if (me.taxByTotal) {
    said.push(
      "Cin7 Core calculates tax on the total of a document. A cent of tax may differ from BigCommerce; such a sale is held. Choose tax by line total.",
    );
  }
  if (me.lockDate) said.push(`Books in Cin7 Core are locked up to ${me.lockDate.slice(0, 10)}. Documents dated on or before it are held.`);
  if (sameDays(me.timeZone, store.timeZone) === false) {
    said.push(
      `The store's days are those of ${store.timeZone}, Cin7 Core's those of ${me.timeZone}. Orders and invoices carry the store's day; reports in Cin7 Core may cut the day at another hour. Choose the same time zone on both sides.`,
    );
  }
  if (store.currency && me.currency && store.currency.toUpperCase() !== me.currency.toUpperCase()) {
    said.push(
      `The store sells in ${store.currency}, Cin7 Core keeps its books in ${me.currency}. Orders in ${store.currency} need a rate, a default customer and payment accounts in that currency.`,
    );
  }
  return said;
}

/** What this account was found to refuse, and what we do instead (M2, M18, decision 1.13). */
export function refusalWarnings(found: { negativeChargesRefused: boolean; zeroPriceRefused: boolean }): string[] {
  return [
    ...(found.negativeChargesRefused
      ? [
          "Cin7 Core refuses negative charges in this account. Discounts and coupons lower the prices of a sale's lines instead; each order says so.",
        ]
      : []),
    ...(found.zeroPriceRefused
      ? ["Cin7 Core refuses a price of 0 in this account. Free lines show a price of 1 with a discount of 100 %."]
      : []),
  ];
}
