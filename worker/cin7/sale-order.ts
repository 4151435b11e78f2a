import type { Cin7, Cin7Answer } from "./client.ts";
import { type Call, fitting, get, type Read, write } from "./reading.ts";
import { presentOrder, type SaleOrder, saleOrder } from "./schemas/sale.ts";

export const ORDER_PATH = "/sale/order";

/** The order of a sale: its lines and charges, and the authorisation that allocates stock (cin7-core.md 2.4). A POST replaces it. */
export const readOrder = (cin7: Cin7, saleId: string): Promise<Read<SaleOrder>> => get(cin7, ORDER_PATH, { SaleID: saleId }, presentOrder);

export const writeOrder = (cin7: Cin7, body: unknown): Call<SaleOrder> =>
  write(cin7, "POST", ORDER_PATH, { body }, (answer) => fitting(saleOrder, answer));

/** A draft may be posted as often as one likes: it replaces what was there, so it needs no claim. */
export const postDraft = (cin7: Cin7, body: { Status: string }): Promise<Cin7Answer> => cin7.post(ORDER_PATH, body);

/** Neither authorised nor further. */
export const isOpen = ({ Status }: Pick<SaleOrder, "Status">): boolean => Status === "DRAFT" || Status === "NOT AVAILABLE";
