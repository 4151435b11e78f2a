import { beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { type Looked, type Write, writeOnce } from "../../../worker/inbox/claim.ts";
import type { Answer } from "../../../worker/lib/http.ts";
import { claimsInMemory, type MemoryClaims } from "../../harness/claims.ts";

/** A peer that commits or not, and answers or not; claims in memory; a clock in the test's hand. */
const QUIET = 120_000;
let now = 0;
let claims: MemoryClaims;
let peer: { committed: string[]; sends: number; looks: number };
let answer: (committed: boolean) => Answer;
let commits: boolean;

beforeEach(() => {
  now = 1_000_000;
  claims = claimsInMemory(() => now);
  peer = { committed: [], sends: 0, looks: 0 };
  commits = true;
  answer = () => ({ is: "ok", status: 200, body: { id: `sale-${peer.committed.length}` }, headers: new Headers() });
});

const write = (more: Partial<Write<{ id: string }>> = {}) =>
  writeOnce<{ id: string }>(
    { claims, now: () => now, quietMs: QUIET },
    {
      step: "order:1:g1:sale",
      mark: "ls:store1:1:g1",
      look: async (): Promise<Looked<{ id: string }>> => {
        peer.looks++;
        return peer.committed.length > 0 ? { is: "found", value: { id: peer.committed[0] as string } } : { is: "absent" };
      },
      permit: async () => ({ granted: true }),
      send: async () => {
        peer.sends++;
        if (commits) peer.committed.push(`sale-${peer.committed.length + 1}`);
        return answer(commits);
      },
      kept: z.object({ id: z.string() }),
      read: (body) => (body && typeof body === "object" && "id" in body ? (body as { id: string }) : null),
      ...more,
    },
  );

const trouble: Answer = { is: "trouble", why: "timeout", status: null };

describe("one rule for every remote write (design 3.2)", () => {
  it("the happy path writes once, without a look", async () => {
    expect(await write()).toEqual({ is: "written", value: { id: "sale-1" }, adopted: false });
    expect(await write()).toEqual({ is: "written", value: { id: "sale-1" }, adopted: false });
    expect(peer).toEqual({ committed: ["sale-1"], sends: 1, looks: 0 });
  });

  it("what a claim keeps in a form that nobody knows is no answer: it is looked for, adopted, and never written blindly", async () => {
    await write();
    claims.all.set("order:1:g1:sale", { mark: "ls:store1:1:g1", startedAt: now, attempt: 1, lookedAt: null, answer: { number: 7 } });
    expect(await write()).toEqual({ is: "written", value: { id: "sale-1" }, adopted: true });
    expect(peer).toEqual({ committed: ["sale-1"], sends: 1, looks: 1 });
  });

  it("accepted but not answered: the next run finds it and adopts it", async () => {
    answer = () => trouble;
    expect((await write()).is).toBe("trouble");
    expect(await write()).toMatchObject({ is: "written", adopted: true });
    expect(peer.sends).toBe(1);
  });

  it("not accepted and not answered: nothing is written before the quiet period is over and it was looked for twice", async () => {
    answer = () => trouble;
    commits = false;
    await write();
    commits = true;
    answer = () => ({ is: "ok", status: 200, body: { id: "sale-1" }, headers: new Headers() });
    expect(await write()).toMatchObject({ is: "wait", at: 1_000_000 + QUIET });
    now += QUIET - 1;
    expect((await write()).is).toBe("wait");
    now += 2;
    expect((await write()).is).toBe("wait");
    expect(peer.sends).toBe(1);
    now += 5000;
    expect(await write()).toMatchObject({ is: "written", adopted: false });
    expect(peer).toMatchObject({ sends: 2, committed: ["sale-1"] });
  });

  it("committed long after we gave up: the look before the second write finds it", async () => {
    answer = () => trouble;
    commits = false;
    await write();
    now += QUIET + 1;
    expect((await write()).is).toBe("wait");
    peer.committed.push("late");
    now += 5000;
    expect(await write()).toEqual({ is: "written", value: { id: "late" }, adopted: true });
    expect(peer.sends).toBe(1);
  });

  it("an answer that cannot be understood is an unknown outcome, not a success", async () => {
    answer = () => ({ is: "ok", status: 200, body: { nothing: true }, headers: new Headers() });
    expect((await write()).is).toBe("trouble");
    expect(claims.all.get("order:1:g1:sale")?.answer).toBeNull();
  });

  it.each([
    ["refused by rule", { is: "refused", status: 400, message: "no", body: null }],
    ["throttled", { is: "throttled", status: 429, waitMs: null }],
    ["denied", { is: "denied", status: 403, message: "no" }],
  ] as const)("%s: surely not applied, so the claim is taken back", async (_, given) => {
    commits = false;
    answer = () => given as Answer;
    await write();
    expect(claims.all.size).toBe(0);
  });

  it("no permit: no claim is made and nothing is sent", async () => {
    expect(await write({ permit: async () => ({ granted: false, at: now + 7 }) })).toMatchObject({ is: "wait", at: now + 7 });
    expect(claims.all.size).toBe(0);
    expect(peer.sends).toBe(0);
  });

  it("no memory, no blind first POST: where asked, it looks before its first write (design 3.5)", async () => {
    peer.committed.push("from-before");
    expect(await write({ forgottenAt: now - 1 })).toEqual({ is: "written", value: { id: "from-before" }, adopted: true });
    expect(peer.sends).toBe(0);
  });

  it("what was forgotten may still be on its way: absent counts only when the quiet period since then is over (design 3.5)", async () => {
    const forgottenAt = now - 1000;
    expect(await write({ forgottenAt })).toMatchObject({ is: "wait", at: forgottenAt + QUIET });
    expect(claims.all.size).toBe(0);
    peer.committed.push("late");
    now = forgottenAt + QUIET;
    expect(await write({ forgottenAt })).toEqual({ is: "written", value: { id: "late" }, adopted: true });
    expect(peer).toMatchObject({ sends: 0, looks: 2 });
  });

  it("still absent after the quiet period it is looked for once more and written", async () => {
    const forgottenAt = now - QUIET;
    expect(await write({ forgottenAt })).toMatchObject({ is: "written", adopted: false });
    expect(peer).toMatchObject({ sends: 1, looks: 1 });
  });

  it("a look that cannot be made writes nothing", async () => {
    answer = () => trouble;
    await write();
    expect(await write({ look: async () => ({ is: "trouble", why: "down" }) })).toEqual({ is: "trouble", why: "down" });
    expect(peer.sends).toBe(1);
  });
});
