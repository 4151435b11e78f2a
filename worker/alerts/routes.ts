import { Hono } from "hono";
import * as z from "zod";
import { linkCode, readLinkCode, shown } from "../accounts/link-code.ts";
import { type ApiContext, type ApiEnv, bodyOf, fail, need } from "../api/access.ts";
import { allowed } from "../api/limits.ts";
import type { Alerts, AlertTest } from "../contract/index.ts";
import { fingerprints, type Purpose } from "../lib/crypto.ts";
import { auditLine } from "../lib/db/audit.ts";
import { confirmBy, keepCode, mayAsk } from "./confirm-store.ts";
import { type AlertArea, AREA_WORDS, AREAS, codeMessage, testMessage } from "./digest.ts";
import { sendMail } from "./flow.ts";
import { notSent, readAddress } from "./mail.ts";
import { type Address, addresses, saveAddress } from "./store.ts";

/** *Who should hear when something needs attention?* (M42), mounted under /api/stores/:hash. */
export const alertRoutes = new Hono<ApiEnv>();

const reply = (c: ApiContext, saved: readonly Address[]): Alerts => ({
  mail: c.var.config.mail !== null,
  addresses: AREAS.map((area) => {
    const found = saved.find((address) => address.area === area);
    return {
      area,
      email: found?.email ?? "",
      savedBy: found?.savedBy ?? null,
      lastSentAt: found?.sentAt ?? null,
      confirmed: found != null && found.confirmedAt !== null,
    };
  }),
});

alertRoutes.get("/alerts", async (c) => {
  need(c, "operate");
  return c.json(reply(c, await addresses(c.var.db, c.var.tenant)) satisfies Alerts);
});

const form = z.object({ orders: z.string(), money: z.string() });
const WRONG = "Enter one e-mail address, such as orders@example.com.";

alertRoutes.put("/alerts", async (c) => {
  need(c, "configure");
  const { db, tenant, session, now } = c.var;
  const body = form.safeParse(await bodyOf(c));
  if (!body.success) return fail(400, "not-readable", "The addresses did not arrive whole. Reload the page and try again.");
  const read = AREAS.map((area) => ({ area, email: readAddress(body.data[area]) }));
  const fields = Object.fromEntries(read.filter(({ email }) => email === null).map(({ area }) => [area, WRONG]));
  if (Object.keys(fields).length > 0)
    return fail(422, "not-valid", "Enter both addresses. They may be the same. Nothing was saved.", fields);
  const before = await addresses(db, tenant);
  const at = new Date(now()).toISOString();
  for (const { area, email } of read) {
    if (before.some((known) => known.area === area && known.email === email)) continue;
    await saveAddress(db, tenant, area, email as string, { by: session.name, at });
    await auditLine(db, tenant, { at, by: session.name, what: `Changed the alert address for ${AREA_WORDS[area]}` });
  }
  return c.json(reply(c, await addresses(db, tenant)) satisfies Alerts);
});

const TOO_MANY = "Three messages went to this address within the hour. Wait an hour, and look among the unwanted mail.";

/**
 * A person asks for it and waits for the answer: the only messages that are not sent by the queue. To an address that nobody has
 * confirmed only the code goes that confirms it, so that nobody is written to who was never asked.
 */
alertRoutes.post("/alerts/test", async (c) => {
  need(c, "configure");
  const { config, db, tenant, store, now } = c.var;
  const body = z.object({ area: z.enum(["orders", "money"]) }).safeParse(await bodyOf(c));
  if (!body.success) return fail(400, "not-readable", "Say which address is meant: orders or money.");
  const area: AlertArea = body.data.area;
  if (!config.mail) return fail(409, "no-mail", "Mail is not set up by whoever operates Lockstep for you, so no message can be sent yet.");
  const address = (await addresses(db, tenant)).find((known) => known.area === area);
  if (!address) return fail(409, "no-address", "Save the address first.");
  if (!(await mayAsk(db, tenant, await hashed(c, "mail-address", address.email.toLowerCase()), now())))
    return fail(429, "too-many", TOO_MANY, undefined, 3600);
  const code = address.confirmedAt === null ? await newCode(c, address.email) : null;
  const message = code === null ? testMessage(store, area) : codeMessage(store, code);
  const failed = notSent(await sendMail(config.mail, { to: address.email, ...message }, `test|${tenant.store}|${area}|${now()}`));
  if (failed) return fail(502, "not-sent", failed);
  return c.json({ sentTo: address.email, code: code !== null } satisfies AlertTest);
});

const hashed = async (c: ApiContext, purpose: Purpose, text: string): Promise<string> =>
  (await fingerprints(c.var.config.sealingKeys, purpose, text))[0] as string;
const codeText = (store: string, code: string): string => `${store}:${code}`;

async function newCode(c: ApiContext, email: string): Promise<string> {
  const { db, tenant, now } = c.var;
  const code = linkCode(crypto.getRandomValues(new Uint8Array(64)));
  if (!code) throw new Error("64 random bytes gave no code");
  await keepCode(db, tenant, await hashed(c, "address-code", codeText(tenant.store, code)), email, now());
  return shown(code);
}

const WRONG_CODE = "This code is wrong, older than a day, or of an address that is not saved any more. Send a new one.";

alertRoutes.post("/alerts/confirm", async (c) => {
  need(c, "configure");
  const { db, tenant, session, now } = c.var;
  if (!(await allowed(c, "PUBLIC_LIMIT", `confirm:${tenant.store}`))) return fail(429, "too-many", "Too many tries. Wait a minute.");
  const code = readLinkCode(((await bodyOf(c)) as { code?: unknown } | null)?.code);
  const at = new Date(now()).toISOString();
  if (!code || !(await confirmBy(db, tenant, await hashed(c, "address-code", codeText(tenant.store, code)), at)))
    return fail(422, "wrong-code", WRONG_CODE, { code: WRONG_CODE });
  await auditLine(db, tenant, { at, by: session.name, what: "Confirmed an alert address with the code that was sent to it" });
  return c.json(reply(c, await addresses(db, tenant)) satisfies Alerts);
});
