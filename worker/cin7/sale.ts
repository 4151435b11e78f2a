import type { Cin7 } from "./client.ts";
import { type List, readList, readPage } from "./pages.ts";
import { type Call, fitting, get, mapped, type Read, write } from "./reading.ts";
import {
  type Fulfilment,
  type Sale,
  type SaleAsItStands,
  type SaleBooks,
  type SaleRow,
  sale,
  saleAsItStands,
  saleBooks,
  saleFulfilments,
  saleRow,
} from "./schemas/sale.ts";

export const SALE_PATH = "/sale";

/** Sales: the header that everything hangs on, and the list in which they are found (cin7-core.md 2.2, 2.3, 2.9). */
const SALES: List<SaleRow> = { path: "/saleList", key: "SaleList", row: saleRow, whole: true };
const PAGES = 20;

/** Every sale whose whole ExternalID is this one, void ones too: the filter may take more, and all pages are read (design 3.3). */
export async function findByMark(cin7: Cin7, mark: string): Promise<Read<SaleRow[]>> {
  return mapped(await readList(cin7, SALES, { ExternalID: mark }, PAGES), (rows) => rows.filter((row) => row.ExternalID === mark));
}

/** Sales made since an instant whose words speak of a number or a reference. */
export const searchSales = (cin7: Cin7, text: string | number, createdSince: string): Promise<Read<SaleRow[]>> =>
  readList(cin7, SALES, { Search: text, CreatedSince: createdSince }, PAGES);

export const salesUpdatedSince = (cin7: Cin7, since: string, page: number) => readPage(cin7, SALES, { UpdatedSince: since }, page);
export const salesCreatedSince = (cin7: Cin7, since: string, page: number) => readPage(cin7, SALES, { CreatedSince: since }, page);

/** As it is now, without what moved its stock: that part may be long. */
const asItIs = (id: string) => ({ ID: id, HideInventoryMovements: true });
export const readSale = (cin7: Pick<Cin7, "get">, id: string): Promise<Read<Sale>> => get(cin7, SALE_PATH, asItIs(id), sale);
/** Its invoices with what is paid on each. */
export const readBooks = (cin7: Cin7, id: string): Promise<Read<SaleBooks>> => get(cin7, SALE_PATH, asItIs(id), saleBooks);

/** Both in one. */
export const readStanding = (cin7: Cin7, id: string): Promise<Read<SaleAsItStands>> => get(cin7, SALE_PATH, asItIs(id), saleAsItStands);

export async function readFulfilments(cin7: Cin7, saleId: string): Promise<Read<Fulfilment[]>> {
  return mapped(await get(cin7, "/sale/fulfilment", { SaleID: saleId }, saleFulfilments), (read) => read.Fulfilments);
}

export const isVoid = ({ Status }: Pick<Sale, "Status">): boolean => Status === "VOIDED";

export const createSale = (cin7: Cin7, body: unknown): Call<Sale> =>
  write(cin7, "POST", SALE_PATH, { body }, (answer) => fitting(sale, answer));

/** Void=true: without it the verb reopens the sale (cin7-core.md 9.1). */
export const voidSale = (cin7: Cin7, id: string): Call<true> =>
  write(cin7, "DELETE", SALE_PATH, { query: { ID: id, Void: true } }, (answer) => {
    const now = fitting(sale, answer);
    return now && isVoid(now) ? true : null;
  });
