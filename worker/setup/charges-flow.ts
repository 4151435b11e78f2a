import type { Cin7, Cin7Answer } from "../cin7/client.ts";
import * as lists from "../cin7/lists.ts";
import { createProduct, productsByName } from "../cin7/product.ts";
import type { Call } from "../cin7/reading.ts";
import type { Account } from "../cin7/schemas/lists.ts";
import type { ProductChoice } from "../cin7/schemas/product.ts";
import type { ChargeKey } from "../contract/index.ts";
import { iso } from "../lib/days.ts";
import type { Db } from "../lib/db/open.ts";
import type { Linked } from "../lib/ids.ts";
import { serviceProductBody } from "../orders/sending/bodies.ts";
import { chargeSku, foldName, match } from "../settings/choices/charge-items.ts";
import { claimCharge, dropCharge, settleCharge } from "../settings/store.ts";
import { productById } from "./choices-action.ts";
import { cin7Failure, type Reading, said } from "./lists-action.ts";

export type Wanted = { key: ChargeKey; name: string; account: string };
type Found = { id: string; name: string };
/** `refused`: this one cannot be had, with the sentence for its field; the others go on. */
export type Made = { is: "found"; value: Found } | { is: "refused"; why: string } | Exclude<Reading<never>, { is: "read" }>;

export type ChargesContext = {
  db: Db;
  tenant: Linked;
  cin7: Cin7;
  now: () => number;
  quietMs: number;
  by: string;
  accounts: readonly Account[];
};

/**
 * Finds a charge item by its name or creates it, once for the account however many people and stores ask (1.13, design 3.6).
 * The row in D1 is the claim, before the look-up; a create whose outcome is unknown keeps it, and within the quiet time
 * nobody creates again: look, then adopt or wait (design 3.2).
 */
export async function findOrCreate(c: ChargesContext, wanted: Wanted, books: Books): Promise<Made> {
  const key = foldName(wanted.name);
  const began = c.now();
  let claim = await claimCharge(c.db, c.tenant, key, c.by, iso(began), iso(began - c.quietMs));
  if (claim.cin7Id) {
    const known = await productById(c.cin7, claim.cin7Id);
    if (known.is !== "read") return known;
    if (known.value?.active && known.value.service) return { is: "found", value: { id: known.value.id, name: known.value.name } };
    // Deleted, deprecated or changed in Cin7 Core meanwhile: forget it and look by name.
    await dropCharge(c.db, c.tenant, key);
    claim = await claimCharge(c.db, c.tenant, key, c.by, iso(began), iso(began - c.quietMs));
  }

  const looked = said(await productsByName(c.cin7, wanted.name), `"${wanted.name}"`);
  if (looked.is !== "read") return giveBack(c, key, claim.mine, looked);
  const found = match(wanted.name, looked.value);
  if (found.is === "found") return keep(c, key, found.product);
  if (!claim.mine)
    return {
      is: "failed",
      why: `"${wanted.name}" is being created in Cin7 Core just now, or its answer is still open. Try again in two minutes.`,
    };
  if (found.is === "taken") {
    const why = found.product.service
      ? `"${found.product.name}" is deprecated in Cin7 Core. Make it active there, or choose another name.`
      : `Cin7 Core has a stock item named "${found.product.name}". Choose another name for the charge item.`;
    return giveBack(c, key, true, { is: "refused", why });
  }
  return create(c, wanted, key, books);
}

async function create(c: ChargesContext, wanted: Wanted, key: string, books: Books): Promise<Made> {
  const category = await books.category();
  if (category.is !== "read") return giveBack(c, key, true, category);
  const unit = await books.unit();
  if (unit.is !== "read") return giveBack(c, key, true, unit);
  const account = c.accounts.find((a) => a.code === wanted.account);
  const revenue = account?.class === "REVENUE" ? account.code : null;
  const place = { category: category.value, unit: unit.value };
  const call = createProduct(c.cin7, serviceProductBody(wanted.name, chargeSku(wanted.name), revenue, null, place));
  const answer = await made(call);
  switch (answer.is) {
    case "ok": {
      const product = call.read(answer.body);
      if (product) return keep(c, key, product);
      return {
        is: "failed",
        why: `Cin7 Core's answer about "${wanted.name}" could not be understood. Try again in two minutes: it is looked up first.`,
      };
    }
    case "refused":
    case "missing":
      return giveBack(c, key, true, {
        is: "refused",
        why: `Cin7 Core did not create "${wanted.name}": ${answer.message || "no reason given"}`,
      });
    case "trouble":
    case "too-large":
      // Applied or not is unknown: the claim stays, so that it is looked up and not created twice.
      return {
        is: "failed",
        why: `Cin7 Core did not answer when "${wanted.name}" was to be created. Try again in two minutes: it is looked up first, so there will be only one.`,
      };
    default:
      return giveBack(c, key, true, cin7Failure(answer, `"${wanted.name}"`));
  }
}

async function made({ permit, send }: Pick<Call<unknown>, "permit" | "send">): Promise<Cin7Answer> {
  const granted = await permit();
  return granted.granted ? send() : { is: "wait", at: granted.at };
}

async function keep(c: ChargesContext, key: string, { id, name }: ProductChoice): Promise<Made> {
  await settleCharge(c.db, c.tenant, key, id, name);
  return { is: "found", value: { id, name } };
}

/** Surely nothing was written: the claim goes, if it was ours. */
async function giveBack(c: ChargesContext, key: string, mine: boolean, answer: Made): Promise<Made> {
  if (mine) await dropCharge(c.db, c.tenant, key);
  return answer;
}

/** The category and the unit of new charge items: the account's first ones, made when it has none (cin7-core.md 3.1). Read once. */
export type Books = { category(): Promise<Reading<string>>; unit(): Promise<Reading<string>> };

export function booksOf(cin7: Cin7): Books {
  const first = (of: typeof lists.categories, fallback: string, what: string) => {
    let reading: Promise<Reading<string>> | null = null;
    return () => {
      reading ??= firstOrNew(cin7, of, fallback, what);
      return reading;
    };
  };
  return {
    category: first(lists.categories, "Lockstep charges", "its product categories"),
    unit: first(lists.unitsOfMeasure, "Item", "its units of measure"),
  };
}

async function firstOrNew(cin7: Cin7, of: typeof lists.categories, fallback: string, what: string): Promise<Reading<string>> {
  const list = said(await of.list(cin7), what);
  if (list.is !== "read") return list;
  const best = list.value.find((name) => name === fallback) ?? list.value[0];
  if (best !== undefined) return { is: "read", value: best };
  const call = of.create(cin7, fallback);
  const answer = await made(call);
  if (answer.is === "ok") return { is: "read", value: call.read(answer.body) ?? fallback };
  // "Already exists" is as good (cin7-core.md 1.4).
  if (answer.is === "refused" && /already exists/i.test(answer.message)) return { is: "read", value: fallback };
  return cin7Failure(answer, what);
}
