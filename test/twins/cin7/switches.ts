/**
 * Every fact that `facts/cin7-core.md` marks (OPEN) or (INF), and every company setting that the API cannot change: one switch each.
 * `fact` names the section. The first of `values` is the standing position; journeys run with each switch in its other positions.
 */
import type { Switches } from "../world.ts";

const choice = <const T extends readonly string[]>(fact: string, says: string, ...values: T) => ({
  fact,
  says,
  standard: values[0] as T[number],
  values: values as readonly string[],
});
const flag = (fact: string, says: string, standard: boolean) => ({ fact, says, standard, values: [true, false] as readonly boolean[] });
const count = (fact: string, says: string, standard: number) => ({ fact, says, standard, values: null });

export const SWITCH_BOARD = {
  // Transport
  errorShape: choice("1.4", "error bodies: usually an array, sometimes a bare object", "array", "object"),
  unknownPath: choice("1.4", "an unknown path: documented 404, seen as 200 with an HTML page", "404", "200-html"),
  throttleOn: flag("1.2", "the call limit is kept", true),
  throttleCalls: count("1.2", "calls per window and application key", 60),
  throttleWindowMs: count("1.2", "the window; divided by the clock's speed", 60_000),
  throttleStatus: choice("1.2", "the status of an excess call", "429", "503", "400"),
  dailyCap: count("11.22", "calls per UTC day and key; 0 = no cap", 0),
  limitAbove1000: choice("11.14", "Limit above 1000", "clamp", "refuse"),
  // Finding
  externalIdMatch: choice("11.1", "how the ExternalID filter compares", "exact", "prefix", "substring"),
  externalIdLagMs: count("11.1", "a new sale is found by ExternalID or Search only after this; divided by the clock's speed", 0),
  duplicateExternalId: choice("11.21", "a second sale with the same ExternalID", "accept", "refuse"),
  updatedSinceInclusive: flag("11.15", "UpdatedSince finds its own instant too", true),
  updatedUntilHonoured: flag("11.15", "UpdatedUntil filters (it is missing in the URI template)", true),
  trackingBumpsUpdated: flag("11.17", "a change of tracking moves the sale's Updated", true),
  stockBumpsProduct: flag("11.17", "a stock movement moves the product's LastModifiedOn", false),
  skuMatch: choice("3.1", "the Sku and Name filters of /product (availability compares SKUs alike)", "prefix", "substring"),
  combinedInvoiceStatus: choice("2.2", "values of CombinedInvoiceStatus", "examples", "table"),
  orderStatusWhenShipped: choice("2.2", "OrderStatus once everything is shipped", "FULFILLED", "AUTHORISED", "CLOSED"),
  nullBinInStockHook: choice("11.18", "the Bin:null row of the stock webhook where a location has bins", "total", "rest"),
  // Money
  totalTolerance: count("11.2", "how far a line's Total may be off", 0.01),
  taxDisagrees: choice("11.3", "a line's Tax that disagrees with its rule", "accept", "recompute", "refuse"),
  taxCalculationMethod: choice("2.5", "company setting: tax of a document", "Row Total", "Total"),
  lineDecimals: choice("11.31", "line totals: four decimals kept, or rounded to two", "keep", "round"),
  negativeCharges: choice("11.4", "an additional charge with a negative price", "accept", "refuse"),
  zeroPrice: choice("11.5", "a line with price 0 and discount 0", "accept", "refuse"),
  zeroPriceTaxedCharge: choice("11.27", "a charge with price 0 and tax above 0", "accept", "refuse"),
  automaticallyApplyDiscounts: flag("2.4", "company setting: Cin7 discounts on authorisation", false),
  automaticDiscountPercent: count("2.4", "what it takes off when it does", 10),
  liabilityAccountOnInvoice: choice("11.26", "an invoice line on an account of class LIABILITY", "accept", "refuse"),
  paymentAccountChecked: flag("9.23", "a payment's account must accept payments", true),
  paymentCurrencyChecked: flag("9.23", "a payment's account must be in the sale's currency", true),
  overpayment: choice(
    "11.10",
    "a payment above what is due: the rest becomes customer credit, or 400, or stays on the invoice",
    "credit",
    "refuse",
    "accept",
  ),
  prepaymentUnderSkipQuote: choice("11.11", "a prepayment on a sale without a quote", "refuse", "accept"),
  // Sale
  defaultSaleType: choice("2.1", "company setting: type of a sale whose POST names none", "Simple", "Advanced"),
  advancedAlways: flag("2.1", "the company setting turns even SaleType Simple into Advanced", false),
  serviceOnly: choice("11.8", "ServiceOnly on POST /sale", "accept", "ignore"),
  serviceOnlyNeedsLocation: flag("11.8", "a service sale needs a Location", true),
  orderNumberAt: choice("2.3", "company setting: when the order number is given", "creation", "authorisation"),
  invoiceNumberAt: choice("2.7", "company setting: when the invoice number is given", "creation", "authorisation"),
  taskIdIsSaleId: flag("11.6", "the tasks of a simple sale share its ID", true),
  fulfilmentListed: flag("11.7", "an authorised simple sale lists a fulfilment task before any POST", true),
  countryCode: choice("11.12", "a country code on input: refused, taken and shown as a name, or kept", "refuse", "accept", "keep"),
  unknownCountry: choice("11.12", "a country that nobody knows", "accept", "refuse"),
  unknownCarrier: choice("11.13", "free text as carrier on a sale or shipment", "accept", "refuse"),
  salesRepresentative: choice("2.3", "a representative who is no company contact", "accept", "refuse"),
  deprecatedProduct: choice("3.1", "a deprecated product on a sale", "accept", "refuse"),
  deprecatedCustomer: choice("4", "a sale for a deprecated customer", "accept", "refuse"),
  creditHold: choice("11.16", "authorising an order of a customer on credit hold", "ignore", "refuse"),
  putOnAuthorised: choice(
    "11.32",
    "PUT /sale once the order is authorised: taken, refused, or answered 200 without effect",
    "accept",
    "refuse",
    "no-effect",
  ),
  secondInvoice: choice("2.1", "a second invoice on a simple sale", "convert", "refuse"),
  secondCreditNote: choice("11.30", "a second credit note on a simple sale", "convert", "refuse"),
  invoiceVoidOnSimple: choice("2.8", "DELETE of a simple sale's invoice or credit note alone", "refuse", "accept"),
  invoiceQuantity: choice("12 (2.7)", "an invoice line whose quantity is not the order's", "accept", "refuse"),
  standaloneCreditNote: choice("11.23", "a credit note without an invoice", "refuse", "accept"),
  restockUnshipped: choice("11.19", "restock of goods that never left", "refuse", "accept"),
  creditNoteFreesAllocation: flag("11.28", "a credit note on unshipped goods frees their allocation", false),
  undoWithPayments: choice("11.9", "undo or void while payments are there: 400, or they go with it", "refuse", "accept"),
  undoWithShipment: choice("11.9", "undo or void after goods have left: 400, or they come back", "refuse", "accept"),
  exportedToAccounting: flag("11.29", "documents were exported: payments cannot be deleted, sales not undone or voided", false),
  // Stock
  allocateFrom: choice("2.4", "company setting: stock that an order may reserve", "location", "all"),
  backorderCountsAsAllocated: flag("3.6", "backordered units count as allocated, so that Available goes negative", false),
  autoAssembly: choice("12 (3.5)", "company setting: assemble kits when an order is authorised", "short", "never", "ordered"),
  shortComponents: choice(
    "3.5",
    "finished goods whose components are short: 200 with Errors as far as it goes, or 400",
    "partial",
    "refuse",
  ),
  autoPickBatch: choice("11.24", "automatic picking of batch and serial products", "pick", "ignore"),
  stocktakeBlocksDrafts: flag("11.25", "a draft order cannot be posted during a stocktake", false),
  stocktakeBlocksInvoices: flag("11.25", "an invoice cannot be authorised during a stocktake", true),
  stocktakeWords: choice("11.25", "the words with which a location under stocktake refuses", "named", "counted", "locked"),
  pickWithoutBin: choice(
    "2.6",
    "a pick line that names the location of binned stock and no bin: spread over its shelves, or only unbinned stock",
    "spread",
    "strict",
  ),
  pickPackPut: choice("2.6", "PUT on pick and pack", "accept", "405"),
  // Company
  timeZone: choice("5", "how /me names the zone: the blueprint's example is IANA", "iana", "windows"),
  lockDateFormat: choice("1.5", "how /me writes LockDate", "iso", "display"),
  lockDateInclusive: flag("9.30", "the lock date itself is locked", true),
  transactionBounds: choice("5", "FromDate and ToDate of /transactions", "inclusive", "exclusive"),
} as const;

type Widen<T> = T extends boolean ? boolean : T extends number ? number : T;
export type Cin7Switches = { -readonly [K in keyof typeof SWITCH_BOARD]: Widen<(typeof SWITCH_BOARD)[K]["standard"]> };

export const standardSwitches = (): Cin7Switches =>
  Object.fromEntries(Object.entries(SWITCH_BOARD).map(([name, { standard }]) => [name, standard])) as Cin7Switches;

/** Takes over the switches that are ours and sound; throws with the names of the others. `null` drops an override. */
export function applySwitches(target: Partial<Cin7Switches>, changes: Switches | Record<string, unknown>): void {
  const wrong = Object.entries(changes).filter(([name, value]) => !isSound(name, value));
  if (wrong.length) throw new Error(`unknown switch or value: ${wrong.map(([name, value]) => `${name}=${String(value)}`).join(", ")}`);
  for (const [name, value] of Object.entries(changes)) {
    const key = name as keyof Cin7Switches;
    if (value === null) delete target[key];
    else Object.assign(target, { [key]: value });
  }
}

function isSound(name: string, value: unknown): boolean {
  if (!Object.hasOwn(SWITCH_BOARD, name)) return false;
  const { standard, values } = SWITCH_BOARD[name as keyof typeof SWITCH_BOARD];
  if (value === null) return true;
  return values ? (values as readonly unknown[]).includes(value) : typeof value === typeof standard;
}
