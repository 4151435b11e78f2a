import type { AssembleMode } from "../../../worker/contract/index.ts";
import type { Outcome } from "../../../worker/inbox/outcome.ts";
import { products } from "../../../worker/lib/db/schema/tables.ts";
import type { Answer } from "../../../worker/lib/http.ts";
import { mappedOf } from "../../../worker/orders/reading/picture.ts";
import { sendOrder } from "../../../worker/orders/sending/send-flow.ts";
import { keepSale } from "../../../worker/sales/kept-store.ts";
import { keepLines } from "../../../worker/sales/lines-store.ts";
import { ACCOUNT, addOrder, addStore, db, iso, NOW, tenant } from "../../harness/api.ts";
import { aProduct, aSettings, aSnapshot } from "../../harness/builders.ts";
import { claimsInMemory } from "../../harness/claims.ts";
import { aContext, cin7Of } from "../../harness/context.ts";
import { drafted } from "../../harness/sale.ts";
import { type Loose, start } from "../../twins/cin7/harness.ts";

/** A shop with a bundle KIT-2 of two CUP-ENAM, its orders sent by the real flow to the twin of Cin7 Core, one claim book for all. */
export const MAIN = "Main Warehouse";
type Setup = { mode?: AssembleMode; cin7?: AssembleMode; auto?: boolean; switches?: Record<string, string | boolean> };

export async function kitShop({ mode = "missing", cin7 = "never", auto = false, switches = {} }: Setup = {}) {
  const shop = start(switches);
  const store = await addStore();
  const product = { Category: "Other", Type: "Stock", CostingMethod: "FIFO", UOM: "Item", Status: "Active", PriceTier1: 20 };
  const bom = (ProductCode: string, Quantity: number) => ({
    BillOfMaterial: true,
    QuantityToProduce: 1,
    BillOfMaterialsProducts: [{ ProductCode, Quantity }],
  });
  const post = async (SKU: string, more: object) =>
    (await shop.ok("POST", "/product", { SKU, Name: SKU, ...product, ...more })).Products[0];
  const kit = await post("KIT-2", { AutoAssembly: auto, ...bom("CUP-ENAM", 2) });
  const customer = (Object.values(shop.state().accounts)[0] as Loose).customers;
  const web = Object.values(customer).find((each: Loose) => each.Name === "Web customer") as { ID: string };
  const mirror = async (row: { ID: string; SKU: string }, assembly: "" | "asked" | "auto" | null, bomFlag = true) =>
    db()
      .insert(products)
      .values({
        accountId: ACCOUNT,
        productId: row.ID,
        sku: row.SKU,
        skuFold: row.SKU.toLowerCase(),
        name: row.SKU,
        type: "Stock",
        active: true,
        bom: bomFlag,
        assembly,
        readAt: iso(),
      })
      .onConflictDoUpdate({ target: [products.accountId, products.productId], set: { assembly, bom: bomFlag } });
  await mirror(kit, auto ? "auto" : "asked");

  const settings = aSettings({
    customers: { defaultCustomer: { id: web.ID, name: "Web customer" }, guests: "default-customer" },
    sale: { assembly: { mode, cin7, wipAccount: "631", account: "630" } } as never,
    tax: { classes: [{ classId: 0, className: "Default Tax Class", withTax: "GST on Income", withoutTax: "GST Free Income" }] },
  });
  const clock = { now: NOW };
  const claims = claimsInMemory(() => clock.now);
  const calls: string[] = [];
  /** "POST /finishedGoods": the next one is carried out and its answer is lost. */
  const lose: string[] = [];
  const call = async (method: string, path: string, body?: unknown, query: Record<string, unknown> = {}): Promise<Answer> => {
    const tail = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    calls.push(`${method} ${path}`);
    const { status, body: said, headers } = await shop.send(method, tail.size ? `${path}?${tail}` : path, body);
    const lost = lose.indexOf(`${method} ${path}`);
    if (lost >= 0) {
      lose.splice(lost, 1);
      return { is: "trouble", why: "timeout", status: null };
    }
    if (status === 200) return { is: "ok", status, body: said, headers };
    return { is: "refused", status, message: said[0].Exception, body: said };
  };
  const context = aContext({
    store,
    now: () => clock.now,
    settings: { version: 3, document: settings },
    claims,
    cin7: cin7Of({ get: (path, query) => call("GET", path, undefined, query), write: call }),
  });

  /** A paid order of this many bundles, mapped and waiting to be sent. */
  async function order(
    id: number,
    quantity: number,
    sku = "KIT-2",
    productId: string = kit.ID,
    also: [sku: string, id: string][] = [],
  ): Promise<void> {
    const all: [sku: string, id: string][] = [[sku, productId], ...also];
    const cost = { ex: (20 * quantity).toFixed(2), inc: (22 * quantity).toFixed(2), quantity, rate: "10" };
    const spec = { lines: all.map(([each]) => ({ sku: each, ...cost })), order: { id } };
    const products = new Map(all.map(([each, ID]) => [each, aProduct(each, { productId: ID })]));
    const draft = drafted(spec, { settings, products });
    await keepSale(context, { is: "order", draft, order: aSnapshot(spec).order });
    await addOrder(id, {
      state: "pending",
      picture: { came: [], mapped: mappedOf(draft) },
      modifiedAt: new Date(aSnapshot(spec).order.date_modified).toISOString(),
    });
    await keepLines(db(), tenant(), { orderId: id, generation: 1 }, draft).run();
  }
  const send = (id: number): Promise<Outcome> => sendOrder(context, id);
  const stock = (sku: string, onHand: number, location = MAIN) => shop.control("/stock", { sku, location, onHand });
  const account = () => Object.values(shop.state().accounts)[0] as Loose;
  /** Tasks of finished goods as "5 × KIT-2 COMPLETED". */
  const tasks = (): string[] =>
    account().finishedGoods.map((task: Loose) => `${task.quantity} × ${account().products[task.productId].SKU} ${task.status}`);
  const there = (sku: string, location = MAIN) =>
    account().stock.find((row: Loose) => row.sku === sku && row.location === location) ?? { onHand: 0, available: 0 };
  const sale = (id: number) => (Object.values(account().sales) as Loose[]).find((each) => each.CustomerReference === String(id));
  return { shop, context, clock, calls, lose, kit, order, send, stock, tasks, there, sale, claims, settings, mirror, post, bom };
}
