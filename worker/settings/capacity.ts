import type { Capacity, Settings } from "../contract/index.ts";
import { asksWho } from "./asks-who.ts";
import { isDaily } from "./is-daily.ts";

/** Two calls a minute are the sweeps' own (design 6). */
const SWEEPS = 2;
/** A look-up and a create for a customer whom Cin7 Core does not know. */
const NEW_CUSTOMER = 2;
/** The order, its taxes, tax classes of untaxed lines, its payments; one more for coupons (M48). */
const READS = 4;

/**
 * Capacity said beforehand (M48): what an order costs with these settings, and whether the busiest hour fits into what Cin7
 * Core takes. `perMinute`: calls that the key allows in 60 seconds.
 */
export function capacityOf(settings: Settings, perMinute: number, busiest: Capacity["busiest"]): Capacity {
  const { sale, invoice } = settings;
  const paid = invoice.status !== "none";
  // Rules by customer read the customer as well.
  const reads = READS + (asksWho(settings) ? 1 : 0);
  if (isDaily(settings)) return ofDays(perMinute, reads, busiest);
  const all: [boolean, string, number][] = [
    [true, "the sale", 1],
    [true, "its order with all lines", 1],
    [sale.status === "draft", "a look whether you have authorised it", 1],
    [sale.status === "authorised" && sale.fulfil !== "none", "a look at what was picked", 1],
    [!paid && settings.payments.on, "a look for the invoice that you make", 1],
    [!paid && settings.payments.on, "a look at what is paid already", 1],
    [paid && invoice.when === "when-shipped", "a look at the shipment", 1],
    [paid, "the invoice", 1],
    [invoice.status === "draft", "a look whether you have authorised the invoice", 1],
    [invoice.status === "draft" || invoice.when === "when-shipped", "a look at what is paid already", invoice.status === "draft" ? 1 : 0],
    [settings.payments.on, "the payment, one for each way of paying", 1],
  ];
  const parts = all.filter(([used, , calls]) => used && calls > 0).map(([, what, calls]) => ({ what, calls }));
  const perOrder = parts.reduce((n, part) => n + part.calls, 0);
  const forOrders = Math.max(1, perMinute - SWEEPS);
  const ordersPerHour = Math.floor((forOrders * 60) / perOrder);
  const minutes = busiest ? Math.ceil((busiest.orders * perOrder) / forOrders) : 0;
  const fits = busiest === null || busiest.orders <= ordersPerHour;
  const helps = [
    [settings.customers.guests === "per-email", `Put guests on the default customer: ${NEW_CUSTOMER} calls less for each new shopper.`],
    [invoice.status === "draft", "Let invoices be authorised at once: 2 calls less."],
    [sale.status === "draft", "Let orders be authorised at once: 1 call less."],
    [sale.fulfil !== "none", "Pick by hand: 1 call less."],
  ] as const;
  return {
    cin7: { perOrder, parts, newCustomer: settings.customers.guests === "per-email" ? NEW_CUSTOMER : 0, perMinute, ordersPerHour },
    bigcommerce: { perOrder: reads, withCoupons: reads + 1 },
    busiest,
    fits,
    minutes,
    helps: helps.filter(([used]) => used).map(([, sentence]) => sentence),
  };
}

/** One sale a day (F15): its few calls are made once, whatever the number of orders. */
function ofDays(perMinute: number, reads: number, busiest: Capacity["busiest"]): Capacity {
  const parts = [{ what: "a daily sale takes its few calls once a day", calls: 0 }];
  return {
    cin7: { perOrder: 0, parts, newCustomer: 0, perMinute, ordersPerHour: Math.max(1, perMinute - SWEEPS) * 60 },
    bigcommerce: { perOrder: reads, withCoupons: reads + 1 },
    busiest,
    fits: true,
    minutes: 0,
    helps: [],
  };
}
