import type { Cin7 } from "./client.ts";
import { type List, readList } from "./pages.ts";
import { type Call, fitting, get, mapped, type Read, write } from "./reading.ts";
import { type Customer, type CustomerChoice, customerChoice, customerList } from "./schemas/customer.ts";

/** Customers (cin7-core.md 4). */
/** No name: what is kept of a customer that was made says nothing of the person. */
export type CustomerRef = { id: string };

/** `ContactFilter` matches a contact's name prefix or e-mail: who asks compares what must be equal. */
export async function customersByEmail(cin7: Cin7, email: string): Promise<Read<Customer[]>> {
  return mapped(await get(cin7, "/customer", { ContactFilter: email, Limit: 100 }, customerList), (read) => read.CustomerList);
}

/** Null: there is none of this ID. */
export async function readCustomer(cin7: Pick<Cin7, "get">, id: string, deprecatedToo = false): Promise<Read<Customer | null>> {
  const query = deprecatedToo ? { ID: id, IncludeDeprecated: true } : { ID: id };
  return mapped(await get(cin7, "/customer", query, customerList), (read) => read.CustomerList[0] ?? null);
}

export const createCustomer = (cin7: Cin7, body: unknown): Call<CustomerRef> =>
  write(cin7, "POST", "/customer", { body }, (answer) => {
    const made = fitting(customerList, answer)?.CustomerList[0];
    return made ? { id: made.ID.toLowerCase() } : null;
  });

const CHOICES: List<CustomerChoice> = { path: "/customer", key: "CustomerList", row: customerChoice };

/** The first thousand by the beginning of their name, or by e-mail when the text holds an @. */
export const searchCustomers = (cin7: Cin7, text: string): Promise<Read<CustomerChoice[]>> =>
  readList(cin7, CHOICES, text.includes("@") ? { ContactFilter: text } : text ? { Name: text } : {}, 1);

export async function customerById(cin7: Cin7, id: string): Promise<Read<CustomerChoice | null>> {
  const read = await readList(cin7, CHOICES, { ID: id, IncludeDeprecated: "true" }, 1);
  return mapped(read, (rows) => rows.find((row) => row.id === id.toLowerCase()) ?? null);
}
