import type { StoreContext } from "../inbox/flow.ts";
import { done, later, type Outcome, skipped } from "../inbox/outcome.ts";
import { sha256 } from "../lib/crypto.ts";
import { type Answer, classify, type Dialect, send } from "../lib/http.ts";
import { rowOf } from "../problems/row.ts";
import { type AlertArea, DIGEST_MS, digest } from "./digest.ts";
import { type Mail, type MailApi, mailRequest, notSent } from "./mail.ts";
import { type Address, addresses, markTold, toTell } from "./store.ts";
import { mornings } from "./when.ts";

const TIMEOUT_MS = 15_000;
const dialect: Dialect = {
  throttled: (status) => (status === 429 ? { waitMs: null } : null),
  // The provider's sentence may repeat the address: it is not kept.
  message: () => "",
};

/** Sends one message. `once`: sent again under the same word it arrives once. */
export async function sendMail(api: MailApi, mail: Mail, once: string): Promise<Answer> {
  return classify(await send(mailRequest(api, mail, await sha256(once)), { timeoutMs: TIMEOUT_MS, maxBytes: 65_536 }), dialect);
}

/**
 * `alerts.send` (M42): what is new, each once. What is told of at once goes at once, at most one message in ten minutes
 * for each address (two areas with one address share it); the rest goes at eight in the morning of the store's own day. What
 * was not sent is still new, so it goes with the next one.
 */
export async function sendAlerts(c: StoreContext): Promise<Outcome> {
  const { db, tenant, config, store } = c;
  if (!config.mail) return skipped("no-mail", "No mail provider is set up by the operator.");
  const morning = mornings(c.now(), store.timeZone);
  let next: { at: number; why: string } | null = null;
  let told = 0;
  const wait = (at: number, why: string) => {
    if (!next || at < next.at) next = { at, why };
  };
  for (const { email, areas, sentAt } of recipients((await addresses(db, tenant)).filter((address) => address.confirmedAt !== null))) {
    const untold = await toTell(db, tenant, areas);
    const problems = untold.filter((problem) => problem.when === "now" || Date.parse(problem.raisedAt) < morning.last);
    if (problems.length < untold.length) wait(morning.next, "The summary of the day goes in the morning.");
    if (problems.length === 0) continue;
    const due = sentAt === null ? 0 : Date.parse(sentAt) + DIGEST_MS / config.timeScale;
    if (c.now() < due) {
      wait(due, "The next message to this address is due later.");
      continue;
    }
    const daily = problems.every((problem) => problem.when === "daily");
    const mail = {
      to: email,
      ...digest(problems.map(rowOf), { name: store.name || store.hash, hash: store.hash, appUrl: config.appUrl }, daily),
    };
    const word = [tenant.store, tenant.epoch, areas.join("+"), ...problems.map((p) => `${p.key}@${p.raisedAt}`)].join("|");
    const failed = notSent(await sendMail(config.mail, mail, word));
    if (failed) {
      wait(c.now() + DIGEST_MS / config.timeScale, failed);
      continue;
    }
    await markTold(db, tenant, areas, problems, new Date(c.now()).toISOString());
    told += problems.length;
  }
  const then = next as { at: number; why: string } | null;
  if (then) return later(then.at, then.why);
  return told === 0 ? skipped("nothing-new", "There is nothing new to tell.") : done(`Told of ${told} by mail.`);
}

/** Who is written to: one for each address, with all that it hears of and when it was last written to. */
function recipients(saved: readonly Address[]): { email: string; areas: AlertArea[]; sentAt: string | null }[] {
  const found = new Map<string, { email: string; areas: AlertArea[]; sentAt: string | null }>();
  for (const { email, area, sentAt } of saved) {
    const known = found.get(email.toLowerCase());
    if (!known) found.set(email.toLowerCase(), { email, areas: [area], sentAt });
    else {
      known.areas.push(area);
      if (sentAt !== null && (known.sentAt === null || sentAt > known.sentAt)) known.sentAt = sentAt;
    }
  }
  return [...found.values()];
}
