import { Hono } from "hono";
import * as z from "zod";
import { type ApiContext, type ApiEnv, bodyOf, fail, need } from "../api/access.ts";
import type { Alerts, AlertTest } from "../contract/index.ts";
import { auditLine } from "../lib/db/audit.ts";
import { type AlertArea, AREA_WORDS, AREAS, testMessage } from "./digest.ts";
import { sendMail } from "./flow.ts";
import { notSent, readAddress } from "./mail.ts";
import { type Address, addresses, saveAddress } from "./store.ts";

/** *Who should hear when something needs attention?* (M42), mounted under /api/stores/:hash. */
export const alertRoutes = new Hono<ApiEnv>();

const reply = (c: ApiContext, saved: readonly Address[]): Alerts => ({
  mail: c.var.config.mail !== null,
  addresses: AREAS.map((area) => {
    const found = saved.find((address) => address.area === area);
    return { area, email: found?.email ?? "", savedBy: found?.savedBy ?? null, lastSentAt: found?.sentAt ?? null };
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
    await saveAddress(db, tenant, area, email as string, session.name, at);
    await auditLine(db, tenant, { at, by: session.name, what: `Changed the alert address for ${AREA_WORDS[area]}` });
  }
  return c.json(reply(c, await addresses(db, tenant)) satisfies Alerts);
});

/** A person asks for it and waits for the answer: the only message that is not sent by the queue. */
alertRoutes.post("/alerts/test", async (c) => {
  need(c, "configure");
  const { config, db, tenant, store, session, now } = c.var;
  const body = z.object({ area: z.enum(["orders", "money"]) }).safeParse(await bodyOf(c));
  if (!body.success) return fail(400, "not-readable", "Say which address is meant: orders or money.");
  const area: AlertArea = body.data.area;
  if (!config.mail) return fail(409, "no-mail", "Mail is not set up by whoever operates Lockstep for you, so no message can be sent yet.");
  const address = (await addresses(db, tenant)).find((known) => known.area === area);
  if (!address) return fail(409, "no-address", "Save the address first.");
  if (!(await c.env.PUBLIC_LIMIT.limit({ key: `mail-test:${tenant.store}` })).success)
    return fail(429, "too-many", "Too many test messages. Wait a minute.");
  const mail = { to: address.email, ...testMessage({ name: store.name || store.hash }, area, session.name) };
  const failed = notSent(await sendMail(config.mail, mail, `test|${tenant.store}|${area}|${now()}`));
  if (failed) return fail(502, "not-sent", failed);
  return c.json({ sentTo: address.email } satisfies AlertTest);
});
