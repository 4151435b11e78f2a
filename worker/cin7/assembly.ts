import type * as z from "zod";
import type { Answer } from "../lib/http.ts";
import type { Cin7 } from "./client.ts";
import { type List, readList } from "./pages.ts";
import { type Call, fitting, get, mapped, type Read, readAs, write } from "./reading.ts";
import { type FinishedGoods, finishedGoods, finishedGoodsRow } from "./schemas/product.ts";

/** Finished goods: kits that Cin7 assembles from their components (cin7-core.md 3.5). */
type Row = z.output<typeof finishedGoodsRow>;
const GOODS: List<Row> = { path: "/finishedGoodsList", key: "FinishedGoods", row: finishedGoodsRow, whole: true };
const PAGES = 20;

const is = (status: string, goods: Pick<FinishedGoods, "Status">): boolean => goods.Status.toUpperCase() === status;
export const isMade = (goods: Pick<FinishedGoods, "Status">): boolean => is("COMPLETED", goods);
const isVoid = (goods: Pick<FinishedGoods, "Status">): boolean => is("VOIDED", goods);

/** Those of a product whose notes `has` fits, as they are now; null: none, or a void one. The list may be behind: what counts is the document. */
export async function findGoods(
  cin7: Cin7,
  search: string,
  productId: string,
  has: (notes: string) => boolean,
): Promise<Read<FinishedGoods | null>> {
  const rows = await readList(cin7, GOODS, { Search: search }, PAGES);
  if (rows.is !== "read") return rows;
  const ours = rows.value.find((row) => has(row.Notes) && row.ProductID.toLowerCase() === productId && !isVoid(row));
  if (!ours) return { is: "read", value: null };
  const read = await get(cin7, "/finishedGoods", { TaskID: ours.TaskID }, finishedGoods);
  return mapped(read, (goods) => (isVoid(goods) ? null : goods));
}

/** `whole`: what is to be made of an answer before it is judged. */
export const assembleGoods = (cin7: Cin7, body: unknown, whole: (answer: Answer) => Promise<Answer>): Call<FinishedGoods> => {
  const call = write(cin7, "POST", "/finishedGoods", { body }, (answer) => fitting(finishedGoods, answer));
  return { ...call, send: async () => whole(await call.send()) };
};

/** Made as far as it went: what is half assembled; null: it is whole, or the answer says something else. */
export function halfMade(answer: Answer): FinishedGoods | null {
  const goods = answer.is === "ok" ? fitting(finishedGoods, answer.body) : null;
  return goods && !isMade(goods) ? goods : null;
}

/** Taken back; true: it is void now. Part of a write that is looked for as a whole, so it has no claim of its own. */
export async function voidGoods(cin7: Cin7, taskId: string): Promise<Read<boolean>> {
  return mapped(readAs(await cin7.del("/finishedGoods", { ID: taskId, Void: true }), finishedGoods), isVoid);
}
