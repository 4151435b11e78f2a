import type { Books, Placed, Sale, Tell } from "./judge.ts";
import { isDaily } from "./judge-days.ts";
import { KITS, type Units } from "./kits.ts";

/**
 * Bundles (F23): for every sale and kit exactly one assembly of the ordered quantity, whole and not void; for anything else none.
 * An assembly says in its notes what it was made for.
 */
export type Task = { id: string; status: string; productId: string; quantity: number; notes: string };

/** What stands in the marks of an order's documents: its number; a daily sale has one of its own, which its payments show. */
const numberOf = (sale: Sale): string | undefined =>
  isDaily(sale)
    ? sale.Invoices.flatMap(({ Payments }) => Payments.map(({ Reference }) => /ls:(-\d+):/.exec(Reference)?.[1])).find(Boolean)
    : sale.ExternalID?.split(":")[2];

export function judgeKits(store: string, books: Books, sales: readonly { sale: Sale; members: Placed[]; tell: Tell }[]): string[] {
  const living = books.finishedGoods.filter(({ status, notes }) => status !== "VOIDED" && notes.includes(`ls:${store}:`));
  const known = new Set<Task>();
  for (const { sale, members, tell } of sales) {
    const mark = `ls:${store}:${numberOf(sale)}:assembly`;
    const wanted = unitsOf(members);
    for (const sku of KITS) {
      const made = living.filter(({ notes, productId }) => notes.endsWith(mark) && books.products[productId]?.SKU === sku);
      for (const task of made) known.add(task);
      if (made.length > 1) tell("duplicate", `${sku} was assembled ${made.length} times`);
      const [task] = made;
      if (!task && wanted[sku]) tell("half-written", `${wanted[sku]} × ${sku} are not assembled`);
      if (task && task.status !== "COMPLETED") tell("half-written", `its assembly of ${sku} is ${task.status}`);
      if (task && task.quantity !== (wanted[sku] ?? 0))
        tell("unwanted", `${task.quantity} × ${sku} assembled, ${wanted[sku] ?? 0} ordered`);
    }
  }
  return living.filter((task) => !known.has(task)).map(({ id, notes }) => `assembly ${id} is for no sale: ${notes}`);
}

function unitsOf(members: readonly Placed[]): Units {
  const units: Units = {};
  for (const { life } of members) for (const sku of KITS) units[sku] = (units[sku] ?? 0) + (life.kits?.[sku] ?? 0);
  return units;
}
