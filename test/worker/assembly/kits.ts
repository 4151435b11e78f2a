import type { AssembleMode } from "../../../worker/contract/index.ts";
import type { Claim, Claims } from "../../../worker/inbox/claim.ts";
import type { LinkedContext } from "../../../worker/inbox/flow.ts";
import type { Outcome } from "../../../worker/inbox/outcome.ts";
import { products } from "../../../worker/lib/db/schema/tables.ts";
import type { Answer } from "../../../worker/lib/http.ts";
import { mappedOf } from "../../../worker/orders/reading/picture.ts";
import { sendOrder } from "../../../worker/orders/sending/send-flow.ts";
import { ACCOUNT, addOrder, addStore, db, iso, NOW, tenant } from "../../harness/api.ts";
import { aProduct, aSettings, aSnapshot } from "../../harness/builders.ts";
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
  const open = new Map<string, Claim>();
  const clock = { now: NOW };
  const claims: Claims = {
    of: (step) => open.get(step) ?? null,
    open: async (step, mark) => void open.set(step, { mark, startedAt: clock.now, attempt: 1, lookedAt: null, answer: null }),
    looked: async (step) => void open.set(step, { ...(open.get(step) as Claim), lookedAt: clock.now }),
    close: async (step, mark, answer) => void open.set(step, { mark, startedAt: clock.now, attempt: 1, lookedAt: null, answer }),
    drop: async (step) => void (open.get(step)?.answer == null && open.delete(step)),
  };
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
  const kept = new Map<number, unknown>();
  const context = {
    db: db(),
    tenant: tenant(),
    store,
    now: () => clock.now,
    attempt: 1,
    jitter: 0.5,
    config: { timeScale: 1, unknownQuietMs: 120_000 },
    account: { currency: "AUD" },
    settings: { version: 3, document: settings },
    claims,
    drafts: { of: async (id: number) => kept.get(id) ?? null, keep: async (id: number, value: unknown) => void kept.set(id, value) },
    cin7: {
      get: (path: string, query?: Record<string, unknown>) => call("GET", path, undefined, query),
      del: (path: string, query?: Record<string, unknown>) => call("DELETE", path, undefined, query),
      permit: async () => ({ granted: true }),
      permitted: call,
    },
  } as unknown as LinkedContext;

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
    kept.set(id, { draft, order: aSnapshot(spec).order });
    await addOrder(id, {
      state: "pending",
      picture: { came: [], mapped: mappedOf(draft) },
      modifiedAt: new Date(aSnapshot(spec).order.date_modified).toISOString(),
    });
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
  return { shop, context, clock, calls, lose, kit, order, send, stock, tasks, there, sale, open, settings, mirror, post, bom };
}
