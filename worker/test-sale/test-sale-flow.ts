import * as z from "zod";
import { endTrial, rememberTakes } from "../accounts/facts-store.ts";
import type { Refusal } from "../cin7/refusals.ts";
import { createSale, findByMark, isVoid, readSale } from "../cin7/sale.ts";
import { postDraft } from "../cin7/sale-order.ts";
import type { Takes } from "../contract/index.ts";
import { asWritten, type Looked, type Written, writeOnce, writing } from "../inbox/claim.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { recall, remember } from "../inbox/notes.ts";
import { done, type Outcome } from "../inbox/outcome.ts";
import { type Halt, haltOf, refusedAs, stop } from "../inbox/vendor-answer.ts";
import { dayIn } from "../lib/days.ts";
import { trialMark } from "../orders/marks.ts";
import { voidOnce } from "../orders/void-sale-step.ts";
import { missingFor, type Probe, takesFrom, trialNote, trialOf } from "./document.ts";

const made = z.object({ saleId: z.string(), saleNumber: z.string() });
type Sale = z.output<typeof made>;
/** What a probe found; `text`: Cin7's sentence where it says neither. */
const found = z.object({ takes: z.enum(["accepted", "refused", ""]), text: z.string() }) satisfies z.ZodType<{ takes: Takes }>;
type Found = z.output<typeof found>;

/**
 * `account.trial` (decision 1.13): the test sale that the merchant agreed to. Written once (design 3), asked twice as a draft,
 * voided whatever it said, remembered for the whole account. Should it stop on its way it goes on where it stopped, so that no
 * living sale stays behind.
 */
export async function trialSale(c: LinkedContext, askedAt: string): Promise<Outcome> {
  const { document } = c.settings;
  const mark = trialMark(c.tenant.store, askedAt);
  const trial = trialOf(document, mark, dayIn(askedAt, c.store.timeZone));
  if (!trial) return ended(c, askedAt, `No test sale was made. Setup lacks: ${missingFor(document).join(", ")}.`);
  const made = await writeSale(c, askedAt, mark, trial.header);
  if (made.is === "refused") return ended(c, askedAt, `Cin7 Core refused the test sale: "${made.message}"`);
  if (made.is !== "written") return stop(made, c, neverHere);
  const { saleId, saleNumber } = made.value;

  const found: Record<Refusal, Takes> = { "negative-charges": "", "zero-price": "" };
  const texts: string[] = [];
  for (const probe of trial.probes) {
    const answer = await ask(c, askedAt, saleId, probe);
    if ("is" in answer) return stop(answer, c, neverHere);
    found[probe.what] = answer.takes;
    if (answer.text) texts.push(answer.text);
  }
  const voided = await voidTrial(c, askedAt, saleId);
  if (voided.is === "halt") return stop(voided.halt, c, neverHere);
  for (const what of Object.keys(found) as Refusal[]) if (found[what]) await rememberTakes(c.db, c.tenant, what, found[what]);
  if (voided.is === "void") return ended(c, askedAt, trialNote(found, saleNumber, texts));
  const left = await ended(c, askedAt, `Cin7 Core did not void the test sale ${saleNumber}: "${voided.text}" Void it there.`);
  return { ...left, notices: [{ kind: "test-sale-left", saleNumber: saleNumber || saleId, text: voided.text }] } as Outcome;
}

/** A refusal is an answer here: it is read before anything is stopped. */
const neverHere = refusedAs(0, "test sale");

async function ended(c: LinkedContext, askedAt: string, note: string): Promise<Outcome & { is: "done" }> {
  await endTrial(c.db, c.tenant, askedAt, new Date(c.now()).toISOString(), note);
  return done(note) as Outcome & { is: "done" };
}

const writeSale = (c: LinkedContext, askedAt: string, mark: string, header: unknown): Promise<Written<Sale>> =>
  writeOnce<Sale>(writing(c), {
    step: `trial:${askedAt}:sale`,
    mark,
    kept: made,
    look: async (): Promise<Looked<Sale>> => {
      const sales = await findByMark(c.cin7, mark);
      if (sales.is !== "read") return haltOf(sales, c);
      const [own] = sales.value;
      return own ? { is: "found", value: { saleId: own.SaleID.toLowerCase(), saleNumber: own.OrderNumber } } : { is: "absent" };
    },
    ...asWritten(createSale(c.cin7, header), ({ ID, Order }) => ({ saleId: ID.toLowerCase(), saleNumber: Order?.SaleOrderNumber ?? "" })),
  });

/** A draft may be posted as often as one likes: it replaces what was there (cin7-core.md 2.4). What it answered is kept. */
async function ask(c: LinkedContext, askedAt: string, saleId: string, probe: Probe): Promise<Found | Halt> {
  const step = `trial:${askedAt}:${probe.what}`;
  const known = recall(c.claims, step, found);
  if (known) return known;
  const answer = await postDraft(c.cin7, probe.body(saleId));
  if (answer.is === "ok" || answer.is === "refused" || answer.is === "missing") {
    const takes = answer.is === "ok" ? "accepted" : takesFrom(answer.message, probe);
    const told: Found = { takes, text: answer.is === "ok" || takes ? "" : answer.message };
    await remember(c.claims, step, saleId, told);
    return told;
  }
  return haltOf(answer, c);
}

type Voided = { is: "void" } | { is: "left"; text: string } | { is: "halt"; halt: Halt };

/** A refusal is not the end of it: somebody may have voided it by hand. */
async function voidTrial(c: LinkedContext, askedAt: string, saleId: string): Promise<Voided> {
  const gone = await voidOnce(c, `trial:${askedAt}:void`, saleId);
  if (gone.is === "written") return { is: "void" };
  if (gone.is !== "refused" || !gone.message) return { is: "halt", halt: gone };
  const left: Voided = { is: "left", text: gone.message };
  const now = await readSale(c.cin7, saleId);
  if (now.is === "read") return isVoid(now.value) ? { is: "void" } : left;
  const halt = haltOf(now, c);
  return halt.is === "refused" ? left : { is: "halt", halt };
}
