import type { Cin7 } from "../../cin7/client.ts";
import { readCustomer } from "../../cin7/customer.ts";
import { paymentTerms } from "../../cin7/lists.ts";
import { type Cin7Unwanted, mapped } from "../../cin7/reading.ts";
import { readSale } from "../../cin7/sale.ts";
import type { PaymentTerm } from "../../cin7/schemas/lists.ts";
import type { AccountId } from "../../lib/ids.ts";
import { remembered } from "../../lib/remembered.ts";
import { dueOn } from "../mapping/dates.ts";

type Asked = { cin7: Pick<Cin7, "get">; account: AccountId; now: number; timeScale: number };
type Due = { is: "due"; day: string } | { is: "unread"; answer: Cin7Unwanted };

/**
 * The day on which an invoice of `day` is due by the terms of its sale, or of a customer before there is a sale (M12): Cin7
 * wants the day with the invoice and works out none itself (cin7-core.md 2.7). Only for what is not paid yet; one call, one
 * more a day for the account's terms. Terms that Cin7 does not know: due at once.
 */
export async function dueByTerms(asked: Asked, day: string, of: { saleId: string } | { customerId: string }): Promise<Due> {
  const terms =
    "saleId" in of
      ? mapped(await readSale(asked.cin7, of.saleId), (sale) => sale.Terms)
      : mapped(await readCustomer(asked.cin7, of.customerId, true), (customer) => customer?.PaymentTerm ?? "");
  if (terms.is !== "read") return { is: "unread", answer: terms };
  if (!terms.value) return { is: "due", day };
  const list = await termsOf(asked);
  if ("answer" in list) return { is: "unread", answer: list.answer };
  const term = list.terms.find((each) => each.name.trim().toLowerCase() === terms.value.trim().toLowerCase());
  return { is: "due", day: term ? dueOn(day, term) : day };
}

type Terms = PaymentTerm[];
/** Read once a day at most for each account. */
const known = remembered<Terms>(500);

async function termsOf({ cin7: client, account, now, timeScale }: Asked): Promise<{ terms: Terms } | { answer: Cin7Unwanted }> {
  const before = known.of(account, now);
  if (before) return { terms: before };
  const read = await paymentTerms(client);
  if (read.is !== "read") return { answer: read };
  known.keep(account, read.value, now + 86_400_000 / timeScale);
  return { terms: read.value };
}
