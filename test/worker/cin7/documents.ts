import * as z from "zod";
import type { Call } from "../../../worker/cin7/reading.ts";
import { createSale } from "../../../worker/cin7/sale.ts";
import { writeOrder } from "../../../worker/cin7/sale-order.ts";
import { writeOnce } from "../../../worker/inbox/claim.ts";
import { type Cin7Shop, claims } from "../../harness/cin7-shop.ts";
import { line } from "../../twins/cin7/harness.ts";

/** Documents of one sale at the twin, each written as the Worker writes it. */
export const GOODS = { Lines: [line("CUP-ENAM", 1, 10, 1, 10)], AdditionalCharges: [] };

/** What a call wrote, by the one rule and without a claim of before. */
export async function write<T>(call: Call<T>): Promise<T> {
  const deps = { claims: claims(), now: () => 0, quietMs: 1 };
  const written = await writeOnce(deps, { step: "step", mark: "mark", look: async () => ({ is: "absent" }), kept: z.custom<T>(), ...call });
  if (written.is !== "written") throw new Error(JSON.stringify(written));
  return written.value;
}

export async function aSale(shop: Cin7Shop, ExternalID = "ls:demostore1:1042:g1"): Promise<string> {
  const header = {
    Customer: "Web customer",
    Location: "Main Warehouse",
    SkipQuote: true,
    SaleType: "Simple",
    CurrencyRate: 1,
    SaleOrderDate: "2026-07-02T00:00:00",
    ExternalID,
  };
  return (await write(createSale(shop.client, header))).ID;
}
export const orderOf = (SaleID: string) => ({ SaleID, Memo: "", Status: "AUTHORISED", ...GOODS });
export async function anOrder(shop: Cin7Shop): Promise<string> {
  const saleId = await aSale(shop);
  await write(writeOrder(shop.client, orderOf(saleId)));
  return saleId;
}
