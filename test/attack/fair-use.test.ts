import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../worker/app/routes.ts";
import type { ApiError } from "../../worker/contract/index.ts";
import { open } from "../../worker/lib/db/open.ts";
import { type AccountId, type Linked, type StoreHash, tenantOf } from "../../worker/lib/ids.ts";
import { raise } from "../../worker/problems/store.ts";
import { defaults } from "../../worker/settings/parts/compose.ts";
import { currentSettings, savedVersion, saveSettings, settingsHistory } from "../../worker/settings/store.ts";
import deployed from "../../wrangler.toml?raw";
import { ACCOUNT, bindings, OTHER_STORE, STORE, tokenFor, twoMerchants } from "./world.ts";

/**
 * What one person, and one merchant, may take of what all share. The limits are those of wrangler.toml; Cloudflare's windows
 * follow the clock, so here a window never ends.
 */
const limitOf = (name: string): number =>
  Number(new RegExp(`name = "${name}"\nnamespace_id = "\\d+"\nsimple = \\{ limit = (\\d+), period = \\d+ \\}`).exec(deployed)?.[1]);
const [ASK, TIGHT, SEARCH] = [limitOf("API_LIMIT"), limitOf("API_TIGHT"), limitOf("API_SEARCH")] as const;
const SEARCH_ALL = limitOf("API_SEARCH_ALL");
const counts = new Map<string, number>();
const limiter = (name: string, most: number): RateLimit => ({
  limit: async ({ key }) => {
    const count = (counts.get(`${name} ${key}`) ?? 0) + 1;
    counts.set(`${name} ${key}`, count);
    return { success: count <= most };
  },
});
const limited = {
  ...bindings,
  API_LIMIT: limiter("ask", ASK),
  API_TIGHT: limiter("tight", TIGHT),
  API_SEARCH: limiter("search", SEARCH),
  API_SEARCH_ALL: limiter("all", SEARCH_ALL),
};
const HOME = `/api/stores/${STORE}`;

const ask = (token: string, path: string, method = "GET", body: unknown = {}) =>
  app.request(
    `http://app.test${path}`,
    {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
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

  it.each(["orders?q=tee", "orders?sort=customer", "orders?sort=total", "orders?sort=placedAt", "attention?q=tax"])(
    "is five lists of %s at once, as all orders are looked at for each; the list itself goes on",
    async (asked) => {
      const token = await person();
      expect(await taken(SEARCH + 20, () => ask(token, `${HOME}/${asked}`))).toBe(SEARCH);
      const refused = await ask(token, `${HOME}/orders?q=tee`);
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "10"]);
      expect(((await refused.json()) as ApiError).error).toMatchObject({
        message: expect.stringMatching(/in ten seconds\.$/),
        seconds: 10,
      });
      expect((await ask(token, `${HOME}/orders`)).status).toBe(200);
    },
  );

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
    expect(await taken(TIGHT + 20, () => ask(token, `${HOME}/choices?fresh=1`))).toBe(TIGHT);
  });
});

describe("what one person may leave behind", () => {
  it("is no decision about locked books that Cin7 Core never spoke of; one that it named is taken", async () => {
    const token = await person();
    const answer = async (lockedTo: string) => (await ask(token, `${HOME}/locked-books`, "POST", { lockedTo })).status;
    for (let day = 10; day < 20; day++) expect(await answer(`2031-01-${day}`)).toBe(404);
    expect(await env.DB.prepare("SELECT COUNT(*) AS n FROM decisions").first("n")).toBe(0);
    const problem = { kind: "books-locked", lockedTo: "2025-10-31", openDay: "2025-11-01" } as const;
    await raise(open(bindings), tenantOf(STORE as StoreHash, ACCOUNT as AccountId, 1), [problem], 1001, "2026-01-05T09:00:00.000Z");
    expect([await answer("2025-10-31"), await answer("2025-11-30")]).toEqual([200, 404]);
    expect(await env.DB.prepare("SELECT key FROM decisions").first("key")).toBe("post-open:2025-10-31");
  });

  it("is the newest hundred versions of Setup with all their values, and those that orders were sent with; of others who, when and what", async () => {
    const tenant = tenantOf(STORE as StoreHash, ACCOUNT as AccountId, 1) as Linked;
    const db = open(bindings);
    const before = "2026-01-05T09:00:00.000Z";
    await env.DB.prepare(
      "INSERT INTO orders (store_hash, order_id, account_id, placed_at, status_id, state, settings_version, updated_at) VALUES (?, 1, ?, ?, 11, 'sent', 7, ?)",
    )
      .bind(STORE, ACCOUNT, before, before)
      .run();
    for (let n = 0; n < 140; n++) {
      const save = { basedOn: n, settings: defaults(), changes: [`Change ${n + 1}`], by: "ann", at: before, lookBefore: false };
      expect(await saveSettings(db, tenant, save)).toBe(n + 1);
    }
    const versions = await settingsHistory(db, tenant);
    expect([versions.length, versions.at(-1)]).toEqual([140, { version: 1, savedAt: before, savedBy: "ann", changes: ["Change 1"] }]);
    const whole = await env.DB.prepare(
      "SELECT group_concat(version) AS v FROM settings_versions WHERE document <> 'null' AND version <= 45",
    ).first("v");
    expect(whole).toBe("7,41,42,43,44,45");
    expect([
      await savedVersion(db, tenant, 40),
      (await savedVersion(db, tenant, 7))?.version,
      (await currentSettings(db, tenant)).version,
    ]).toEqual([null, 7, 140]);
  });
});

describe("what the people of one merchant may ask together", () => {
  it("is 20 searches within ten seconds, and that is what is said: who makes persons gains nothing", async () => {
    expect(deployed).toMatch(/name = "API_SEARCH_ALL"\nnamespace_id = "\d+"\nsimple = \{ limit = 20, period = 10 \}/);
    counts.set(`all search:panel:${OTHER_STORE}`, SEARCH_ALL - 2);
    const search = async () => ask(await person(OTHER_STORE), `/api/stores/${OTHER_STORE}/orders?q=tee`);
    expect([(await search()).status, (await search()).status]).toEqual([200, 200]);
    const refused = await search();
    expect([refused.status, refused.headers.get("retry-after"), ((await refused.json()) as ApiError).error]).toEqual([
      429,
      "10",
      {
        code: "too-many",
        message: "More was searched or sorted within ten seconds than Lockstep takes from one merchant. Try again in ten seconds.",
        seconds: 10,
      },
    ]);
  });

  it("is 600 changes within a minute, and that is what is said", async () => {
    counts.set(`ask change:panel:${OTHER_STORE}`, ASK);
    const refused = await ask(await person(OTHER_STORE), `/api/stores/${OTHER_STORE}/settings`, "PUT");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(((await refused.json()) as ApiError).error.message).toBe(
      "More was changed within a minute than Lockstep takes from one merchant, so this was not done. Try again in a minute.",
    );
  });
});
