import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { app } from "../../worker/app/routes.ts";
import { parseJson } from "../../worker/lib/body.ts";
import { bindings, pathOf, ROLES, type Route, STORE, table, tokenFor, twoMerchants } from "./world.ts";

/**
 * Bodies that are larger than they say, or say nothing of their size: what is sent is counted while it is read, on every
 * route that takes a body, so that a stranger cannot fill the memory that all merchants share.
 */
const CHUNK = 16_384;
const PUBLIC = new Set(["POST /api/session", "POST /api/sign-in"]);
const writes = table.filter((route) => route.method !== "GET");

/** A body of `total` bytes that is made while it is read; `taken()`: how many bytes were asked for. */
function endless(total: number, fill = "["): { body: ReadableStream<Uint8Array>; taken: () => number } {
  const chunk = new TextEncoder().encode(fill.repeat(CHUNK).slice(0, CHUNK));
  let sent = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (sent >= total) return controller.close();
        sent += chunk.byteLength;
        controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  return { body, taken: () => sent };
}

let sent = 0;
/** The README's number. */
afterAll(() =>
  console.log(`attack: ${sent} bodies of 100 MB, of a size that is lied about, or nested too deep, to ${writes.length + 1} routes`),
);

async function send(route: Route, token: string | null, body: ReadableStream<Uint8Array>, more: Record<string, string> = {}) {
  sent++;
  const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}), ...more };
  return app.request(new Request(`http://app.test${pathOf(route)}`, { method: route.method, headers, body }), {}, bindings);
}

beforeEach(twoMerchants);

describe("a body of 100 MB, in pieces and without a word of its size", { timeout: 60_000 }, () => {
  it("is read no further than the route takes: 4 KB where anybody may send, 512 KB elsewhere", async () => {
    const token = await tokenFor("panel", STORE, ROLES.configure);
    for (const route of writes) {
      const { body, taken } = endless(100_000_000);
      const answer = await send(route, token, body);
      const most = (PUBLIC.has(route.key) ? 4096 : 524_288) + 2 * CHUNK;
      expect([route.key, taken() <= most, answer.status < 500]).toEqual([route.key, true, true]);
    }
  });

  it("is refused as too large, and so is one whose header says that it is small", async () => {
    const token = await tokenFor("panel", STORE, ROLES.configure);
    for (const key of [...PUBLIC, "PUT /api/stores/:hash/settings", "POST /api/stores/:hash/settings/mappings.csv"]) {
      const route = writes.find((r) => r.key === key) as Route;
      expect([key, (await send(route, token, endless(100_000_000).body)).status]).toEqual([key, 413]);
      expect([key, (await send(route, token, endless(100_000_000).body, { "content-length": "10" })).status]).toEqual([key, 413]);
    }
    const hook = { method: "POST", path: "/webhooks/bigcommerce", key: "" };
    const { body, taken } = endless(100_000_000);
    expect((await send(hook, null, body, { "content-length": "10" })).status).toBe(413);
    expect(taken()).toBeLessThan(65_536 + 2 * CHUNK);
  });

  it("that says how large it is, is not read at all", async () => {
    const { body, taken } = endless(100_000_000);
    const route = writes.find((r) => r.key === "POST /api/sign-in") as Route;
    expect((await send(route, null, body, { "content-length": "100000000" })).status).toBe(413);
    expect(taken()).toBeLessThanOrEqual(CHUNK);
  });
});

describe("JSON that is nested", () => {
  it("deeper than anything of ours is not JSON to us, however it is written; brackets in texts do not count", () => {
    const deep = (n: number, [open, close]: [string, string] = ["[", "]"]) => open.repeat(n) + close.repeat(n);
    expect(parseJson(deep(32))).toEqual(JSON.parse(deep(32)));
    for (const text of [deep(33), deep(100_000), `{"a":${deep(40)}}`, deep(40, ['{"a":[', "]}"]), `["\\"", "\\\\", ${deep(40)}]`])
      expect(parseJson(text)).toBeUndefined();
    const quoted = JSON.stringify({ a: '[[[["\\'.repeat(1000) });
    expect(parseJson(quoted)).toEqual(JSON.parse(quoted));
    expect(parseJson("{")).toBeUndefined();
  });

  it("is refused at once on every route that takes a body", async () => {
    const token = await tokenFor("panel", STORE, ROLES.configure);
    for (const key of ["POST /api/session", "PUT /api/stores/:hash/settings"]) {
      const route = writes.find((r) => r.key === key) as Route;
      const deep = new Response("[".repeat(1000) + "]".repeat(1000)).body as ReadableStream<Uint8Array>;
      expect([key, (await send(route, token, deep)).status]).toEqual([key, 400]);
    }
  });
});
