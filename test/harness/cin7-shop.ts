import { vi } from "vitest";
import * as z from "zod";
import { type Cin7, cin7 } from "../../worker/cin7/client.ts";
import type { Call, Read } from "../../worker/cin7/reading.ts";
import type { Config } from "../../worker/env.ts";
import { type Claim, type Claims, type Written, writeOnce } from "../../worker/inbox/claim.ts";
import { type Halt, haltOf } from "../../worker/inbox/vendor-answer.ts";
import type { AccountId } from "../../worker/lib/ids.ts";
import { HARBOUR } from "../twins/cin7/index.ts";
import { createTwins } from "../twins/index.ts";
import type { Fault } from "../twins/world.ts";

/** Cin7 Core's twin in process, asked by the Worker's own client over HTTP; a time limit is a few milliseconds. */
const TIME_SCALE = 1000;
const NOW = 1_800_000_000_000;

export function cin7Shop() {
  const twins = createTwins({
    appUrl: "http://app.test",
    clientId: "client",
    clientSecret: "secret",
    seed: 3,
    toApp: async () => new Response(null),
    setTimer: () => () => {},
  });
  vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => twins.fetch(new Request(input as RequestInfo, init as RequestInit)));
  const asked: string[] = [];
  const client: Cin7 = cin7({
    apiUrl: "http://twins.test/cin7",
    account: HARBOUR.accountId as AccountId,
    key: HARBOUR.applicationKey,
    timeScale: TIME_SCALE,
    cls: "order",
    ask: async () => ({ granted: true }),
    throttled: async () => {},
    onExchange: ({ method, path }) => void asked.push(`${method} ${path}`),
  });
  const fault = (...faults: Omit<Fault, "peer">[]) => twins.world.faults.set(faults.map((each) => ({ peer: "cin7", ...each })));
  return { twins, client, asked, fault };
}
export type Cin7Shop = ReturnType<typeof cin7Shop>;

/** Claims in memory, as the inbox keeps them. */
export function claims(): Claims & { open: Claims["open"]; all: Map<string, Claim> } {
  const all = new Map<string, Claim>();
  return {
    all,
    of: (step) => all.get(step) ?? null,
    open: async (step, mark) => void all.set(step, { mark, startedAt: NOW, attempt: 1, lookedAt: null, answer: null }),
    looked: async (step) => void Object.assign(all.get(step) ?? {}, { lookedAt: NOW }),
    close: async (step, mark, answer) => void all.set(step, { mark, startedAt: NOW, attempt: 1, lookedAt: null, answer }),
    drop: async (step) => void all.delete(step),
    forget: async (step) => void all.delete(step),
  };
}

const REFUSED = "Refused by a rule";
/** Every way in which Cin7 does not do what it was asked, and what that is for a work item: the same for each resource. */
const ANSWERS: [name: string, fault: Omit<Fault, "peer">, halt: Halt][] = [
  ["404", { kind: "refuse", status: 404 }, { is: "refused", message: REFUSED }],
  ["400 by rule", { kind: "refuse", status: 400 }, { is: "refused", message: REFUSED }],
  ["403", { kind: "refuse", status: 403, text: "Incorrect credentials!" }, { is: "denied", licence: false }],
  ["402", { kind: "refuse", status: 402, text: "Payment required" }, { is: "denied", licence: true }],
  [
    "429",
    { kind: "throttle-429" },
    { is: "wait", at: NOW + 60_000 / TIME_SCALE, why: "Too many calls at once; the next minute has room." },
  ],
  [
    "503 that speaks of the limit",
    { kind: "throttle-503" },
    { is: "wait", at: NOW + 60, why: "Too many calls at once; the next minute has room." },
  ],
  ["503", { kind: "status", status: 503 }, { is: "trouble", why: "Cin7 Core does not answer." }],
  ["no answer in time", { kind: "timeout-before" }, { is: "trouble", why: "Cin7 Core does not answer." }],
  ["a broken connection", { kind: "reset", when: "before" }, { is: "trouble", why: "Cin7 Core does not answer." }],
  ["half an answer", { kind: "garbage" }, { is: "trouble", why: "Cin7 Core's answer could not be understood." }],
  [
    "an HTML page",
    { kind: "status", status: 200, text: "<html>busy</html>" },
    { is: "trouble", why: "Cin7 Core's answer could not be understood." },
  ],
  [
    "another shape",
    { kind: "status", status: 200, text: '{"Other":1}' },
    { is: "trouble", why: "Cin7 Core's answer could not be understood." },
  ],
];

const asFlow = { now: () => NOW, config: { timeScale: TIME_SCALE } as Config };

/** What each answer is for the work that reads, by name: compared as a whole, so that no resource has a rule of its own. */
export async function whatReadsMean(shop: Cin7Shop, read: () => Promise<Read<unknown>>): Promise<Record<string, Halt | { is: "read" }>> {
  const seen: Record<string, Halt | { is: "read" }> = {};
  for (const [name, fault] of ANSWERS) {
    shop.fault(fault);
    const answer = await read();
    seen[name] = answer.is === "read" ? { is: "read" } : haltOf(answer, asFlow);
  }
  shop.fault();
  return seen;
}
export const READS_MEAN = Object.fromEntries(ANSWERS.map(([name, , halt]) => [name, halt]));

/** The same for a write under the one rule, and whether its claim stays: only where nobody knows whether it arrived. */
export async function whatWritesMean(
  shop: Cin7Shop,
  call: () => Call<unknown>,
): Promise<Record<string, { written: Written<unknown>; claim: boolean }>> {
  const seen: Record<string, { written: Written<unknown>; claim: boolean }> = {};
  for (const [name, fault] of ANSWERS) {
    shop.fault(fault);
    const kept = claims();
    const deps = { claims: kept, now: asFlow.now, quietMs: 120_000 / TIME_SCALE };
    const written = await writeOnce(deps, {
      step: "step",
      mark: "mark",
      look: async () => ({ is: "absent" }),
      kept: z.unknown(),
      ...call(),
    });
    seen[name] = { written, claim: kept.of("step") !== null };
  }
  shop.fault();
  return seen;
}
const UNCLEAR = "No clear answer; we look whether it arrived before we write again.";
const UNREAD = "The answer could not be understood; we look whether it arrived.";
export const WRITES_MEAN = Object.fromEntries(
  ANSWERS.map(([name, , halt]) => {
    if (halt.is !== "trouble") return [name, { written: halt, claim: false }];
    return [name, { written: { is: "trouble", why: name === "another shape" ? UNREAD : UNCLEAR }, claim: true }];
  }),
);
