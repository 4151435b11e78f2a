import { Hono } from "hono";
import * as z from "zod";
import { type ApiEnv, bodyOf, fail, need } from "../api/access.ts";
import type { Disconnecting } from "../contract/index.ts";
import { log, logBug } from "../lib/log.ts";
import { beginDisconnect } from "./store.ts";
import { CHOICES, ENDING_MS, isConfirmed, KEEP_DAYS } from "./words.ts";

/** `POST /disconnect` (F12, M46), mounted under /api/stores/:hash. What follows is the queue's work and survives a crash. */
export const leaveRoutes = new Hono<ApiEnv>();

const form = z.object({ confirm: z.unknown(), choice: z.enum(CHOICES as ["keep-links", "remove-everything", "move"]) });

leaveRoutes.post("/disconnect", async (c) => {
  need(c, "configure");
  const { config, db, tenant, store, session, inbox, now } = c.var;
  const body = form.safeParse(await bodyOf(c));
  if (!body.success) return fail(400, "not-readable", "Choose what happens with the links, then confirm again.");
  const { confirm, choice } = body.data;
  if (!isConfirmed(confirm, store)) {
    const sentence = `Type the store's name as it is shown: ${store.name || store.hash}.`;
    return fail(422, "not-confirmed", sentence, { confirm: sentence });
  }
  if (choice === "move" && !tenant.account)
    return fail(409, "not-linked", "The store is not linked to a Cin7 Core account. Enter the code of the new one.");
  const begun = await beginDisconnect(db, tenant, choice, session.name, new Date(now()).toISOString());
  if (!begun) return fail(409, "closing", "This store is being disconnected already.");
  log({ event: "install", store: tenant.store, outcome: `disconnect-${choice}` });
  try {
    await inbox.put([{ kind: "store.close" }]);
  } catch (error) {
    // The watching cron puts it again: what was asked for is stored.
    logBug(error, { kind: "store.close", store: tenant.store });
  }
  const reply: Disconnecting = {
    choice,
    doneAbout: new Date(now() + ENDING_MS / config.timeScale).toISOString(),
    keptUntil: choice === "keep-links" ? new Date(now() + KEEP_DAYS * 86_400_000).toISOString() : null,
  };
  return c.json(reply);
});
