import * as z from "zod";
import type { Clients } from "../api/access.ts";
import type { Cin7 } from "../cin7/client.ts";
import { representatives } from "../cin7/lists.ts";
import type { Choices } from "../contract/index.ts";
import { bigcommerceRead, type Reading, said } from "./lists-action.ts";

type Extras = Pick<Choices, "otherCurrencies" | "pickupLocations" | "representatives" | "channels" | "customerGroups">;

const currency = z.object({ currency_code: z.string(), is_transactional: z.boolean().nullish(), enabled: z.boolean().nullish() });
const location = z.object({ id: z.coerce.number().int(), label: z.string() });
const named = z.object({ id: z.coerce.number().int(), name: z.string() });
const data = <T extends z.ZodType>(row: T) => z.object({ data: z.array(row) });

/**
 * Choices of settings that many shops never touch (M16, M25, F30): read beside the others, and simply not offered where a
 * permission or a plan keeps them back. One call each.
 */
export async function readExtras({ bigcommerce, cin7 }: Clients, base: string): Promise<Extras> {
  const [currencies, locations, channels, groups, contacts] = await Promise.all([
    bigcommerceRead(bigcommerce, "/v2/currencies", {}, z.array(currency), [], "the currencies"),
    bigcommerceRead(bigcommerce, "/v3/inventory/locations", { limit: 250 }, data(location), { data: [] }, "the locations"),
    bigcommerceRead(bigcommerce, "/v3/channels", { limit: 250 }, data(named), { data: [] }, "the channels"),
    bigcommerceRead(bigcommerce, "/v2/customer_groups", { limit: 250 }, z.array(named), [], "the customer groups"),
    cin7 ? readRepresentatives(cin7) : none,
  ]);
  const codes = currencies.is === "read" ? currencies.value : [];
  return {
    otherCurrencies: codes
      .filter((c) => c.is_transactional !== false && c.enabled !== false && c.currency_code.toUpperCase() !== base.toUpperCase())
      .map((c) => c.currency_code.toUpperCase()),
    pickupLocations: locations.is === "read" ? locations.value.data.map(({ id, label }) => ({ id, name: label })) : [],
    channels: channels.is === "read" ? channels.value.data : [],
    customerGroups: groups.is === "read" ? groups.value : [],
    representatives: contacts.is === "read" ? contacts.value : [],
  };
}

/** Names of Cin7's sales representatives (cin7-core.md 5). */
export async function readRepresentatives(cin7: Cin7): Promise<Reading<string[]>> {
  return said(await representatives(cin7), "its sales representatives");
}

const none: Reading<string[]> = { is: "read", value: [] };
