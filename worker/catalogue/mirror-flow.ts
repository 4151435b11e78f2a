import { sql } from "drizzle-orm";
import { productList } from "../cin7/schemas.ts";
import type { AccountContext } from "../inbox/flow.ts";
import { haltOf, stop } from "../inbox/halt.ts";
import { done, type Outcome } from "../inbox/outcome.ts";

/**
 * `products.mirror`: one page of 1,000 products of the account into D1, then the next page, so that an order costs no
 * look-up of its SKUs (K17). Bulk rows travel as one JSON parameter (D1 takes 100 parameters); only changed rows are written.
 */
const PAGE = 1000;

export async function mirrorProducts(c: AccountContext, page: number): Promise<Outcome> {
  const answer = await c.cin7.get("/product", { Page: page, Limit: PAGE, IncludeDeprecated: true });
  const halt = haltOf(answer, c);
  if (halt) return stop(halt, c, (text) => ({ kind: "cin7-refused", orderId: 0, step: "products", text }));
  const list = productList.safeParse(answer.is === "ok" ? answer.body : null);
  if (!list.success) return stop({ is: "trouble", why: "Cin7 Core's answer could not be understood." }, c, () => ({ kind: "cin7-denied" }));
  const rows = list.data.Products.map((p) => ({
    id: p.ID.toLowerCase(),
    sku: p.SKU,
    fold: p.SKU.trim().toLowerCase(),
    name: p.Name,
    type: p.Type,
    account: p.RevenueAccount || null,
    active: p.Status === "Deprecated" ? 0 : 1,
    bom: p.BillOfMaterial ? 1 : 0,
  }));
  await c.db.run(sql`INSERT INTO products (account_id, product_id, sku, sku_fold, name, type, revenue_account, active, bom, read_at)
    SELECT ${c.account}, value ->> 'id', value ->> 'sku', value ->> 'fold', value ->> 'name', value ->> 'type', value ->> 'account',
      value ->> 'active', value ->> 'bom', ${new Date(c.now()).toISOString()} FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (account_id, product_id) DO UPDATE SET sku = excluded.sku, sku_fold = excluded.sku_fold, name = excluded.name,
      type = excluded.type, revenue_account = excluded.revenue_account, active = excluded.active, bom = excluded.bom, read_at = excluded.read_at
    WHERE sku <> excluded.sku OR name <> excluded.name OR type <> excluded.type OR active <> excluded.active OR bom <> excluded.bom
      OR revenue_account IS NOT excluded.revenue_account`);
  const more = rows.length === PAGE;
  return done(`${rows.length} products read.`, more ? { next: [{ kind: "products.mirror", page: page + 1 }] } : {});
}
