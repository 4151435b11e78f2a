import * as z from "zod";
import { forgetShared, type SharedThing, settleShared } from "../accounts/shared-store.ts";
import type { Cin7 } from "../cin7/client.ts";
import { createCustomer, searchCustomers } from "../cin7/customer.ts";
import { paymentTerms } from "../cin7/lists.ts";
import type { CustomerChoice } from "../cin7/schemas/customer.ts";
import type { Account } from "../cin7/schemas/lists.ts";
import type { Ref } from "../contract/index.ts";
import { foldName } from "../settings/choices/charge-items.ts";
import { claim, giveBack, type Made, notMade, type SharedContext, writeShared } from "./charges-flow.ts";
import { customerById } from "./choices-flow.ts";
import { type Reading, said } from "./said.ts";

/** The customer in Cin7 Core that stands for orders without one of their own: found, or made when a person agrees. */
export const WEB_CUSTOMER = "BigCommerce web orders";

/** Names under which shops keep such a customer; a person's or a company's name is none. */
const STANDS_FOR_ORDERS =
  /^(the )?(web|website|online|internet|bigcommerce)( ?(shop|store|web))?[ -]*(customers?|orders?|sales?|shoppers?)$/i;

/** One that is there already, in the currency of the orders; null: none. Two calls at most. */
export async function findWebCustomer(cin7: Cin7, currency: string): Promise<Reading<Ref | null>> {
  for (const beginning of [WEB_CUSTOMER, "Web"]) {
    const read = said(await searchCustomers(cin7, beginning), "its customers");
    if (read.is !== "read") return read;
    const found = read.value.find((c) => fits(c, currency) && STANDS_FOR_ORDERS.test(c.name.trim()));
    if (found) return { is: "read", value: { id: found.id, name: found.name } };
  }
  return { is: "read", value: null };
}

const fits = (c: CustomerChoice, currency: string): boolean => c.active && c.currency.toUpperCase() === currency.toUpperCase();

export type WebCustomerContext = SharedContext & { currency: string; accounts: readonly Account[]; taxRule: string };
const kept = z.object({ id: z.string() });

/** Found by its name or made, once for the account however many stores ask (design 3.6). */
export async function findOrMakeWebCustomer(c: WebCustomerContext): Promise<Made> {
  const thing: SharedThing = { kind: "customer", key: `default:${foldName(WEB_CUSTOMER)}:${c.currency}` };
  let held = await claim(c, thing);
  if (held.cin7Id) {
    const known = await customerById(c.cin7, held.cin7Id);
    if (known.is !== "read") return known;
    if (known.value && fits(known.value, c.currency)) return { is: "found", value: { id: known.value.id, name: known.value.name } };
    await forgetShared(c.db, c.tenant, thing, held.cin7Id);
    held = await claim(c, thing);
  }
  const looked = said(await searchCustomers(c.cin7, WEB_CUSTOMER), "its customers");
  if (looked.is !== "read") return giveBack(c, thing, held.mine, looked);
  const there = looked.value.find((each) => fits(each, c.currency) && foldName(each.name) === foldName(WEB_CUSTOMER));
  if (there) {
    await settleShared(c.db, c.tenant, thing, there.id);
    return { is: "found", value: { id: there.id, name: there.name } };
  }
  if (!held.mine)
    return {
      is: "failed",
      why: `"${WEB_CUSTOMER}" is being made in Cin7 Core just now, or its answer is still open. Try again in two minutes.`,
    };
  return make(c, thing);
}

/** Terms, receivable, revenue and tax as Cin7 Core asks for them; each sale has its own rules all the same. */
async function make(c: WebCustomerContext, thing: SharedThing): Promise<Made> {
  const terms = said(await paymentTerms(c.cin7), "its payment terms");
  if (terms.is !== "read") return giveBack(c, thing, true, terms);
  const term = terms.value.find(({ duration }) => duration === 0) ?? terms.value[0];
  const receivable = c.accounts.find((a) => a.active && /^accounts receivable$/i.test(a.system));
  const revenues = c.accounts.filter((a) => a.active && a.class === "REVENUE");
  const revenue = revenues.find((a) => /^sales?\b/i.test(a.name)) ?? revenues[0];
  if (!term || !receivable || !revenue) {
    const lacks = !term ? "payment term" : !receivable ? "account for receivables" : "revenue account";
    return giveBack(c, thing, true, {
      is: "refused",
      why: `Cin7 Core shows no ${lacks}, which a new customer needs. Choose an existing customer.`,
    });
  }
  const body = {
    Name: WEB_CUSTOMER,
    Status: "Active",
    Currency: c.currency,
    PaymentTerm: term.name,
    AccountReceivable: receivable.code,
    RevenueAccount: revenue.code,
    TaxRule: c.taxRule,
  };
  const settle = ({ id }: z.output<typeof kept>) => settleShared(c.db, c.tenant, thing, id);
  const { made, answer } = await writeShared(c, thing, createCustomer(c.cin7, body), { kept, settle });
  return made ? { is: "found", value: { id: made.id, name: WEB_CUSTOMER } } : notMade(answer, WEB_CUSTOMER);
}
