import type { Cin7 } from "./client.ts";
import { type Call, fitting, get, type Read, write } from "./reading.ts";
import { deleted, type Payment, payment, payments } from "./schemas/sale.ts";

export const PAYMENT_PATH = "/sale/payment";

/** What is paid on a sale, by whomever (cin7-core.md 7). */
export const readPayments = (cin7: Cin7, saleId: string): Promise<Read<Payment[]>> => get(cin7, PAYMENT_PATH, { SaleID: saleId }, payments);

/** The answer is the payment, or a list of it alone. */
export const postPayment = (cin7: Cin7, body: unknown): Call<{ id: string }> =>
  write(cin7, "POST", PAYMENT_PATH, { body }, (answer) => {
    const made = fitting(payment, Array.isArray(answer) ? answer[0] : answer);
    return made && { id: made.ID };
  });

export const deletePayment = (cin7: Cin7, id: string): Call<true> =>
  write(cin7, "DELETE", PAYMENT_PATH, { query: { ID: id } }, (answer) => (fitting(deleted, answer)?.Success ? true : null));
