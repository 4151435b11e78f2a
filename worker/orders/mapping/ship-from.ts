import type { Ref, Settings } from "../../contract/index.ts";
import type { MappingInput, SaleDraft, Snapshot } from "./sale-draft.ts";

/** Where the goods of an order leave: *Sales ship from*, or the location of its pickup point, with Cin7's carrier *Pickup* (M25, M34). */
export type Place = { location: Ref | null; carrier: string | null; pickup: string | null; why: string };

const PICKUP_CARRIER = "Pickup";

export function placeOf({ pickups }: Snapshot, { location }: Settings): Place {
  const pickup = pickups[0];
  const standard = { location: location.salesShipFrom, why: "Sales ship from, in Setup." };
  if (!pickup) return { ...standard, carrier: null, pickup: null };
  const name = pickup.location?.name || pickup.pickup_method_display_name || "In store";
  const chosen = location.pickups.find((row) => row.id === pickup.location?.id);
  const rest = { carrier: PICKUP_CARRIER, pickup: name };
  return chosen ? { location: chosen.location, why: `The pickup location ${name}, in Setup.`, ...rest } : { ...standard, ...rest };
}

/** Who gets the sale (F30): by the shopper's group or the order's channel, the first row that fits, else the store's own. Null: nobody. */
export function representativeOf({ settings, snapshot }: MappingInput): { name: string; why: string } | null {
  const { representative, representatives } = settings.sale;
  const { channel_id: channel } = snapshot.order;
  const group = snapshot.customer?.groupId ?? 0;
  const found = representatives.find((row) => row.id === (row.by === "channel" ? channel : group));
  if (found) {
    const what = found.by === "channel" ? `the channel is ${found.name}` : `the customer is in the group ${found.name}`;
    return { name: found.representative, why: `Set in Setup, because ${what}.` };
  }
  return representative ? { name: representative, why: "Set for all sales of this store." } : null;
}

/** What every sale of the shop carries in its header: representative and channel (F30, M44). */
export function headerOf(input: MappingInput): Pick<SaleDraft, "representative" | "attributes"> {
  const { channel } = input.settings.sale;
  const representative = representativeOf(input);
  return {
    ...(representative ? { representative: representative.name } : {}),
    ...(channel.attribute && channel.text ? { attributes: { [`AdditionalAttribute${channel.attribute}`]: channel.text } } : {}),
  };
}
