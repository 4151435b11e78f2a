import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** What pages ask by themselves, read out of their source: limits of fair use are for people who misuse them, never for a page that is open. */
const ROOT = new URL("../../..", import.meta.url).pathname;
const sources = readdirSync(join(ROOT, "ui"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(ROOT, "ui", name), "utf8"));
const numbers = (expression: RegExp) =>
  sources.flatMap((source) => [...source.matchAll(expression)].map((m) => Number((m[1] as string).replaceAll("_", ""))));

it("pages ask by themselves at most a tenth of what one person may: the busiest question of any page, a page that comes back, the header", () => {
  const limit = Number(/name = "API_LIMIT"[^[]*limit = (\d+), period = 60/.exec(readFileSync(join(ROOT, "wrangler.toml"), "utf8"))?.[1]);
  const polls = numbers(/\bpoll: (\d[\d_]*)/g);
  const intervals = numbers(/setInterval\([^,]+, (\d[\d_]*)\)/g);
  const [header] = numbers(/const POLL = (\d[\d_]*)/g) as [number];
  const [again] = numbers(/const BUSY_AGAIN_MS = (\d[\d_]*)/g) as [number];
  expect([polls.length > 5, intervals.length > 1]).toEqual([true, true]);
  const aMinute = (ms: number) => 60_000 / ms;
  // What ticks once a second shows a clock and asks nothing.
  const busiest = Math.min(...polls, ...intervals.filter((ms) => ms > 1000));
  expect(aMinute(busiest) + aMinute(again) + aMinute(header)).toBeLessThanOrEqual(limit / 10);
});
