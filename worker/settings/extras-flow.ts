import * as z from "zod";
import type { Clients } from "../access.ts";
import type { Choices } from "../contract.ts";
import { bigcommerceRead, cin7List, type Reading } from "./lists-flow.ts";

type Extras = Pick<Choices, "otherCurrencies" | "pickupLocations" | "representatives">;

const currency = z.object({ currency_code: z.string(), is_transactional: z.boolean().nullish(), enabled: z.boolean().nullish() });
const location = z.object({ id: z.coerce.number().int(), label: z.string() });
const contact = z.object({ Name: z.string(), Type: z.string().nullish() });

/**
 * Choices of settings that many shops never touch (M16, M25, F30): read beside the others, and simply not offered where a
 * permission or a plan keeps them back. One call each.
 */
export async function readExtras({ bigcommerce, cin7 }: Clients, base: string): Promise<Extras> {
  const [currencies, locations, contacts] = await Promise.all([
    bigcommerceRead(bigcommerce, "/v2/currencies", {}, z.array(currency), [], "the currencies"),
    bigcommerceRead(
      bigcommerce,
      "/v3/inventory/locations",
      { limit: 250 },
      z.object({ data: z.array(location) }),
      { data: [] },
      "the locations",
    ),
    cin7 ? cin7List(cin7, "/me/contacts", { Type: "Sale" }, "MeContactsList", contact, "its contacts", 1) : none,
  ]);
  const codes = currencies.is === "read" ? currencies.value : [];
  return {
    otherCurrencies: codes
      .filter((c) => c.is_transactional !== false && c.enabled !== false && c.currency_code.toUpperCase() !== base.toUpperCase())
      .map((c) => c.currency_code.toUpperCase()),
    pickupLocations: locations.is === "read" ? locations.value.data.map(({ id, label }) => ({ id, name: label })) : [],
    representatives: contacts.is === "read" ? contacts.value.map((c) => c.Name) : [],
  };
}

const none: Reading<z.output<typeof contact>[]> = { is: "read", value: [] };
