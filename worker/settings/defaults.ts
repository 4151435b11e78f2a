import type { Settings } from "../contract/index.ts";
import { KEPT_DAYS } from "./keep-days.ts";

/** What a store starts with: orders off, nothing chosen, invoices as drafts (S1), rounding up to 0.05 (M4). */
export const defaults = (): Settings => ({
  orders: { on: false, captureWhen: "paid", takeFrom: null, unknownSku: "service-line", consolidate: "each", consolidateAt: "23:00" },
  customers: { defaultCustomer: null, guests: "per-email", perCurrency: [], companyInAddress: false },
  location: { salesShipFrom: null, pickups: [], stock: "all" },
  sale: {
    status: "authorised",
    fulfil: "none",
    assembly: { mode: "never", cin7: null, wipAccount: null, account: null },
    representative: null,
    representatives: [],
    channel: { attribute: null, text: "" },
    referencePrefix: "",
  },
  invoice: { status: "draft", revenueAccount: null, when: "with-order", date: "met", lockedBooks: "ask" },
  tax: { classes: [], special: [], pricesIncludeTax: null },
  payments: { on: true, unpaidDays: 7, methods: [], otherAccount: null },
  charges: { items: {}, loadCouponCodes: true, spreadDiscounts: false },
  rounding: { cap: "0.05" },
  currency: { rates: [] },
  seen: { metafield: true, staffNote: false },
  keep: { days: KEPT_DAYS },
});
