import { Hono } from "hono";
import * as z from "zod";
import { forgetCustomer } from "../accounts/shopper-store.ts";
import { type ApiContext, type ApiEnv, bodyOf, fail, need } from "../api/access.ts";
import { fairUseHere } from "../api/limits.ts";
import type { Erased, History } from "../contract/index.ts";
import { asFile, csvLine } from "../lib/csv.ts";
import { dayIn } from "../lib/days.ts";
import { auditHourly, auditLine } from "../lib/db/audit.ts";
import { askErase } from "../orders/decisions-store.ts";
import { readStages } from "../orders/state.ts";
import { COLUMNS, type Format, fileName, PARTS, type PartName } from "./evidence.ts";
import { printsOf } from "./keep-flow.ts";
import { type Cells, erasePersons, evidenceRows, formerOrders, ordersOfShopper } from "./store.ts";

/** Evidence, history and erasure (M46, N20), mounted under /api/stores/:hash. */
export const lifecycleRoutes = new Hono<ApiEnv>();

// ---- evidence --------------------------------------------------------------------------------------------------

const asked = z.object({ part: z.enum(PARTS).optional(), format: z.enum(["csv", "ndjson"]).optional() });

/** `GET /evidence?part=orders&format=csv`; without a part everything as NDJSON, each line naming its part. Streamed: nothing is kept whole. */
lifecycleRoutes.get("/evidence", async (c) => {
  need(c, "configure");
  await fairUseHere(c, "file");
  const query = asked.safeParse(c.req.query());
  if (!query.success) return fail(400, "not-readable", `Choose one of ${PARTS.join(", ")}.`);
  const part = query.data.part ?? null;
  const format: Format = part === null ? "ndjson" : (query.data.format ?? "csv");
  const { tenant, store, session, now } = c.var;
  const at = new Date(now()).toISOString();
  await auditHourly(c.var.db, tenant, { at, by: session.name, what: `Exported the evidence${part ? ` (${part})` : ""}` });
  const file = fileName(tenant.store, part, dayIn(at, store.timeZone), format);
  return asFile(
    evidence(c, part === null ? PARTS : [part], format),
    format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
    file,
  );
});

function evidence(c: ApiContext, parts: readonly PartName[], format: Format): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const left = [...parts];
  let after: Cells | null = null;
  return new ReadableStream({
    start(controller) {
      const [first] = parts;
      if (format === "csv" && first) controller.enqueue(encoder.encode(csvLine(COLUMNS[first].map(([name]) => name))));
    },
    async pull(controller) {
      const part = left[0];
      if (!part) return controller.close();
      // A console session knows its own account only, like in the history below.
      const former = c.var.session.mode === "panel";
      const { rows, last } = await evidenceRows(c.var.db, c.var.tenant, part, after, former);
      if (last === null) {
        left.shift();
        after = null;
        // Nothing was enqueued, so nobody would pull again.
        return left.length === 0 ? controller.close() : controller.enqueue(new Uint8Array());
      }
      after = last;
      const names = COLUMNS[part].map(([name]) => name);
      const line = (cells: (string | number | null)[]) =>
        format === "csv"
          ? csvLine(cells)
          : `${JSON.stringify({ part, ...Object.fromEntries(names.map((name, i) => [name, cells[i]])) })}\n`;
      controller.enqueue(encoder.encode(rows.map(line).join("")));
    },
  });
}

// ---- history of former accounts --------------------------------------------------------------------------------

const PER_PAGE = 25;

lifecycleRoutes.get("/history", async (c) => {
  const page = z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .catch(1)
    .parse(c.req.query("page") ?? 1);
  const { rows, total } = await formerOrders(c.var.db, c.var.tenant, PER_PAGE, (page - 1) * PER_PAGE);
  // The former account is named only to who proved control of the store (design 1).
  const named = c.var.session.mode === "panel";
  const reply: History = {
    rows: rows.map((row) => ({ ...row, stages: readStages(row.stages), company: named ? (row.company ?? "") : "" })),
    total,
    page,
    perPage: PER_PAGE,
  };
  return c.json(reply);
});

// ---- a shopper is erased ---------------------------------------------------------------------------------------

lifecycleRoutes.post("/erase", async (c) => {
  need(c, "configure");
  const { db, tenant, inbox, session, now } = c.var;
  const body = z.object({ email: z.string().trim().toLowerCase().min(3).max(320).includes("@") }).safeParse(await bodyOf(c));
  if (!body.success) return fail(422, "not-valid", "Enter the shopper's e-mail address.", { email: "Enter the shopper's e-mail address." });
  const { email } = body.data;
  const { settled, waiting } = await ordersOfShopper(db, tenant, email);
  const at = new Date(now()).toISOString();
  // What was sent and answered first: should the queue not answer, the orders can still be found by this address.
  const payloads = settled.length > 0 ? await inbox.forget(settled) : 0;
  const erased = settled.length > 0 ? await erasePersons(db, tenant, settled, at) : 0;
  // Whether or not an order still names them: after their keeping time only this is left.
  await forgetCustomer(db, tenant, await printsOf(c.var.config.sealingKeys, tenant, email));
  if (waiting.length > 0) await askErase(db, tenant, waiting, session.name, at);
  await auditLine(db, tenant, {
    at,
    by: session.name,
    what: `Erased a shopper: ${erased} orders, ${waiting.length} when they are finished`,
  });
  return c.json({ orders: erased, payloads, waiting: waiting.length } satisfies Erased);
});
