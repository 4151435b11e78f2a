import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { StoreRow } from "../../../worker/api/access.ts";
import type { Person } from "../../../worker/contract/index.ts";
import { homeRoutes } from "../../../worker/home/routes.ts";
import { audit, users } from "../../../worker/lib/db/schema/tables.ts";
import { peopleRoutes } from "../../../worker/people/routes.ts";
import { addStore, api, db, iso, NOW } from "../../harness/api.ts";

let store: StoreRow;
const person = (userId: number, more: Partial<typeof users.$inferInsert> = {}) =>
  db()
    .insert(users)
    .values({
      storeHash: "abc123",
      userId,
      email: `u${userId}@example.com`,
      owner: false,
      role: "view",
      firstSeenAt: iso(),
      lastSeenAt: iso(NOW + userId),
      ...more,
    });
beforeEach(async () => {
  store = await addStore();
  await person(1, { owner: true, role: "configure" });
  await person(2);
  await person(3, { role: "operate" });
  await person(4, { active: false });
  await person(2, { storeHash: "zzz999" });
});
afterEach(() => vi.restoreAllMocks());
const seen = (people: Person[]) => people.map((p) => [p.id, p.role, p.isNew]);
const roleOf = async (id: number) => (await db().select().from(users).where(eq(users.userId, id))).map((u) => u.role);

it("the owner first, then who came last; who was removed and other stores' people are not shown (M47)", async () => {
  const { get } = await api(peopleRoutes, store);
  expect(seen((await get("/people")).body.people)).toEqual([
    [1, "configure", false],
    [3, "operate", false],
    [2, "view", true],
  ]);
});

it("a role changes at once, is in the audit, and Home no longer asks", async () => {
  const { send } = await api(peopleRoutes, store);
  const home = await api(homeRoutes, store);
  expect((await home.get("/home")).body.newPeople).toEqual([{ id: 2, email: "u2@example.com" }]);
  expect((await send("PUT", "/people/2", { role: "operate" })).body).toMatchObject({ role: "operate", isNew: false });
  expect(await roleOf(2)).toEqual(["operate", "view"]);
  expect((await db().select().from(audit))[0]).toMatchObject({ by: "ann@example.com", what: expect.stringContaining("u2@example.com") });
  expect((await home.get("/home")).body.newPeople).toEqual([]);
});

it("'only look' is an answer too, until the person was removed and came back", async () => {
  const { send } = await api(peopleRoutes, store);
  await send("PUT", "/people/2", { role: "view" });
  const home = await api(homeRoutes, store);
  expect((await home.get("/home")).body.newPeople).toEqual([]);
  await db()
    .update(users)
    .set({ removedAt: NOW / 1000 + 60 })
    .where(eq(users.userId, 2));
  expect((await home.get("/home")).body.newPeople).toHaveLength(1);
});

it("nobody but who may configure; never the owner, oneself, somebody removed, another store's person, a made-up role", async () => {
  for (const role of ["view", "operate"] as const) {
    const { get, send } = await api(peopleRoutes, store, { role });
    expect([(await get("/people")).status, (await send("PUT", "/people/2", { role: "configure" })).status]).toEqual([403, 403]);
    expect((await (await api(homeRoutes, store, { role })).get("/home")).body.newPeople).toEqual([]);
  }
  const { send } = await api(peopleRoutes, store);
  expect((await send("PUT", "/people/1", { role: "view" })).status).toBe(404);
  expect((await send("PUT", "/people/4", { role: "operate" })).status).toBe(404);
  expect((await send("PUT", "/people/99", { role: "operate" })).status).toBe(404);
  expect((await send("PUT", "/people/x", { role: "operate" })).status).toBe(404);
  expect((await send("PUT", "/people/2", { role: "root" })).status).toBe(422);
  expect(await roleOf(1)).toEqual(["configure"]);
});
