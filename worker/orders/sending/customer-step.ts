import * as z from "zod";
import { claimShared, forgetShared, type SharedThing, settleShared } from "../../accounts/shared-store.ts";
import { keepRegistered, knownShopper } from "../../accounts/shopper-store.ts";
import { type CustomerRef, createCustomer, customersByEmail, readCustomer } from "../../cin7/customer.ts";
import type { Customer } from "../../cin7/schemas/customer.ts";
import { quietMsOf } from "../../env.ts";
import { type Written, writeOnce, writing } from "../../inbox/claim.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { forget } from "../../inbox/notes.ts";
import { later, type Outcome } from "../../inbox/outcome.ts";
import { type Halt, haltOf, refusedAs, stop } from "../../inbox/vendor-answer.ts";
import { iso } from "../../lib/days.ts";
import { remembered } from "../../lib/remembered.ts";
import { shopperKeys } from "../../lib/shopper.ts";
import type { DraftParty, SaleDraft } from "../mapping/sale-draft.ts";
import { customerBody } from "./bodies.ts";

type Stop = { is: "stop"; outcome: Outcome };
type Found = { is: "customer"; id: string } | Stop;
type Shopper = Extract<DraftParty, { is: "shopper" }>;
/** `key`: by which the shopper is known by e-mail and currency. */
type Buying = { draft: SaleDraft; party: Shopper; key: string; forgotten: number | null };

/**
 * The Cin7 customer of a sale (F17, F79, M27): the default one, or the shopper's, by the stored ID of a registered customer,
 * then e-mail and currency, else made. 0 calls when known; a look-up and a create when not. Kept as keyed hashes only.
 */
async function customerFor(c: LinkedContext, draft: SaleDraft, forgotten: number | null): Promise<Found> {
  const { party } = draft;
  if (party.is === "default") return { is: "customer", id: party.id };
  const keys = await shopperKeys(c.config.sealingKeys, c.tenant, party, draft.currency);
  const at = { by: `${c.tenant.store}:${draft.orderId}`, now: iso(c.now()) };
  // A guest's one row is read where it is claimed.
  const known = keys.registered === null ? null : await knownShopper(c.db, c.tenant, keys);
  if (known?.boughtAs === keys.email) return { is: "customer", id: known.cin7Id };
  const found: Found = known ? { is: "customer", id: known.cin7Id } : await byEmail(c, { draft, party, key: keys.email, forgotten }, at);
  if (found.is === "customer") await keepRegistered(c.db, c.tenant, keys, found.id, at);
  return found;
}

/** The row in D1 is the claim, before the look-up, so that two orders of one new shopper make one customer (design 3.6). */
async function byEmail(c: LinkedContext, of: Buying, at: { by: string; now: string }): Promise<Found> {
  const { draft, party, key } = of;
  const thing: SharedThing = { kind: "customer", key };
  const quiet = quietMsOf(c.config);
  const claim = await claimShared(c.db, c.tenant, thing, at.by, { now: at.now, staleBefore: iso(c.now() - 3 * quiet) });
  if (claim.cin7Id) return { is: "customer", id: claim.cin7Id };
  if (!claim.mine)
    return { is: "stop", outcome: later(c.now() + quiet / 60, "Another order of the same new customer makes them in Cin7 Core just now.") };

  const refused = refusedAs(draft.orderId, "customer");
  const looked = await lookForCustomer(c, party, draft.currency);
  if (looked.is !== "found" && looked.is !== "absent") return { is: "stop", outcome: stop(looked, c, refused) };
  const made = looked.is === "found" ? { is: "written" as const, value: looked.value } : await makeCustomer(c, of);
  if (made.is !== "written") return { is: "stop", outcome: stop(made, c, refused) };
  await settleShared(c.db, c.tenant, thing, made.value.id);
  return { is: "customer", id: made.value.id };
}

/**
 * Runs a write for the sale's customer. A shopper's stored customer that Cin7 no longer takes (deprecated, merged into
 * another) is forgotten and looked for again by e-mail and currency, once; else every sale of that shopper were refused for ever.
 */
export async function forCustomer<T>(
  c: LinkedContext,
  draft: SaleDraft,
  forgotten: number | null,
  write: (customerId: string) => Promise<Written<T>>,
): Promise<Written<T> | Stop> {
  const customer = await customerFor(c, draft, forgotten);
  if (customer.is !== "customer") return customer;
  const written = await write(customer.id);
  const { party } = draft;
  if (written.is !== "refused" || party.is === "default" || !ofCustomer(written.message)) return written;
  const keys = await shopperKeys(c.config.sealingKeys, c.tenant, party, draft.currency);
  for (const key of [keys.registered, keys.email].filter((one) => one !== null))
    await forgetShared(c.db, c.tenant, { kind: "customer", key }, customer.id);
  // That we once made it counts no more.
  await forget(c.claims, `customer:${keys.email}`);
  const other = await customerFor(c, draft, forgotten);
  if (other.is !== "customer") return other;
  return other.id === customer.id ? written : write(other.id);
}

/** Cin7's words for a customer that it does not take: by name, or only by the ID that was sent. */
function ofCustomer(message: string): boolean {
  const id = message.search(/\bID\b/i);
  return /customer/i.test(message) || (id >= 0 && /not found/i.test(message.slice(id)));
}

/** The e-mail and currency must be equal. */
async function lookForCustomer(c: LinkedContext, party: Shopper, currency: string) {
  const read = await customersByEmail(c.cin7, party.email);
  if (read.is !== "read") return haltOf(read, c);
  const match = read.value.find(
    (row) =>
      row.Currency === currency &&
      row.Status !== "Deprecated" &&
      row.Contacts.some((contact) => contact.Email.trim().toLowerCase() === party.email),
  );
  return match ? { is: "found" as const, value: { id: match.ID.toLowerCase() } } : { is: "absent" as const };
}

const TAKEN = /already exist|unique/i;

/** Terms, tax rule and accounts come from the default customer; a name that belongs to somebody else gets the e-mail (M27). */
async function makeCustomer(c: LinkedContext, { draft, party, key, forgotten }: Buying) {
  const template = await templateOf(c);
  if ("halt" in template) return template.halt;
  const write = (name: string) =>
    writeOnce<CustomerRef>(writing(c), {
      step: `customer:${key}`,
      mark: party.email ? key : draft.mark,
      kept: z.object({ id: z.string() }),
      look: () => lookForCustomer(c, party, draft.currency),
      forgottenAt: forgotten,
      ...createCustomer(c.cin7, customerBody({ ...party, name }, draft.currency, template.customer)),
    });
  // The last one where even name and e-mail belong to a customer of before, deprecated or with another e-mail now.
  const names = new Set([party.name, party.nameIfTaken, `${party.nameIfTaken.slice(0, 240)} ${draft.orderId}`]);
  let made: Written<CustomerRef> = { is: "refused", message: "" };
  for (const name of names) {
    made = await write(name);
    if (made.is !== "refused" || !TAKEN.test(made.message)) break;
  }
  return made;
}

/** The default customer, read once a day at most: its terms, accounts and tax rule are the ones that shoppers get. */
const templates = remembered<Customer>(500);

async function templateOf(c: LinkedContext): Promise<{ customer: Customer } | { halt: Halt }> {
  const id = c.settings.document.customers.defaultCustomer?.id ?? "";
  const cacheKey = `${c.tenant.account}:${id}`;
  const cached = templates.of(cacheKey, c.now());
  if (cached) return { customer: cached };
  const read = await readCustomer(c.cin7, id);
  if (read.is !== "read") return { halt: haltOf(read, c) };
  const customer = read.value;
  if (!customer || customer.Status === "Deprecated") {
    return {
      halt: { is: "problem", problem: { kind: "customer-gone", customer: c.settings.document.customers.defaultCustomer?.name ?? "" } },
    };
  }
  templates.keep(cacheKey, customer, c.now() + 86_400_000 / c.config.timeScale);
  return { customer };
}
