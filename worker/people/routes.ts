import { Hono } from "hono";
import * as z from "zod";
import { type ApiEnv, bodyOf, fail, need } from "../api/access.ts";
import type { People, Person, Role } from "../contract/index.ts";
import { auditLine } from "../lib/db/audit.ts";
import { people, setRole } from "./store.ts";

/** Who may do what (M47), mounted under /api/stores/:hash. */
export const peopleRoutes = new Hono<ApiEnv>();

peopleRoutes.get("/people", async (c) => {
  need(c, "configure");
  return c.json({ people: await people(c.var.db, c.var.tenant) } satisfies People);
});

const MAY: Record<Role, string> = {
  view: "look",
  operate: "look, process orders and answer what needs attention",
  configure: "do everything",
};

peopleRoutes.put("/people/:id", async (c) => {
  need(c, "configure");
  const { db, tenant, session, now } = c.var;
  const id = c.req.param("id");
  const body = z.object({ role: z.enum(["view", "operate", "configure"]) }).safeParse(await bodyOf(c));
  if (!body.success) return fail(422, "not-valid", "Choose what this person may do.", { role: "Choose what this person may do." });
  const { role } = body.data;
  if (session.mode === "panel" && String(session.user) === id)
    return fail(409, "yourself", "You cannot change your own role. Ask the store owner.");
  const at = new Date(now()).toISOString();
  const changed = /^\d{1,12}$/.test(id) ? await setRole(db, tenant, Number(id), role, { by: session.name, at }) : null;
  if (!changed) return fail(404, "not-found", "There is no such user. The store owner's role cannot be changed.");
  await auditLine(db, tenant, { at, by: session.name, what: `Let ${changed.email} ${MAY[role]}` });
  return c.json(changed satisfies Person);
});
