import type { Clients } from "../api/access.ts";
import * as shop from "../bigcommerce/lists.ts";
import type { Cin7 } from "../cin7/client.ts";
import { representatives } from "../cin7/lists.ts";
import type { Choices } from "../contract/index.ts";
import { type Reading, said } from "./said.ts";

type Extras = Pick<Choices, "otherCurrencies" | "pickupLocations" | "representatives" | "channels" | "customerGroups">;

/**
 * Choices of settings that many shops never touch (M16, M25, F30): read beside the others, and simply not offered where a
 * permission or a plan keeps them back. One call each.
 */
export async function readExtras({ bigcommerce, cin7 }: Clients, base: string): Promise<Extras> {
  const [currencies, locations, channels, groups, contacts] = await Promise.all([
    shop.currencies(bigcommerce),
    shop.locations(bigcommerce),
    shop.channels(bigcommerce),
    shop.customerGroups(bigcommerce),
    cin7 ? readRepresentatives(cin7) : none,
  ]);
  const codes = currencies.is === "read" ? currencies.value : [];
  return {
    otherCurrencies: codes
      .filter((c) => c.is_transactional !== false && c.enabled !== false && c.currency_code.toUpperCase() !== base.toUpperCase())
      .map((c) => c.currency_code.toUpperCase()),
    pickupLocations: locations.is === "read" ? locations.value.map(({ id, label }) => ({ id, name: label })) : [],
    channels: channels.is === "read" ? channels.value : [],
    customerGroups: groups.is === "read" ? groups.value : [],
    representatives: contacts.is === "read" ? contacts.value : [],
  };
}

/** Names of Cin7's sales representatives (cin7-core.md 5). */
export async function readRepresentatives(cin7: Cin7): Promise<Reading<string[]>> {
  return said(await representatives(cin7), "its sales representatives");
}

const none: Reading<string[]> = { is: "read", value: [] };
