import { type ApiContext, fail } from "../../api/access.ts";
import { fairUseHere } from "../../api/limits.ts";
import { noAnswer } from "../../api/sides.ts";
import type { OrderNow } from "../../contract/index.ts";
import { iso } from "../../lib/days.ts";
import { changesOf, factsLeft, factsNow } from "../changes/changes-of.ts";
import { pictureFor } from "../reading/picture.ts";
import { type ReadFailure, readOrder, readShown } from "../reading/read-order-flow.ts";
import { changeWords } from "./change-words.ts";
import type { orderWhole } from "./list-store.ts";
import { saidFor } from "./masked.ts";

type Whole = NonNullable<Awaited<ReturnType<typeof orderWhole>>>;

/**
 * The order as BigCommerce says it is at this moment, for a person in front of its page. Nothing of it is kept; of a shopper who was
 * erased here figures only, and who may only look sees it covered like everything else (M46, F140).
 */
export async function orderNow(c: ApiContext, { order: row, sale }: Whole): Promise<OrderNow> {
  await fairUseHere(c, "vendors");
  const { session, store, now } = c.var;
  const { bigcommerce } = await c.var.clients();
  const read = await readOrder(bigcommerce, row.orderId);
  if (!read.ok) return stopped(read.error);
  const shown = await readShown(bigcommerce, read.value);
  if (!shown.ok) return stopped(shown.error);
  const { order, lines, shipping } = shown.value;
  const { came, cameLines, cameTotals } = pictureFor(row.erasedAt !== null, shown.value, store.timeZone);
  const changes = row.saleId && sale ? changesOf(factsLeft(sale), factsNow(order, lines, shipping)) : null;
  return {
    at: iso(now()),
    came: saidFor(session.role, came),
    cameLines,
    cameTotals,
    changes: changes?.map((change) => changeWords(change, row.currency)) ?? null,
  };
}

function stopped(failure: ReadFailure): never {
  if (failure.is === "malformed")
    return fail(
      502,
      "malformed",
      `BigCommerce's answer about this order could not be understood: ${failure.fields.slice(0, 5).join(", ")}.`,
    );
  if (failure.answer.is === "missing") return fail(404, "not-found", "BigCommerce does not know this order any more.");
  if (failure.answer.is === "denied")
    return fail(502, "denied", "BigCommerce does not let Lockstep read this order. Open the app again from Apps there.");
  return noAnswer("BigCommerce");
}
