import * as z from "zod";
import { claimShared, claimsOn, dropShared, forgetShared, type SharedThing, settleShared } from "../accounts/shared-store.ts";
import type { Cin7, Cin7Answer } from "../cin7/client.ts";
import * as lists from "../cin7/lists.ts";
import { createProduct, productsByName } from "../cin7/product.ts";
import type { Call } from "../cin7/reading.ts";
import type { Account } from "../cin7/schemas/lists.ts";
import type { ProductChoice } from "../cin7/schemas/product.ts";
import type { ChargeKey } from "../contract/index.ts";
import { writeOnce } from "../inbox/claim.ts";
import { iso } from "../lib/days.ts";
import type { Db } from "../lib/db/open.ts";
import type { Linked } from "../lib/ids.ts";
import { serviceProductBody } from "../orders/sending/bodies.ts";
import { chargeSku, foldName, match } from "../settings/choices/charge-items.ts";
import { productById } from "./choices-flow.ts";
import { cin7Failure, type Reading, said } from "./said.ts";

export type WantedCharge = { key: ChargeKey; name: string; account: string };
const found = z.object({ id: z.string(), name: z.string() });
type Found = z.output<typeof found>;
/** `refused`: this one cannot be had, with the sentence for its field; the others go on. */
export type Made = { is: "found"; value: Found } | { is: "refused"; why: string } | Exclude<Reading<never>, { is: "read" }>;

/** `by`: who presses, and which press it is: a second one does not go on with what the first began. */
export type SharedContext = { db: Db; tenant: Linked; cin7: Cin7; now: () => number; quietMs: number; by: string };
export type ChargesContext = SharedContext & { accounts: readonly Account[] };

export const claim = (c: SharedContext, thing: SharedThing) => {
  const began = c.now();
  return claimShared(c.db, c.tenant, thing, c.by, { now: iso(began), staleBefore: iso(began - c.quietMs) });
};

/**
 * Finds a charge item by its name or creates it, once for the account however many people and stores ask (1.13, design 3.6).
 * The row in D1 is the claim, before the look-up; a create whose outcome is unknown keeps it, and within the quiet time
 * nobody creates again: look, then adopt or wait (design 3.2).
 */
export async function findOrCreate(c: ChargesContext, wanted: WantedCharge, books: Books): Promise<Made> {
  const thing: SharedThing = { kind: "charge", key: foldName(wanted.name) };
  let held = await claim(c, thing);
  if (held.cin7Id) {
    const known = await productById(c.cin7, held.cin7Id);
    if (known.is !== "read") return known;
    if (known.value?.active && known.value.service) return { is: "found", value: { id: known.value.id, name: known.value.name } };
    // Deleted, deprecated or changed in Cin7 Core meanwhile: forget it and look by name. What somebody else is at since stays.
    await forgetShared(c.db, c.tenant, thing, held.cin7Id);
    held = await claim(c, thing);
  }

  const looked = said(await productsByName(c.cin7, wanted.name), `"${wanted.name}"`);
  if (looked.is !== "read") return giveBack(c, thing, held.mine, looked);
  const there = match(wanted.name, looked.value);
  if (there.is === "found") return keep(c, thing, there.product);
  if (!held.mine)
    return {
      is: "failed",
      why: `"${wanted.name}" is being created in Cin7 Core just now, or its answer is still open. Try again in two minutes.`,
    };
  if (there.is === "taken") {
    const why = there.product.service
      ? `"${there.product.name}" is deprecated in Cin7 Core. Make it active there, or choose another name.`
      : `Cin7 Core has a stock item named "${there.product.name}". Choose another name for the charge item.`;
    return giveBack(c, thing, true, { is: "refused", why });
  }
  return create(c, wanted, thing, books);
}

async function create(c: ChargesContext, wanted: WantedCharge, thing: SharedThing, books: Books): Promise<Made> {
  const category = await books.category();
  if (category.is !== "read") return giveBack(c, thing, true, category);
  const unit = await books.unit();
  if (unit.is !== "read") return giveBack(c, thing, true, unit);
  const account = c.accounts.find((a) => a.code === wanted.account);
  const revenue = account?.class === "REVENUE" ? account.code : null;
  const place = { category: category.value, unit: unit.value };
  const call = createProduct(c.cin7, serviceProductBody(wanted.name, chargeSku(wanted.name), revenue, null, place));
  const settle = (made: Found) => settleShared(c.db, c.tenant, thing, made.id, made.name);
  const { made, answer } = await writeShared(c, thing, call, { kept: found, settle });
  return made ? { is: "found", value: made } : notMade(answer, wanted.name);
}

/** Why it was not created, in words; what nobody knows is looked up first the next time. */
export function notMade(answer: Cin7Answer, name: string): Made {
  switch (answer.is) {
    case "ok":
      return {
        is: "failed",
        why: `Cin7 Core's answer about "${name}" could not be understood. Try again in two minutes: it is looked up first.`,
      };
    case "refused":
    case "missing":
      return { is: "refused", why: `Cin7 Core did not create "${name}": ${answer.message || "no reason given"}` };
    case "trouble":
    case "too-large":
      return {
        is: "failed",
        why: `Cin7 Core did not answer when "${name}" was to be created. Try again in two minutes: it is looked up first, so there will be only one.`,
      };
    default:
      return cin7Failure(answer, `"${name}"`);
  }
}

type Rest<T> = { kept: z.ZodType<T>; settle(made: T): Promise<void> };

/**
 * A write under the one rule, whose claim is the row that we hold; null: not made, `answer` says why. Applied or not is unknown
 * after trouble: then the row stays, so that it is looked up and not created twice.
 */
export async function writeShared<T extends object>(
  c: SharedContext,
  thing: SharedThing,
  call: Call<unknown>,
  { kept, settle }: Rest<T>,
): Promise<{ made: T | null; answer: Cin7Answer }> {
  let answer: Cin7Answer = { is: "wait", at: c.now() };
  const claims = claimsOn(c.db, c.tenant, thing, c.by, { now: () => iso(c.now()), settle: (value) => settle(kept.parse(value)) });
  const written = await writeOnce<T>(
    { claims, now: c.now, quietMs: c.quietMs },
    {
      ...{ step: `${thing.kind}:${thing.key}`, mark: thing.key, kept },
      // Never asked: who holds the claim has just looked, and `claimsOn` knows no earlier one.
      look: async () => ({ is: "absent" }),
      permit: call.permit,
      send: async () => {
        const sent = await call.send();
        answer = sent;
        return sent;
      },
      read: (body) => kept.safeParse(call.read(body)).data ?? null,
    },
  );
  if (written.is === "written") return { made: written.value, answer };
  if (written.is === "wait" && answer.is === "wait") {
    await dropShared(c.db, c.tenant, thing, c.by);
    answer = { is: "wait", at: written.at };
  }
  return { made: null, answer };
}

async function keep(c: ChargesContext, thing: SharedThing, { id, name }: ProductChoice): Promise<Made> {
  await settleShared(c.db, c.tenant, thing, id, name);
  return { is: "found", value: { id, name } };
}

/** Surely nothing was written: the claim goes, if it was ours. */
export async function giveBack(c: SharedContext, thing: SharedThing, mine: boolean, answer: Made): Promise<Made> {
  if (mine) await dropShared(c.db, c.tenant, thing, c.by);
  return answer;
}

/** The category and the unit of new charge items: the account's first ones, made when it has none (cin7-core.md 3.1). Read once. */
export type Books = { category(): Promise<Reading<string>>; unit(): Promise<Reading<string>> };

export function booksOf(c: ChargesContext): Books {
  const first = (of: typeof lists.categories, place: Place) => {
    let reading: Promise<Reading<string>> | null = null;
    return () => {
      reading ??= firstOrNew(c, of, place);
      return reading;
    };
  };
  return {
    category: first(lists.categories, { kind: "category", name: "Lockstep charges", what: "its product categories" }),
    unit: first(lists.unitsOfMeasure, { kind: "unit", name: "Item", what: "its units of measure" }),
  };
}
type Place = { kind: string; name: string; what: string };

/** The list says what is there, so nothing is kept of what was made but the claim while it is made. */
async function firstOrNew(c: ChargesContext, of: typeof lists.categories, { kind, name, what }: Place): Promise<Reading<string>> {
  const list = said(await of.list(c.cin7), what);
  if (list.is !== "read") return list;
  const best = list.value.find((each) => each === name) ?? list.value[0];
  if (best !== undefined) return { is: "read", value: best };
  const thing: SharedThing = { kind: "place", key: `${kind}:${name}` };
  if (!(await claim(c, thing)).mine)
    return { is: "failed", why: `"${name}" is being made in Cin7 Core just now, or its answer is still open. Try again in two minutes.` };
  const call = of.create(c.cin7, name);
  const asNamed = { ...call, read: (body: unknown) => ({ name: call.read(body) ?? name }) };
  const { made, answer } = await writeShared(c, thing, asNamed, {
    kept: named,
    settle: () => dropShared(c.db, c.tenant, thing, c.by),
  });
  if (made) return { is: "read", value: made.name };
  // "Already exists" is as good (cin7-core.md 1.4).
  if (answer.is === "refused" && /already exists/i.test(answer.message)) return { is: "read", value: name };
  return answer.is === "ok"
    ? { is: "failed", why: `Cin7 Core's answer about ${what} could not be understood.` }
    : cin7Failure(answer, what);
}
const named = z.object({ name: z.string() });
