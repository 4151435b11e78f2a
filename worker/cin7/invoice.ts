import type { Cin7 } from "./client.ts";
import { type Call, fitting, get, mapped, type Read, write } from "./reading.ts";
import { type SaleInvoice, saleInvoices } from "./schemas/sale.ts";

export const INVOICE_PATH = "/sale/invoice";

/** The invoice of a sale (cin7-core.md 2.7). */
export const ZERO_GUID = "00000000-0000-0000-0000-000000000000";

/** A Simple sale has one invoice: any that is not void is ours (design 3.3). */
const living = (invoices: readonly SaleInvoice[]): SaleInvoice | null =>
  invoices.find(({ Status }) => Status !== "VOIDED" && Status !== "NOT AVAILABLE") ?? null;

/** Null: there is none, or a void one. */
export async function readInvoice(cin7: Cin7, saleId: string): Promise<Read<SaleInvoice | null>> {
  return mapped(await get(cin7, INVOICE_PATH, { SaleID: saleId }, saleInvoices), (read) => living(read.Invoices));
}

export const writeInvoice = (cin7: Cin7, body: unknown): Call<SaleInvoice> =>
  write(cin7, "POST", INVOICE_PATH, { body }, (answer) => living(fitting(saleInvoices, answer)?.Invoices ?? []));
