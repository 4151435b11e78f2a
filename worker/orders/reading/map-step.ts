import { factsFor } from "../../accounts/facts-store.ts";
import type { Order } from "../../bigcommerce/schemas.ts";
import { knowProduct, productsBySku } from "../../catalogue/store.ts";
import { productBySku } from "../../cin7/product.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import type { Outcome } from "../../inbox/outcome.ts";
import { haltOf, refusedAs, stop } from "../../inbox/vendor-answer.ts";
import type { Problem } from "../../problems/define-problem.ts";
import type { OrderKept } from "../../sales/kept.ts";
import { needsCustomer } from "../../settings/asks-who.ts";
import { isDecided, sendAsOne } from "../decisions-store.ts";
import { couldBeRefused } from "../mapping/could-be-refused.ts";
import { reservedUnits } from "../mapping/reserved.ts";
import type { KnownProduct, MappingInput, SaleDraft, Snapshot } from "../mapping/sale-draft.ts";
import { shippedTo } from "../mapping/sold.ts";
import { toSale } from "../mapping/to-sale.ts";
import type { OrderRow } from "../store.ts";
import type { Verdict } from "../verdict.ts";
import { orderedIn, type Picture, pictureFor } from "./picture.ts";
import { type ReadFailure, readSnapshot } from "./read-order-flow.ts";

type Units = { sku: string; quantity: number }[];
/** What the order's row shows of what came. */
type Came = { picture: Picture; reserved: Units; ordered: Units };
export type Mapping =
  | { is: "mapped"; kept: OrderKept; metAt: string; came: Came }
  /** `metAt`: set when the order itself is ready and only its mapping is not. */
  | { is: "held"; problems: Problem[]; came: Came; metAt?: string }
  | { is: "unread"; failure: ReadFailure }
  | { is: "stop"; outcome: Outcome };

/**
 * The whole order read and mapped as it is now (design 8.4 to 8.6); nothing is stored but products that were looked up.
 * `isOneSale`: it is in Cin7 as one sale already, to however many addresses.
 */
export async function mapOrder(
  c: LinkedContext,
  order: Order,
  before: OrderRow | null,
  verdict: Exclude<Verdict, { is: "skip" }>,
  isOneSale = false,
): Promise<Mapping> {
  const { db, tenant, settings } = c;
  const read = await readSnapshot(c.bigcommerce, order, needsCustomer(order, settings.document));
  if (!read.ok) return { is: "unread", failure: read.error };
  const snapshot = read.value;
  const known = await knownProducts(c, snapshot);
  if (known.is !== "known") return known;
  const erased = before?.erasedAt != null;
  const picture = pictureFor(erased, snapshot, c.store.timeZone);
  // Also while it is held its units are not for sale to anybody else (F101, M19).
  const reserved = reservedUnits(snapshot.lines, known.products, settings.document.orders.unknownSku);
  const came = { picture, reserved, ordered: orderedIn(snapshot) };
  if (verdict.is === "hold") return { is: "held", problems: verdict.problems, came };

  const facts = await factsFor(c);
  const input: MappingInput = {
    snapshot,
    settings: settings.document,
    settingsVersion: settings.version,
    store: { hash: tenant.store, timeZone: c.store.timeZone, currency: c.store.currency },
    account: c.account,
    products: known.products,
    generation: before?.generation ?? 1,
    metAt: verdict.metAt,
    ...(verdict.metBy ? { metBy: verdict.metBy } : {}),
    negativeChargesRefused: facts.negativeChargesRefused,
    zeroPriceRefused: facts.zeroPriceRefused,
    asOneSale: snapshot.shipping.length > 1 && (isOneSale || (await isDecided(db, tenant, sendAsOne(order.id)))),
  };
  const mapped = toSale(input);
  if (!mapped.ok) return { is: "held", problems: mapped.error, came, metAt: verdict.metAt };
  const draft: SaleDraft = mapped.value;
  const asRead = { order: { ...order, consignments: undefined, fees: undefined }, shippedTo: shippedTo(snapshot.shipping) };
  const kept: OrderKept = { is: "order", draft, ...asRead, fallback: fallbackOf(draft, input) };
  return { is: "mapped", kept, metAt: verdict.metAt, came };
}

/** The sale without what the account might refuse, worked out from the same reading so that a refusal costs no new one. */
function fallbackOf(draft: SaleDraft, input: MappingInput): SaleDraft | null {
  if (!couldBeRefused(draft)) return null;
  const other = toSale({ ...input, negativeChargesRefused: true, zeroPriceRefused: true });
  return other.ok ? other.value : null;
}

type Known = { is: "known"; products: Map<string, KnownProduct> } | { is: "stop"; outcome: Outcome };

/** Products of the order's SKUs: from the mirror, the missing ones asked of Cin7 by exact SKU, one call each (F116). */
async function knownProducts(c: LinkedContext, snapshot: Snapshot): Promise<Known> {
  const skus = [...new Set(snapshot.lines.filter((l) => l.type !== "giftcertificate" && l.quantity > 0 && l.sku).map((l) => l.sku.trim()))];
  const known = await productsBySku(c.db, c.tenant, skus);
  for (const sku of skus.filter((s) => !known.has(s))) {
    const read = await productBySku(c.cin7, sku);
    if (read.is !== "read") return { is: "stop", outcome: stop(haltOf(read, c), c, refusedAs(snapshot.order.id, "product")) };
    const product = read.value;
    if (!product) continue;
    known.set(sku, await knowProduct(c.db, c.tenant, product, new Date(c.now()).toISOString()));
  }
  return { is: "known", products: known };
}
