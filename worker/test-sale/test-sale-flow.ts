import { endTrial, rememberTakes } from "../accounts/facts-store.ts";
import type { Refusal } from "../cin7/refusals.ts";
import * as cin7 from "../cin7/schemas.ts";
import type { Takes } from "../contract/index.ts";
import { type Halt, type Looked, type Written, writeOnce, writing } from "../inbox/claim.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { haltOf, refusedAs, stop } from "../inbox/halt.ts";
import { done, type Outcome } from "../inbox/outcome.ts";
import { dayIn } from "../lib/days.ts";
import { missingFor, type Probe, takesFrom, trialMark, trialNote, trialOf } from "./document.ts";

type Sale = { saleId: string; saleNumber: string };
/** What a probe found; `text`: Cin7's sentence where it says neither. */
type Found = { takes: Takes; text: string };

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
  const voided = await voidSale(c, saleId);
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
    look: async (): Promise<Looked<Sale>> => {
      const answer = await c.cin7.get("/saleList", { ExternalID: mark, Page: 1, Limit: 1000 });
      const halt = haltOf(answer, c);
      if (halt) return halt;
      const list = cin7.saleList.safeParse(answer.is === "ok" ? answer.body : null);
      if (!list.success) return { is: "trouble", why: "Cin7 Core's answer could not be understood." };
      const own = list.data.SaleList.find((row) => row.ExternalID === mark);
      return own ? { is: "found", value: { saleId: own.SaleID.toLowerCase(), saleNumber: own.OrderNumber } } : { is: "absent" };
    },
    permit: () => c.cin7.permit(),
    send: () => c.cin7.permitted("POST", "/sale", header),
    read: (body) => {
      const read = cin7.sale.safeParse(body);
      return read.success ? { saleId: read.data.ID.toLowerCase(), saleNumber: read.data.Order?.SaleOrderNumber ?? "" } : null;
    },
  });

/** A draft may be posted as often as one likes: it replaces what was there (cin7-core.md 2.4). What it answered is kept. */
async function ask(c: LinkedContext, askedAt: string, saleId: string, probe: Probe): Promise<Found | Halt> {
  const step = `trial:${askedAt}:${probe.what}`;
  const known = c.claims.of(step)?.answer as Found | null | undefined;
  if (known) return known;
  const answer = await c.cin7.post("/sale/order", probe.body(saleId));
  if (answer.is === "ok" || answer.is === "refused" || answer.is === "missing") {
    const takes = answer.is === "ok" ? "accepted" : takesFrom(answer.message, probe);
    const found: Found = { takes, text: answer.is === "ok" || takes ? "" : answer.message };
    await c.claims.close(step, saleId, found);
    return found;
  }
  return haltOf(answer, c) as Halt;
}

type Voided = { is: "void" } | { is: "left"; text: string } | { is: "halt"; halt: Halt };

/** Voiding twice does no harm: Cin7 refuses the second, and the sale is looked at. */
async function voidSale(c: LinkedContext, saleId: string): Promise<Voided> {
  const gone = await c.cin7.del("/sale", { ID: saleId, Void: true });
  if (gone.is === "ok") return { is: "void" };
  const text = gone.is === "refused" || gone.is === "missing" ? gone.message : "";
  if (!text) return { is: "halt", halt: haltOf(gone, c) as Halt };
  const answer = await c.cin7.get("/sale", { ID: saleId, HideInventoryMovements: true });
  const halt = haltOf(answer, c);
  if (halt && halt.is !== "refused") return { is: "halt", halt };
  const read = cin7.sale.safeParse(answer.is === "ok" ? answer.body : null);
  return read.success && read.data.Status === "VOIDED" ? { is: "void" } : { is: "left", text };
}
