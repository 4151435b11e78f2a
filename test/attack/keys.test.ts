import { describe, expect, it } from "vitest";
import { configOf, type Env } from "../../worker/env.ts";
import { fingerprints } from "../../worker/lib/crypto.ts";
import { bindings, pathOf, table, worker } from "./world.ts";

/** What nobody should be able to deploy, and what every answer carries. */
const KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE";
const OTHER = "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU";
const start = (more: Record<string, unknown>) => () => configOf({ ...bindings, ...more } as Env);
const sealing = (current: number, keys: Record<string, string>) => ({ SEALING_KEYS: JSON.stringify({ current, keys }) });

describe("keys", () => {
  it.each([
    ["a current number without a key", sealing(2, { "1": KEY })],
    ["a key of 16 bytes", sealing(1, { "1": KEY.slice(0, 22) })],
    ["a key that is longer", sealing(1, { "1": `${KEY}AAAA` })],
    ["a key that is no base64", sealing(1, { "1": "!".repeat(43) })],
    ["one key under two numbers", sealing(1, { "1": KEY, "2": `${KEY}=` })],
    ["a name for a number", sealing(1, { "1": KEY, new: OTHER })],
    ["a short session key", { SESSION_KEY: "0123456789abcdef" }],
  ])("with %s nothing starts", (_, more) => expect(start(more)).toThrow(/SEALING_KEYS|SESSION_KEY/));

  it("of 32 bytes each, in either alphabet, it does", () => {
    expect(start(sealing(2, { "1": KEY, "2": OTHER }))).not.toThrow();
  });

  it("each purpose has its own, and a retired one is still looked up", async () => {
    const keys = { current: 2, keys: { "1": KEY, "2": OTHER } };
    const [now, before] = await fingerprints(keys, "shopper", "x");
    expect((await fingerprints({ current: 1, keys: { "1": KEY } }, "shopper", "x"))[0]).toBe(before);
    expect(new Set([now, before, ...(await fingerprints(keys, "link-code", "x"))]).size).toBe(4);
  });
});

describe("headers", () => {
  it.each(["/", "/health", "/api/me", "/api/nothing", "/load", "/setup/orders", "/callback.css"])(
    "%s is https for good and of the type it says",
    async (path) => {
      const { headers } = await worker.default.fetch(`http://app.test${path}`);
      expect(headers.get("strict-transport-security")).toContain("max-age=31536000");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    },
  );

  it.each(["/", "/setup/orders", "/load"])("the page %s is kept by nobody, whatever the assets say", async (path) => {
    const { headers } = await worker.default.fetch(`http://app.test${path}`);
    expect(headers.get("content-type")).toContain("text/html");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors");
  });

  it("every route of the router's table is https for good, of the type it says and, but for one style sheet and whether we are there, kept by nobody", async () => {
    const kept: string[] = [];
    for (const route of table) {
      const body = route.method === "GET" ? {} : { body: "{}" };
      const { headers } = await worker.default.fetch(`http://app.test${pathOf(route)}`, {
        method: route.method,
        redirect: "manual",
        ...body,
      });
      // What BigCommerce's own machines send is answered with a number and nothing else.
      if (route.path.startsWith("/webhooks/") || route.path === "*") continue;
      expect([route.key, headers.get("strict-transport-security"), headers.get("x-content-type-options")]).toEqual([
        route.key,
        "max-age=31536000; includeSubDomains",
        "nosniff",
      ]);
      if (headers.get("cache-control") !== "no-store") kept.push(route.key);
    }
    expect(kept.sort()).toEqual(["GET /callback.css", "GET /health"]);
  });
});
