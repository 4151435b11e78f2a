import type { Cin7 } from "../cin7/client.ts";
import { paymentTerms } from "../cin7/lists.ts";
import { dueOn } from "../orders/mapping/dates.ts";
import { customerById } from "./choices-flow.ts";

/** What may surprise on the invoices of one sale a day: the default customer's terms and credit in Cin7 Core (F18). Two calls. */
export async function adviceOn(cin7: Cin7, customerId: string, day: string): Promise<string[]> {
  const read = await customerById(cin7, customerId);
  const customer = read.is === "read" ? read.value : null;
  if (!customer) return [];
  const terms = await paymentTerms(cin7);
  const term = terms.is === "read" ? terms.value.find((each) => each.name.toLowerCase() === customer.term.toLowerCase()) : undefined;
  const said: string[] = [];
  if (term && dueOn(day, term) > day)
    said.push(
      `"${customer.name}" has the payment terms ${term.name} in Cin7 Core: what is not paid of a daily sale is due by them. Give it terms without days if your shop is prepaid.`,
    );
  if (customer.onHold)
    said.push(`"${customer.name}" is on credit hold in Cin7 Core, which may keep its sales from being authorised. Take the hold off.`);
  if (customer.creditLimit > 0)
    said.push(
      `"${customer.name}" has a credit limit of ${customer.creditLimit} in Cin7 Core; one sale a day may be more. Take the limit off, or use another customer.`,
    );
  return said;
}
