import type * as z from "zod";
import type { Cin7 } from "../../cin7/client.ts";
import * as cin7 from "../../cin7/schemas.ts";
import type { AccountId } from "../../lib/ids.ts";
import { dueOn } from "../mapping/dates.ts";

type Asked = { cin7: Pick<Cin7, "get">; account: AccountId; now: number; timeScale: number };
type Answer = Awaited<ReturnType<Cin7["get"]>>;
type Due = { is: "due"; day: string } | { is: "unread"; answer: Answer };

/**
 * The day on which an invoice of `day` is due by the terms of its sale, or of a customer before there is a sale (M12): Cin7
 * wants the day with the invoice and works out none itself (cin7-core.md 2.7). Only for what is not paid yet; one call, one
 * more a day for the account's terms. Terms that Cin7 does not know: due at once.
 */
export async function dueByTerms(asked: Asked, day: string, of: { saleId: string } | { customerId: string }): Promise<Due> {
  const answer =
    "saleId" in of
      ? await asked.cin7.get("/sale", { ID: of.saleId, HideInventoryMovements: true })
      : await asked.cin7.get("/customer", { ID: of.customerId, IncludeDeprecated: true });
  if (answer.is !== "ok") return { is: "unread", answer };
  const terms = "saleId" in of ? cin7.sale.safeParse(answer.body).data?.Terms : customerTerms(answer.body);
  if (!terms) return { is: "due", day };
  const list = await termsOf(asked);
  if ("answer" in list) return { is: "unread", answer: list.answer };
  const term = list.terms.find((each) => each.Name.trim().toLowerCase() === terms.trim().toLowerCase());
  return { is: "due", day: term ? dueOn(day, { method: term.Method, duration: term.Duration }) : day };
}

const customerTerms = (body: unknown): string => cin7.customerList.safeParse(body).data?.CustomerList[0]?.PaymentTerm ?? "";

type Terms = z.output<typeof cin7.paymentTerms>["PaymentTermList"];
/** Read once a day at most for each account. */
const known = new Map<string, { terms: Terms; until: number }>();

async function termsOf({ cin7: client, account, now, timeScale }: Asked): Promise<{ terms: Terms } | { answer: Answer }> {
  const before = known.get(account);
  if (before && before.until > now) return { terms: before.terms };
  const answer = await client.get("/ref/paymentterm", { Page: 1, Limit: 1000 });
  if (answer.is !== "ok") return { answer };
  const read = cin7.paymentTerms.safeParse(answer.body);
  if (!read.success) return { answer: { is: "trouble", why: "garbage", status: null } };
  known.set(account, { terms: read.data.PaymentTermList, until: now + 86_400_000 / timeScale });
  return { terms: read.data.PaymentTermList };
}
