import { pause } from "./drive.ts";
import { type Shop, saveSettings } from "./shops.ts";

/**
 * The shop with one sale a day (F15, F16): its owner moves the consolidation time on to the next full minute, again and again
 * until all is judged. So days end while orders, faults and kills go on, and once more for whoever is late. A day cannot be
 * shorter, as timestamps are never scaled. Into which day an order falls is the clock's; that it is in exactly one is not.
 */
export function openDays(shop: Shop): { close(): Promise<void> } {
  let open = true;
  const done = (async () => {
    while (open) {
      const end = Math.ceil((Date.now() + LEAD_MS) / MINUTE_MS) * MINUTE_MS;
      await saveSettings(shop, ({ orders }) => {
        orders.consolidateAt = TIME.format(end);
      });
      // The app closes a day a moment after its end (60 s of the vendors' time); a change before that would make it longer.
      while (open && Date.now() < end + LEAD_MS) await pause(200);
    }
  })();
  return {
    close: () => {
      open = false;
      return done;
    },
  };
}

const MINUTE_MS = 60_000;
const LEAD_MS = 5_000;
/** The zone of `dailystore1`. */
const TIME = new Intl.DateTimeFormat("en-GB", { timeZone: "Australia/Melbourne", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
