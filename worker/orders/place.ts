import type { Ref, Settings } from "../contract.ts";
import type { MappingInput, SaleDraft, Snapshot } from "./draft.ts";

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

/** What every sale of the shop carries in its header: representative and channel (F30, M44). */
export function headerOf({ settings }: MappingInput): Pick<SaleDraft, "representative" | "attributes"> {
  const { representative, channel } = settings.sale;
  return {
    ...(representative ? { representative } : {}),
    ...(channel.attribute && channel.text ? { attributes: { [`AdditionalAttribute${channel.attribute}`]: channel.text } } : {}),
  };
}
