import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../worker/app/routes.ts";
import type { ApiError } from "../../worker/contract/index.ts";
import deployed from "../../wrangler.toml?raw";
import { bindings, OTHER_STORE, STORE, tokenFor, twoMerchants } from "./world.ts";

/**
 * What one person, and one merchant, may take of what all share. The limits are those of wrangler.toml; Cloudflare's windows
 * follow the clock, so here a window never ends.
 */
const limitOf = (name: string): number =>
  Number(new RegExp(`name = "${name}"\nnamespace_id = "\\d+"\nsimple = \\{ limit = (\\d+), period = 60 \\}`).exec(deployed)?.[1]);
const [ASK, TIGHT] = [limitOf("API_LIMIT"), limitOf("API_TIGHT")] as const;
const counts = new Map<string, number>();
const limiter = (name: string, most: number): RateLimit => ({
  limit: async ({ key }) => {
    const count = (counts.get(`${name} ${key}`) ?? 0) + 1;
    counts.set(`${name} ${key}`, count);
    return { success: count <= most };
  },
});
const limited = { ...bindings, API_LIMIT: limiter("ask", ASK), API_TIGHT: limiter("tight", TIGHT) };
const HOME = `/api/stores/${STORE}`;

const ask = (token: string, path: string, method = "GET") =>
  app.request(
    `http://app.test${path}`,
    {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(method === "GET" ? {} : { body: "{}" }),
    },
    limited,
  );
/** How many of so many, at once, were not refused for their number. */
async function taken(times: number, one: () => Promise<Response> | Response): Promise<number> {
  let passed = 0;
  for (let done = 0; done < times; done += 50) {
    const answers = await Promise.all(Array.from({ length: Math.min(50, times - done) }, one));
    passed += answers.filter((answer) => answer.status !== 429).length;
  }
  return passed;
}

let user = 0;
const person = async (hash = STORE) => {
  user++;
  await env.DB.prepare(
    "INSERT INTO users (store_hash, user_id, role, email, owner, first_seen_at, last_seen_at) VALUES (?, ?, 'configure', '', 0, '', '')",
  )
    .bind(hash, 1000 + user)
    .run();
  return tokenFor("panel", hash, 1000 + user);
};
beforeEach(async () => {
  counts.clear();
  await twoMerchants();
});

describe("what one person may ask within a minute", () => {
  it("is 600 requests, those of a new launch included; then 429 with when to come again and a sentence; others are as before", async () => {
    const mine = await person();
    const colleague = await person();
    const stranger = await person(OTHER_STORE);
    expect(await taken(ASK + 40, () => ask(mine, "/api/me"))).toBe(ASK);
    const refused = await ask(await tokenFor("panel", STORE, 1000 + user - 2), "/api/me");
    expect([refused.status, refused.headers.get("retry-after"), refused.headers.get("cache-control")]).toEqual([429, "60", "no-store"]);
    expect(((await refused.json()) as ApiError).error).toEqual({
      code: "too-many",
      message: "More was asked within a minute than Lockstep takes from one person. Try again in a minute.",
    });
    expect([(await ask(colleague, "/api/me")).status, (await ask(stranger, "/api/me")).status]).toEqual([200, 200]);
  });

  it("is 60 changes, whatever comes of them; reading goes on", async () => {
    const token = await person();
    expect(await taken(TIGHT + 20, () => ask(token, `${HOME}/settings`, "PUT"))).toBe(TIGHT);
    expect((await ask(token, `${HOME}/alerts`, "PUT")).status).toBe(429);
    expect((await ask(token, `${HOME}/settings`)).status).toBe(200);
  });

  it("is 60 searches of orders; the list itself goes on", async () => {
    const token = await person();
    expect(await taken(TIGHT + 20, () => ask(token, `${HOME}/orders?q=tee`))).toBe(TIGHT);
    expect((await ask(token, `${HOME}/orders`)).status).toBe(200);
  });

  it("is 60 files, and 60 questions that spend calls of the vendors", async () => {
    const token = await person();
    expect(
      await taken(TIGHT + 20, async () => {
        const answer = await ask(token, `${HOME}/orders/unpaid.csv`);
        await answer.text();
        return answer;
      }),
    ).toBe(TIGHT);
    expect((await ask(token, `${HOME}/evidence`)).status).toBe(429);
    expect(await taken(TIGHT + 20, () => ask(token, `${HOME}/choices`))).toBe(TIGHT);
  });
});

describe("what the people of one merchant may ask together", () => {
  it("is 600 searches within a minute: who makes persons gains nothing", async () => {
    counts.set(`ask search:panel:${OTHER_STORE}`, ASK - 2);
    const searched = async () => (await ask(await person(OTHER_STORE), `/api/stores/${OTHER_STORE}/orders?q=tee`)).status;
    expect([await searched(), await searched(), await searched()]).toEqual([200, 200, 429]);
  });
});
