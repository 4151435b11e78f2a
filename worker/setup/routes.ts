import { Hono } from "hono";
import * as z from "zod";
import { chargesMade } from "../accounts/shared-store.ts";
import { type ApiContext, type ApiEnv, BODY, bodyOf, fail, need } from "../api/access.ts";
import { busy, linked, notLinked } from "../api/sides.ts";
import { servicesNamed } from "../catalogue/store.ts";
import type { Cin7 } from "../cin7/client.ts";
import type {
  AutoShipAffected,
  Capacity,
  CapturePreview,
  ChargeProposals,
  Choices,
  CustomerChoices,
  Roundings,
  SettingsReply,
  SettingsVersion,
  SettingsVersions,
} from "../contract/index.ts";
import { quietMsOf } from "../env.ts";
import { asFile } from "../lib/csv.ts";
import { dayIn } from "../lib/days.ts";
import type { Linked } from "../lib/ids.ts";
import { busiestHour, roundings } from "../orders/figures-store.ts";
import { openSales } from "../settings/auto-ship-store.ts";
import { capacityOf } from "../settings/capacity.ts";
import { foldName, proposals } from "../settings/choices/charge-items.ts";
import { importMappings, mappingsCsv, toRows } from "../settings/choices/mappings.ts";
import { type Fields, parseDocument } from "../settings/document.ts";
import { chargeAccountProblem } from "../settings/parts/accounts.ts";
import { CHARGE_ITEMS, CHARGE_KEYS, UNKNOWN_CHARGE } from "../settings/parts/charges.ts";
import { changes } from "../settings/parts/compose.ts";
import { currentSettings, savedVersion, settingsHistory } from "../settings/store.ts";
import { booksOf, findOrCreate } from "./charges-flow.ts";
import { choicesFor, type Fresh } from "./choices-action.ts";
import { accounts, findCustomers } from "./choices-flow.ts";
import { listsKept } from "./kept-lists-store.ts";
import { monthsUntil, roundingMonths, SIZES } from "./rounding-months.ts";
import { preview, save } from "./save-action.ts";

/** Setup (contract: settings, versions, choices, charges), mounted under /api/stores/:hash. Looking is for everybody. */
export const settingsRoutes = new Hono<ApiEnv>();

settingsRoutes.get("/settings", async (c) => c.json((await currentSettings(c.var.db, c.var.tenant)) satisfies SettingsReply));

settingsRoutes.put("/settings", async (c) => {
  need(c, "configure");
  const body = z.object({ basedOn: z.int().min(0), settings: z.unknown() }).safeParse(await bodyOf(c));
  if (!body.success) return fail(400, "not-readable", "The settings did not arrive whole. Reload the page and try again.");
  const document = parseDocument(body.data.settings);
  if (!document.ok) {
    const count = Object.keys(document.error).length;
    return fail(
      422,
      "not-valid",
      count === 1 ? "One field needs another look. Nothing was saved." : `${count} fields need another look. Nothing was saved.`,
      document.error,
    );
  }
  const reply: SettingsReply = await save(c, linked(c), body.data.basedOn, document.value);
  return c.json(reply);
});

/** The one switch of *Home*: it changes nothing else, and off asks nobody, so it works under any load. */
settingsRoutes.post("/settings/orders", async (c) => {
  need(c, "configure");
  const body = z.object({ on: z.boolean() }).safeParse(await bodyOf(c));
  if (!body.success) return fail(400, "not-readable", "Choose whether orders are taken.");
  const { version, settings } = await currentSettings(c.var.db, c.var.tenant);
  const orders = { ...settings.orders, on: body.data.on };
  return c.json((await save(c, linked(c), version, { ...settings, orders })) satisfies SettingsReply);
});

settingsRoutes.post("/settings/preview", async (c) => {
  need(c, "configure");
  const body = z.object({ settings: z.unknown() }).safeParse(await bodyOf(c));
  const document = parseDocument(body.data?.settings);
  // What cannot be saved yet is told when it is saved.
  return c.json((document.ok ? await preview(c, c.var.tenant, document.value) : null) satisfies CapturePreview | null);
});

settingsRoutes.get("/settings/versions", async (c) =>
  c.json({ versions: await settingsHistory(c.var.db, c.var.tenant) } satisfies SettingsVersions),
);

settingsRoutes.get("/settings/versions/:id", async (c) => {
  const { settings: now } = await currentSettings(c.var.db, c.var.tenant);
  const found = await versionOf(c, c.req.param("id"));
  return c.json({ ...found, wouldChange: changes(now, found.settings, c.var.store.timeZone) } satisfies SettingsVersion);
});

settingsRoutes.post("/settings/rollback", async (c) => {
  need(c, "configure");
  const body = z.object({ basedOn: z.int().min(0), version: z.int().min(1) }).safeParse(await bodyOf(c));
  if (!body.success) return fail(400, "not-readable", "The request could not be read. Reload the page and try again.");
  const { version, settings } = await versionOf(c, String(body.data.version));
  return c.json((await save(c, linked(c), body.data.basedOn, settings, { first: `Back to version ${version}` })) satisfies SettingsReply);
});

async function versionOf(c: ApiContext, text: string) {
  const found = /^\d{1,9}$/.test(text) ? await savedVersion(c.var.db, c.var.tenant, Number(text)) : null;
  return found ?? fail(404, "not-found", "There is no such version, or it is so old that its values are no longer kept.");
}

const kinds = z.enum(["tax", "payments"], { error: "Choose tax or payments." });

settingsRoutes.get("/settings/mappings.csv", async (c) => {
  const kind = kinds.safeParse(c.req.query("kind"));
  if (!kind.success) return fail(400, "not-readable", "Choose tax or payments.");
  const { settings } = await currentSettings(c.var.db, c.var.tenant);
  return asFile(mappingsCsv(kind.data, settings), "text/csv; charset=utf-8", `${c.var.store.hash}-${kind.data}.csv`);
});

settingsRoutes.post("/settings/mappings.csv", async (c) => {
  need(c, "configure");
  const body = z.object({ kind: kinds, csv: z.string().max(200_000), basedOn: z.int().min(0) }).safeParse(await bodyOf(c, BODY.csv));
  if (!body.success) return fail(400, "not-readable", "The file could not be read. Choose a CSV file of at most 200 KB.");
  const { kind, csv, basedOn } = body.data;
  const { settings } = await currentSettings(c.var.db, c.var.tenant);
  const imported = importMappings(kind, csv, settings);
  if (!imported.ok) return notValid(imported.error);
  const { lines } = imported.value;
  // Judged like a document that was typed in: lengths, doubles.
  const document = parseDocument(imported.value.settings);
  if (!document.ok) return notValid(toRows(document.error, lines));
  const how = { first: `Imported ${kind} from CSV`, rename: (fields: Fields) => toRows(fields, lines) };
  return c.json((await save(c, linked(c), basedOn, document.value, how)) satisfies SettingsReply);
});

const notValid = (fields: Fields): never =>
  fail(
    422,
    "not-valid",
    Object.keys(fields).length === 1
      ? "One line needs another look. Nothing was saved."
      : `${Object.keys(fields).length} lines need another look. Nothing was saved.`,
    fields,
  );

/** Busiest hour of the last 30 days. */
const BUSY_MS = 30 * 86_400_000;

settingsRoutes.get("/settings/capacity", async (c) => {
  const { db, tenant, config, now } = c.var;
  const { settings } = await currentSettings(db, tenant);
  const busiest = await busiestHour(db, tenant, new Date(now() - BUSY_MS).toISOString());
  const perMinute = Math.floor((config.cin7.quotaCalls * 60_000) / config.cin7.quotaWindowMs);
  return c.json(capacityOf(settings, perMinute, busiest) satisfies Capacity);
});

settingsRoutes.get("/settings/auto-ship", async (c) => {
  const to = c.req.query("to");
  if (to !== "on" && to !== "off") return fail(400, "not-readable", "Choose on or off.");
  return c.json((await openSales(c.var.db, linked(c), to === "off")) satisfies AutoShipAffected);
});

settingsRoutes.get("/settings/rounding", async (c) => {
  const { db, tenant, store, now } = c.var;
  const months = monthsUntil(dayIn(new Date(now()).toISOString(), store.timeZone), 6, store.timeZone);
  return c.json({ sizes: [...SIZES], months: roundingMonths(await roundings(db, tenant, months)) } satisfies Roundings);
});

const freshOf = (asked: string | undefined): Fresh => (asked === "1" ? "now" : asked === "idle" ? "idle" : "no");

settingsRoutes.get("/choices", async (c) => c.json((await choicesFor(c, freshOf(c.req.query("fresh")))) satisfies Choices));

/** The shoppers of every store of the account are among them: for who chooses the default customer. */
settingsRoutes.get("/choices/customers", async (c) => {
  need(c, "configure");
  const read = await findCustomers(await cin7Of(c), (c.req.query("q") ?? "").trim().slice(0, 100));
  if (read.is === "wait") return busy(read.at, c.var.now());
  if (read.is === "failed") return fail(502, "not-read", read.why);
  return c.json({ customers: read.value } satisfies CustomerChoices);
});

settingsRoutes.get("/charges", async (c) => {
  const tenant = linked(c);
  const kept = (await listsKept(c.var.db, tenant)).accounts;
  return c.json(await propose(c, tenant, kept?.value ?? (await chartOf(c, await cin7Of(c)))));
});

const wanted = z.object({
  create: z
    .array(
      z.object({
        key: z.enum(CHARGE_KEYS, { error: UNKNOWN_CHARGE }),
        name: z
          .string({ error: "Give the charge item a name." })
          .trim()
          .min(1, "Give the charge item a name.")
          .max(256, "Use at most 256 characters."),
        account: z.string({ error: "Choose an account." }).trim().min(1, "Choose an account.").max(50, "Use at most 50 characters."),
      }),
      { error: "Choose the charge items to create." },
    )
    .min(1, "Choose the charge items to create.")
    .max(CHARGE_KEYS.length, "Choose each charge item once."),
});

settingsRoutes.post("/charges", async (c) => {
  need(c, "configure");
  const body = wanted.safeParse(await bodyOf(c));
  if (!body.success) {
    const fields = Object.fromEntries(body.error.issues.map((issue) => [issue.path.join("."), issue.message]));
    return fail(422, "not-valid", "Some charge items need another look. Nothing was created.", fields);
  }
  const tenant = linked(c);
  const cin7 = await cin7Of(c);
  const chart = await chartOf(c, cin7);
  const { create } = body.data;
  const wrong: Fields = {};
  create.forEach((w, i) => {
    const problem = chargeAccountProblem(w.key, w.account, chart);
    if (problem) wrong[`create.${i}.account`] = problem;
    if (create.findIndex((other) => other.key === w.key) !== i)
      wrong[`create.${i}.key`] = "This charge is listed twice. Keep one of the two.";
  });
  if (Object.keys(wrong).length) return fail(422, "not-valid", "Some charge items need another look. Nothing was created.", wrong);

  const { config, db, now, session } = c.var;
  const context = {
    db,
    tenant,
    cin7,
    now,
    quietMs: quietMsOf(config),
    by: `setup:${tenant.store}:${session.user}:${crypto.randomUUID()}`,
    accounts: chart,
  };
  const books = booksOf(context);
  const made = new Map<string, { id: string; name: string }>();
  for (const [i, one] of create.entries()) {
    const result = await findOrCreate(context, one, books);
    if (result.is === "wait") return busy(result.at, now(), `${made.size} of ${create.length} are ready.`);
    if (result.is === "failed") return fail(503, "not-created", `${result.why} ${made.size} of ${create.length} are ready.`);
    if (result.is === "refused") wrong[`create.${i}.name`] = result.why;
    else made.set(one.key, result.value);
  }
  if (Object.keys(wrong).length)
    return fail(422, "not-created", `${made.size} of ${create.length} charge items are ready; the others need another look.`, wrong);
  const rest = await propose(c, tenant, chart);
  const charges = rest.charges.map((p) => {
    const ready = made.get(p.key);
    const asked = create.find((w) => w.key === p.key);
    return ready && asked ? { ...p, name: ready.name, account: asked.account, productId: ready.id } : p;
  });
  return c.json({ charges } satisfies ChargeProposals);
});

const cin7Of = async (c: ApiContext): Promise<Cin7> => (await c.var.clients()).cin7 ?? notLinked();

async function chartOf(c: ApiContext, cin7: Cin7) {
  const read = await accounts(cin7);
  if (read.is === "wait") return busy(read.at, c.var.now());
  if (read.is === "failed") return fail(502, "not-read", read.why);
  return read.value;
}

async function propose(c: ApiContext, tenant: Linked, chart: Parameters<typeof proposals>[1]): Promise<ChargeProposals> {
  const { settings } = await currentSettings(c.var.db, tenant);
  const names = Object.values(CHARGE_ITEMS).map((item) => foldName(item.name));
  // Without asking Cin7 Core: seen in the mirror, or made by us.
  const known = new Map([...(await servicesNamed(c.var.db, tenant, names)), ...(await chargesMade(c.var.db, tenant))]);
  return { charges: proposals(settings, chart, known) };
}
