/** The pages of Setup in their order, by their place in the address, with their titles; and which of them holds a field. */
export const SETUP_PAGES = [
  ["orders", "Orders"],
  ["sale", "Sales and invoices"],
  ["customers", "Customers"],
  ["tax", "Tax"],
  ["payments", "Payments"],
  ["currencies", "Currencies"],
  ["charges", "Charges and accounts"],
  ["people", "People and alerts"],
  ["connection", "Connection"],
  ["history", "History of changes"],
] as const;
export type SetupPage = (typeof SETUP_PAGES)[number][0];
export const titleOf = (page: SetupPage): string => SETUP_PAGES.find(([id]) => id === page)?.[1] ?? "";

/** Every field of the settings document. A list is one field, whatever its rows hold, but for a list in its rows. */
export const PAGE_OF = {
  "orders.on": "orders",
  "orders.captureWhen": "orders",
  "orders.takeFrom": "orders",
  "orders.unknownSku": "orders",
  "orders.consolidate": "orders",
  "orders.consolidateAt": "orders",
  "customers.defaultCustomer": "customers",
  "customers.guests": "customers",
  "customers.perCurrency": "currencies",
  "customers.companyInAddress": "sale",
  "location.salesShipFrom": "orders",
  "location.pickups": "sale",
  "location.stock": "orders",
  "sale.status": "sale",
  "sale.fulfil": "sale",
  "sale.assembly.mode": "sale",
  "sale.assembly.cin7": "sale",
  "sale.assembly.wipAccount": "sale",
  "sale.assembly.account": "sale",
  "sale.representative": "sale",
  "sale.representatives": "sale",
  "sale.channel.attribute": "sale",
  "sale.channel.text": "sale",
  "sale.referencePrefix": "sale",
  "invoice.status": "orders",
  "invoice.revenueAccount": "orders",
  "invoice.when": "sale",
  "invoice.date": "sale",
  "invoice.lockedBooks": "sale",
  "tax.classes": "tax",
  "tax.special": "tax",
  "tax.pricesIncludeTax": "tax",
  "payments.on": "payments",
  "payments.unpaidDays": "payments",
  "payments.methods": "payments",
  "payments.methods.currencies": "currencies",
  "payments.otherAccount": "payments",
  "charges.items": "charges",
  "charges.loadCouponCodes": "charges",
  "charges.spreadDiscounts": "charges",
  "rounding.cap": "charges",
  "currency.rates": "currencies",
  "seen.metafield": "sale",
  "seen.staffNote": "sale",
  "keep.days": "orders",
} as const satisfies Record<string, SetupPage>;
export type SetupField = keyof typeof PAGE_OF;

const FIELDS = Object.entries(PAGE_OF);
const isIn = (path: string, whole: string): boolean => path === whole || path.startsWith(`${whole}.`);

/** The page of what a path in a document names: a field, something in it, or a whole part. Unknown ones: the first page. */
export function pageOf(path: string): SetupPage {
  const plain = path.replace(/\.\d+(?=\.|$)/g, "");
  const field = FIELDS.findLast(([field]) => isIn(plain, field)) ?? FIELDS.find(([field]) => isIn(field, plain));
  return field?.[1] ?? "orders";
}

/** Pages as paths of the UI: checklist and remedies point there. */
export const setupPath = (page: SetupPage): string => `/setup/${page}`;
export const setupAt = (field: SetupField): string => setupPath(PAGE_OF[field]);
