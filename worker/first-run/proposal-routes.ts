import { Hono } from "hono";
import * as z from "zod";
import { type ApiContext, type ApiEnv, bodyOf, fail, need } from "../api/access.ts";
import { busy, sidesOf } from "../api/sides.ts";
import type { BigCommerce } from "../bigcommerce/client.ts";
import { ordersPage, taxesOf } from "../bigcommerce/order.ts";
import { readStore } from "../bigcommerce/store.ts";
import type { Proposal, Ref } from "../contract/index.ts";
import { quietMsOf } from "../env.ts";
import { currentSettings } from "../settings/store.ts";
import { choicesFor } from "../setup/choices-action.ts";
import { accounts } from "../setup/choices-flow.ts";
import { findOrMakeWebCustomer, findWebCustomer, WEB_CUSTOMER } from "../setup/web-customer-step.ts";
import { DAY_MS } from "./other-connection.ts";
import { propose } from "./propose.ts";

/** What Setup begins with, for one *Looks right* (ui.md 10.3): mounted under /api/stores/:hash. Nothing is saved here. */
export const proposalRoutes = new Hono<ApiEnv>();

proposalRoutes.get("/proposal", async (c) => {
  need(c, "configure");
  const { tenant, bigcommerce, cin7 } = await sidesOf(c);
  const { db, now } = c.var;
  const { settings } = await currentSettings(db, tenant);
  const choices = await choicesFor(c);
  const found = settings.customers.defaultCustomer === null ? await findWebCustomer(cin7, choices.currencies.cin7) : null;
  if (found?.is === "wait") return busy(found.at, now());
  if (found?.is === "failed") return fail(502, "not-read", found.why);
  const [rates, shop] = await Promise.all([ratesOf(bigcommerce, now()), readStore(bigcommerce)]);
  const store = shop.is === "read" ? shop.value : null;
  const proposed = propose({ settings, choices, rates, country: store?.country_code ?? "", customer: found?.value ?? null });
  return c.json({
    settings: proposed,
    customer: proposed.customers.defaultCustomer === null ? WEB_CUSTOMER : null,
    email: store?.admin_email ?? "",
  } satisfies Proposal);
});

const ORDERS = 10;
const DAYS = 30;

/** At which rates each tax class was sold in the newest orders of the last page: up to eleven calls to BigCommerce, none where it does not answer. */
async function ratesOf(bigcommerce: BigCommerce, now: number): Promise<Map<number, Set<string>>> {
  const rates = new Map<number, Set<string>>();
  const since = new Date(now - DAYS * DAY_MS).toISOString();
  const page = await ordersPage(bigcommerce, { min_date_created: since }, { page: 1, limit: 250 }, z.object({ id: z.int() }));
  const ids = page.is === "read" ? page.value.slice(-ORDERS).map(({ id }) => id) : [];
  for (const read of await Promise.all(ids.map((id) => taxesOf(bigcommerce, id)))) {
    if (read.is !== "read") continue;
    for (const row of read.value) {
      if (row.tax_class_id == null || row.line_item_type !== "item") continue;
      rates.set(row.tax_class_id, (rates.get(row.tax_class_id) ?? new Set()).add(String(Number(row.rate))));
    }
  }
  return rates;
}

const wanted = z.object({ taxRule: z.string().trim().min(1).max(256) });

/** *Create "BigCommerce web orders"*: found by its name, or made. */
proposalRoutes.post("/proposal/customer", async (c) => {
  need(c, "configure");
  const body = wanted.safeParse(await bodyOf(c));
  if (!body.success) return fail(422, "not-valid", "Choose a tax rule for the default tax class first: a customer in Cin7 Core has one.");
  return c.json((await makeCustomer(c, body.data.taxRule)) satisfies Ref);
});

async function makeCustomer(c: ApiContext, taxRule: string): Promise<Ref> {
  const { tenant, cin7 } = await sidesOf(c);
  const { config, db, now, session } = c.var;
  const chart = await accounts(cin7);
  if (chart.is === "wait") return busy(chart.at, now());
  if (chart.is === "failed") return fail(502, "not-read", chart.why);
  const { currencies } = await choicesFor(c);
  const by = `setup:${tenant.store}:${session.user}:${crypto.randomUUID()}`;
  const context = { db, tenant, cin7, now, quietMs: quietMsOf(config), by };
  const made = await findOrMakeWebCustomer({ ...context, currency: currencies.cin7, accounts: chart.value, taxRule });
  switch (made.is) {
    case "found":
      return made.value;
    case "wait":
      return busy(made.at, now(), "Nothing was made.");
    case "failed":
      return fail(503, "not-created", made.why);
    case "refused":
      return fail(422, "not-created", made.why, { "customers.defaultCustomer": made.why });
  }
}
