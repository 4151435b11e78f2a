import type {
  Attempt,
  CaptureRule,
  ChargeKey,
  CountsAsPaid,
  OrderState,
  ProblemArea,
  Stage,
  StoreState,
  TakenAt,
  Takes,
} from "../../worker/contract/index.ts";

import type { Urgency } from "../../worker/contract/urgency.ts";

/** All words of states, in one place (ui.md 10.2). */
export type Tone = "success" | "danger" | "primary" | "warning" | "secondary" | "quiet";

export const ORDER_STATE: Record<OrderState, { word: string; tone: Tone }> = {
  pending: { word: "Waiting", tone: "primary" },
  sending: { word: "Going to Cin7", tone: "primary" },
  held: { word: "Held", tone: "warning" },
  sent: { word: "In Cin7", tone: "success" },
  "not-taken": { word: "Not taken", tone: "quiet" },
  failed: { word: "Needs attention", tone: "danger" },
};

const GONE: readonly Stage[] = ["picked", "packed", "shipped"];
/** A voided sale is not in Cin7 as the merchant means it, and one with more units than there are is not well there. */
export function badgeOf({ state, stages }: { state: OrderState; stages: readonly Stage[] }): { word: string; tone: Tone } {
  if (state !== "sent") return ORDER_STATE[state];
  if (stages.includes("voided")) return { word: "Voided in Cin7", tone: "secondary" };
  if (stages.includes("backordered") && !stages.some((stage) => GONE.includes(stage)))
    return { word: "In Cin7, short of stock", tone: "warning" };
  return ORDER_STATE.sent;
}

export const STAGE: Record<Stage, string> = {
  sale: "Sale created",
  ordered: "Ordered",
  backordered: "Backordered",
  picked: "Picked",
  packed: "Packed",
  shipped: "Shipped",
  "invoice-draft": "Invoice draft",
  invoiced: "Invoiced",
  paid: "Paid",
  "part-paid": "Part paid",
  voided: "Voided",
};

export const STORE_STATE: Record<StoreState, { word: string; tone: Tone; why: string }> = {
  active: { word: "Connected", tone: "success", why: "" },
  reconnect: {
    word: "Connect again",
    tone: "danger",
    why: "BigCommerce no longer accepts our access. Open the app again from Apps in the store's control panel, or add the store again with new credentials.",
  },
  closing: { word: "Disconnecting", tone: "warning", why: "Running work ends, then the connection is removed." },
  disconnected: { word: "Disconnected", tone: "secondary", why: "Nothing is read from or written to this store." },
};

export const AREA: Record<ProblemArea, string> = { finance: "Finance", warehouse: "Warehouse", shop: "Shop" };

/** What depends on what needs attention, and until when it should be answered. */
export const URGENCY: Record<Urgency, { word: string; text: string }> = {
  goods: { word: "Before the parcel leaves", text: "Goods may leave that must stay, or leave twice." },
  "every-order": { word: "Stops every order", text: "No order goes before this is answered." },
  orders: { word: "Orders wait", text: "Each goes by itself as soon as it is answered." },
  books: { word: "Before the month is closed", text: "Cin7 Core's books are not what the shop took." },
  notice: { word: "Good to know", text: "Nothing waits for this." },
};

export const OUTCOME: Record<Attempt["outcome"], { word: string; tone: Tone }> = {
  ok: { word: "Done", tone: "success" },
  refused: { word: "Refused", tone: "danger" },
  unknown: { word: "No answer", tone: "warning" },
  waits: { word: "Waits", tone: "primary" },
};

export const PAYMENT_STATE: Record<"posted" | "waits" | "left-out", { word: string; tone: Tone }> = {
  posted: { word: "In Cin7", tone: "success" },
  waits: { word: "Waits for the invoice", tone: "primary" },
  "left-out": { word: "Not taken", tone: "quiet" },
};

export const CAPTURE: Record<CaptureRule, { word: string; text: string }> = {
  created: { word: "Created", text: "As soon as the order is placed, paid or not." },
  authorised: { word: "Authorised", text: "Once the payment is authorised or captured." },
  paid: { word: "Paid", text: "Once the money counts as paid, see Payments." },
  completed: { word: "Completed", text: "Once the order is shipped or completed in BigCommerce." },
};

/** What happens to an order in a status; under a condition it is taken as soon as that is true (M19). */
export const TAKEN: Record<TakenAt, { word: string; tone: Tone }> = {
  yes: { word: "Taken", tone: "success" },
  "staff-or-app": { word: "Taken if made by staff or an app", tone: "success" },
  authorised: { word: "Taken once authorised", tone: "success" },
  captured: { word: "Taken once the money is captured", tone: "success" },
  paid: { word: "Taken once paid", tone: "success" },
  "all-shipped": { word: "Taken once all is shipped", tone: "success" },
  "not-yet": { word: "Not yet", tone: "quiet" },
  never: { word: "Never taken", tone: "secondary" },
  held: { word: "Held for you to decide", tone: "warning" },
};

export const TAKES: Record<Takes, { word: string; tone: Tone }> = {
  "": { word: "Not known yet", tone: "quiet" },
  accepted: { word: "Taken", tone: "success" },
  refused: { word: "Refused", tone: "warning" },
};

export const COUNTS_AS_PAID: Record<CountsAsPaid, string> = {
  captured: "When the money is captured",
  "awaiting-fulfillment": "When the order is Awaiting Fulfillment or later",
  never: "Never, on account",
};

export const CHARGE: Record<ChargeKey, string> = {
  shipping: "Shipping",
  handling: "Handling",
  wrapping: "Gift wrapping",
  fee: "Order fees",
  discount: "Discounts",
  coupon: "Coupons",
  "gift-certificate": "Gift certificates sold",
  rounding: "Rounding",
  unlisted: "Unlisted products",
};

export const NEEDS: Record<"operate" | "configure", string> = {
  operate: "You can look, but not process orders. Ask the store owner: under Setup, People and alerts they let you process orders.",
  configure: "You can look, but not change the setup. Ask the store owner: under Setup, People and alerts they let you change everything.",
};

/** F4: said where Cin7 Core is connected. */
export const CIN7_NEEDS =
  "What Cin7 Core needs for it: a subscription or trial with access to the API, and one External integration licence for each store (more under My subscription there). The Automation module is not needed: Lockstep asks Cin7 Core once a minute what has changed. If a licence ends, orders wait here with their stock held and go when it is renewed.";
