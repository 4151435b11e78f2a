import { expect, it } from "vitest";
import { afterTrouble, type Breaker, isOpen, isToBeTold, probing } from "../../../worker/inbox/breaker.ts";

const NOW = 1_000_000;
const times = (n: number, scale = 1): Breaker | null => {
  let breaker: Breaker | null = null;
  for (let i = 0; i < n; i++) breaker = afterTrouble(breaker, NOW + i * 100, scale);
  return breaker;
};

it.each([
  [0, false],
  [2, false],
  [3, true],
  [7, true],
])("%d troubles in a row: open %s (design 2, K10)", (n, open) => expect(isOpen(times(n))).toBe(open));

it("it is down since the first trouble, and the first probe goes half a minute after the third", () => {
  expect(times(3)).toEqual({ troubles: 3, since: NOW, probe: NOW + 200 + 30_000, told: false });
  expect(times(3, 20)?.probe).toBe(NOW + 200 + 1500);
});

it("further troubles do not move the probe; who probes does, by half a minute", () => {
  const open = times(5) as Breaker;
  expect(open.probe).toBe(NOW + 200 + 30_000);
  expect(probing(open, open.probe, 1).probe).toBe(open.probe + 30_000);
});

it("people are told once, after two minutes", () => {
  const open = times(3) as Breaker;
  expect(isToBeTold(open, NOW + 119_999, 1)).toBe(false);
  expect(isToBeTold(open, NOW + 120_000, 1)).toBe(true);
  expect(isToBeTold(open, NOW + 6000, 20)).toBe(true);
  expect(isToBeTold({ ...open, told: true }, NOW + 120_000, 1)).toBe(false);
  expect(isToBeTold(times(2), NOW + 999_999, 1)).toBe(false);
});
