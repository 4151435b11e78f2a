import type { KeptOut, OrderState, Settings, WayIn } from "../../contract/index.ts";
import { setupAt } from "../../contract/setup-pages.ts";
import { accept } from "../capture/accept.ts";
import type { Facts } from "../order-facts.ts";

/** What is known of an order that is not taken, besides Setup. Instants are ISO 8601. */
type Asked = {
  orderId: number;
  state: OrderState;
  /** As BigCommerce told it last; null: an older release saw it. */
  facts: Facts | null;
  now: string;
  timeZone: string;
  chosen: boolean;
  early: boolean;
  skippedBy: string | null;
};

/**
 * What keeps an order out and each way in (M54), by the very rule that takes orders, from what BigCommerce told last. Null: it is not
 * out. `pressed`: as when somebody processes it. Pure.
 */
export function keptOut(settings: Settings, asked: Asked, pressed = false): KeptOut | null {
  if (asked.state !== "not-taken") return null;
  const { orderId, facts, now, timeZone, chosen, early } = asked;
  if (!settings.orders.on)
    return { text: "Orders are switched off, so none is taken.", ways: [page("Switch orders on", setupAt("orders.on"))] };
  if (asked.skippedBy !== null && !pressed)
    return { text: `${asked.skippedBy} skipped it. It stays out until somebody takes it.`, ways: [process(orderId)] };
  if (!facts) return { text: "An older release saw it last. Process it to have it looked at again.", ways: [process(orderId)] };
  const verdict = accept(facts, settings, { now, timeZone, chosen, early, pressed });
  if (verdict.is !== "skip")
    return pressed ? null : { text: "Nothing keeps it out any more: it can be taken now.", ways: [process(orderId)] };
  return { text: `${verdict.text}${HOW[verdict.code] ?? ""}`, ways: waysFor(verdict.code, orderId) };
}

const process = (orderId: number): WayIn => ({ is: "process", label: `Take order ${orderId} to Cin7 Core` });
const page = (label: string, to: string): WayIn => ({ is: "page", label, to });
const shop: WayIn = { is: "shop", label: "Open it in BigCommerce" };
const moment = page("Choose another moment", setupAt("orders.captureWhen"));
const takeNow = (orderId: number, what: string): WayIn => ({
  is: "take-now",
  label: `Take order ${orderId} now, ${what}`,
  warning: `Order ${orderId} becomes a sale in Cin7 Core although it is ${what}, with the invoice as your setup says and no payment. Its payments follow by themselves when BigCommerce shows them. Other orders stay as they are.`,
});

/** Statuses and kinds of which no order is taken. */
const NEVER = " Set another status in BigCommerce if it is a sale after all, or make the sale in Cin7 Core by hand.";
const HOW: Record<string, string> = {
  unpaid: " Record its payment in BigCommerce, or say in Setup when its payment method counts as paid.",
  cancelled: NEVER,
  declined: NEVER,
  refunded: NEVER,
  archived: " Make the sale in Cin7 Core by hand if you want one.",
  migrated: " Make the sale in Cin7 Core by hand if you want one.",
};

function waysFor(code: string, orderId: number): WayIn[] {
  switch (code) {
    case "before-start":
      return [process(orderId)];
    case "unpaid":
      return [shop, page("Say when its method counts as paid", setupAt("payments.methods")), takeNow(orderId, "unpaid")];
    case "on-account":
      return [takeNow(orderId, "unpaid"), moment];
    case "not-authorised":
      return [shop, moment, takeNow(orderId, "not authorised")];
    case "not-completed":
      return [shop, moment, takeNow(orderId, "not completed")];
    case "incomplete":
    case "archived":
    case "migrated":
    case "already-sent":
      return [];
    default:
      return [shop];
  }
}
