import { isCancelled } from "../../bigcommerce/order-status.ts";
import { isDaySale } from "../../lib/day-sale.ts";
import type { Kept } from "../../sales/kept.ts";
import type { OrderRow } from "../store.ts";
import { isWanted } from "./memory.ts";

/** What is known of an order that is to be sent. `isClaimed`: whether its sale was begun; `daily`: the store makes one sale a day; `on`: orders are taken. */
export type ToSend = { row: OrderRow | null; kept: Kept | null; isClaimed(row: OrderRow): boolean; daily: boolean; on: boolean };

export type NextSend =
  | { is: "send"; row: OrderRow; kept: Kept }
  /** Its sale is there: invoice and payments follow. */
  | { is: "sent"; row: OrderRow; kept: Kept }
  /** Nothing of it is written. `read`: it is read again, and the present decides. */
  | { is: "not"; why: string; read: boolean }
  /** Nothing of it is written while orders are off; switching them on sends it. */
  | { is: "paused" };

const readAgain = (why: string): NextSend => ({ is: "not", why, read: true });

/** Whether an order that was mapped is written to Cin7 Core now. The first rule that holds counts. */
export function decideSend({ row, kept, isClaimed, daily, on }: ToSend): NextSend {
  if (!row || !kept) return readAgain("It is read again first.");
  // Mapped for another generation of its sale: the row is older than what was sent (a restored database), or newer.
  if (!isWanted(kept.draft.mark, row)) return readAgain("It is read again for the sale that is wanted now.");
  if (row.state === "sent") return { is: "sent", row, kept };
  // Put on hold or not taken since it was mapped: without a claim nothing of it is in Cin7, so the present decides anew.
  const claimed = isClaimed(row);
  if (TAKEN_BACK.has(row.state) && !claimed) return readAgain("It changed since it was mapped and is read again.");
  // Cancelled since: what is in Cin7 already is voided, or told; nothing further is written (M28).
  if (isCancelled(row.statusId)) return readAgain("It was cancelled and is read again.");
  // One sale a day: what was not begun alone goes with that (F15).
  if (!isDaySale(row.orderId) && !claimed && (row.dayCut !== null || daily))
    return { is: "not", why: "It goes with the daily sale.", read: row.waitsFor !== "day" };
  // What is begun is brought to its end, and a day that was closed too: its orders are in no other list.
  if (!on && !claimed && !isDaySale(row.orderId)) return { is: "paused" };
  return { is: "send", row, kept };
}

const TAKEN_BACK: ReadonlySet<OrderRow["state"]> = new Set(["held", "not-taken"]);
