import { rememberRefusal } from "../../accounts/facts-store.ts";
import { createSale } from "../../cin7/sale.ts";
import * as saleOrder from "../../cin7/sale-order.ts";
import { saleOrder as orderAnswer, type SaleOrder } from "../../cin7/schemas/sale.ts";
import { asWritten, type Written, writeOnce, writing } from "../../inbox/claim.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { haltOf } from "../../inbox/vendor-answer.ts";
import { sameGuid } from "../../lib/ids.ts";
import type { Kept } from "../../sales/kept.ts";
import { keepSale } from "../../sales/kept-store.ts";
import { mapped } from "../../sales/lines-store.ts";
import { roundingOf } from "../mapping/amounts/rounding.ts";
import { refusalIn } from "../mapping/could-be-refused.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { orderStep, saleStep } from "../marks.ts";
import { mappedFor, redrawn } from "../reading/picture.ts";
import type { OrderRow } from "../store.ts";
import { orderBody, saleBody } from "./bodies.ts";
import { withNames } from "./charge-names.ts";
import { lookForSale } from "./find-sale-step.ts";
import { forgottenAt } from "./memory.ts";
import { isServiceSale, type SaleIds, saleIds } from "./service-sale.ts";

/** The two writes of an order, each exactly once: the sale, then its order document (design 3). */

/** An order on its way, with its frozen draft. */
export type Sending = { c: LinkedContext; row: OrderRow; kept: Kept };

export async function writeSale({ c, row, kept }: Sending, customerId: string): Promise<Written<SaleIds>> {
  // No memory of it: an order placed before we were connected (again) is looked up before its first POST (design 3.5).
  const { draft } = kept;
  const forgotten = forgottenAt(c, row, kept);
  return writeOnce<SaleIds>(writing(c), {
    step: saleStep(draft.orderId, row.generation),
    mark: draft.mark,
    kept: saleIds,
    forgottenAt: forgotten,
    look: () => lookForSale(c, row, draft, forgotten !== null),
    ...asWritten(createSale(c.cin7, saleBody(draft, customerId)), ({ ID, Order, Type }) => ({
      saleId: ID.toLowerCase(),
      saleNumber: Order?.SaleOrderNumber ?? "",
      service: isServiceSale(Type, draft),
    })),
  });
}

/**
 * The order; where the account refuses negative charges or a price of 0, that is remembered and the sale's fallback goes
 * instead, at once (M2, M18, decision 1.13). Nothing of the refused one is in Cin7, so the frozen draft may be replaced.
 */
export async function writeTaken(sending: Sending, saleId: string): Promise<{ order: Written<SaleOrder>; draft: SaleDraft }> {
  const { c, row, kept } = sending;
  const order = await writeOrder(sending, saleId);
  const refusal = order.is === "refused" ? refusalIn(order.message, kept.draft) : null;
  if (!refusal || !kept.fallback) return { order, draft: kept.draft };
  await rememberRefusal(c.db, c.tenant, refusal);
  const draft = kept.fallback;
  const replaced: Kept = { ...kept, draft, fallback: null };
  await keepSale(c, replaced);
  const picture = redrawn(row.picture, mappedFor(row.erasedAt !== null, draft));
  const note = "On its way to Cin7 Core, in another form that it takes.";
  await mapped(c, row, draft, { state: "sending", note, picture, rounding: roundingOf(draft) });
  return { order: await writeOrder({ ...sending, kept: replaced }, saleId), draft };
}

async function writeOrder({ c, row, kept }: Sending, saleId: string): Promise<Written<SaleOrder>> {
  const { draft } = kept;
  // A draft that somebody has authorised meanwhile is as good.
  const wanted = draft.order?.status === "draft" ? ["DRAFT", "AUTHORISED"] : ["AUTHORISED"];
  const asWanted = (order: SaleOrder) => (sameGuid(order.SaleID, saleId) && wanted.includes(order.Status) ? order : null);
  return writeOnce<SaleOrder>(writing(c), {
    step: orderStep(draft.orderId, row.generation),
    mark: saleId,
    kept: orderAnswer,
    forgottenAt: forgottenAt(c, row, kept),
    look: async () => {
      const order = await saleOrder.readOrder(c.cin7, saleId);
      if (order.is !== "read") return haltOf(order, c);
      const value = asWanted(order.value);
      return value ? { is: "found", value } : { is: "absent" };
    },
    ...asWritten(saleOrder.writeOrder(c.cin7, orderBody(withNames(draft, c.settings.document), saleId)), asWanted),
  });
}
