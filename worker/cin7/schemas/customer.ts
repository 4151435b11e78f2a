import * as z from "zod";
import { flag, id, list, listed, text } from "./fields.ts";

/** The fields of customers that we use (cin7-core.md 4). */
const customer = z.object({
  ID: z.string(),
  Name: z.string(),
  Status: text,
  Currency: text,
  PaymentTerm: text,
  AccountReceivable: text,
  RevenueAccount: text,
  TaxRule: text,
  PriceTier: text,
  Contacts: list(z.object({ Name: text, Email: text })),
});
export type Customer = z.output<typeof customer>;
export const customerList = z.object({ Total: z.coerce.number(), CustomerList: listed(customer) });

/** As Setup shows them and checks them. */
export const customerChoice = z
  .object({
    ID: id,
    Name: z.string(),
    Status: text,
    Currency: text,
    PaymentTerm: text,
    CreditLimit: z.coerce.number().nullish().catch(null),
    IsOnCreditHold: flag,
    Contacts: list(z.object({ Email: text, Default: flag })),
  })
  .transform((c) => ({
    id: c.ID,
    name: c.Name,
    active: c.Status === "" || c.Status.toLowerCase() === "active",
    currency: c.Currency,
    term: c.PaymentTerm,
    creditLimit: c.CreditLimit ?? 0,
    onHold: c.IsOnCreditHold,
    email: (c.Contacts.find((x) => x.Default && x.Email) ?? c.Contacts.find((x) => x.Email))?.Email ?? null,
  }));
export type CustomerChoice = z.output<typeof customerChoice>;
