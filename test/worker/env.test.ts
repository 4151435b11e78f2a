import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { configOf, type Env, quietMsOf } from "../../worker/env.ts";

const given = (over: Partial<Record<keyof Env, unknown>> = {}): Env => ({ ...env, ...over }) as Env;
const stops = (over: Parameters<typeof given>[0]) => {
  try {
    configOf(given(over));
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};
const KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE";
const ABROAD = "https://inventory.dearsystems.com";

describe("what a deployment is given is checked before anything runs", () => {
  it("all bad fields are named at once, and never with what they hold", () => {
    expect(stops({ SESSION_KEY: "too short", SEALING_KEYS: "{", CIN7_QUOTA_CALLS: "0" })).toBe(
      "settings of the deployment are missing or wrong: SESSION_KEY, SEALING_KEYS, CIN7_QUOTA_CALLS",
    );
  });
  it.each([
    ["names no key of the ring", { current: 2, keys: { "1": KEY } }],
    ["stands for one key twice", { current: 1, keys: { "1": KEY, "2": `${KEY}=` } }],
    ["is shorter than 32 bytes", { current: 1, keys: { "1": "c2hvcnQ=" } }],
  ])("a sealing key that %s stops it", (_, keys) => {
    expect(stops({ SEALING_KEYS: JSON.stringify(keys) })).toMatch(/wrong: SEALING_KEYS/);
  });
  it("Cin7 Core takes 60 calls a minute, and time goes by itself: faster only where all vendors are on this machine", () => {
    expect(stops({ CIN7_QUOTA_CALLS: "600" })).toBeNull();
    expect(stops({ CIN7_QUOTA_CALLS: "61", CIN7_API_URL: ABROAD, TIME_SCALE: "1" })).toMatch(/60 calls a minute/);
    expect(stops({ TIME_SCALE: "2", CIN7_API_URL: ABROAD })).toMatch(/only for simulated vendors/);
    expect(stops({ TIME_SCALE: "1", CIN7_API_URL: ABROAD })).toBeNull();
  });
});

it("mail needs its address, token and sender: without one of them nothing is mailed", () => {
  const mail = { MAIL_API_URL: "https://mail.test/send", MAIL_API_TOKEN: "t", MAIL_FROM: "a@b.cc" };
  expect(configOf(given(mail)).mail).toEqual({ url: "https://mail.test/send", token: "t", from: "a@b.cc" });
  for (const name of Object.keys(mail)) expect(configOf(given({ ...mail, [name]: "" })).mail).toBeNull();
});

it("an old key still opens and a new one seals while both are there; an address has no slash at its end", () => {
  const config = configOf(given({ SESSION_KEY_OLD: "o".repeat(32), APP_URL: "https://app.test//" }));
  expect(config.sessionKeys).toEqual([env.SESSION_KEY, "o".repeat(32)]);
  expect(config.appUrl).toBe("https://app.test");
});

it("the operator's brake is on with one word alone", () => {
  expect([configOf(given({ FLOWS_PAUSED: "yes" })).flowsPaused, configOf(given()).flowsPaused]).toEqual([true, false]);
  expect(stops({ FLOWS_PAUSED: "no" })).toMatch(/FLOWS_PAUSED/);
});

it("an unknown outcome is left alone for as long on a faster clock", () => {
  const config = configOf(given({ UNKNOWN_QUIET_MS: "240000", TIME_SCALE: "20" }));
  expect(quietMsOf(config)).toBe(12_000);
});
