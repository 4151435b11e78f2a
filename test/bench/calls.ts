import type { Connected, Place } from "../../scripts/connect.ts";
import type { SettingsReply } from "../../worker/contract/index.ts";
import { atMost, exactly, type Row } from "./row.ts";
import { clearTrace, isWrite, placeOrder, type Seen, settledTrace } from "./trace.ts";

const LINE = { sku: "TEE-MER-NVY-S", quantity: 1 };
/** 50 lines of different SKUs and of the same, as a shop's largest ordinary order. */
const fifty = Array.from({ length: 50 }, () => LINE);

/** Calls of both APIs that one order costs, counted from the trace. */
export async function callRows(place: Place, c: Connected): Promise<Row[]> {
  const invoice = (status: "none" | "authorised", account: string | null) => change(c, status, account);
  const one = (order: unknown, last: string) => count(place, c, order, last);

  await invoice("none", "713");
  const authorised = await one({ lines: [LINE], shipping: 9 }, "/sale/order");
  const stranger = await one(
    { lines: [LINE], address: { email: "new.shopper@example.com", first_name: "Nora", last_name: "New" } },
    "/sale/order",
  );
  await invoice("authorised", null);
  const invoiced = await one({ lines: [LINE], shipping: 9 }, "/sale/invoice");
  await invoice("authorised", "713");
  const paid = await one({ lines: [LINE], shipping: 9 }, "/sale/payment");
  const large = await one({ lines: fifty, shipping: 9 }, "/sale/payment");
  const coupon = await one({ lines: fifty, shipping: 9, coupon: "WELCOME10" }, "/sale/payment");
  return [
    exactly("Cin7 calls per order, authorised", authorised.cin7, "calls", 2),
    exactly("… + invoice", invoiced.cin7, "calls", 3),
    exactly("… + payment", paid.cin7, "calls", 4),
    exactly("… unknown customer, surcharge", stranger.cin7 - authorised.cin7, "calls", 2),
    atMost("BigCommerce reads per order of 50 lines", large.bigcommerce, "reads", 4),
    atMost("… with coupons", coupon.bigcommerce, "reads", 5),
  ];
}

async function count(place: Place, c: Connected, order: unknown, last: string): Promise<{ cin7: number; bigcommerce: number }> {
  await clearTrace(place.twins);
  await placeOrder(place.twins, c.store, order);
  const seen = await settledTrace(place.twins, (all: Seen[]) => all.some((x) => isWrite(x, last)));
  return { cin7: seen.filter((x) => x.peer === "cin7").length, bigcommerce: seen.filter((x) => x.peer === "bigcommerce").length };
}

async function change(c: Connected, status: "none" | "authorised", account: string | null): Promise<void> {
  const at = `/api/stores/${c.store}/settings`;
  const { version, settings } = await c.panel<SettingsReply>("GET", at);
  settings.invoice.status = status;
  // Gift certificates and store credit keep their own: those are money that is owed.
  for (const method of settings.payments.methods) if (!/^(giftcertificate|storecredit)$/.test(method.key)) method.account = account;
  await c.panel("PUT", at, { basedOn: version, settings });
}
