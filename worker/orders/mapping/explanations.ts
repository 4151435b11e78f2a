import type { Findings } from "./collector.ts";
import type { DraftParty, MappingInput } from "./sale-draft.ts";
import { type Place, representativeOf } from "./ship-from.ts";

type Chosen = {
  party: DraftParty;
  place: Place;
  invoiceDate: string;
  currency: { code: string; rate: string; foreign: boolean; why: string };
};

/** What was decided about a sale and why, for the order's page: one row a decision, the setting named. */
export function decisionsOf(input: MappingInput, { party, place, invoiceDate, currency }: Chosen): Findings["decisions"] {
  const { settings, snapshot, store } = input;
  const inclusive = snapshot.order.is_tax_inclusive_pricing ?? false;
  const { revenueAccount, status, when, date } = settings.invoice;
  const { channel, fulfil } = settings.sale;
  const representative = representativeOf(input);
  const rows: [when: boolean, label: string, value: string, why: string][] = [
    [true, "Customer", party.name, party.why],
    [true, "Location", place.location?.name ?? "", place.why],
    [place.pickup !== null, "Pickup", place.pickup ?? "", "The shopper picks it up: no shipping address, no shipment."],
    [true, "Prices", inclusive ? "With tax" : "Without tax", "As BigCommerce keeps this order's prices."],
    [true, "Currency", currency.foreign ? `${currency.code} at ${currency.rate}` : currency.code, currency.why],
    [settings.sale.status === "draft", "Order", "Draft", "Setup leaves the authorisation to you; until then Cin7 Core allocates nothing."],
    [
      fulfil !== "none" && settings.sale.status === "authorised",
      "Pick, pack, ship",
      input.asOneSale ? "By hand" : FULFIL[fulfil],
      input.asOneSale ? "It ships to several addresses." : "Set in Setup; Cin7 Core does it when all stock is there.",
    ],
    [status === "none", "Invoice", "Made by you", "Setup leaves it to you; payments wait until it is authorised in Cin7 Core."],
    [status !== "none" && when === "when-shipped", "Invoice", "When it is shipped", "Set in Setup; payments wait for it."],
    [
      true,
      "Invoice date",
      date === "shipped" && when === "when-shipped" ? "The day of the shipment" : invoiceDate,
      date === "placed"
        ? `The day in ${store.timeZone} on which the order was placed.`
        : date === "shipped" && when === "when-shipped"
          ? "Set in Setup."
          : input.metBy === "change"
            ? `Nothing in BigCommerce tells the day on which the order was ${settings.orders.captureWhen}: this is the day in ${store.timeZone} of its change, as it was first seen so. Correct it in Cin7 Core if it was another one.`
            : `The day in ${store.timeZone} on which the order was ${settings.orders.captureWhen}.`,
    ],
    [representative !== null, "Sales representative", representative?.name ?? "", representative?.why ?? ""],
    [
      channel.attribute !== null && channel.text !== "",
      `Additional attribute ${channel.attribute}`,
      channel.text,
      "Names the store on the sale.",
    ],
    [
      revenueAccount !== null,
      "Revenue account",
      revenueAccount ?? "",
      "Set for all lines and charges; gift certificates and rounding keep their own.",
    ],
  ];
  return rows.filter(([shown]) => shown).map(([, label, value, why]) => ({ label, value, why }));
}

const FULFIL = { none: "", pick: "Picked", "pick-pack": "Picked and packed", "pick-pack-ship": "Picked, packed and shipped" };
