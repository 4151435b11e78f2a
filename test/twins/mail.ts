import { Hono } from "hono";
import { html } from "hono/html";
import { plainPage } from "./pages/layout.ts";

/** A mail provider that delivers nowhere: takes what Resend takes, keeps the newest 200 messages, shows them at `/mail-console`. */
export type Message = { id: string; at: string; from: string; to: string[]; subject: string; text: string };

const KEPT = 200;

export function createMail(now: () => number) {
  let messages: Message[] = [];
  /** By idempotency key: the same request again answers the same message. */
  let known = new Map<string, string>();

  const api = new Hono();
  api.post("/", async (c) => {
    if (!/^Bearer \S+$/.test(c.req.header("authorization") ?? "")) return c.json({ statusCode: 401, name: "missing_api_key" }, 401);
    const { from, to, subject, text } = await c.req.json<Partial<Record<keyof Message, unknown>>>();
    const given = (Array.isArray(to) ? to : [to]).filter((address) => typeof address === "string" && address.includes("@")) as string[];
    if (typeof from !== "string" || given.length === 0 || typeof subject !== "string" || typeof text !== "string")
      return c.json({ statusCode: 422, name: "validation_error", message: "from, to, subject and text are needed" }, 422);
    const once = c.req.header("idempotency-key");
    const before = once && known.get(once);
    if (before) return c.json({ id: before });
    const id = `mail-${messages.length + 1}`;
    messages = [{ id, at: new Date(now()).toISOString(), from, to: given, subject, text }, ...messages].slice(0, KEPT);
    if (once) known.set(once, id);
    return c.json({ id });
  });

  const console = new Hono();
  console.get("/", (c) => {
    const cards = messages.map(
      (m) =>
        html`<div class="card"><h2>${m.subject}</h2><p class="dim">${m.at} · to ${m.to.join(", ")} · from ${m.from}</p><pre>${m.text}</pre></div>`,
    );
    return c.html(plainPage("Mail", html`<h1>Mail</h1>${cards.length ? cards : html`<p class="dim">No messages yet.</p>`}`));
  });

  return {
    api,
    console,
    state: (): readonly Message[] => messages,
    reset() {
      messages = [];
      known = new Map();
    },
  };
}
