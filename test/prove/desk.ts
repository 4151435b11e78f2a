import type { Api } from "../../scripts/connect.ts";
import { SHOP_NAMES, type ShopName, type Shops } from "./shops.ts";

/**
 * The person at the desk: reads *Needs attention* of all shops as the app shows it and presses the remedy that belongs to
 * it, through the app's own HTTP. Never part of the judgement; the Worker may be down at any time, then it is tried again.
 */
export type Desk = {
  /** From now on locked books are answered too. */
  answerLocks(): void;
  /** What was pressed so far, by remedy. */
  pressed: Record<"process" | "send as one" | "post on the first open day", number>;
  close(): Promise<void>;
};
type Row = { kind: string; text: string; orders: number[]; remedies: { action?: string; lockedTo?: string }[] };

/** What Cin7 says in the proof when it refuses; any other refusal is left alone, for the judge to find. */
export const REFUSAL = "The proof refuses this on purpose";

/** `asOne`: whether the seed wants the order of several addresses sent as one sale. */
export function openDesk(shops: Shops, asOne: (shop: ShopName, order: number) => boolean): Desk {
  const panels: Partial<Record<ShopName, Api>> = {};
  const pressed = { process: 0, "send as one": 0, "post on the first open day": 0 };
  /** When to try again at a shop that nobody let in: the app opens to one address only so often. */
  const shut: Partial<Record<ShopName, number>> = {};
  let locks = false;
  let open = true;

  async function look(name: ShopName): Promise<void> {
    const shop = shops[name];
    const at = `/api/stores/${shop.store}`;
    panels[name] ??= await shop.fresh();
    const panel = panels[name];
    const { rows } = await panel<{ rows: Row[] }>("GET", `${at}/attention?perPage=100`);
    for (const row of rows) {
      if (row.kind === "cin7-refused" && row.text.includes(REFUSAL)) {
        for (const id of row.orders) await panel("POST", `${at}/orders/${id}/process`);
        pressed.process += row.orders.length;
      }
      const one = row.kind === "several-addresses" ? row.orders.filter((id) => asOne(name, id)) : [];
      for (const id of one) await panel("POST", `${at}/orders/${id}/send-as-one`);
      pressed["send as one"] += one.length;
      const lockedTo = row.remedies.find((remedy) => remedy.action === "post-open")?.lockedTo;
      if (!lockedTo || !locks) continue;
      await panel("POST", `${at}/locked-books`, { lockedTo });
      pressed["post on the first open day"]++;
    }
  }

  const done = (async () => {
    while (open) {
      for (const name of SHOP_NAMES)
        if (Date.now() > (shut[name] ?? 0))
          await look(name).catch(() => {
            delete panels[name];
            shut[name] = Date.now() + 3_000;
          });
      await new Promise((next) => setTimeout(next, 700));
    }
  })();
  return {
    pressed,
    answerLocks: () => {
      locks = true;
    },
    close: () => {
      open = false;
      return done;
    },
  };
}
